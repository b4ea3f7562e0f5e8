import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { Refusal } from '#kernel/errors.ts';
import { OrderOnHold, type OrderRow } from '#modules/orders/index.ts';
import { allWarehouses, WarehouseNotFound, type WarehouseRow } from '#modules/inventory/index.ts';
import { OrderNotShippable } from './errors.ts';

/** Why nothing of an order may leave now; undefined when it may. */
export function whyNotShippable(
  order: Pick<OrderRow, 'status' | 'holds' | 'superseded'>,
): 'order_on_hold' | 'order_not_shippable' | undefined {
  if (order.status !== 'paid' || order.superseded) return 'order_not_shippable';
  return order.holds.length > 0 ? 'order_on_hold' : undefined;
}

/** Nothing in review ships, and nothing that is not paid for (or is cancelled). @throws OrderNotShippable, OrderOnHold. */
export function checkShippable(order: OrderRow): void {
  const why = whyNotShippable(order);
  if (why === 'order_on_hold') throw new OrderOnHold({ orderNo: order.order_no, holds: order.holds });
  if (why) throw new OrderNotShippable({ orderNo: order.order_no, status: order.status });
}

/** What lies outside the actor's warehouses is not there for them. */
export function checkSeen(
  ctx: Ctx,
  row: { warehouse_id: string },
  refusal: Refusal,
  facts: Record<string, unknown>,
): void {
  if (!seesWarehouse(ctx, row.warehouse_id)) throw new refusal(facts);
}

/** The warehouses the actor works in, those to ship from first at the front. */
export async function seenWarehouses(tx: Tx, ctx: Ctx): Promise<WarehouseRow[]> {
  return (await allWarehouses(tx)).filter((w) => seesWarehouse(ctx, w.id));
}

/** @throws WarehouseNotFound also when it is another's. */
export async function seenWarehouse(tx: Tx, ctx: Ctx, code: string): Promise<WarehouseRow> {
  const found = (await seenWarehouses(tx, ctx)).find((w) => w.code === code);
  if (!found) throw new WarehouseNotFound({ warehouse: code });
  return found;
}

/** The warehouses a list is limited to: the one asked for, else the actor's; null = all. */
export async function scopeOf(tx: Tx, ctx: Ctx, warehouse: string | undefined): Promise<string[] | null> {
  if (warehouse !== undefined) return [(await seenWarehouse(tx, ctx, warehouse)).id];
  return ctx.actor.warehouses === null ? null : (await seenWarehouses(tx, ctx)).map((w) => w.id);
}
