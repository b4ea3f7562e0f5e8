import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import type { Currency } from '#kernel/money.ts';
import { refundFlow } from '../domain/refund-flow.ts';
import { RefundSucceeded } from '../events.ts';
import { bookRefundPaid } from '../ledger/book.ts';
import { subject } from '../port.ts';
import { lockPayment, moveRefund, type PaymentRow } from '../store/payments.ts';
import { getRefund, lockRefund, type RefundRow, saveRefund } from '../store/refunds.ts';

/** What every event about a refund says. */
export const refundFacts = (row: RefundRow) => ({
  refundId: row.id,
  refundNo: row.no,
  paymentId: row.payment_id,
  amount: { amount: row.amount, currency: row.currency },
  kind: row.kind,
});

/** Whose timeline a refund belongs on: that of the subject whose money it is. */
export const toldTo = (row: RefundRow): string => row.on_behalf_of ?? row.subject_id;

/** Books a refund whose money has gone back. Subject, payment and refund are locked. */
export async function completeRefund(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  row: RefundRow,
  by: { event: 'succeed' | 'pay_by_hand'; ref?: string | undefined },
): Promise<RefundRow> {
  const done = await saveRefund(tx, row, {
    status: step(refundFlow, row.status, by.event),
    ref: by.ref,
    settledAt: ctx.now,
    byHand: by.event === 'pay_by_hand',
  });
  const forGoods = row.kind !== 'compensation';
  if (forGoods) await moveRefund(tx, payment.id, { refunding: -row.amount, refunded: row.amount });
  await bookRefundPaid(tx, ctx, payment, done, by.event === 'pay_by_hand');
  if (payment.accepted && forGoods) {
    await subject().refunded(tx, ctx, row.subject_id, {
      refundId: row.id,
      paymentId: payment.id,
      amount: { amount: row.amount, currency: row.currency as Currency },
      reason: row.reason,
      onBehalfOf: row.on_behalf_of,
    });
  }
  await RefundSucceeded.emit(tx, ctx, toldTo(row), refundFacts(row));
  return done;
}

/** Locks what a refund touches, parents first. */
export async function lockAround(
  tx: Tx,
  ctx: Ctx,
  refundId: string,
): Promise<{ payment: PaymentRow; refund: RefundRow }> {
  const { subject_id, payment_id, on_behalf_of } = await getRefund(tx, refundId);
  await subject().lock(tx, ctx, subject_id);
  if (on_behalf_of !== null) await subject().lock(tx, ctx, on_behalf_of); // made of the other, so always locked after it
  const payment = await lockPayment(tx, payment_id);
  return { payment, refund: await lockRefund(tx, refundId) };
}
