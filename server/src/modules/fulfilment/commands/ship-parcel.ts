import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { returnIn, shipReserved } from '#modules/inventory/index.ts';
import { lockOrder, recordCameBack, recordDelivered, recordShipped } from '#modules/orders/index.ts';
import { createShipment, normaliseWaybill } from '#modules/shipping/index.ts';
import { checksPending } from '../checks/store.ts';
import { parcelFlow, pickFlow } from '../domain/flows.ts';
import { isComplete } from '../domain/scan.ts';
import { AlreadyShipped, ParcelNotFound, ParcelNotVerified, SpotCheckPending } from '../errors.ts';
import { ParcelReturned, ParcelShipped } from '../events.ts';
import { joinManifest } from '../handover/join-manifest.ts';
import { useMaterial } from '../packing/store.ts';
import { checkSeen, checkShippable } from '../policy.ts';
import { viewParcel } from '../queries/views.ts';
import type { ParcelView, ShipParcel } from '../schema.ts';
import { fulfilmentSettings } from '../settings.ts';
import {
  getParcel,
  lockParcel,
  type ParcelLineRow,
  parcelLines,
  type ParcelRow,
  saveParcel,
} from '../store/parcels.ts';
import { addPickShipped, lockPick, pickLines, savePick } from '../store/picks.ts';

const asksTheSame = (row: ParcelRow, input: ShipParcel): boolean =>
  row.carrier === input.carrier &&
  (input.waybillNo === undefined || normaliseWaybill(input.waybillNo) === row.waybill_no);

/** Both checks have seen every piece. @throws ParcelNotVerified naming what is missing. */
async function checkScanned(tx: Tx, row: ParcelRow, lines: readonly ParcelLineRow[]): Promise<void> {
  const unpacked = lines
    .filter((l) => l.scanned < l.quantity)
    .map((l) => ({ sku: l.sku, left: l.quantity - l.scanned }));
  if (unpacked.length > 0 || !isComplete(lines)) throw new ParcelNotVerified({ missing: unpacked, check: 'pack' });
  if (row.pick_id === null || !(await fulfilmentSettings.get(tx)).requirePickScan) return;
  const picked = new Map((await pickLines(tx, [row.pick_id])).map((l) => [l.line_id, l.scanned - l.shipped]));
  const unpicked = lines
    .map((l) => ({ sku: l.sku, left: l.quantity - (picked.get(l.line_id) ?? l.quantity) })) // a line added beside the pick needs no pick scan
    .filter((l) => l.left > 0);
  if (unpicked.length > 0) throw new ParcelNotVerified({ missing: unpicked, check: 'pick' });
}

/** Nothing has to be looked at or weighed any more. @throws SpotCheckPending, ParcelNotVerified. */
async function checkPacked(tx: Tx, row: ParcelRow): Promise<void> {
  if ((await checksPending(tx, [row.id])).has(row.id)) throw new SpotCheckPending({ parcelNo: row.no });
  if (row.weight_g === null && (await fulfilmentSettings.get(tx)).requireWeight)
    throw new ParcelNotVerified({ missing: [], check: 'weight' });
}

/** What left with the parcel is no longer to be picked; the pick ends when all of it has left. */
async function releasePick(
  tx: Tx,
  pickId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  const pick = await lockPick(tx, pickId);
  await addPickShipped(tx, pickId, lines);
  const rest = await pickLines(tx, [pickId]);
  if (rest.every((l) => l.shipped === l.quantity))
    await savePick(tx, pick, step(pickFlow, pick.status, 'ship'), pick.picked_at);
}

/**
 * Hands a verified parcel to the carrier: stock, order, waybill and parcel move together or not at all. The same call again
 * answers the same. @throws AlreadyShipped for another carrier or waybill, ParcelNotVerified, OrderOnHold, OrderNotShippable.
 */
