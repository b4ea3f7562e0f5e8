import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { releaseForOrder } from '#modules/inventory/index.ts';
import { stopWaiting } from '../backorder/commands/stop-waiting.ts';
import { releaseOffers } from '../change/release-offers.ts';
import { orderFlow } from '../domain/flow.ts';
import { OrderCancelled } from '../events.ts';
import { lockAnyOrder, saveOrder } from '../store/orders.ts';

/** Cancels an order that was not paid in time and gives its stock back. Does nothing when it, or its deposit, was paid meanwhile. */
export async function expireOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const row = await lockAnyOrder(tx, orderId);
  if (row.status !== 'pending_payment' || row.superseded || row.deposit_paid_at !== null) return;
  const status = step(orderFlow, row.status, 'expire');
  await saveOrder(tx, row, { status, cancelled_at: ctx.now });
  await releaseForOrder(tx, ctx, row.id);
  await stopWaiting(tx, ctx, row);
  await releaseOffers(tx, row);
  await OrderCancelled.emit(tx, ctx, row.id, { orderNo: row.order_no, reason: 'unpaid', how: 'timeout' });
}
