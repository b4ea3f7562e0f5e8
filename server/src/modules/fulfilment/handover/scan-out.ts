import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { normaliseCode } from '../domain/scan.ts';
import { AlreadyScannedOut, OtherCarrier, OtherManifest, ParcelNotShipped, UnknownParcel } from '../errors.ts';
import type { ParcelRow } from '../store/parcels.ts';
import { claimScan } from '../store/scans.ts';
import type { ManifestView, ScanOut } from './schema.ts';
import { holdManifest, lockByCode, manifestNos, type ManifestRow, markScannedOut, putInManifest } from './store.ts';
import { seenManifest, viewManifest } from './view.ts';

/**
 * Counts a parcel the carrier's driver takes along. Each counts once, whoever scans it; a scan with an id that is sent again
 * is answered as the first time. @throws UnknownParcel, ParcelNotShipped, OtherCarrier, OtherManifest, AlreadyScannedOut.
 */
export async function scanOut(tx: Tx, ctx: Ctx, input: z.output<typeof ScanOut>): Promise<ManifestView> {
  await seenManifest(tx, ctx, input.manifestId);
  const manifest = await holdManifest(tx, input.manifestId);
  const code = normaliseCode(input.code);
  const scan = { kind: 'hand_over' as const, subjectId: manifest.id, code, quantity: 1 };
  if (!(await claimScan(tx, ctx, scan, input.scanId))) return viewManifest(tx, ctx, manifest);
  if (manifest.state === 'handed_over')
    throw new TransitionRefused({ from: manifest.state, event: 'scan', allowed: [] });
  const parcel = await lockByCode(tx, code, manifest.carrier);
  if (!parcel) throw new UnknownParcel({ code });
  await checkBelongs(tx, manifest, parcel);
  if (parcel.scanned_out_at !== null && parcel.scanned_out_by !== null) {
    const by = (await actorNames(tx, [parcel.scanned_out_by])).get(parcel.scanned_out_by) ?? parcel.scanned_out_by;
    throw new AlreadyScannedOut({ parcelNo: parcel.no, by, at: parcel.scanned_out_at.toISOString() });
  }
  if (parcel.manifest_id === null) await putInManifest(tx, parcel.id, manifest.id); // shipped while nobody kept manifests
  await markScannedOut(tx, ctx, parcel.id);
  return viewManifest(tx, ctx, manifest);
}

/** Says what is wrong with a parcel on this heap, and where it belongs. */
async function checkBelongs(tx: Tx, manifest: ManifestRow, parcel: ParcelRow): Promise<void> {
  if (parcel.warehouse_id !== manifest.warehouse_id) throw new UnknownParcel({ code: parcel.no });
  if (parcel.status !== 'shipped') throw new ParcelNotShipped({ parcelNo: parcel.no, status: parcel.status });
  if (parcel.carrier !== manifest.carrier)
    throw new OtherCarrier({ parcelNo: parcel.no, carrier: parcel.carrier, expected: manifest.carrier });
  if (parcel.manifest_id !== null && parcel.manifest_id !== manifest.id) {
    const no = (await manifestNos(tx, [parcel.manifest_id])).get(parcel.manifest_id);
    throw new OtherManifest({ parcelNo: parcel.no, manifestNo: no });
  }
}