export async function shipParcel(tx: Tx, ctx: Ctx, input: ShipParcel): Promise<ParcelView> {
  const { order_id: orderId } = await getParcel(tx, input.parcelId);
  const order = await lockOrder(tx, orderId);
  const row = await lockParcel(tx, input.parcelId);
  checkSeen(ctx, row, ParcelNotFound, { parcelId: row.id });
  if (row.waybill_no !== null) {
    if (asksTheSame(row, input)) return viewParcel(tx, ctx, row);
    throw new AlreadyShipped({ parcelNo: row.no, carrier: row.carrier, waybillNo: row.waybill_no });
  }
  if (row.status === 'cancelled') throw new TransitionRefused({ from: row.status, event: 'ship', allowed: [] });
  checkShippable(order);
  const stored = await parcelLines(tx, [row.id]);
  await checkScanned(tx, row, stored);
  await checkPacked(tx, row);
  const status = step(parcelFlow, row.status, 'ship');
  const lines = stored.map((l) => ({
    lineId: l.line_id,
    skuId: l.sku_id,
    warehouseId: row.warehouse_id,
    quantity: l.quantity,
  }));
  const {
    carrier,
    waybillNo,
    id: shipmentId,
  } = await createShipment(tx, ctx, { parcelId: row.id, orderId, carrier: input.carrier, waybillNo: input.waybillNo });
  await recordShipped(tx, ctx, { orderId, parcelId: row.id, waybillNo, carrier, lines });
  if (row.pick_id !== null) await releasePick(tx, row.pick_id, lines);
  await saveParcel(tx, row, status, {
    carrier,
    waybill_no: waybillNo,
    shipment_id: shipmentId,
    shipped_at: ctx.now,
  });
  await useMaterial(tx, ctx, row);
  const saved = await joinManifest(tx, ctx, row, carrier);
  await shipReserved(tx, ctx, { orderId, docId: row.id, lines });
  const units = lines.reduce((sum, l) => sum + l.quantity, 0);
  await ParcelShipped.emit(tx, ctx, orderId, {
    parcelId: row.id,
    parcelNo: row.no,
    carrier,
    waybillNo,
    shipmentId,
    units,
  });
  return viewParcel(tx, ctx, saved);
}

/** The carrier has handed the parcel over. Shipping tells it once per parcel, through the composition root; the order is locked. */
export async function parcelDelivered(
  tx: Tx,
  ctx: Ctx,
  parcel: { orderId: string; parcelId: string; at: Date },
): Promise<void> {
  const row = await lockParcel(tx, parcel.parcelId);
  if (row.status === 'delivered' || row.status === 'returned') return; // late news of a parcel that is back with us
  await saveParcel(tx, row, step(parcelFlow, row.status, 'deliver'), { delivered_at: parcel.at });
  const lines = (await parcelLines(tx, [row.id])).map((l) => ({ lineId: l.line_id, quantity: l.quantity }));
  await recordDelivered(tx, ctx, { orderId: parcel.orderId, parcelId: row.id, lines });
}

/**
 * A parcel stopped on its way is back: its goods go into the warehouse they left, and what was paid for them goes back.
 * Shipping tells it through the composition root; the order is locked. Repeats change nothing.
 */
export async function parcelCameBack(
  tx: Tx,
  ctx: Ctx,
  parcel: { orderId: string; parcelId: string; reason: string },
): Promise<void> {
  const row = await lockParcel(tx, parcel.parcelId);
  if (row.status === 'returned') return;
  await saveParcel(tx, row, step(parcelFlow, row.status, 'bring_back'), { returned_at: ctx.now });
  const lines = (await parcelLines(tx, [row.id])).map((l) => ({
    lineId: l.line_id,
    skuId: l.sku_id,
    warehouseId: row.warehouse_id,
    quantity: l.quantity,
  }));
  await recordCameBack(tx, ctx, { orderId: parcel.orderId, parcelId: row.id, reason: parcel.reason, lines });
  await returnIn(tx, ctx, { docId: row.id, lines, reason: parcel.reason });
  const units = lines.reduce((sum, l) => sum + l.quantity, 0);
  await ParcelReturned.emit(tx, ctx, row.order_id, { parcelId: row.id, parcelNo: row.no, units });
}
