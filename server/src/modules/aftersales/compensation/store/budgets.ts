import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { BudgetNotFound } from '../errors.ts';

export const SCOPES = ['organisation', 'shop', 'role'] as const;
export type Scope = (typeof SCOPES)[number];
export type BudgetRow = {
  id: string;
  scope: Scope;
  ref: string;
  currency: Currency;
  monthly: number;
  active: boolean;
  version: number;
};
/** A month of a budget. `beyond` is what was approved above it. Minor units. */
export type MonthRow = { budget_id: string; month: string; amount: number; spent: number; beyond: number };
const COLUMNS = 'id, scope, ref, currency, monthly, active, version';

/** Budgets that bear what people of the roles give to orders of the shop, by id. */
export async function budgetsFor(
  tx: Tx,
  of: { shopId: string; roles: readonly string[]; currency: string },
): Promise<BudgetRow[]> {
  return tx.query<BudgetRow>(
    `select ${COLUMNS} from aftersales.compensation_budgets where org_id = $1 and currency = $2 and active
        and (scope = 'organisation' or (scope = 'shop' and ref = $3) or (scope = 'role' and ref = any ($4))) order by id`,
    [tx.orgId, of.currency, of.shopId, of.roles],
  );
}

/** The months of budgets, locked in the order of their ids; those that have not begun begin with what the budget gives. */
export async function lockMonths(tx: Tx, budgets: readonly BudgetRow[], month: string): Promise<MonthRow[]> {
  const ids = budgets.map((b) => b.id);
  await tx.query(
    `insert into aftersales.compensation_months (org_id, budget_id, month, amount)
     select $1, b.id, $3, b.monthly from unnest($2::uuid[], $4::bigint[]) as b (id, monthly) order by b.id on conflict do nothing`,
    [tx.orgId, ids, month, budgets.map((b) => b.monthly)],
  );
  return tx.query<MonthRow>(
    `select budget_id, month, amount, spent, beyond from aftersales.compensation_months
      where org_id = $1 and budget_id = any ($2) and month = $3 order by budget_id for update`,
    [tx.orgId, ids, month],
  );
}

/** Months as they are, not locked. */
export async function monthsOf(tx: Tx, budgetIds: readonly string[], month: string): Promise<MonthRow[]> {
  return tx.query<MonthRow>(
    `select budget_id, month, amount, spent, beyond from aftersales.compensation_months
      where org_id = $1 and budget_id = any ($2) and month = $3 order by budget_id`,
    [tx.orgId, budgetIds, month],
  );
}

/** Charges a compensation to a locked month: within it, or beyond it when somebody approved that. The table refuses what is above. */
export async function charge(
  tx: Tx,
  to: { compensationId: string; budgetId: string; month: string; amount: number; beyond: boolean },
): Promise<void> {
  await tx.query(
    `insert into aftersales.compensation_charges (org_id, compensation_id, budget_id, month, amount, beyond) values ($1, $2, $3, $4, $5, $6)`,
    [tx.orgId, to.compensationId, to.budgetId, to.month, to.amount, to.beyond],
  );
  await tx.query(
    `update aftersales.compensation_months set spent = spent + $4, beyond = beyond + $5 where org_id = $1 and budget_id = $2 and month = $3`,
    [tx.orgId, to.budgetId, to.month, to.beyond ? 0 : to.amount, to.beyond ? to.amount : 0],
  );
}

/** Locks the months a compensation was charged to, in the order of their budgets: before a customer's points, as who grants does. */
export async function lockCharged(tx: Tx, compensationId: string): Promise<void> {
  await tx.query(
    `select 1 from aftersales.compensation_months m join aftersales.compensation_charges c on c.org_id = m.org_id and c.budget_id = m.budget_id and c.month = m.month
      where m.org_id = $1 and c.compensation_id = $2 order by m.budget_id for update of m`,
    [tx.orgId, compensationId],
  );
}

/** What a compensation was charged to is free again, in the months it was charged to; once. Those are locked. */
export async function release(tx: Tx, compensationId: string, at: Date): Promise<void> {
  await tx.query(
    `with freed as (
       insert into aftersales.compensation_releases (org_id, compensation_id, budget_id, amount, at)
       select org_id, compensation_id, budget_id, amount, $3 from aftersales.compensation_charges where org_id = $1 and compensation_id = $2
       returning budget_id)
     update aftersales.compensation_months m set spent = m.spent - case when c.beyond then 0 else c.amount end, beyond = m.beyond - case when c.beyond then c.amount else 0 end
       from freed f join aftersales.compensation_charges c on c.org_id = $1 and c.compensation_id = $2 and c.budget_id = f.budget_id
      where m.org_id = $1 and m.budget_id = c.budget_id and m.month = c.month`,
    [tx.orgId, compensationId, at],
  );
}

export async function listBudgets(tx: Tx): Promise<BudgetRow[]> {
  return tx.query<BudgetRow>(
    `select ${COLUMNS} from aftersales.compensation_budgets where org_id = $1 order by scope, ref, currency limit 500`,
    [tx.orgId],
  );
}

/** @throws BudgetNotFound */
export async function lockBudget(tx: Tx, id: string): Promise<BudgetRow> {
  const row = maybeOne(
    await tx.query<BudgetRow>(
      `select ${COLUMNS} from aftersales.compensation_budgets where org_id = $1 and id = $2 for update`,
      [tx.orgId, id],
    ),
  );
  if (!row) throw new BudgetNotFound({ budget: id });
  return row;
}

/** Makes it, or sets it anew. */
export async function putBudget(tx: Tx, budget: Omit<BudgetRow, 'id' | 'version'> & { at: Date }): Promise<BudgetRow> {
  return one(
    await tx.query<BudgetRow>(
      `insert into aftersales.compensation_budgets (org_id, id, scope, ref, currency, monthly, active, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (org_id, scope, ref, currency) do update set monthly = excluded.monthly, active = excluded.active,
         version = aftersales.compensation_budgets.version + 1 returning ${COLUMNS}`,
      [tx.orgId, newId(), budget.scope, budget.ref, budget.currency, budget.monthly, budget.active, budget.at],
    ),
  );
}

/** What the month gives from now on. The table refuses less than is spent. */
export async function setMonth(tx: Tx, month: MonthRow, amount: number): Promise<void> {
  await tx.query(
    'update aftersales.compensation_months set amount = $4 where org_id = $1 and budget_id = $2 and month = $3',
    [tx.orgId, month.budget_id, month.month, amount],
  );
}
