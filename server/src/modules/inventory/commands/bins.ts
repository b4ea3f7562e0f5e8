import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { binsOf, floorWith } from '../domain/lay-out.ts';
import {
  BinCodesTaken,
  BinInUse,
  BinNotFound,
  LayoutDoesNotFit,
  WarehouseNotFound,
  ZoneCodeTaken,
  ZoneNotFound,
} from '../errors.ts';
import { BinsCreated, LayoutChanged, ZoneCreated } from '../events.ts';
import { presentBin, presentZone } from '../present.ts';
import type {
  BinView,
  ChangeBin,
  CreateBins,
  CreateZone,
  LaidOutView,
  Layout,
  LayOutZone,
  ZoneView,
} from '../schema-bins.ts';
import {
  type BinRow,
  binsByCode,
  insertBins,
  insertZone,
  lockBin,
  saveBin,
  type ZoneRow,
  zonesOf,
} from '../store/bins.ts';
import { findWarehouse, saveLayout, type WarehouseRow } from '../store/warehouses.ts';
import { newBin } from './places.ts';

/** @throws WarehouseNotFound also when it lies outside the actor's scope. */
export async function warehouseOf(tx: Tx, ctx: Ctx, code: string): Promise<WarehouseRow> {
  const row = await findWarehouse(tx, code);
  if (!row || !seesWarehouse(ctx, row.id)) throw new WarehouseNotFound({ warehouse: code });
  return row;
}

async function zoneOf(tx: Tx, warehouse: WarehouseRow, code: string): Promise<ZoneRow> {
  const zone = (await zonesOf(tx, warehouse.id)).find((z) => z.code === code);
  if (!zone) throw new ZoneNotFound({ zone: code });
  return zone;
}

export async function createZone(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof CreateZone>,
): Promise<z.input<typeof ZoneView>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const row = await insertZone(tx, {
    id: newId(),
    warehouse_id: warehouse.id,
    code: input.code,
    name: input.name,
    temperature: input.temperature,
    created_at: ctx.now,
    version: 1,
  });
  if (!row) throw new ZoneCodeTaken({ zone: input.code });
  await ZoneCreated.emit(tx, ctx, warehouse.id, { warehouse: warehouse.code, zone: row.code });
  return presentZone(row);
}

type BinFields = {
  zone?: string | null | undefined;
  aisle?: number | null | undefined;
  side?: 'L' | 'R' | null | undefined;
  bay?: number | null | undefined;
  level?: number | null | undefined;
  xMm?: number | null | undefined;
  yMm?: number | null | undefined;
};

/** The bin with the fields that were given; what was not given stays. */
function withFields(row: BinRow, fields: BinFields, zones: ReadonlyMap<string, ZoneRow>): BinRow {
  const zone = fields.zone == null ? undefined : zones.get(fields.zone);
  if (fields.zone != null && !zone) throw new ZoneNotFound({ zone: fields.zone });
  const keep = <T>(given: T | undefined, was: T): T => (given === undefined ? was : given);
  return {
    ...row,
    zone_id: fields.zone === undefined ? row.zone_id : (zone?.id ?? null),
    aisle: keep(fields.aisle, row.aisle),
    side: keep(fields.side, row.side),
    bay: keep(fields.bay, row.bay),
    level: keep(fields.level, row.level),
    x_mm: keep(fields.xMm, row.x_mm),
    y_mm: keep(fields.yMm, row.y_mm),
  };
}

/** @throws BinCodesTaken naming the codes that exist; no bin is made then. */
export async function createBins(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof CreateBins>,
): Promise<{ items: z.input<typeof BinView>[] }> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const zones = await zonesOf(tx, warehouse.id);
  const byCode = new Map(zones.map((z) => [z.code, z]));
  const rows = input.bins.map((b) => withFields({ ...newBin(ctx, warehouse.id, b.code), kind: b.kind }, b, byCode));
  const made = await insertAll(tx, ctx, warehouse, rows);
  const codeOf = new Map(zones.map((z) => [z.id, z.code]));
  return { items: made.map((r) => presentBin(r, codeOf.get(r.zone_id ?? '') ?? null)) };
}

