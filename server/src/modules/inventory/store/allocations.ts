import type { Tx } from '#kernel/db/index.ts';

export type AllocationRow = {
  order_id: string;
  line_id: string;
  warehouse_id: string;
  sku_id: string;
  bin_id: string;
  batch_id: string;
  quantity: number;
  why: string;
};
const COLUMNS = 'order_id, line_id, warehouse_id, sku_id, bin_id, batch_id, quantity, why';

/** What is allocated to orders, in one warehouse or in all. The caller holds the orders' locks where it acts on it. */
export async function allocationsOf(
  tx: Tx,
  orderIds: readonly string[],
  warehouseId?: string,
): Promise<AllocationRow[]> {
  if (orderIds.length === 0) return [];
  return tx.prepared<AllocationRow>(
    `select ${COLUMNS} from inventory.allocations where org_id = $1 and order_id = any ($2) and quantity > 0
        and ($3::uuid is null or warehouse_id = $3) order by order_id, line_id, bin_id, batch_id`,
    [tx.orgId, orderIds, warehouseId ?? null],
  );
}

/** Adds signed quantities; makes rows that are not there. The table refuses to go below zero. */
export async function addAllocations(tx: Tx, rows: readonly AllocationRow[]): Promise<void> {
  const more = rows.filter((r) => r.quantity > 0);
  const less = rows.filter((r) => r.quantity < 0);
  if (less.length > 0) {
    await tx.prepared(
      `update inventory.allocations a set quantity = a.quantity + u.q
         from (select o, l, b, ba, sum(q)::bigint as q from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[]) x (o, l, b, ba, q) group by 1, 2, 3, 4) u
        where a.org_id = $1 and a.order_id = u.o and a.line_id = u.l and a.bin_id = u.b and a.batch_id = u.ba`,
      [tx.orgId, ...keys(less), less.map((r) => r.quantity)],
    );
  }
  if (more.length > 0) {
    await tx.prepared(
      `insert into inventory.allocations as a (org_id, order_id, line_id, bin_id, batch_id, quantity, warehouse_id, sku_id, why)
       select $1::uuid, o, l, b, ba, sum(q), min(w::text)::uuid, min(s::text)::uuid, min(y)
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::uuid[], $8::uuid[], $9::text[]) x (o, l, b, ba, q, w, s, y)
        group by 1, 2, 3, 4, 5
       on conflict (org_id, order_id, line_id, bin_id, batch_id) do update set quantity = a.quantity + excluded.quantity, why = excluded.why`,
      [
        tx.orgId,
        ...keys(more),
        more.map((r) => r.quantity),
        more.map((r) => r.warehouse_id),
        more.map((r) => r.sku_id),
        more.map((r) => r.why),
      ],
    );
  }
}

const keys = (rows: readonly AllocationRow[]): unknown[] => [
  rows.map((r) => r.order_id),
  rows.map((r) => r.line_id),
  rows.map((r) => r.bin_id),
  rows.map((r) => r.batch_id),
];
