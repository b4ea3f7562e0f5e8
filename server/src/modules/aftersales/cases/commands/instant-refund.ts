import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { levelsOf } from '#modules/customers/index.ts';
import { isHeldForReview, type OrderRow } from '#modules/orders/index.ts';
import { requiresReview } from '../../abuse/store/risks.ts';
import { DebtOpened, InstantRefunded } from '../events.ts';
import { reckon, termsOf } from '../queries/quote.ts';
import { caseSettings } from '../settings.ts';
import { type CaseRow, saveCase } from '../store/cases.ts';
import { caseLines } from '../store/lines.ts';
import { insertDebt, riskOf } from '../store/money.ts';
import { factsOf } from '../tell.ts';
import { giveBack } from './money.ts';

type Locked = { order: OrderRow; row: CaseRow };

/**
 * Whom the money is trusted with before the goods are here (极速退款): a level the settings name, nothing owed from earlier times, no
 * risk case that waits or says otherwise, an order that is not held for review, and no more ahead over all their open cases than the
 * settings allow.
 */
async function trusted(tx: Tx, { order, row }: Locked, amount: number, now: Date): Promise<boolean> {
  const { instantRefund, instantRefundLevels, instantRefundMax } = await caseSettings.get(tx);
  if (!instantRefund || amount === 0 || row.kind !== 'return' || !row.policy.allowed) return false;
  if (isHeldForReview(order)) return false;
  if (await requiresReview(tx, row.customer_id, now)) return false; // a risk case says so
  const level = (await levelsOf(tx, [row.customer_id])).get(row.customer_id);
  if (!level || !instantRefundLevels.includes(level.code)) return false;
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 5))', [`aftersales.ahead/${row.customer_id}`]); // two cases at once
  const { owed, ahead } = await riskOf(tx, row.customer_id);
  return owed === 0 && ahead + amount <= instantRefundMax;
}

/** Gives a trusted customer their money while the goods are on their way (AFT-5). Once per case. Order and case are locked. */
export async function refundAhead(tx: Tx, ctx: Ctx, { order, row }: Locked): Promise<CaseRow> {
  if (row.instant_amount > 0 || row.kind !== 'return') return row;
  const lines = await caseLines(tx, [row.id]);
  const asked = lines.map((l) => ({ lineId: l.line_id, units: l.quantity, deduction: 0 }));
  const { amount, parts } = await reckon(tx, order, asked, await termsOf(tx, row));
  if (!(await trusted(tx, { order, row }, amount, ctx.now))) return row;
  await giveBack(tx, ctx, row, parts, { instant: true, units: true });
  const saved = await saveCase(tx, ctx, row, { instant_amount: amount });
  await InstantRefunded.emit(tx, ctx, order.id, { ...factsOf(row), amount, currency: row.currency });
  return saved;
}

/** What was given ahead and is not deserved is the customer's to give back: written down once per case and reason. */
export async function oweBack(
  tx: Tx,
  ctx: Ctx,
  { order, row }: Locked,
  debt: { amount: number; why: 'never_came' | 'counted_less' },
): Promise<void> {
  if (debt.amount === 0 || !(await insertDebt(tx, ctx, row, debt))) return;
  await DebtOpened.emit(tx, ctx, order.id, {
    ...factsOf(row),
    amount: debt.amount,
    currency: row.currency,
    why: debt.why,
    customerId: row.customer_id,
  });
}
