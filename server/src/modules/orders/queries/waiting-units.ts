import type { Tx } from '#kernel/db/index.ts';

/** Units that open orders wait for, by SKU: sold when they were not there, or asked of purchasing because they were missing. */
export async function waitingUnits(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx.query<{ sku_id: string; units: number }>(
    `select sku_id, sum(units)::bigint as units from (
       select l.sku_id, l.quantity - l.cancelled - l.shipped - inventory.reserved_for_line($1, l.order_id, l.id) as units from orders.lines l join orders.orders o on o.org_id = l.org_id and o.id = l.order_id
        where l.org_id = $1 and l.reserve_on = 'arrival' and o.status in ('pending_payment', 'paid') and o.superseded is null
       union all select sku_id, units from orders.replenishments where org_id = $1 and closed_at is null) w
      where units > 0 group by sku_id`,
    [tx.orgId],
  );
  return new Map(rows.map((r) => [r.sku_id, r.units]));
}
