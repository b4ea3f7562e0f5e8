import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import type { RefundLeg } from '#modules/orders/index.ts';
import type { Part } from '../domain/allocate.ts';
import { DebtNotFound } from '../errors.ts';
import type { CaseRow } from './cases.ts';

export type LegRow = {
  case_id: string;
  refund_id: string;
  order_id: string;
  amount: number;
  external: boolean;
  instant: boolean;
  state: 'going' | 'paid' | 'failed';
  at: Date;
};
const LEG = 'case_id, refund_id, order_id, amount, external, instant, state, at';

export async function insertLegs(
  tx: Tx,
  ctx: Ctx,
  caseId: string,
  legs: readonly (RefundLeg & { orderId: string; instant: boolean })[],
): Promise<void> {
  for (const l of legs)
    await tx.query(
      `insert into aftersales.legs (org_id, case_id, refund_id, order_id, amount, external, instant, state, at) values ($1, $2, $3, $4, $5, $6, $7, 'going', $8)`,
      [tx.orgId, caseId, l.refundId, l.orderId, l.amount, l.external, l.instant, ctx.now],
    );
}

export const legsOf = (tx: Tx, caseId: string): Promise<LegRow[]> =>
  tx.query<LegRow>(`select ${LEG} from aftersales.legs where org_id = $1 and case_id = $2 order by at, refund_id`, [
    tx.orgId,
    caseId,
  ]);

/** Legs of any case by the refunds they are. */
export const legsByRefund = (tx: Tx, refundIds: readonly string[]): Promise<LegRow[]> =>
  tx.query<LegRow>(
    `select ${LEG} from aftersales.legs where org_id = $1 and refund_id = any ($2) order by order_id, case_id`,
    [tx.orgId, refundIds],
  );

/** False when it had ended. */
export async function endLeg(tx: Tx, refundId: string, state: 'paid' | 'failed'): Promise<boolean> {
  const done = await tx.query(
    `update aftersales.legs set state = $3 where org_id = $1 and refund_id = $2 and state = 'going' returning 1`,
    [tx.orgId, refundId, state],
  );
  return done.length === 1;
}

/** Writes down what a case gives back of which lines; or, with the amounts negated, that it did not after all. */
export async function addGiven(tx: Tx, ctx: Ctx, caseId: string, parts: readonly Part[]): Promise<void> {
  for (const p of parts)
    await tx.query(
      `insert into aftersales.given (org_id, case_id, order_id, line_id, amount, at, n)
       select $1, $2, $3, $4, $5, $6, coalesce(max(n), 0) + 1 from aftersales.given where org_id = $1 and case_id = $2`,
      [tx.orgId, caseId, p.orderId, p.lineId, p.amount, ctx.now],
    );
}

/** What a case has given back, summed by order and line. */
export async function givenBy(tx: Tx, caseId: string): Promise<Part[]> {
  const rows = await tx.query<{ order_id: string; line_id: string | null; amount: number }>(
    `select order_id, line_id, sum(amount)::bigint as amount from aftersales.given where org_id = $1 and case_id = $2 group by 1, 2 having sum(amount) <> 0 order by 1, 2`,
    [tx.orgId, caseId],
  );
  return rows.map((r) => ({ orderId: r.order_id, lineId: r.line_id, amount: r.amount }));
}

export type DebtRow = {
  id: string;
  case_id: string;
  order_id: string;
  customer_id: string;
  amount: number;
  currency: Currency;
  why: 'never_came' | 'counted_less';
  state: 'open' | 'settled' | 'waived';
  opened_at: Date;
  ended_at: Date | null;
  ended_by: string | null;
  note: string | null;
};
const DEBT = 'id, case_id, order_id, customer_id, amount, currency, why, state, opened_at, ended_at, ended_by, note';

/** Undefined when the case has that debt already. */
export async function insertDebt(
  tx: Tx,
  ctx: Ctx,
  row: CaseRow,
  debt: { amount: number; why: DebtRow['why'] },
): Promise<DebtRow | undefined> {
  return maybeOne(
    await tx.query<DebtRow>(
      `insert into aftersales.debts (org_id, id, case_id, order_id, customer_id, amount, currency, why, state, opened_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9) on conflict (case_id, why, org_id) do nothing returning ${DEBT}`,
      [tx.orgId, newId(), row.id, row.order_id, row.customer_id, debt.amount, row.currency, debt.why, ctx.now],
    ),
  );
}

/** @throws DebtNotFound */
export async function getDebt(tx: Tx, id: string): Promise<DebtRow> {
  const row = maybeOne(
    await tx.query<DebtRow>(`select ${DEBT} from aftersales.debts where org_id = $1 and id = $2`, [tx.orgId, id]),
  );
  if (!row) throw new DebtNotFound({ debtId: id });
  return row;
}

/** Undefined when it had ended. */
export async function endDebt(
  tx: Tx,
  ctx: Ctx,
  id: string,
  end: { state: 'settled' | 'waived'; note: string },
): Promise<DebtRow | undefined> {
  return maybeOne(
    await tx.query<DebtRow>(
      `update aftersales.debts set state = $3, note = $4, ended_at = $5, ended_by = $6 where org_id = $1 and id = $2 and state = 'open' returning ${DEBT}`,
      [tx.orgId, id, end.state, end.note, ctx.now, ctx.actor.id],
    ),
  );
}

export const debtsOfCase = (tx: Tx, caseId: string): Promise<DebtRow[]> =>
  tx.query<DebtRow>(`select ${DEBT} from aftersales.debts where org_id = $1 and case_id = $2 order by id`, [
    tx.orgId,
    caseId,
  ]);

/** What a customer owes, and what of theirs was given back and is not here yet; minor units. */
export async function riskOf(tx: Tx, customerId: string): Promise<{ owed: number; ahead: number }> {
  const [row] = await tx.query<{ owed: number; ahead: number }>(
    `select (select coalesce(sum(amount), 0)::bigint from aftersales.debts where org_id = $1 and customer_id = $2 and state = 'open') as owed,
            (select coalesce(sum(instant_amount), 0)::bigint from aftersales.cases where org_id = $1 and customer_id = $2 and not ended) as ahead`,
    [tx.orgId, customerId],
  );
  return row ?? { owed: 0, ahead: 0 };
}

export const listDebts = (
  tx: Tx,
  filter: {
    state: string | undefined;
    customerId: string | undefined;
    shops: readonly string[] | null;
    before: string | undefined;
    limit: number;
  },
): Promise<(DebtRow & { no: string; order_no: string })[]> =>
  tx.query(
    `select ${DEBT.replaceAll(/\w+/g, 'd.$&')}, c.no, c.order_no from aftersales.debts d join aftersales.cases c on c.org_id = d.org_id and c.id = d.case_id
      where d.org_id = $1 and ($2::text is null or d.state = $2) and ($3::uuid is null or d.customer_id = $3) and ($4::uuid[] is null or c.shop_id = any ($4))
        and ($5::uuid is null or d.id < $5) order by d.id desc limit $6`,
    [tx.orgId, filter.state ?? null, filter.customerId ?? null, filter.shops, filter.before ?? null, filter.limit],
  );
