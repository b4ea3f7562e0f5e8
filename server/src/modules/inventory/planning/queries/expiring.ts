import type { Tx } from '#kernel/db/index.ts';

export type Expiring = {
  sku_id: string;
  warehouse_id: string;
  /** YYYY-MM-DD */
  expires_on: string;
  units: number;
};

/**
 * What is left of goods that expire up to a day, by SKU, warehouse and expiry date, from the dates in the ledger. Goods leave without a
 * date in the ledger: those that expire first are taken to have left first, and those without a date before them, so that nothing
 * that may still be there goes unmentioned.
 */
export async function expiringStock(tx: Tx, upTo: string): Promise<Expiring[]> {
  return tx.query<Expiring>(
    `with dated as (
       select sku_id, warehouse_id, expires_on, sum(on_hand_d)::bigint as units from inventory.moves
        where org_id = $1 and expires_on is not null group by 1, 2, 3 having sum(on_hand_d) > 0),
     stacked as (
       select d.*, sum(d.units) over (partition by d.sku_id, d.warehouse_id order by d.expires_on desc) as up_from_last from dated d)
     select s.sku_id, s.warehouse_id, s.expires_on::text as expires_on, greatest(least(s.units, b.on_hand - (s.up_from_last - s.units)), 0)::bigint as units
       from stacked s join inventory.balances b on b.org_id = $1 and b.sku_id = s.sku_id and b.warehouse_id = s.warehouse_id
      where s.expires_on <= $2 and b.on_hand > s.up_from_last - s.units`,
    [tx.orgId, upTo],
  );
}
