import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { OrderHeld, OrderReleased } from '../events.ts';
import { confirmOrders } from '../commands/confirm-orders.ts';
import { BACKORDER_HOLD, BALANCE_HOLD, SHORTAGE_HOLD } from '../domain/holds.ts';
import { lockOrder, type OrderRow, saveOrder } from '../store/orders.ts';

/** Keeps what of an order has not gone from going while a refund of it is decided. */
export const AFTER_SALES_HOLD = 'after_sales';
/** Keeps a replacement from going until what it replaces is here. */
export const EXCHANGE_HOLD = 'exchange';

/** Holds that say nothing of who ordered: we wait for goods or money, or keep something from going ourselves. */
const OURS: ReadonlySet<string> = new Set([
  AFTER_SALES_HOLD,
  EXCHANGE_HOLD,
  BACKORDER_HOLD,
  BALANCE_HOLD,
  SHORTAGE_HOLD,
]);

/** Whether somebody is to look at an order before anything is done about it: review, a doubt, or a person keeps it. */
export const isHeldForReview = (row: Pick<OrderRow, 'holds'>): boolean => row.holds.some((h) => !OURS.has(h));

/** Books units that were sent as back with us; the table refuses more than were. The caller holds the order's lock. */
export async function addReturned(
  tx: Tx,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  await tx.query(
    `update orders.lines l set returned = l.returned + u.q from unnest($3::uuid[], $4::bigint[]) as u (id, q)
      where l.org_id = $1 and l.order_id = $2 and l.id = u.id`,
    [tx.orgId, orderId, lines.map((l) => l.lineId), lines.map((l) => l.quantity)],
  );
}

/** Puts a hold on an order that is still to be sent, unless it is there. The caller holds the order's lock. */
export async function putHold(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  hold: { code: string; note: string },
): Promise<OrderRow> {
  if (row.status !== 'paid' || row.holds.includes(hold.code)) return row;
  const saved = await saveOrder(tx, row, { holds: [...row.holds, hold.code] });
  await OrderHeld.emit(tx, ctx, row.id, { orderNo: row.order_no, hold: hold.code, note: hold.note });
  return saved;
}

/** Lifts one hold, if it is there; an order that is free then is confirmed. The caller holds the order's lock. */
export async function liftHold(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  hold: { code: string; note: string },
): Promise<OrderRow> {
  if (!row.holds.includes(hold.code) || (row.status !== 'paid' && row.status !== 'pending_payment')) return row;
  await saveOrder(tx, row, { holds: row.holds.filter((h) => h !== hold.code) });
  await OrderReleased.emit(tx, ctx, row.id, { orderNo: row.order_no, holds: [hold.code], note: hold.note });
  await confirmOrders(tx, ctx, [row.id]);
  return lockOrder(tx, row.id);
}
