import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { skusByCode, skusByIds } from '#modules/catalog/index.ts';
import { warehouseOf } from '../commands/bins.ts';
import { NO_BATCH } from '../domain/choose-stock.ts';
import { presentBin, presentZone } from '../present.ts';
import {
  type BatchView,
  BINS_ON_PLAN_MAX,
  type BinStockView,
  type BinView,
  type ListBatches,
  type ListBins,
  type ListBinStock,
  type PlanView,
  type ZoneView,
} from '../schema-bins.ts';
import type { BatchRow } from '../store/batches.ts';
import { type BinRow, listBins as readBins, zonesOf } from '../store/bins.ts';
import { allWarehouses } from '../store/warehouses.ts';

export async function listZones(
  tx: Tx,
  ctx: Ctx,
  input: { warehouse: string },
): Promise<{ items: z.input<typeof ZoneView>[] }> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  return { items: (await zonesOf(tx, warehouse.id)).map(presentZone) };
}

export async function listBins(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListBins>,
): Promise<Page<z.input<typeof BinView>>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const zones = await zonesOf(tx, warehouse.id);
  const zoneId = input.zone === undefined ? undefined : zones.find((z) => z.code === input.zone)?.id;
  if (input.zone !== undefined && zoneId === undefined) return { items: [], nextCursor: null };
  const after = input.cursor === undefined ? undefined : String(decodeCursor('bins', input.cursor, 1)[0]);
  const rows = await readBins(tx, { warehouseId: warehouse.id, zoneId, q: input.q, after, limit: input.limit + 1 });
  const codeOf = new Map(zones.map((z) => [z.id, z.code]));
  return pageOf(
    rows,
    input.limit,
    'bins',
    (r) => [r.code],
    (r) => presentBin(r, codeOf.get(r.zone_id ?? '') ?? null),
  );
}

type PlanRow = BinRow & { units: number; skus: number };

/** The floor of a warehouse: its aisles, zones and bins, and how full each bin is. */
export async function warehousePlan(tx: Tx, ctx: Ctx, input: { warehouse: string }): Promise<z.input<typeof PlanView>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const zones = await zonesOf(tx, warehouse.id);
  const rows = await tx.query<PlanRow>(
    `select b.id, b.code, b.kind, b.zone_id, b.aisle, b.side, b.bay, b.level, b.x_mm, b.y_mm, b.closed, coalesce(s.units, 0)::bigint as units, coalesce(s.skus, 0)::bigint as skus
       from inventory.bins b
       left join (select bin_id, sum(quantity) as units, count(distinct sku_id) as skus from inventory.bin_stock
                   where org_id = $1 and warehouse_id = $2 and quantity > 0 group by 1) s on s.bin_id = b.id
      where b.org_id = $1 and b.warehouse_id = $2 order by b.code limit $3`,
    [tx.orgId, warehouse.id, BINS_ON_PLAN_MAX + 1],
  );
  const codeOf = new Map(zones.map((z) => [z.id, z.code]));
  return {
    warehouse: warehouse.code,
    layout: warehouse.layout,
    zones: zones.map(presentZone),
    bins: rows.slice(0, BINS_ON_PLAN_MAX).map((r) => ({
      id: r.id,
      code: r.code,
      kind: r.kind,
      zone: codeOf.get(r.zone_id ?? '') ?? null,
      aisle: r.aisle,
      side: r.side,
      bay: r.bay,
      level: r.level,
      xMm: r.x_mm,
      yMm: r.y_mm,
      closed: r.closed,
      units: r.units,
      skus: r.skus,
    })),
    cut: rows.length > BINS_ON_PLAN_MAX,
  };
}

type BinStock = {
  sku_id: string;
  warehouse_id: string;
  bin_id: string;
  bin: string;
  bin_kind: BinRow['kind'];
  zone: string | null;
  batch_id: string;
  batch: string | null;
  batch_state: BatchRow['state'] | null;
  produced_on: string | null;
  expires_on: string | null;
  state: 'good' | 'damaged' | 'frozen';
  quantity: number;
  allocated: number;
};

