import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { MANIFEST_STATES } from '../domain/flows.ts';

const warehouse = z.string().max(60);

export const ManifestView = z
  .object({
    id: z.uuid(),
    no: z.string(),
    warehouse: z.string(),
    carrier: z.string(),
    state: z.enum(MANIFEST_STATES),
    parcels: z.int(),
    scanned: z.int(),
    weightG: z.int(),
    /** Parcels the weight leaves out, because nobody weighed them. */
    unweighed: z.int(),
    /** When the carrier comes next; null where that is not known, and once it has been. */
    cutoffAt: z.string().nullable(),
    createdAt: z.string(),
    closedAt: z.string().nullable(),
    handedAt: z.string().nullable(),
    handedBy: z.string().nullable(),
    driver: z.string().nullable(),
    signature: z.string().nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Manifest' });
export type ManifestView = z.input<typeof ManifestView>;
export const ManifestList = listOf(ManifestView);
export const ListManifests = z.object({
  ...listInput,
  q: z.string().trim().max(60).optional(),
  state: z.enum(MANIFEST_STATES).optional(),
  carrier: z.string().max(40).optional(),
  warehouse: warehouse.optional(),
});
export const ManifestId = z.object({ manifestId: z.uuid() });

export const ManifestParcel = z
  .object({
    id: z.uuid(),
    parcelNo: z.string(),
    orderNo: z.string(),
    waybillNo: z.string(),
    status: z.string(),
    weightG: z.int().nullable(),
    scannedOutAt: z.string().nullable(),
  })
  .meta({ id: 'ManifestParcel' });
export const ManifestParcelList = listOf(ManifestParcel);
export const ListManifestParcels = z.object({
  ...listInput,
  manifestId: z.uuid(),
  scanned: z.stringbool().optional(),
});

export const ScanOut = z.object({
  manifestId: z.uuid(),
  /** The parcel's number, or its waybill's. */
  code: z.string().trim().min(1).max(100),
  /** Made by the device when it scans: the same scan sent again counts once. */
  scanId: z.uuid().optional(),
});
export const HandOver = z.object({
  manifestId: z.uuid(),
  driver: z.string().trim().min(1).max(100),
  signature: z.string().trim().min(1).max(100).optional(),
  /** Whether what was not scanned stays here, on the carrier's next manifest. */
  leaveBehind: z.boolean().default(false),
});
export type HandOver = z.output<typeof HandOver>;

export const CutoffView = z
  .object({
    warehouse: z.string(),
    carrier: z.string(),
    time: z.string(),
    weekdays: z.array(z.int()),
    nextAt: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Cutoff' });
export const CutoffList = z.object({ items: z.array(CutoffView) });
export const PutCutoff = z.object({
  warehouse,
  /** `*`: every carrier without a time of its own. */
  carrier: z.string().trim().min(1).max(40),
  /** On the organisation's clock. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  /** 1 is Monday. */
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
});
export const CutoffRef = z.object({ warehouse, carrier: z.string().max(40) });
