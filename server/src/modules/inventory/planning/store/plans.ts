import type { Tx } from '#kernel/db/index.ts';
import type { AbcClass } from '../../domain/abc.ts';

export type PlanRow = {
  sku_id: string;
  warehouse_id: string;
  /** The first day forecast, YYYY-MM-DD. */
  made_on: string;
  made_at: Date;
  on_sale: boolean;
  method: string;
  days: number[];
  per_day: number;
  week_error: number | null;
  weeks_tried: number;
  wape_ours: number | null;
  wape_naive: number | null;
  wape_seasonal: number | null;
  bias: number | null;
  lead_days: number;
  review_days: number;
  service_percent: number;
  pack_size: number;
  order_min: number;
  min_units: number | null;
  max_units: number | null;
  cover_days_max: number;
  lead_units: number;
  buffer_units: number;
  reorder_point: number | null;
  order_up_to: number | null;
  last_demand_on: string | null;
  window_units: number;
  window_value: number;
  abc: AbcClass | null;
};

const TYPES: Readonly<Record<Exclude<keyof PlanRow, 'abc'>, string>> = {
  sku_id: 'uuid',
  warehouse_id: 'uuid',
  made_on: 'date',
  made_at: 'timestamptz',
  on_sale: 'boolean',
  method: 'text',
  days: 'real[]',
  per_day: 'float8',
  week_error: 'float8',
  weeks_tried: 'integer',
  wape_ours: 'float8',
  wape_naive: 'float8',
  wape_seasonal: 'float8',
  bias: 'float8',
  lead_days: 'integer',
  review_days: 'integer',
  service_percent: 'numeric',
  pack_size: 'integer',
  order_min: 'integer',
  min_units: 'bigint',
  max_units: 'bigint',
  cover_days_max: 'integer',
  lead_units: 'float8',
  buffer_units: 'bigint',
  reorder_point: 'bigint',
  order_up_to: 'bigint',
  last_demand_on: 'date',
  window_units: 'bigint',
  window_value: 'bigint',
};
const NAMES = Object.keys(TYPES);
const KEY = new Set(['sku_id', 'warehouse_id']);
const READ = NAMES.map((c) =>
  c === 'made_on' || c === 'last_demand_on'
    ? `${c}::text as ${c}`
    : c === 'service_percent'
      ? `${c}::float8 as ${c}`
      : c,
).join(', ');

/** Stores plans; the class, which is a matter of all of them, stays as it is. */
export async function savePlans(tx: Tx, rows: readonly Omit<PlanRow, 'abc'>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into inventory.plans (org_id, ${NAMES.join(', ')})
     select $1, ${NAMES.join(', ')} from jsonb_to_recordset($2::jsonb) as r (${Object.entries(TYPES)
       .map(([name, type]) => `${name} ${type}`)
       .join(', ')}) order by sku_id, warehouse_id
     on conflict (org_id, sku_id, warehouse_id) do update set ${NAMES.filter((c) => !KEY.has(c))
       .map((c) => `${c} = excluded.${c}`)
       .join(', ')}`,
    [tx.orgId, JSON.stringify(rows)],
  );
}

export async function plansOf(tx: Tx, skuId: string): Promise<PlanRow[]> {
  return tx.query<PlanRow>(`select ${READ}, abc from inventory.plans where org_id = $1 and sku_id = $2`, [
    tx.orgId,
    skuId,
  ]);
}

export type Weight = { sku_id: string; warehouse_id: string; value: number; abc: AbcClass | null };

/** What each SKU brought within the window, by warehouse. */
export async function weights(tx: Tx, by: 'turnover' | 'units'): Promise<Weight[]> {
  const value = by === 'units' ? 'window_units' : 'window_value';
  return tx.query<Weight>(
    `select sku_id, warehouse_id, ${value} as value, abc from inventory.plans where org_id = $1`,
    [tx.orgId],
  );
}

export async function saveClasses(
  tx: Tx,
  rows: readonly { skuId: string; warehouseId: string; abc: AbcClass }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update inventory.plans p set abc = u.c from unnest($2::uuid[], $3::uuid[], $4::text[]) as u (s, w, c)
      where p.org_id = $1 and p.sku_id = u.s and p.warehouse_id = u.w`,
    [tx.orgId, rows.map((r) => r.skuId), rows.map((r) => r.warehouseId), rows.map((r) => r.abc)],
  );
}

/** Classes of SKUs by `sku/warehouse`. */
export async function classesOf(tx: Tx, skuIds: readonly string[]): Promise<Map<string, AbcClass>> {
  const rows = await tx.query<{ sku_id: string; warehouse_id: string; abc: AbcClass }>(
    'select sku_id, warehouse_id, abc from inventory.plans where org_id = $1 and sku_id = any ($2) and abc is not null',
    [tx.orgId, skuIds],
  );
  return new Map(rows.map((r) => [`${r.sku_id}/${r.warehouse_id}`, r.abc]));
}

/** Drops plans of SKUs for warehouses other than those named: nothing is planned there any more. */
export async function keepPlans(
  tx: Tx,
  skuIds: readonly string[],
  pairs: readonly { sku_id: string; warehouse_id: string }[],
): Promise<void> {
  await tx.query(
    `delete from inventory.plans p where p.org_id = $1 and p.sku_id = any ($2)
        and not exists (select from unnest($3::uuid[], $4::uuid[]) as u (s, w) where u.s = p.sku_id and u.w = p.warehouse_id)`,
    [tx.orgId, skuIds, pairs.map((p) => p.sku_id), pairs.map((p) => p.warehouse_id)],
  );
}

/** Plans nobody has made anew since a moment: their SKU has neither stock nor demand any more. */
export async function dropPlansBefore(tx: Tx, madeAt: Date): Promise<void> {
  await tx.query('delete from inventory.plans where org_id = $1 and made_at < $2', [tx.orgId, madeAt]);
}
