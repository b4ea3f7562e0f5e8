import type { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { t } from '#kernel/i18n/index.ts';
import type { AllocatedPlace } from '#modules/inventory/index.ts';
import type { ShipmentView } from '#modules/shipping/index.ts';
import { parcelFlow, pickFlow } from './domain/flows.ts';
import { isComplete } from './domain/scan.ts';
import type { Mark } from './packing/contents.ts';
import type { CartonRow } from './packing/store.ts';
import type { ParcelView, PickPlaceView, PickView, ScanLineView } from './schema.ts';
import type { ParcelLineRow, ParcelRow } from './store/parcels.ts';
import type { PickLineRow, PickRow } from './store/picks.ts';

const presentLine = (l: PickLineRow | ParcelLineRow): z.input<typeof ScanLineView> => ({
  lineId: l.line_id,
  sku: l.sku,
  title: l.title,
  barcode: l.barcode,
  quantity: l.quantity,
  scanned: l.scanned,
});

const presentPlace = (ctx: Ctx, p: AllocatedPlace): z.input<typeof PickPlaceView> => ({
  binId: p.bin_id,
  bin: p.bin,
  zone: p.zone,
  batch: p.batch,
  expiresOn: p.expires_on,
  quantity: p.quantity,
  staged: p.staged,
  why: p.why,
  reason: t(ctx.locale, `fulfilment.why.${p.why}`),
});

/** A line's pieces still to be taken: those on the shelf; on the staging place only as far as no scan has counted them. */
function placesOf(ctx: Ctx, l: PickLineRow, places: readonly AllocatedPlace[]): z.input<typeof PickPlaceView>[] {
  let left = l.quantity - l.scanned;
  return places
    .filter((p) => p.line_id === l.line_id)
    .toSorted((a, b) => Number(a.staged) - Number(b.staged))
    .flatMap((p) => {
      const quantity = Math.min(left, p.quantity);
      left -= quantity;
      return quantity > 0 ? [presentPlace(ctx, { ...p, quantity })] : [];
    });
}

export function presentPick(
  ctx: Ctx,
  row: PickRow,
  lines: readonly PickLineRow[],
  warehouse: string,
  places: readonly AllocatedPlace[],
): PickView {
  const may: string[] = [];
  if (row.status === 'picking' && can(ctx, 'fulfilment.pick.scan')) may.push('scan', 'short');
  if (allowedEvents(pickFlow, row.status).includes('cancel') && can(ctx, 'fulfilment.wave.write')) may.push('cancel');
  return {
    id: row.id,
    waveId: row.wave_id,
    orderId: row.order_id,
    orderNo: row.order_no,
    warehouse,
    status: row.status,
    round: row.round,
    place: row.place,
    lines: lines.map((l) => ({ ...presentLine(l), missing: l.missing, places: placesOf(ctx, l, places) })),
    createdAt: row.created_at.toISOString(),
    pickedAt: row.picked_at?.toISOString() ?? null,
    may,
    version: row.version,
  };
}

/** What may be done with a parcel: permission and state together. */
function mayWith(ctx: Ctx, row: ParcelRow, lines: readonly ParcelLineRow[], checkPending: boolean): string[] {
  const print = row.status !== 'cancelled' && can(ctx, 'fulfilment.label.print') ? ['print'] : [];
  if (!can(ctx, 'fulfilment.parcel.write')) return print;
  const events = allowedEvents(parcelFlow, row.status);
  return [
    ...(row.status === 'created' && !isComplete(lines) ? ['scan'] : []),
    ...(row.status === 'verified' ? ['weigh'] : []),
    ...events.filter((e) => (e === 'ship' && !checkPending) || e === 'cancel'),
    ...print,
  ];
}

/** What is known of a parcel beside its row and lines. */
export type ParcelFacts = {
  warehouse: string;
  shipment: ShipmentView | undefined;
  marks: readonly Mark[];
  carton: CartonRow | undefined;
  expectedWeightG: number | undefined;
  suggestion: ParcelView['suggestion'];
  checkPending: boolean;
  manifestNo: string | undefined;
};

export function presentParcel(
  ctx: Ctx,
  row: ParcelRow,
  lines: readonly ParcelLineRow[],
  facts: ParcelFacts,
): ParcelView {
  const { shipment, carton, manifestNo } = facts;
  return {
    id: row.id,
    parcelNo: row.no,
    orderId: row.order_id,
    orderNo: row.order_no,
    warehouse: facts.warehouse,
    pickId: row.pick_id,
    status: row.status === 'shipped' && shipment?.status === 'exception' ? 'exception' : row.status,
    carrier: row.carrier,
    waybillNo: row.waybill_no,
    shipmentId: row.shipment_id,
    lines: lines.map(presentLine),
    track: (shipment?.nodes ?? []).map((n) => ({ at: n.at, node: n.code, place: n.place, text: n.text })),
    createdAt: row.created_at.toISOString(),
    verifiedAt: row.verified_at?.toISOString() ?? null,
    shippedAt: row.shipped_at?.toISOString() ?? null,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    returnedAt: row.returned_at?.toISOString() ?? null,
    marks: [...facts.marks],
    carton: carton ? { code: carton.code, name: carton.name } : null,
    weightG: row.weight_g,
    expectedWeightG: facts.expectedWeightG ?? null,
    suggestion: facts.suggestion,
    checkPending: facts.checkPending,
    manifest: row.manifest_id !== null && manifestNo !== undefined ? { id: row.manifest_id, no: manifestNo } : null,
    scannedOutAt: row.scanned_out_at?.toISOString() ?? null,
    may: mayWith(ctx, row, lines, facts.checkPending),
    version: row.version,
  };
}
