import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { skusByCode, skusByIds } from '#modules/catalog/index.ts';
import { type AbcClass, classify } from '../../domain/abc.ts';
import { StockTakeScope } from '../errors.ts';
import type { CreateStockTake, TakeScope } from '../schema.ts';
import { costsOf, type Spot, standingIn } from '../store/book.ts';
import { WALK } from '../store/bins.ts';

export const BINS_MAX = 20_000;
export const LINES_MAX = 100_000;
const ABC_DAYS = 90;
const SHARES = { a: 80, b: 15 };
const CHUNK = 5000;

/** Bins in walking order and what stands in them, of what a count is to cover. */
export type Covered = { bins: string[]; spots: Spot[] };

/** What a count would cover. @throws StockTakeScope naming what does not exist, or that it is nothing or too much. */
export async function coverOf(
  tx: Tx,
  warehouseId: string,
  input: Pick<CreateStockTake, 'kind' | 'scope'>,
  now: Date,
): Promise<Covered> {
  const { scope } = input;
  const narrowed = Object.values(scope).some((part) => part !== undefined);
  if (input.kind === 'full' && narrowed) throw refused({ path: 'scope', code: 'full_covers_all' });
  if (input.kind === 'cycle' && !narrowed) throw refused({ path: 'scope', code: 'cycle_needs_scope' });
  const skuIds = await skusIn(tx, warehouseId, scope, now);
  const bins = await binsIn(tx, warehouseId, scope, skuIds);
  if (bins.length === 0) throw refused({ path: 'scope', code: 'nothing_to_count' });
  if (bins.length > BINS_MAX) throw refused({ path: 'scope', code: 'too_much_to_count', facts: { max: BINS_MAX } });
  const spots = await standingIn(tx, bins, skuIds);
  if (spots.length > LINES_MAX) throw refused({ path: 'scope', code: 'too_much_to_count', facts: { max: LINES_MAX } });
  return { bins, spots };
}

const refused = (...problems: FieldProblem[]) => new StockTakeScope({}, problems);

/** The SKUs a scope is limited to; null when it is not. */
async function skusIn(tx: Tx, warehouseId: string, scope: TakeScope, now: Date): Promise<string[] | null> {
  if (!scope.skus && !scope.abc) return null;
  const found = scope.skus ? await skusByCode(tx, scope.skus) : [];
  const known = new Set(found.map((s) => s.sku));
  const problems = (scope.skus ?? []).flatMap((sku, i) =>
    known.has(sku) ? [] : [{ path: `scope.skus[${i}]`, code: 'unknown_sku', facts: { sku } }],
  );
  if (problems.length > 0) throw refused(...problems);
  if (!scope.abc) return found.map((s) => s.id);
  const wanted = new Set(scope.abc);
  const classes = await classesOf(tx, warehouseId, now);
  const only = scope.skus ? new Set(found.map((s) => s.id)) : undefined;
  return [...classes].filter(([id, c]) => wanted.has(c) && (only?.has(id) ?? true)).map(([id]) => id);
}

/** The class of every SKU that stands in a warehouse, by the value shipped from it in 90 days. */
export async function classesOf(tx: Tx, warehouseId: string, now: Date): Promise<Map<string, AbcClass>> {
  const since = new Date(now.getTime() - ABC_DAYS * 86_400_000);
  const rows = await tx.query<{ sku_id: string; units: number }>(
    `select b.sku_id, coalesce(m.units, 0)::bigint as units
       from (select distinct sku_id from inventory.bin_stock where org_id = $1 and warehouse_id = $2 and quantity > 0) b
       left join lateral (select -sum(on_hand_d) as units from inventory.moves m where m.org_id = $1 and m.sku_id = b.sku_id and m.warehouse_id = $2
         and m.kind = 'ship' and m.at >= $3) m on true`,
    [tx.orgId, warehouseId, since],
  );
  const values = await valuesOf(
    tx,
    rows.map((r) => r.sku_id),
  );
  return classify(
    rows.map((r) => ({ id: r.sku_id, value: r.units * (values.get(r.sku_id) ?? 0) })),
    SHARES,
  );
}

/** What a unit of each SKU is worth: its latest cost, else its price. */
export async function valuesOf(tx: Tx, skuIds: readonly string[]): Promise<Map<string, number>> {
  const ids = [...new Set(skuIds)];
  const values = await costsOf(tx, ids);
  const without = ids.filter((id) => !values.has(id));
  for (let i = 0; i < without.length; i += CHUNK)
    for (const sku of await skusByIds(tx, without.slice(i, i + CHUNK))) values.set(sku.id, sku.price_amount);
  return values;
}

/** Bins a count goes to, in walking order. What is picked and waits to be packed is counted only when it is named. */
async function binsIn(
  tx: Tx,
  warehouseId: string,
  scope: TakeScope,
  skuIds: readonly string[] | null,
): Promise<string[]> {
  const [zones, bins] = [scope.zones ?? null, scope.bins ?? null];
  const known = await tx.query<{ zone: string | null; bin: string | null }>(
    `select code as zone, null as bin from inventory.zones where org_id = $1 and warehouse_id = $2 and code = any ($3)
     union all select null, code from inventory.bins where org_id = $1 and warehouse_id = $2 and code = any ($4)`,
    [tx.orgId, warehouseId, zones ?? [], bins ?? []],
  );
  const [zonesKnown, binsKnown] = [new Set(known.map((k) => k.zone)), new Set(known.map((k) => k.bin))];
  const problems = [
    ...(zones ?? []).flatMap((zone, i) =>
      zonesKnown.has(zone) ? [] : [{ path: `scope.zones[${i}]`, code: 'unknown_zone', facts: { zone } }],
    ),
    ...(bins ?? []).flatMap((bin, i) =>
      binsKnown.has(bin) ? [] : [{ path: `scope.bins[${i}]`, code: 'unknown_bin', facts: { bin } }],
    ),
  ];
  if (problems.length > 0) throw refused(...problems);
  const rows = await tx.query<{ id: string }>(
    `select b.id from inventory.bins b left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
      where b.org_id = $1 and b.warehouse_id = $2 and (b.kind <> 'staging' or b.code = any ($4)) and ($3::text[] is null or z.code = any ($3))
        and ($4::text[] is null or b.code = any ($4))
        and ($5::uuid[] is null or exists (select from inventory.bin_stock s where s.org_id = $1 and s.bin_id = b.id and s.quantity > 0 and s.sku_id = any ($5)))
      order by ${WALK} limit ${BINS_MAX + 1}`,
    [tx.orgId, warehouseId, zones, bins, skuIds],
  );
  return rows.map((r) => r.id);
}