/** What stands in which bin, by SKU, within the actor's scope. */
export async function listBinStock(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListBinStock>,
): Promise<Page<z.input<typeof BinStockView>>> {
  const warehouses = (await allWarehouses(tx)).filter(
    (w) => (ctx.actor.warehouses?.has(w.id) ?? true) && (input.warehouse === undefined || w.code === input.warehouse),
  );
  const skuIds = input.sku === undefined ? null : (await skusByCode(tx, [input.sku])).map((s) => s.id);
  const after = input.cursor === undefined ? [null, null, null, null] : decodeCursor('bin-stock', input.cursor, 4);
  const rows = await tx.query<BinStock>(
    `select s.sku_id, s.warehouse_id, s.bin_id, b.code as bin, b.kind as bin_kind, z.code as zone, s.batch_id, x.batch_no as batch, x.state as batch_state,
            x.produced_on::text as produced_on, x.expires_on::text as expires_on, s.state, s.quantity, s.allocated
       from inventory.bin_stock s join inventory.bins b on b.org_id = s.org_id and b.id = s.bin_id
       left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
       left join inventory.batches x on x.org_id = s.org_id and x.id = s.batch_id
      where s.org_id = $1 and s.warehouse_id = any ($2) and s.quantity > 0 and ($3::uuid[] is null or s.sku_id = any ($3))
        and ($4::text is null or b.code = $4) and ($5::text is null or x.batch_no = $5) and ($6::text is null or s.state = $6)
        and (not $7 or (b.kind in ('floor', 'staging') and s.quantity > s.allocated))
        and ($8::uuid is null or (s.sku_id, s.bin_id, s.batch_id, s.state) > ($8, $9::uuid, $10::uuid, $11))
      order by s.sku_id, s.bin_id, s.batch_id, s.state limit $12`,
    [
      tx.orgId,
      warehouses.map((w) => w.id),
      skuIds,
      input.bin ?? null,
      input.batch ?? null,
      input.state ?? null,
      input.toPutAway ?? false,
      ...after,
      input.limit + 1,
    ],
  );
  const skus = new Map((await skusByIds(tx, [...new Set(rows.map((r) => r.sku_id))])).map((s) => [s.id, s]));
  const codes = new Map(warehouses.map((w) => [w.id, w.code]));
  return pageOf(
    rows,
    input.limit,
    'bin-stock',
    (r) => [r.sku_id, r.bin_id, r.batch_id, r.state],
    (r) => ({
      sku: skus.get(r.sku_id)?.sku ?? r.sku_id,
      title: skus.get(r.sku_id)?.title ?? '',
      warehouse: codes.get(r.warehouse_id) ?? '',
      bin: r.bin,
      binKind: r.bin_kind,
      zone: r.zone,
      batch: r.batch_id === NO_BATCH ? null : r.batch,
      batchState: r.batch_state,
      producedOn: r.produced_on,
      expiresOn: r.expires_on,
      state: r.state,
      quantity: r.quantity,
      allocated: r.allocated,
    }),
  );
}

/** Batches, those that expire first at the front, with the units that are left of each. */
export async function listBatches(
  tx: Tx,
  _ctx: Ctx,
  input: z.output<typeof ListBatches>,
): Promise<Page<z.input<typeof BatchView>>> {
  const skuIds = input.sku === undefined ? null : (await skusByCode(tx, [input.sku])).map((s) => s.id);
  const after = input.cursor === undefined ? [null, null] : decodeCursor('batches', input.cursor, 2);
  const rows = await tx.query<BatchRow & { units: number; sort: string }>(
    `select b.id, b.sku_id, b.batch_no, b.produced_on::text as produced_on, b.expires_on::text as expires_on, b.state, b.version,
            coalesce(b.expires_on, '9999-12-31')::text as sort,
            (select coalesce(sum(s.quantity), 0)::bigint from inventory.bin_stock s where s.org_id = b.org_id and s.sku_id = b.sku_id and s.batch_id = b.id) as units
       from inventory.batches b
      where b.org_id = $1 and ($2::uuid[] is null or b.sku_id = any ($2)) and ($3::text is null or b.state = $3)
        and ($4::date is null or b.expires_on < $4) and ($5::date is null or (coalesce(b.expires_on, '9999-12-31'), b.id) > ($5, $6::uuid))
      order by coalesce(b.expires_on, '9999-12-31'), b.id limit $7`,
    [tx.orgId, skuIds, input.state ?? null, input.expiresBefore ?? null, after[0], after[1], input.limit + 1],
  );
  const skus = new Map((await skusByIds(tx, [...new Set(rows.map((r) => r.sku_id))])).map((s) => [s.id, s.sku]));
  return pageOf(
    rows,
    input.limit,
    'batches',
    (r) => [r.sort, r.id],
    (r) => ({
      id: r.id,
      sku: skus.get(r.sku_id) ?? r.sku_id,
      batch: r.batch_no,
      producedOn: r.produced_on,
      expiresOn: r.expires_on,
      state: r.state,
      units: r.units,
      version: r.version,
    }),
  );
}
