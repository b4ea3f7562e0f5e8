import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { requestRefund } from '../commands/refund.ts';
import { DifferenceActionUnfit } from '../errors.ts';
import { DifferenceSettled } from '../events.ts';
import type { DifferenceAction } from './domain/difference-flow.ts';
import type { DifferenceRow } from './store/differences.ts';

/** What is refunded to settle a difference: what the channel took too much of, or all of what it took twice. */
export const refundableOf = (row: DifferenceRow): number =>
  row.kind === 'duplicate' ? (row.actual_amount ?? 0) : (row.actual_amount ?? 0) - (row.expected_amount ?? 0);

/** How much more the channel has than we; negative when it has less. */
export function gapOf(row: DifferenceRow): number {
  const gap = (row.actual_amount ?? 0) - (row.expected_amount ?? 0);
  if (row.kind === 'status') return row.subject === 'refund' ? -(row.actual_amount ?? 0) : (row.actual_amount ?? 0);
  if (row.kind === 'duplicate') return row.subject === 'refund' ? -(row.actual_amount ?? 0) : (row.actual_amount ?? 0);
  if (row.kind === 'fee') return -gap;
  return row.subject === 'refund' ? -gap : gap;
}

type CarriedOut = { refundId: string | null };
type CarryOut = (tx: Tx, ctx: Ctx, row: DifferenceRow) => Promise<CarriedOut>;

/** A decision that moves no money at the channel: it is told, and whoever keeps books hears of it. */
async function tell(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  await DifferenceSettled.emit(tx, ctx, row.id, {
    differenceId: row.id,
    reconciliationId: row.bill_id,
    kind: row.kind,
    action: row.action ?? '',
    channel: row.channel,
    reference: row.reference,
    paymentId: row.payment_id,
    refundId: row.refund_id,
    amount: { amount: gapOf(row), currency: row.currency },
  });
  return { refundId: null };
}

/** Gives back what the channel has too much of. @throws DifferenceActionUnfit, PaymentNotSucceeded, RefundExceedsPayment */
export async function payBack(tx: Tx, ctx: Ctx, row: DifferenceRow): Promise<CarriedOut> {
  const amount = refundableOf(row);
  if (row.payment_id === null || row.subject !== 'payment' || amount <= 0)
    throw new DifferenceActionUnfit({ action: 'refund', kind: row.kind });
  const reason = t(ctx.locale, 'refunds.of_difference', { reference: row.reference });
  const refund = await requestRefund(tx, ctx, { paymentId: row.payment_id, amount, reason });
  await tell(tx, ctx, row);
  return { refundId: refund.id };
}

/** What each decision does once two people have made it. The difference is locked after what the action locks. */
export const CARRY_OUT: Readonly<Record<DifferenceAction, CarryOut>> = {
  add_booking: tell,
  reverse: tell,
  refund: payBack,
  keep_pending: tell,
  write_off: tell,
};
