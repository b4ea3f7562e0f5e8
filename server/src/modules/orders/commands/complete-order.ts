import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents, step } from '#kernel/flow.ts';
import { orderFlow } from '../domain/flow.ts';
import { OrderCompleted } from '../events.ts';
import { lockAnyOrder, lockOrder, type OrderRow, saveOrder } from '../store/orders.ts';
import { collectCash } from './collect-cash.ts';
import { settleOrder } from './settle-order.ts';

/** The customer, or staff for them, confirms receipt: the order is completed. */
export async function confirmReceipt(tx: Tx, ctx: Ctx, input: { orderId: string }): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  return complete(tx, ctx, row, ctx.actor.kind === 'customer' ? 'customer' : 'staff');
}

/** Receipt counts as confirmed when its time has run out (ORD-14). Does nothing when it was confirmed or refunded. */
export async function completeAutomatically(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const row = await lockAnyOrder(tx, orderId);
  if (!row.superseded && allowedEvents(orderFlow, row.status).includes('complete'))
    await complete(tx, ctx, row, 'automatic');
}

async function complete(
  tx: Tx,
  ctx: Ctx,
  before: OrderRow,
  how: 'customer' | 'staff' | 'automatic',
): Promise<OrderRow> {
  const status = step(orderFlow, before.status, 'complete');
  const row = await collectCash(tx, ctx, before); // who has the goods has paid for them, whatever the carrier told
  const saved = await saveOrder(tx, row, { status, completed_at: ctx.now });
  await settleOrder(tx, ctx, saved);
  await OrderCompleted.emit(tx, ctx, row.id, { orderNo: row.order_no, how });
  return saved;
}
