import type { Tx } from '#kernel/db/index.ts';

/** Lines that waited for their stock wait no more: they have it, or it is looked for in another way, or not wanted. */
export async function endWaiting(tx: Tx, orderId: string, lineIds?: readonly string[]): Promise<void> {
  await tx.query(
    `update orders.lines set reserve_on = 'payment' where org_id = $1 and order_id = $2 and reserve_on = 'arrival' and ($3::uuid[] is null or id = any ($3))`,
    [tx.orgId, orderId, lineIds ?? null],
  );
}

/** Orders and SKUs of lines that wait for stock, paid ones, the one paid first first. */
export const awaited = (tx: Tx, limit: number): Promise<{ order_id: string; sku_id: string; paid_at: Date | null }[]> =>
  tx.query(
    `select o.id as order_id, l.sku_id, o.paid_at from orders.lines l join orders.orders o on o.org_id = l.org_id and o.id = l.order_id
      where l.org_id = $1 and l.reserve_on = 'arrival' and o.status = 'paid' and o.superseded is null and 'backorder' = any (o.holds)
        and l.quantity > l.cancelled + l.shipped order by o.paid_at, o.id limit $2`,
    [tx.orgId, limit],
  );

/** Open orders that wait for one of the SKUs, by id. */
export async function ordersAwaiting(tx: Tx, skuIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct o.id from orders.lines l join orders.orders o on o.org_id = l.org_id and o.id = l.order_id
      where l.org_id = $1 and l.sku_id = any ($2) and l.reserve_on = 'arrival' and o.status in ('pending_payment', 'paid') and o.superseded is null order by o.id`,
    [tx.orgId, skuIds],
  );
  return rows.map((r) => r.id);
}
