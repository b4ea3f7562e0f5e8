import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { bookExternalRefund, giveUpParts } from '../commands/settle-payment.ts';
import { lockOrRestore } from '../archive/restore.ts';
import type { OrderRow } from '../store/orders.ts';
import { ExternalRefundEnded } from './errors.ts';
import { ExternalRefundGivenUp } from './events.ts';
import { endExternal, type ExternalRefundRow, getExternal } from './store.ts';

type Ended = { order: OrderRow; refund: ExternalRefundRow };

/** Who holds the money has given it back: the order's money is the less. @throws ExternalRefundNotFound, ExternalRefundEnded */
export async function settleExternalRefund(
  tx: Tx,
  ctx: Ctx,
  input: { refundId: string; reference: string },
): Promise<Ended> {
  const { order_id: orderId } = await getExternal(tx, input.refundId);
  const order = await lockOrRestore(tx, ctx, orderId);
  const refund = await endExternal(tx, ctx, input.refundId, { state: 'paid', reference: input.reference });
  if (!refund) throw new ExternalRefundEnded({ refundId: input.refundId });
  await bookExternalRefund(tx, ctx, order, {
    refundId: refund.id,
    amount: { amount: refund.amount, currency: refund.currency },
    reason: refund.reason,
  });
  return { order, refund };
}

/** It will not be given back: what it was for can be refunded anew. @throws ExternalRefundNotFound, ExternalRefundEnded */
export async function giveUpExternalRefund(
  tx: Tx,
  ctx: Ctx,
  input: { refundId: string; note: string },
): Promise<Ended> {
  const { order_id: orderId } = await getExternal(tx, input.refundId);
  const order = await lockOrRestore(tx, ctx, orderId);
  const refund = await endExternal(tx, ctx, input.refundId, { state: 'given_up', reference: input.note });
  if (!refund) throw new ExternalRefundEnded({ refundId: input.refundId });
  await giveUpParts(tx, order, refund.id);
  const { amount, currency } = refund;
  await ExternalRefundGivenUp.emit(tx, ctx, order.id, {
    orderNo: order.order_no,
    refundId: refund.id,
    amount,
    currency,
  });
  return { order, refund };
}
