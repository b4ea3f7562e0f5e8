import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { refundFlow } from '../domain/refund-flow.ts';
import { RefundFailed } from '../events.ts';
import { executeRefund } from '../jobs/execute-refund.ts';
import { bookRefundAbandoned } from '../ledger/book.ts';
import { subject } from '../port.ts';
import { presentRefund } from '../present.ts';
import type { RefundView } from '../schema.ts';
import { moveRefund } from '../store/payments.ts';
import { saveRefund } from '../store/refunds.ts';
import { completeRefund, lockAround, refundFacts, toldTo } from './complete-refund.ts';

/** Has the channel asked once more about a refund that needs a person. Same refund number: it is paid once. */
export async function retryRefund(tx: Tx, ctx: Ctx, input: { refundId: string }): Promise<RefundView> {
  const { refund } = await lockAround(tx, ctx, input.refundId);
  const row = await saveRefund(tx, refund, { status: step(refundFlow, refund.status, 'retry') });
  await executeRefund.enqueue(tx, ctx, { refundId: row.id }, { key: row.id });
  return presentRefund(ctx, row);
}

/** Ends a refund the channel will not pay: paid to the customer by other means, or given up so that it can be asked anew. */
export async function resolveRefund(
  tx: Tx,
  ctx: Ctx,
  input: { refundId: string; outcome: 'paid_by_hand' | 'abandoned' },
): Promise<RefundView> {
  const { payment, refund } = await lockAround(tx, ctx, input.refundId);
  if (input.outcome === 'paid_by_hand')
    return presentRefund(ctx, await completeRefund(tx, ctx, payment, refund, { event: 'pay_by_hand' }));
  const row = await saveRefund(tx, refund, {
    status: step(refundFlow, refund.status, 'abandon'),
    failure: refund.failure,
    settledAt: ctx.now,
  });
  await moveRefund(tx, payment.id, { refunding: -row.amount, refunded: 0 });
  await bookRefundAbandoned(tx, ctx, row);
  await RefundFailed.emit(tx, ctx, toldTo(row), refundFacts(row));
  if (payment.accepted)
    await subject().givenUp?.(tx, ctx, row.subject_id, {
      amount: row.amount,
      kind: row.kind,
      onBehalfOf: row.on_behalf_of,
    });
  return presentRefund(ctx, row);
}
