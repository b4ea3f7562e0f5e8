import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { RefundKind } from '../domain/verdict.ts';
import { PaymentNotSucceeded, RefundExceedsPayment } from '../errors.ts';
import { RefundAbnormal, RefundRequested } from '../events.ts';
import { executeRefund } from '../jobs/execute-refund.ts';
import { bookRefundRequested } from '../ledger/book.ts';
import { subject } from '../port.ts';
import { atChannel, presentRefund, refundable } from '../present.ts';
import type { RefundView } from '../schema.ts';
import {
  getPayment,
  lockPayment,
  lockSucceeded,
  moveCompensated,
  moveRefund,
  paymentsOfSubject,
  type PaymentRow,
} from '../store/payments.ts';
import { COMPENSATED, insertRefund, type RefundRow } from '../store/refunds.ts';
import { refundFacts, toldTo } from './complete-refund.ts';

/** Takes the amount from a payment whose row is locked and has the channel pay it back. @throws RefundExceedsPayment. */
export async function startRefund(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  input: {
    amount: number;
    reason: string;
    kind: RefundKind;
    onBehalfOf?: string | undefined;
    /** For a second person's approval, before it is sent. */
    waits?: boolean | undefined;
  },
): Promise<RefundRow> {
  assert(input.amount > 0, 'a refund moves money');
  const left = refundable(payment);
  const channel = atChannel(payment);
  const byHand = channel === 0;
  if (input.amount > left || (input.amount > channel && !byHand))
    throw exceeds(payment, Math.min(left, channel || left));
  const row = await insertRefund(tx, ctx, payment, { ...input, byHand });
  await moveRefund(tx, payment.id, { refunding: row.amount, refunded: 0 });
  await bookRefundRequested(tx, ctx, payment, row);
  await RefundRequested.emit(tx, ctx, toldTo(row), refundFacts(row));
  if (row.status === 'abnormal')
    await RefundAbnormal.emit(tx, ctx, toldTo(row), { ...refundFacts(row), why: COMPENSATED });
  if (row.status === 'requested') await executeRefund.enqueue(tx, ctx, { refundId: row.id }, { key: row.id });
  return row;
}

const exceeds = (payment: PaymentRow, left: number) =>
  new RefundExceedsPayment({ left: { amount: left, currency: payment.received_currency } }, [
    { path: 'amount', code: 'too_big', facts: { maximum: left } },
  ]);

/**
 * Gives `most` at the most of what the subject has paid to the customer for their trouble, as far as the channels can: out of
 * our own pocket, so that the order stays paid and all of it can still be given back. Returns what goes; the rest has to be
 * paid otherwise. The subject is locked by the caller, who has decided that the actor may.
 */
export async function compensateSubject(
  tx: Tx,
  ctx: Ctx,
  subjectId: string,
  input: { most: number; reason: string; onBehalfOf?: string },
): Promise<{ refundId: string; amount: number }[]> {
  let rest = input.most;
  const made: { refundId: string; amount: number }[] = [];
  for (const payment of (await lockSucceeded(tx, subjectId)).filter((p) => p.accepted)) {
    const amount = Math.min(rest, atChannel(payment));
    if (amount <= 0) continue;
    const row = await insertRefund(tx, ctx, payment, { ...input, amount, kind: 'compensation' });
    await moveCompensated(tx, payment.id, amount);
    await bookRefundRequested(tx, ctx, payment, row);
    await RefundRequested.emit(tx, ctx, toldTo(row), refundFacts(row));
    await executeRefund.enqueue(tx, ctx, { refundId: row.id }, { key: row.id });
    made.push({ refundId: row.id, amount });
    rest -= amount;
  }
  return made;
}

/** How much of what the subject has paid its channels can still pay back. Reads only. */
export async function leftAtChannels(tx: Tx, subjectId: string): Promise<number> {
  const payments = await paymentsOfSubject(tx, subjectId);
  return payments.filter((p) => p.status === 'succeeded' && p.accepted).reduce((sum, p) => sum + atChannel(p), 0);
}

/** Gives part or all of a payment back to where it came from. Whoever calls has decided that the actor may. @throws PaymentNotSucceeded, RefundExceedsPayment. */
export async function requestRefund(
  tx: Tx,
  ctx: Ctx,
  input: { paymentId: string; amount: number; reason: string; kind?: RefundKind; waits?: boolean },
): Promise<RefundRow> {
  const { subject_id } = await getPayment(tx, input.paymentId);
  await subject().lock(tx, ctx, subject_id);
  const payment = await lockPayment(tx, input.paymentId);
  if (payment.status !== 'succeeded') throw new PaymentNotSucceeded({ status: payment.status });
  const { amount, reason, kind = 'manual', waits } = input;
  return startRefund(tx, ctx, payment, { amount, reason, kind, waits });
}

/**
 * Gives `amount` of what the subject has paid back, from payment to payment in the order they came; all that is left
 * when no amount is named, and of `most` as much as is left. The subject is locked by the caller; or the one whose money
 * it is (`onBehalfOf`), which is then told when it has gone back.
 * @throws RefundExceedsPayment when it has not paid `amount`.
 */
export async function refundSubject(
  tx: Tx,
  ctx: Ctx,
  subjectId: string,
  input: { amount?: number; most?: number; reason: string; kind?: RefundKind; onBehalfOf?: string },
): Promise<RefundView[]> {
  const payments = (await lockSucceeded(tx, subjectId)).filter((p) => p.accepted);
  const left = payments.reduce((sum, p) => sum + refundable(p), 0);
  let rest = input.amount ?? Math.min(left, input.most ?? left);
  if (rest > left) throw new RefundExceedsPayment({ left: { amount: left, currency: payments[0]?.currency ?? null } });
  const made: RefundView[] = [];
  for (const payment of payments) {
    for (const amount of inPieces(payment, Math.min(rest, refundable(payment)))) {
      const { reason, kind = 'manual', onBehalfOf } = input;
      const row = await startRefund(tx, ctx, payment, { amount, reason, kind, onBehalfOf });
      payment.refunding_amount += amount;
      made.push(presentRefund(ctx, row));
      rest -= amount;
    }
  }
  return made;
}

/** What the channel can pay back, and what somebody has to pay because a compensation took the channel's. */
function inPieces(payment: PaymentRow, amount: number): number[] {
  const channel = Math.min(amount, atChannel(payment));
  return [channel, amount - channel].filter((piece) => piece > 0);
}

/** Everything the subject has paid goes back. For a cancelled order; the caller holds the subject's lock. */
export const refundAll = (tx: Tx, ctx: Ctx, subjectId: string, reason: string): Promise<RefundView[]> =>
  refundSubject(tx, ctx, subjectId, { reason, kind: 'cancel' });
