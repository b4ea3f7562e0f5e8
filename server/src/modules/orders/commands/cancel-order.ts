import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { releaseForOrder } from '#modules/inventory/index.ts';
import { closePending } from '#modules/payments/index.ts';
import { releaseUses } from '#modules/promotions/index.ts';
import { orderFlow } from '../domain/flow.ts';
import { OrderAlreadyShipped } from '../errors.ts';
import { OrderCancelled } from '../events.ts';
import { orderPorts } from '../ports.ts';
import { refundOrder } from './refund-order.ts';
import { linesOf, lockOrder, type OrderRow, saveOrder, underWay } from '../store/orders.ts';

/**
 * Cancels an order nothing of which has shipped, or all that had is back: stock is released, picking stops, what was paid
 * goes back to where it came from (ORD-10). @throws OrderAlreadyShipped when part of it has gone, naming what to do
 * instead, TransitionRefused from any other state.
 */
export async function cancelOrder(tx: Tx, ctx: Ctx, input: { orderId: string; reason: string }): Promise<OrderRow> {
  return cancelLocked(tx, ctx, await lockOrder(tx, input.orderId), input.reason);
}

/** As cancelOrder, for an order already locked. */
export async function cancelLocked(tx: Tx, ctx: Ctx, row: OrderRow, reason: string): Promise<OrderRow> {
  const lines = await linesOf(tx, row.id);
  const onTheirWay = lines.reduce((n, l) => n + underWay(l), 0);
  if (onTheirWay > 0) throw new OrderAlreadyShipped({ orderNo: row.order_no, instead: 'intercept', units: onTheirWay });
  const status = step(orderFlow, row.status, 'cancel');
  if (lines.some((l) => l.delivered > 0))
    throw new OrderAlreadyShipped({ orderNo: row.order_no, instead: 'after_sales' });
  await orderPorts().stopFulfilment(tx, ctx, row.id);
  const saved = await saveOrder(tx, row, { status, cancelled_at: ctx.now, holds: [] });
  await releaseForOrder(tx, ctx, row.id);
  await releaseUses(tx, row.id); // coupons, limits and quotas of offers are free again
  await OrderCancelled.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    reason,
    how: ctx.actor.kind === 'customer' ? 'customer' : 'staff',
  });
  await closePending(tx, ctx, row.id);
  await refundOrder(tx, ctx, saved, { reason, kind: 'cancel' });
  return saved;
}
