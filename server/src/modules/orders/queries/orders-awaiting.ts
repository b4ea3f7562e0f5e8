import type { Tx } from '#kernel/db/index.ts';
import { newIdAt } from '../intake/batches.ts';

/** Orders placed since a moment that bought a SKU before it was there, whether it has come or not. */
export async function ordersAwaiting(tx: Tx, skuId: string, since: Date): Promise<string[]> {
  const rows = await tx.query<{ order_id: string }>(
    `select distinct order_id from orders.lines where sku_id = $2 and order_id >= $3 and org_id = $1 and reserve_on = 'arrival'`,
    [tx.orgId, skuId, newIdAt(since.getTime())],
  );
  return rows.map((r) => r.order_id);
}
