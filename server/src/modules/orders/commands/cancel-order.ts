import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { releaseForOrder } from '#modules/inventory/index.ts';
import { closePending, type RefundView } from '#modules/payments/index.ts';
import type { z } from 'zod';
import { releaseOffers } from '../change/release-offers.ts';
import { orderFlow } from '../domain/flow.ts';
import { OrderAlreadyShipped } from '../errors.ts';
import { OrderCancelled } from '../events.ts';
import { orderPorts } from '../ports.ts';
import { stopWaiting } from '../backorder/commands/stop-waiting.ts';
import { stopBalanceClocks } from '../presale/clocks.ts';
import { keepDeposit, paidBack } from '../presale/commands/give-up-balance.ts';
import { depositToKeep } from '../presale/rule.ts';
import { refundOrder } from './refund-order.ts';
import { linesOf, lockOrder, type OrderRow, saveOrder, underWay } from '../store/orders.ts';

/**
 * Cancels an order nothing of which has shipped, or all that had is back: stock is released, picking stops, what was paid
 * goes back to where it came from (ORD-10), but for the deposit of a presale the rule leaves to the shop. @throws OrderAlreadyShipped when part of it has gone, naming what to do
 * instead, TransitionRefused from any other state.
 */
export async function cancelOrder(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; reason: string; refundDeposit?: boolean | undefined },
): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  const by = ctx.actor.kind === 'customer' ? 'customer' : { refundDeposit: input.refundDeposit ?? true };
  return cancelLocked(tx, ctx, row, input.reason, await depositToKeep(tx, ctx, row, by));
}

/** As cancelOrder, for an order already locked; `kept` of what was paid stays with the shop. */
export const cancelLocked = async (tx: Tx, ctx: Ctx, row: OrderRow, reason: string, kept = 0): Promise<OrderRow> =>
  (await cancelWithRefunds(tx, ctx, row, reason, kept)).row;

/** As cancelLocked, and tells the refunds it made. */
export async function cancelWithRefunds(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  reason: string,
  kept = 0,
): Promise<{ row: OrderRow; made: z.input<typeof RefundView>[] }> {
  const lines = await linesOf(tx, row.id);
  const onTheirWay = lines.reduce((n, l) => n + underWay(l), 0);
  if (onTheirWay > 0) throw new OrderAlreadyShipped({ orderNo: row.order_no, instead: 'intercept', units: onTheirWay });
  const status = step(orderFlow, row.status, 'cancel');
  if (lines.some((l) => l.delivered > 0))
    throw new OrderAlreadyShipped({ orderNo: row.order_no, instead: 'after_sales' });
  await orderPorts().stopFulfilment(tx, ctx, row.id);
  const saved = await saveOrder(tx, row, { status, cancelled_at: ctx.now, holds: [], forfeited_amount: kept });
  await releaseForOrder(tx, ctx, row.id);
  await stopWaiting(tx, ctx, row);
  await releaseOffers(tx, saved); // coupons, limits and quotas of offers are free again
  await OrderCancelled.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    reason,
    how: ctx.actor.kind === 'customer' ? 'customer' : 'staff',
    ...(kept > 0 ? { forfeited: kept } : {}),
  });
  await keepDeposit(tx, ctx, saved, reason);
  await stopBalanceClocks(tx, ctx, row, 'cancelled');
  await closePending(tx, ctx, row.id);
  const most = kept > 0 ? { most: paidBack(saved) } : {};
  return { row: saved, made: await refundOrder(tx, ctx, saved, { ...most, reason, kind: 'cancel' }) };
}
