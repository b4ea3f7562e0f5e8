import type { Tx } from '#kernel/db/index.ts';

export type Expiring = {
  sku_id: string;
  warehouse_id: string;
  /** YYYY-MM-DD */
  expires_on: string;
  units: number;
};

/** Sound goods that expire up to a day, by SKU, warehouse and expiry date; what has expired and was frozen still has to go somewhere. */
export async function expiringStock(tx: Tx, upTo: string): Promise<Expiring[]> {
  return tx.query<Expiring>(
    `select s.sku_id, s.warehouse_id, x.expires_on::text as expires_on, sum(s.quantity)::bigint as units
       from inventory.batches x join inventory.bin_stock s on s.org_id = x.org_id and s.sku_id = x.sku_id and s.batch_id = x.id
      where x.org_id = $1 and x.expires_on <= $2::date and s.state <> 'damaged' and s.quantity > 0 group by 1, 2, 3`,
    [tx.orgId, upTo],
  );
}
