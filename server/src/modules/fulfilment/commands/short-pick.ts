import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import {
  allocatedPlaces,
  allocateStock,
  InsufficientStock,
  reserveForOrder,
  setAsideMissing,
} from '#modules/inventory/index.ts';
import { lockAnyOrder, officialOf, reportException } from '#modules/orders/index.ts';
import { NotMissing, WrongBin } from '../errors.ts';
import { ShortPicked } from '../events.ts';
import { seenWarehouses } from '../policy.ts';
import type { ShortPick, ShortPickView } from '../schema.ts';
import { addMissing, type PickLineRow, pickLines, type PickRow } from '../store/picks.ts';
import { claimScan } from '../store/scans.ts';
import { finishIfComplete, lockPickOfOrder } from './scan.ts';

type Outcome = { reallocated: number; elsewhere: number; short: number };

/**
 * Pieces are not in the bin where they should be. They are frozen there until somebody counts the bin; the pick takes others
 * from other bins of the warehouse instead, else another warehouse sends them, else the order's shortage becomes an
 * exception and its picks stop. A report with an id counts once. @throws NotMissing, WrongBin.
 */
export async function shortPick(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ShortPick>,
): Promise<z.input<typeof ShortPickView>> {
  const row = await lockPickOfOrder(tx, ctx, input.pickId);
  const scan = { kind: 'short' as const, subjectId: row.id, code: input.lineId, quantity: input.missing };
  if (!(await claimScan(tx, ctx, scan, input.scanId)))
    return { pick: await finishIfComplete(tx, ctx, row), reallocated: 0, elsewhere: 0, short: 0 };
  if (row.status !== 'picking') throw new TransitionRefused({ from: row.status, event: 'short', allowed: [] });
  const line = maybeOne((await pickLines(tx, [row.id])).filter((l) => l.line_id === input.lineId));
  const left = line ? line.quantity - line.scanned : 0;
  if (!line || input.missing > left) throw new NotMissing({ left });
  const binId = await binOf(tx, row, line, input);
  await setAsideMissing(tx, ctx, {
    orderId: row.order_id,
    lineId: line.line_id,
    quantity: input.missing,
    reason: input.note === '' ? 'short_pick' : input.note,
    warehouseId: row.warehouse_id,
    binId,
  });
  const outcome = await replace(tx, ctx, row, line, { binId, units: input.missing });
  if (outcome.reallocated < input.missing)
    await addMissing(tx, row.id, line.line_id, input.missing - outcome.reallocated);
  await ShortPicked.emit(tx, ctx, row.order_id, {
    pickId: row.id,
    sku: line.sku,
    binId,
    missing: input.missing,
    ...outcome,
  });
  if (outcome.short > 0)
    await reportException(tx, ctx, {
      orderId: row.order_id,
      kind: 'shortage',
      lineId: line.line_id,
      units: 0, // what is missing has been set aside already
      note: input.note,
    });
  const now = await lockPickOfOrder(tx, ctx, row.id);
  return { pick: await finishIfComplete(tx, ctx, now), ...outcome };
}

/** The bin the pieces are missing in. @throws WrongBin when the line is not taken from there, or from several and none is named. */
async function binOf(tx: Tx, row: PickRow, line: PickLineRow, input: z.output<typeof ShortPick>): Promise<string> {
  const shelf = (await allocatedPlaces(tx, [row.order_id])).filter(
    (p) => p.warehouse_id === row.warehouse_id && p.line_id === line.line_id && !p.staged,
  );
  const named = shelf.filter((p) => input.bin === undefined || p.bin.toLowerCase() === input.bin.toLowerCase());
  const bins = new Set(named.map((p) => p.bin_id));
  const [binId] = bins;
  const there = named.reduce((n, p) => n + p.quantity, 0);
  if (binId === undefined || bins.size > 1 || there < input.missing)
    throw new WrongBin({ bin: input.bin ?? '', bins: [...new Set(shelf.map((p) => p.bin))].join(', ') });
  return binId;
}

/** Other pieces for those that are missing: from this warehouse first, then from any that has them. */
async function replace(
  tx: Tx,
  ctx: Ctx,
  row: PickRow,
  line: PickLineRow,
  { binId, units: missing }: { binId: string; units: number },
): Promise<Outcome> {
  const { region } = await lockAnyOrder(tx, row.order_id);
  const order = { id: row.order_id, region: officialOf(region) };
  const demand = (quantity: number) => ({ lineId: line.line_id, skuId: line.sku_id, sku: line.sku, quantity });
  const here = await reserveUpTo(tx, ctx, order, demand(missing), [row.warehouse_id]);
  let reallocated = 0;
  if (here > 0) {
    const { short } = await allocateStock(tx, ctx, [
      {
        orderId: row.order_id,
        lineId: line.line_id,
        skuId: line.sku_id,
        warehouseId: row.warehouse_id,
        quantity: here,
        avoidBinId: binId, // what the books have there beside is as doubtful
      },
    ]);
    const without = short.reduce((n, s) => n + s.quantity, 0);
    // reserved, but only where nothing may be taken from: as good as missing
    if (without > 0)
      await setAsideMissing(tx, ctx, {
        orderId: row.order_id,
        lineId: line.line_id,
        quantity: without,
        reason: short[0]?.passed[0]?.why ?? 'short_pick',
        warehouseId: row.warehouse_id,
        free: true,
      });
    reallocated = here - without;
  }
  const others = (await seenWarehouses(tx, ctx)).map((w) => w.id).filter((id) => id !== row.warehouse_id);
  const elsewhere = await reserveUpTo(tx, ctx, order, demand(missing - reallocated), others);
  return { reallocated, elsewhere, short: missing - reallocated - elsewhere };
}

/** Reserves as many of the pieces as there are. */
async function reserveUpTo(
  tx: Tx,
  ctx: Ctx,
  order: { id: string; region: string },
  line: { lineId: string; skuId: string; sku: string; quantity: number },
  warehouses: readonly string[],
): Promise<number> {
  if (line.quantity === 0 || warehouses.length === 0) return 0;
  try {
    await reserveForOrder(tx, ctx, order.id, [line], order.region, warehouses);
    return line.quantity;
  } catch (error) {
    if (!(error instanceof InsufficientStock)) throw error;
    const available = Number(error.errors?.[0]?.facts?.['available'] ?? 0);
    if (available === 0) return 0;
    await reserveForOrder(tx, ctx, order.id, [{ ...line, quantity: available }], order.region, warehouses);
    return available;
  }
}
