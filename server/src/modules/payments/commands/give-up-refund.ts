import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { refundFlow } from '../domain/refund-flow.ts';
import { RefundFailed } from '../events.ts';
import { bookRefundAbandoned } from '../ledger/book.ts';
import { subject } from '../port.ts';
import { moveRefund, type PaymentRow } from '../store/payments.ts';
import { type RefundRow, saveRefund } from '../store/refunds.ts';
import { refundFacts, toldTo } from './complete-refund.ts';

/** Ends a refund without paying it: its amount can be refunded again. Subject, payment and refund are locked. */
export async function giveUpRefund(
  tx: Tx,
  ctx: Ctx,
  payment: PaymentRow,
  refund: RefundRow,
  event: 'abandon' | 'reject',
): Promise<RefundRow> {
  const row = await saveRefund(tx, refund, {
    status: step(refundFlow, refund.status, event),
    failure: refund.failure,
    settledAt: ctx.now,
  });
  await moveRefund(tx, payment.id, { refunding: -row.amount, refunded: 0 });
  await bookRefundAbandoned(tx, ctx, row);
  await RefundFailed.emit(tx, ctx, toldTo(row), refundFacts(row));
  if (payment.accepted)
    await subject().givenUp?.(tx, ctx, row.subject_id, {
      refundId: row.id,
      amount: row.amount,
      kind: row.kind,
      onBehalfOf: row.on_behalf_of,
    });
  return row;
}
