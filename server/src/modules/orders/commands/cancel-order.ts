import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { releaseForOrder } from '#modules/inventory/index.ts';
import { closePending, refundAll } from '#modules/payments/index.ts';
import { orderFlow } from '../domain/flow.ts';
import { OrderAlreadyShipped } from '../errors.ts';
import { OrderCancelled } from '../events.ts';
import { orderPorts } from '../ports.ts';
import { linesOf, lockOrder, type OrderRow, saveOrder } from '../store/orders.ts';

/**
 * Cancels an order nothing of which has shipped: stock is released, picking stops, what was paid goes back to where it
 * came from (ORD-10). @throws TransitionRefused from any other state, OrderAlreadyShipped when part of it has gone.
 */
export async function cancelOrder(tx: Tx, ctx: Ctx, input: { orderId: string; reason: string }): Promise<OrderRow> {
  return cancelLocked(tx, ctx, await lockOrder(tx, input.orderId), input.reason);
}

/** As cancelOrder, for an order already locked. */
export async function cancelLocked(tx: Tx, ctx: Ctx, row: OrderRow, reason: string): Promise<OrderRow> {
  const status = step(orderFlow, row.status, 'cancel');
  if ((await linesOf(tx, row.id)).some((l) => l.shipped > 0)) throw new OrderAlreadyShipped({ orderNo: row.order_no });
  await orderPorts().stopFulfilment(tx, ctx, row.id);
  const saved = await saveOrder(tx, row, { status, cancelled_at: ctx.now, holds: [] });
  await releaseForOrder(tx, ctx, row.id);
  await OrderCancelled.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    reason,
    how: ctx.actor.kind === 'customer' ? 'customer' : 'staff',
  });
  await closePending(tx, ctx, row.id);
  await refundAll(tx, ctx, row.id, reason);
  return saved;
}
