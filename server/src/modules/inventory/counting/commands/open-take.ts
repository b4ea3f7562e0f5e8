import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { mayTouch } from '../../commands/document.ts';
import { WarehouseNotFound } from '../../errors.ts';
import { findWarehouse, type WarehouseRow } from '../../store/warehouses.ts';
import { BinsBeingCounted } from '../errors.ts';
import { StockTakeOpened } from '../events.ts';
import { coverOf, valuesOf } from '../queries/scope.ts';
import { presentTake } from '../queries/takes.ts';
import type { CreateStockTake, StockTakePreview, StockTakeView } from '../schema.ts';
import type { Spot } from '../store/book.ts';
import { claimBins } from '../store/bins.ts';
import { insertLines, newLine } from '../store/lines.ts';
import { insertTake, type TakeRow } from '../store/takes.ts';

async function warehouseOf(tx: Tx, ctx: Ctx, code: string): Promise<WarehouseRow> {
  const warehouse = await findWarehouse(tx, code);
  if (!warehouse) throw new WarehouseNotFound({ warehouse: code });
  mayTouch(ctx, warehouse);
  return warehouse;
}

/** How much a count would cover, without opening it. */
export async function previewTake(tx: Tx, ctx: Ctx, input: CreateStockTake): Promise<z.input<typeof StockTakePreview>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const { bins, spots } = await coverOf(tx, warehouse.id, input, ctx.now);
  return { bins: bins.length, lines: spots.length };
}

/**
 * Opens a count: its bins are nobody else's to count until its differences are booked, and are sold from as before.
 * @throws BinsBeingCounted when another count has one of them.
 */
export async function openTake(tx: Tx, ctx: Ctx, input: CreateStockTake): Promise<z.input<typeof StockTakeView>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const { bins, spots } = await coverOf(tx, warehouse.id, input, ctx.now);
  const row: TakeRow = {
    id: newId(),
    no: `PD${String(await nextNumber(tx, 'stock_take')).padStart(7, '0')}`,
    warehouse_id: warehouse.id,
    kind: input.kind,
    blind: input.blind,
    scope: input.scope,
    note: input.note,
    state: 'counting',
    created_at: ctx.now,
    created_by: ctx.actor.id,
    submitted_at: null,
    submitted_by: null,
    approval_id: null,
    ended_at: null,
    ended_by: null,
    why: null,
    version: 1,
  };
  await insertTake(tx, row);
  const places = new Map(bins.map((binId, place) => [binId, place]));
  const taken = await claimBins(
    tx,
    row.id,
    bins.map((binId, place) => ({ binId, place })),
  );
  if (taken.length > 0)
    throw new BinsBeingCounted({
      bins: taken.map((t) => t.bin).join(', '),
      takes: [...new Set(taken.map((t) => t.take))].join(', '),
    });
  await insertLines(tx, row.id, await linesFor(tx, spots, places));
  await StockTakeOpened.emit(tx, ctx, row.id, {
    no: row.no,
    warehouse: warehouse.code,
    kind: row.kind,
    bins: bins.length,
    lines: spots.length,
  });
  return presentTake(tx, ctx, row);
}

/** Lines in walking order, within a bin by SKU code: ids ascend in the order they are made. */
export async function linesFor(tx: Tx, spots: readonly Spot[], places: ReadonlyMap<string, number>) {
  const ids = [...new Set(spots.map((s) => s.sku_id))];
  const codes = new Map<string, string>();
  for (let i = 0; i < ids.length; i += 5000)
    for (const sku of await skusByIds(tx, ids.slice(i, i + 5000))) codes.set(sku.id, sku.sku);
  const values = await valuesOf(tx, ids);
  const rank = (s: Spot): [number, string] => [places.get(s.bin_id) ?? 0, codes.get(s.sku_id) ?? s.sku_id];
  return spots
    .map((spot) => ({ spot, rank: rank(spot) }))
    .toSorted((a, b) => a.rank[0] - b.rank[0] || (a.rank[1] < b.rank[1] ? -1 : a.rank[1] > b.rank[1] ? 1 : 0))
    .map(({ spot, rank: [place] }) =>
      newLine({
        id: newId(),
        sku_id: spot.sku_id,
        bin_id: spot.bin_id,
        batch_id: spot.batch_id,
        state: spot.state,
        place,
        origin: 'book',
        unit_value: values.get(spot.sku_id) ?? 0,
      }),
    );
}
