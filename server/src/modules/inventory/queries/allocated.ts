import type { Tx } from '#kernel/db/index.ts';

/** Units allocated to an order line, and where they stand. Coordinates are null for bins nobody has placed on the plan. */
export type AllocatedPlace = {
  order_id: string;
  line_id: string;
  warehouse_id: string;
  sku_id: string;
  bin_id: string;
  batch_id: string;
  quantity: number;
  why: string;
  bin: string;
  staged: boolean;
  zone: string | null;
  aisle: number | null;
  x_mm: number | null;
  y_mm: number | null;
  batch: string | null;
  expires_on: string | null;
};

/** What is allocated to orders, with the names of bins and batches, by aisle and bin. */
export async function allocatedPlaces(tx: Tx, orderIds: readonly string[]): Promise<AllocatedPlace[]> {
  if (orderIds.length === 0) return [];
  return tx.query<AllocatedPlace>(
    `select a.order_id, a.line_id, a.warehouse_id, a.sku_id, a.bin_id, a.batch_id, a.quantity, a.why, b.code as bin, b.kind = 'staging' as staged,
            z.code as zone, b.aisle, b.x_mm, b.y_mm, x.batch_no as batch, x.expires_on::text as expires_on
       from inventory.allocations a join inventory.bins b on b.org_id = a.org_id and b.id = a.bin_id
       left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
       left join inventory.batches x on x.org_id = a.org_id and x.id = a.batch_id
      where a.org_id = $1 and a.order_id = any ($2) and a.quantity > 0
      order by b.aisle nulls last, b.code, x.expires_on nulls last, a.line_id`,
    [tx.orgId, orderIds],
  );
}

/** SKUs of which goods that may be allocated stand in the named zones of a warehouse. */
export async function skusInZones(tx: Tx, warehouseId: string, zones: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ sku_id: string }>(
    `select distinct s.sku_id from inventory.bin_stock s join inventory.bins b on b.org_id = s.org_id and b.id = s.bin_id
       join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
      where s.org_id = $1 and s.warehouse_id = $2 and s.state = 'good' and s.quantity > s.allocated and z.code = any ($3)`,
    [tx.orgId, warehouseId, zones],
  );
  return new Set(rows.map((r) => r.sku_id));
}
