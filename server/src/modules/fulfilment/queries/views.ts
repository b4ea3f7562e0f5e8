import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allocatedPlaces, allWarehouses } from '#modules/inventory/index.ts';
import { shipmentsOfParcels } from '#modules/shipping/index.ts';
import { checksPending } from '../checks/store.ts';
import { expectedWeight } from '../domain/weight.ts';
import { manifestNos } from '../handover/store.ts';
import { type Contents, contentsOf } from '../packing/contents.ts';
import { planFor } from '../packing/plan.ts';
import { allCartons } from '../packing/store.ts';
import { type ParcelFacts, presentParcel, presentPick } from '../present.ts';
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
  if (rows.length === 0) return [];
  const ids = rows.map((r) => r.id);
  const all = await parcelLines(tx, ids);
  const lines = Map.groupBy(all, (l) => l.parcel_id);
  const factsOf = await parcelFacts(tx, rows, await contentsOf(tx, all));
  return rows.map((r) => presentParcel(ctx, r, lines.get(r.id) ?? [], factsOf(r)));
}

async function parcelFacts(
  tx: Tx,
  rows: readonly ParcelRow[],
  contents: ReadonlyMap<string, Contents>,
): Promise<(row: ParcelRow) => ParcelFacts> {
  const codeOf = await warehouseCodes(tx);
  const cartons = new Map((await allCartons(tx)).map((c) => [c.id, c]));
  const shipments = await shipmentsOfParcels(
    tx,
    rows.filter((r) => r.shipment_id !== null).map((r) => r.id),
  );
  const pending = await checksPending(
    tx,
    rows.filter((r) => r.status === 'verified').map((r) => r.id),
  );
  const manifests = await manifestNos(
    tx,
    rows.flatMap((r) => r.manifest_id ?? []),
  );
  return (row) => {
    const carton = row.carton_id === null ? undefined : cartons.get(row.carton_id);
    const of = contents.get(row.id);
    return {
      warehouse: codeOf(row.warehouse_id),
      shipment: shipments.get(row.id),
      marks: of?.marks ?? [],
      carton,
      expectedWeightG: expectedWeight(of?.goods ?? [], carton?.tare_g),
      suggestion: null,
      checkPending: pending.has(row.id),
      manifestNo: row.manifest_id === null ? undefined : manifests.get(row.manifest_id),
    };
  };
}

/** One parcel, with the carton its goods should go into until it ships. */
export async function viewParcel(tx: Tx, ctx: Ctx, row: ParcelRow): Promise<ParcelView> {
  const view = (await viewParcels(tx, ctx, [row]))[0] as ParcelView;
  if (row.status !== 'created' && row.status !== 'verified') return view;
  const contents = (await contentsOf(tx, await parcelLines(tx, [row.id]))).get(row.id);
  return { ...view, suggestion: (await planFor(tx, ctx, contents?.goods ?? [])) ?? null };
}
