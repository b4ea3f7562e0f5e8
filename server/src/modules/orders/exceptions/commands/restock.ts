import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { availableOf, reserveForOrder } from '#modules/inventory/index.ts';
import { type OrderRow, ordersByIds } from '../../store/orders.ts';
import { liftBackorder } from '../../backorder/commands/lift-backorder.ts';
import { awaited } from '../../backorder/store.ts';
import { MissingReserved } from '../events.ts';
import { lockOpenOf } from '../store/exceptions.ts';
import { missingOf } from '../store/missing.ts';
import { liftIfWhole, settle } from './settle-exception.ts';
import { officialOf } from '../../review/divisions.ts';

const BATCH = 200;
const WAITING_MAX = 5000;

/**
 * Gives stock that came in to the orders that wait for it, short ones and backorders, the one paid first served first, and each as much as there is:
 * an order that needs ten does not lose five to one that needs five and came later. Orders that lack nothing any more are
 * released. Returns how many lines got something.
 */
export async function restock(tx: Tx, ctx: Ctx): Promise<number> {
  const short = await tx.query<{ order_id: string; sku_id: string; paid_at: Date | null }>(
    `select e.order_id, e.sku_id, o.paid_at from orders.exceptions e join orders.orders o on o.org_id = e.org_id and o.id = e.order_id
      where e.org_id = $1 and e.resolved_at is null and e.kind = 'shortage' and o.status = 'paid' order by o.paid_at, o.id limit ${WAITING_MAX}`,
    [tx.orgId],
  );
  const waiting = [...short, ...(await awaited(tx, WAITING_MAX))].toSorted(
    (a, b) => Number(a.paid_at) - Number(b.paid_at) || (a.order_id < b.order_id ? -1 : 1),
  );
  if (waiting.length === 0) return 0;
  const free = await availableOf(tx, [...new Set(waiting.map((w) => w.sku_id))]);
  const fed = waiting.filter((w) => (free.get(w.sku_id) ?? 0) > 0).map((w) => w.order_id);
  const inTurn = [...new Set(fed)].slice(0, BATCH);
  if (inTurn.length === 0) return 0;
  await tx.query('select 1 from orders.orders where org_id = $1 and id = any ($2) order by id for update', [
    tx.orgId,
    inTurn,
  ]);
  const orders = new Map((await ordersByIds(tx, inTurn)).map((o) => [o.id, o]));
  let served = 0;
  for (const orderId of inTurn) served += await serve(tx, ctx, orders.get(orderId) as OrderRow, free);
  return served;
}

async function serve(tx: Tx, ctx: Ctx, order: OrderRow, free: Map<string, number>): Promise<number> {
  let served = 0;
  for (const { line, units } of await missingOf(tx, order)) {
    const left = free.get(line.sku_id) ?? 0;
    const quantity = Math.min(units, left);
    if (quantity <= 0) continue;
    const wanted = { lineId: line.id, skuId: line.sku_id, sku: line.sku, quantity };
    await reserveForOrder(tx, ctx, order.id, [wanted], officialOf(order.region));
    free.set(line.sku_id, left - quantity);
    served += 1;
    await MissingReserved.emit(tx, ctx, order.id, { orderNo: order.order_no, sku: line.sku, units: quantity });
  }
  if (served === 0) return 0;
  await settleWhole(tx, ctx, order);
  await liftBackorder(tx, ctx, order.id);
  return served;
}

/** Settles what is open about lines that lack nothing any more. */
export async function settleWhole(tx: Tx, ctx: Ctx, order: OrderRow): Promise<void> {
  const still = new Set((await missingOf(tx, order)).map((m) => m.line.id));
  const over = (await lockOpenOf(tx, [order.id])).filter(
    (e) => e.kind === 'shortage' && !still.has(e.line_id as string),
  );
  for (const row of over)
    await settle(tx, ctx, row, { event: 'resolve', resolution: 'restocked', orderNo: order.order_no });
  if (over.length > 0) await liftIfWhole(tx, ctx, order.id, 'restocked'); // a hold set by hand stays
}
