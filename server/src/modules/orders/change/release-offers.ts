import type { Tx } from '#kernel/db/index.ts';
import { releaseUses } from '#modules/promotions/index.ts';
import type { OrderRow } from '../store/orders.ts';

/**
 * What an order that ends unsent used of offers (coupons, limits, quotas) is free again. Of orders made of others it is used
 * once, by the order that was placed: free when all that came of it has ended. The caller holds the order's lock.
 */
export async function releaseOffers(tx: Tx, row: OrderRow): Promise<void> {
  if (row.derived === null) return releaseUses(tx, row.id);
  for (const root of await rootsOf(tx, row.id)) {
    // of two last parts cancelled at once the later sees that the other has ended
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`offers of ${root}`]);
    if (await hasEnded(tx, root)) await releaseUses(tx, root);
  }
}

/** The placed orders an order was made of, however often it was split and merged. */
async function rootsOf(tx: Tx, orderId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive up as (
       select $2::uuid as id
       union select g.source_order_id from orders.origins g join up on g.order_id = up.id where g.org_id = $1 and g.undone_at is null)
     select o.id from up join orders.orders o on o.org_id = $1 and o.id = up.id where o.derived is null order by o.id`,
    [tx.orgId, orderId],
  );
  return rows.map((r) => r.id);
}

async function hasEnded(tx: Tx, rootId: string): Promise<boolean> {
  const alive = await tx.query(
    `with recursive down as (
       select $2::uuid as id
       union select g.order_id from orders.origins g join down on g.source_order_id = down.id where g.org_id = $1 and g.undone_at is null)
     select 1 from down join orders.orders o on o.org_id = $1 and o.id = down.id where o.superseded is null and o.status <> 'cancelled' limit 1`,
    [tx.orgId, rootId],
  );
  return alive.length === 0;
}
