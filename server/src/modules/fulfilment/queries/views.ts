import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allocatedPlaces, allWarehouses } from '#modules/inventory/index.ts';
import { shipmentsOfParcels } from '#modules/shipping/index.ts';
import { presentParcel, presentPick } from '../present.ts';
import type { ParcelView, PickView } from '../schema.ts';
import { parcelLines, type ParcelRow } from '../store/parcels.ts';
import { pickLines, type PickRow } from '../store/picks.ts';

async function warehouseCodes(tx: Tx): Promise<(id: string) => string> {
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  return (id) => codes.get(id) ?? '';
}

const isLive = (r: PickRow): boolean => r.status === 'picking' || r.status === 'picked';

/** Picks with their lines and bins, in the order given. A few statements, however many there are. */
export async function viewPicks(tx: Tx, ctx: Ctx, rows: readonly PickRow[]): Promise<PickView[]> {
  const codeOf = await warehouseCodes(tx);
  const lines = Map.groupBy(
    await pickLines(
      tx,
      rows.map((r) => r.id),
    ),
    (l) => l.pick_id,
  );
  const places = Map.groupBy(await allocatedPlaces(tx, [...new Set(rows.map((r) => r.order_id))]), (p) => p.order_id);
  return rows.map((r) => {
    const of = (places.get(r.order_id) ?? []).filter((p) => p.warehouse_id === r.warehouse_id);
    return presentPick(ctx, r, lines.get(r.id) ?? [], codeOf(r.warehouse_id), isLive(r) ? of : []);
  });
}

export async function viewPick(tx: Tx, ctx: Ctx, row: PickRow): Promise<PickView> {
  return (await viewPicks(tx, ctx, [row]))[0] as PickView;
}

/** Parcels with their lines and tracks, in the order given. */
export async function viewParcels(tx: Tx, ctx: Ctx, rows: readonly ParcelRow[]): Promise<ParcelView[]> {
  const codeOf = await warehouseCodes(tx);
  const ids = rows.map((r) => r.id);
  const lines = Map.groupBy(await parcelLines(tx, ids), (l) => l.parcel_id);
  const shipments = await shipmentsOfParcels(
    tx,
    rows.filter((r) => r.shipment_id !== null).map((r) => r.id),
  );
  return rows.map((r) => presentParcel(ctx, r, lines.get(r.id) ?? [], codeOf(r.warehouse_id), shipments.get(r.id)));
}

export async function viewParcel(tx: Tx, ctx: Ctx, row: ParcelRow): Promise<ParcelView> {
  return (await viewParcels(tx, ctx, [row]))[0] as ParcelView;
}
