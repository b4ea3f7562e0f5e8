import type { Tx } from '#kernel/db/index.ts';

export type ReservationRow = {
  order_id: string;
  line_id: string;
  warehouse_id: string;
  sku_id: string;
  quantity: number;
};

/** What is still reserved for an order. The caller holds the order's lock, so it cannot change meanwhile. */
export async function reservationsOfOrder(tx: Tx, orderId: string): Promise<ReservationRow[]> {
  return tx.prepared<ReservationRow>(
    `select order_id, line_id, warehouse_id, sku_id, quantity from inventory.reservations
      where org_id = $1 and order_id = $2 and quantity > 0 order by line_id, warehouse_id`,
    [tx.orgId, orderId],
  );
}

/** Orders with units reserved in a warehouse, oldest first. */
export async function ordersReservedIn(tx: Tx, warehouseId: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ order_id: string }>(
    `select distinct order_id from inventory.reservations where org_id = $1 and warehouse_id = $2 and quantity > 0 order by order_id limit $3`,
    [tx.orgId, warehouseId, limit],
  );
  return rows.map((r) => r.order_id);
}

/** Adds to reservations; makes those that are not there. */
export async function addReservations(tx: Tx, rows: readonly ReservationRow[]): Promise<void> {
  await tx.prepared(
    `insert into inventory.reservations (org_id, order_id, line_id, warehouse_id, sku_id, quantity)
     select $1, o, l, w, s, sum(q) from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[]) as u (o, l, w, s, q) group by o, l, w, s
     on conflict (org_id, order_id, line_id, warehouse_id) do update set quantity = inventory.reservations.quantity + excluded.quantity`,
    [
      tx.orgId,
      rows.map((r) => r.order_id),
      rows.map((r) => r.line_id),
      rows.map((r) => r.warehouse_id),
      rows.map((r) => r.sku_id),
      rows.map((r) => r.quantity),
    ],
  );
}

/** Takes quantities off reservations. The table refuses to go below zero. */
export async function consumeReservations(tx: Tx, rows: readonly Omit<ReservationRow, 'sku_id'>[]): Promise<number> {
  const done = await tx.prepared(
    `update inventory.reservations r set quantity = r.quantity - u.q
       from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[]) as u (o, l, w, q)
      where r.org_id = $1 and r.order_id = u.o and r.line_id = u.l and r.warehouse_id = u.w and r.quantity >= u.q returning 1`,
    [
      tx.orgId,
      rows.map((r) => r.order_id),
      rows.map((r) => r.line_id),
      rows.map((r) => r.warehouse_id),
      rows.map((r) => r.quantity),
    ],
  );
  return done.length;
}