async function insertAll(tx: Tx, ctx: Ctx, warehouse: WarehouseRow, rows: readonly BinRow[]): Promise<BinRow[]> {
  const made = await insertBins(tx, rows);
  if (made.length < rows.length) {
    const have = new Set(made.map((r) => r.id));
    const taken = rows.filter((r) => !have.has(r.id)).map((r) => r.code);
    throw new BinCodesTaken({ bins: taken.slice(0, 10).join(', '), count: taken.length });
  }
  await BinsCreated.emit(tx, ctx, warehouse.id, { warehouse: warehouse.code, bins: made.length });
  return made;
}

/**
 * Changes a bin. What holds goods can be closed for new ones, but not become a quarantine: goods that are promised would be
 * out of reach. @throws BinNotFound, BinInUse.
 */
export async function changeBin(tx: Tx, ctx: Ctx, input: z.output<typeof ChangeBin>): Promise<z.input<typeof BinView>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const found = (await binsByCode(tx, warehouse.id, [input.bin])).get(input.bin);
  const row = found && (await lockBin(tx, found.id));
  if (!row) throw new BinNotFound({ bin: input.bin });
  const fixed = row.kind === 'floor' || row.kind === 'staging';
  const changesKind = input.kind !== undefined && input.kind !== row.kind;
  if (fixed && (changesKind || input.closed)) throw new BinInUse({ bin: row.code });
  if (changesKind && (await holdsAllocated(tx, row.id))) throw new BinInUse({ bin: row.code });
  const zones = await zonesOf(tx, warehouse.id);
  const next = withFields(row, input, new Map(zones.map((z) => [z.code, z])));
  const saved = await saveBin(tx, {
    ...next,
    kind: input.kind ?? row.kind,
    closed: input.closed ?? row.closed,
  });
  return presentBin(saved, zones.find((z) => z.id === saved.zone_id)?.code ?? null);
}

async function holdsAllocated(tx: Tx, binId: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from inventory.bin_stock where org_id = $1 and bin_id = $2 and allocated > 0 limit 1',
    [tx.orgId, binId],
  );
  return rows.length > 0;
}

/** Lays a zone out: bins along straight aisles, and the floor they stand on. @throws BinCodesTaken, LayoutDoesNotFit. */
export async function layOutZone(tx: Tx, ctx: Ctx, input: LayOutZone): Promise<z.input<typeof LaidOutView>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const zone = await zoneOf(tx, warehouse, input.zone);
  const layout = floorWith(warehouse.layout, input, input.depot);
  if (!layout || input.depot.aisle >= layout.aislesMm.length) throw new LayoutDoesNotFit({ warehouse: warehouse.code });
  const rows = binsOf(input).map((b) => ({
    ...newBin(ctx, warehouse.id, b.code),
    zone_id: zone.id,
    aisle: b.aisle,
    side: b.side,
    bay: b.bay,
    level: b.level,
    x_mm: b.xMm,
    y_mm: b.yMm,
  }));
  const made = await insertAll(tx, ctx, warehouse, rows);
  const floor = { ...layout, aislesMm: [...layout.aislesMm], crossAislesMm: [...layout.crossAislesMm] };
  await saveLayout(tx, warehouse.id, floor);
  await LayoutChanged.emit(tx, ctx, warehouse.id, { warehouse: warehouse.code });
  return { bins: made.length, layout: floor };
}

const ascending = (values: readonly number[]): boolean =>
  values.every((v, i) => i === 0 || v > (values[i - 1] as number));

/** Says what the floor looks like, where it was not laid out by `layOutZone`. @throws LayoutDoesNotFit. */
export async function setLayout(
  tx: Tx,
  ctx: Ctx,
  input: { warehouse: string; layout: Layout },
): Promise<{ layout: Layout }> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const { layout } = input;
  if (!ascending(layout.aislesMm) || !ascending(layout.crossAislesMm) || layout.depot.aisle >= layout.aislesMm.length)
    throw new LayoutDoesNotFit({ warehouse: warehouse.code });
  await saveLayout(tx, warehouse.id, layout);
  await LayoutChanged.emit(tx, ctx, warehouse.id, { warehouse: warehouse.code });
  return { layout };
}
