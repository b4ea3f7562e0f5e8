import type { Tx } from '#kernel/db/index.ts';

/** Units of SKUs that a new order could take now, over all warehouses; SKUs without stock are not in it. */
export async function availableOf(tx: Tx, skuIds: readonly string[]): Promise<Map<string, number>> {
  if (skuIds.length === 0) return new Map();
  const rows = await tx.query<{ sku_id: string; free: number }>(
    `select sku_id, sum(greatest(on_hand - reserved - safety, 0))::bigint as free from inventory.balances
      where org_id = $1 and sku_id = any ($2) group by sku_id`,
    [tx.orgId, skuIds],
  );
  return new Map(rows.filter((r) => r.free > 0).map((r) => [r.sku_id, r.free]));
}
