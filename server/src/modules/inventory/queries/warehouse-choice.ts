import type { Tx } from '#kernel/db/index.ts';
import { allWarehouses } from '../store/warehouses.ts';

/** How the warehouses of an order were chosen. */
export type WarehouseChoice = {
  /** When by a ranking; null when by the priority of the warehouses alone, as they stand today. */
  at: Date | null;
  /** Best first. */
  ways: { warehouseId: string; cost: number | null; days: number | null }[];
  /** Those that do not send there. */
  out: string[];
  chosen: string[];
  /** Code and name of every warehouse named. */
  named: ReadonlyMap<string, { code: string; name: string }>;
};

type Row = { at: Date; ranking: { ways: { w: string; cost: number | null; days: number | null }[]; out: string[] } };

/** The last choice made for an order; undefined when no stock was taken for it. */
export async function warehouseChoiceOf(tx: Tx, orderId: string): Promise<WarehouseChoice | undefined> {
  const warehouses = await allWarehouses(tx);
  const named = new Map(warehouses.map((w) => [w.id, { code: w.code, name: w.name }]));
  const [row] = await tx.query<Row & { chosen: string[] }>(
    'select at, ranking, chosen from inventory.warehouse_choices where order_id = $1 and org_id = $2 order by seq desc limit 1',
    [orderId, tx.orgId],
  );
  if (row) {
    const { ways, out } = row.ranking;
    const ranked = ways.map(({ w, cost, days }) => ({ warehouseId: w, cost, days }));
    return { at: row.at, ways: ranked, out, chosen: row.chosen, named };
  }
  const held = await tx.query<{ warehouse_id: string }>(
    'select distinct warehouse_id from inventory.reservations where org_id = $1 and order_id = $2',
    [tx.orgId, orderId],
  );
  if (held.length === 0) return undefined;
  return {
    at: null,
    ways: warehouses.map((w) => ({ warehouseId: w.id, cost: null, days: null })),
    out: [],
    chosen: held.map((h) => h.warehouse_id),
    named,
  };
}

/** Choices of a warehouse that the ranking did not name. */
export async function strayChoices(tx: Tx): Promise<string[]> {
  const rows = await tx.query<{ order_id: string; seq: number }>(
    `select a.order_id, a.seq from inventory.warehouse_choices a where a.org_id = $1
        and exists (select from unnest(a.chosen) c where not exists (select from jsonb_array_elements(a.ranking -> 'ways') w where (w ->> 'w')::uuid = c)) limit 100`,
    [tx.orgId],
  );
  return rows.map((r) => `order ${r.order_id}, choice ${r.seq}`);
}
