import type { ManifestParcel } from '../../../api/types.ts';
import type { Queued } from '../../../ui/scan-queue.ts';

/** A parcel scanned out, on its way to the server. `parcelId` is empty where the page does not know the code. */
export type Out = { code: string; parcelId: string };
export type Expected = Pick<ManifestParcel, 'id' | 'parcelNo' | 'waybillNo'>;

export type Judged =
  | { kind: 'counts'; parcelId: string }
  /** Scanned a moment ago, and not answered yet. */
  | { kind: 'twice' }
  /** The server knows whether it belongs elsewhere, was scanned before, or has just joined. */
  | { kind: 'unknown' };

/** What a scanned code means for a manifest, of which these parcels were not scanned yet. */
export function judgeOut(code: string, expected: readonly Expected[], queued: readonly Queued<Out>[]): Judged {
  const text = code.normalize('NFKC').trim();
  const parcel = expected.find(({ parcelNo, waybillNo }) => parcelNo === text || waybillNo === text);
  const twice = queued.some(({ item }) => item.code === text || (parcel && item.parcelId === parcel.id));
  if (twice) return { kind: 'twice' };
  return parcel ? { kind: 'counts', parcelId: parcel.id } : { kind: 'unknown' };
}

/** Parcels that count as scanned on the screen: those the server has counted, and those on their way that are known to belong. */
export const scannedWith = (scanned: number, queued: readonly Queued<Out>[]): number =>
  scanned + queued.filter(({ item }) => item.parcelId !== '').length;
