import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { skuByScan } from '#modules/catalog/index.ts';
import { allocatedPlaces, type PickedUnits, stagePicked } from '#modules/inventory/index.ts';
import { lockAnyOrder } from '#modules/orders/index.ts';
import { pickFlow } from '../domain/flows.ts';
import { isComplete, judgeScan, linesFor, normaliseCode, type ScanTarget } from '../domain/scan.ts';
import { ParcelNotFound, PickNotFound, SurplusItem, UnknownCode, WrongBin, WrongItem } from '../errors.ts';
import { PickFinished } from '../events.ts';
import { checkSeen } from '../policy.ts';
import { viewParcel, viewPick } from '../queries/views.ts';
import type { ParcelView, PickView, ScanParcel, ScanPick } from '../schema.ts';
import { addPacked, lockParcel, type ParcelLineRow, parcelLines } from '../store/parcels.ts';
import { addPicked, getPick, lockPick, type PickLineRow, pickLines, type PickRow, savePick } from '../store/picks.ts';
import { claimScan } from '../store/scans.ts';
import { verifyParcel } from './verify-parcel.ts';

type Line = PickLineRow | ParcelLineRow;

const targetOf = (l: Line): ScanTarget => ({
  lineId: l.line_id,
  skuId: l.sku_id,
  sku: l.sku,
  barcode: l.barcode,
  quantity: l.quantity,
  scanned: l.scanned,
});

/** Where the scanned pieces go. @throws WrongItem, UnknownCode, SurplusItem: none of which counts anything. */
async function placeScan(
  tx: Tx,
  lines: readonly Line[],
  code: string,
  quantity: number,
): Promise<readonly { lineId: string; quantity: number }[]> {
  const targets = lines.map(targetOf);
  let matching = linesFor(targets, code);
  if (matching.length === 0) {
    const sku = await skuByScan(tx, code); // a barcode given to the SKU after the pick was made
    if (!sku) throw new UnknownCode({ code });
    matching = targets.filter((t) => t.skuId === sku.id);
    if (matching.length === 0) throw new WrongItem({ code, sku: sku.sku, title: sku.title });
  }
  const verdict = judgeScan(matching, quantity);
  if (verdict.kind === 'counts') return verdict.adds;
  const [first] = matching;
  throw new SurplusItem({ code, sku: first?.sku ?? code, left: verdict.kind === 'surplus' ? verdict.left : 0 });
}

const unitsOf = (lines: readonly Line[]): number => lines.reduce((sum, l) => sum + l.quantity, 0);

/**
 * Counts pieces taken from the shelf, which now stand where picked goods wait to be packed. A scan with an id counts once,
 * however often a handheld sends it. @throws WrongBin when the pieces are to be taken from other bins.
 */
export async function scanPick(tx: Tx, ctx: Ctx, input: z.output<typeof ScanPick>): Promise<PickView> {
  const row = await lockPickOfOrder(tx, ctx, input.pickId);
  const code = normaliseCode(input.code);
  const { quantity } = input;
  if (!(await claimScan(tx, ctx, { kind: 'pick', subjectId: row.id, code, quantity }, input.scanId)))
    return viewPick(tx, ctx, row);
  if (row.status === 'shipped' || row.status === 'cancelled')
    throw new TransitionRefused({ from: row.status, event: 'scan', allowed: [] });
  const adds = await placeScan(tx, await pickLines(tx, [row.id]), code, quantity);
  await takeFromBins(tx, ctx, row, adds, input.bin);
  await addPicked(tx, row.id, adds);
  return finishIfComplete(tx, ctx, row);
}

/** The order first, then the pick, as everywhere: a scan changes what is allocated to the order. */
export async function lockPickOfOrder(tx: Tx, ctx: Ctx, pickId: string): Promise<PickRow> {
  const found = await getPick(tx, pickId);
  checkSeen(ctx, found, PickNotFound, { pickId });
  await lockAnyOrder(tx, found.order_id);
  return lockPick(tx, pickId);
}

/** Ends a pick when every piece it still asks for has been taken. */
export async function finishIfComplete(tx: Tx, ctx: Ctx, row: PickRow): Promise<PickView> {
  const lines = await pickLines(tx, [row.id]);
  if (row.status !== 'picking' || !isComplete(lines)) return viewPick(tx, ctx, row);
  const done = await savePick(tx, row, step(pickFlow, row.status, 'finish'), ctx.now);
  const view = await viewPick(tx, ctx, done);
  await PickFinished.emit(tx, ctx, row.order_id, { pickId: row.id, warehouse: view.warehouse, units: unitsOf(lines) });
  return view;
}

/** From which of its bins each piece was taken: the one named, else in the order of walking. @throws WrongBin. */
async function takeFromBins(
  tx: Tx,
  ctx: Ctx,
  row: PickRow,
  adds: readonly { lineId: string; quantity: number }[],
  bin: string | undefined,
): Promise<void> {
  const shelf = (await allocatedPlaces(tx, [row.order_id])).filter(
    (p) => p.warehouse_id === row.warehouse_id && !p.staged,
  );
  const units: PickedUnits[] = [];
  for (const { lineId, quantity } of adds) {
    let left = quantity;
    const all = shelf.filter((p) => p.line_id === lineId);
    const here = bin === undefined ? all : all.filter((p) => p.bin.toLowerCase() === bin.toLowerCase());
    if (bin !== undefined && all.length > 0 && here.reduce((n, p) => n + p.quantity, 0) < quantity)
      throw new WrongBin({ bin, bins: [...new Set(all.map((p) => p.bin))].join(', ') });
    for (const place of here) {
      const part = Math.min(left, place.quantity);
      if (part > 0)
        units.push({
          orderId: row.order_id,
          lineId,
          binId: place.bin_id,
          batchId: place.batch_id,
          quantity: part,
        });
      left -= part;
    }
  }
  await stagePicked(tx, ctx, { docId: row.id, warehouseId: row.warehouse_id, units });
}

/** Counts pieces put into the parcel: the second of the two checks. */
export async function scanParcel(tx: Tx, ctx: Ctx, input: z.output<typeof ScanParcel>): Promise<ParcelView> {
  const row = await lockParcel(tx, input.parcelId);
  checkSeen(ctx, row, ParcelNotFound, { parcelId: row.id });
  const code = normaliseCode(input.code);
  const { quantity } = input;
  if (!(await claimScan(tx, ctx, { kind: 'pack', subjectId: row.id, code, quantity }, input.scanId)))
    return viewParcel(tx, ctx, row);
  if (row.status !== 'created' && row.status !== 'verified')
    throw new TransitionRefused({ from: row.status, event: 'scan', allowed: [] });
  await addPacked(tx, row.id, await placeScan(tx, await parcelLines(tx, [row.id]), code, quantity));
  const lines = await parcelLines(tx, [row.id]);
  if (!isComplete(lines)) return viewParcel(tx, ctx, row);
  return viewParcel(tx, ctx, await verifyParcel(tx, ctx, row, lines));
}
