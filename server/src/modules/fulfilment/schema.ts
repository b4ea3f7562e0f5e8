import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { PICK_STATES } from './domain/flows.ts';
import { MARKS } from './packing/contents.ts';
import { CartonPlanView } from './packing/schema.ts';

const code = z.string().trim().min(1).max(100);
export const SCAN_QUANTITY_MAX = 100_000;

export const ScanLineView = z
  .object({
    lineId: z.uuid(),
    sku: z.string(),
    title: z.string(),
    barcode: z.string().nullable(),
    quantity: z.int(),
    scanned: z.int(),
  })
  .meta({ id: 'ScanLine' });

/** Where a line's pieces are taken from. */
export const PickPlaceView = z
  .object({
    binId: z.uuid(),
    bin: z.string(),
    zone: z.string().nullable(),
    batch: z.string().nullable(),
    expiresOn: z.string().nullable(),
    quantity: z.int(),
    /** Picked already, for an order that was cancelled since: it waits where picked goods wait. */
    staged: z.boolean(),
    why: z.string(),
    /** In words. */
    reason: z.string(),
  })
  .meta({ id: 'PickPlace' });
export const PickLineView = z
  .object({
    lineId: z.uuid(),
    sku: z.string(),
    title: z.string(),
    barcode: z.string().nullable(),
    quantity: z.int(),
    scanned: z.int(),
    /** Pieces that were not on the shelf and that nothing here replaced. */
    missing: z.int(),
    /** What is still to be taken, by bin, in the order of walking. */
    places: z.array(PickPlaceView),
  })
  .meta({ id: 'PickLine' });

export const PickView = z
  .object({
    id: z.uuid(),
    waveId: z.uuid(),
    orderId: z.uuid(),
    orderNo: z.string(),
    warehouse: z.string(),
    status: z.enum(PICK_STATES),
    round: z.int(),
    place: z.int(),
    lines: z.array(PickLineView),
    createdAt: z.string(),
    pickedAt: z.string().nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Pick' });
export type PickView = z.input<typeof PickView>;

export const WaveView = z
  .object({
    id: z.uuid(),
    warehouse: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
    mode: z.enum(['single', 'batch']),
    note: z.string().nullable(),
    picks: z.array(PickView),
  })
  .meta({ id: 'Wave' });
export type WaveView = z.input<typeof WaveView>;
export const WaveSummary = z
  .object({
    id: z.uuid(),
    warehouse: z.string(),
    createdAt: z.string(),
    createdBy: z.string(),
    mode: z.enum(['single', 'batch']),
    note: z.string().nullable(),
    picks: z.int(),
    open: z.int(),
  })
  .meta({ id: 'WaveSummary' });

/** `exception`: shipped, and the carrier's newest news is trouble. */
export const PARCEL_STATUSES = [
  'created',
  'verified',
  'shipped',
  'exception',
  'delivered',
  'returned',
  'cancelled',
] as const;

export const ParcelView = z
  .object({
    id: z.uuid(),
    parcelNo: z.string(),
    orderId: z.uuid(),
    orderNo: z.string(),
    warehouse: z.string(),
    pickId: z.uuid().nullable(),
    status: z.enum(PARCEL_STATUSES),
    carrier: z.string().nullable(),
    waybillNo: z.string().nullable(),
    shipmentId: z.uuid().nullable(),
    lines: z.array(ScanLineView),
    track: z.array(z.object({ at: z.string(), node: z.string(), place: z.string().nullable(), text: z.string() })),
    createdAt: z.string(),
    verifiedAt: z.string().nullable(),
    shippedAt: z.string().nullable(),
    deliveredAt: z.string().nullable(),
    returnedAt: z.string().nullable(),
    /** How it is to be handled, as the label says it. */
    marks: z.array(z.enum(MARKS)),
    carton: z.object({ code: z.string(), name: z.string() }).nullable(),
    weightG: z.int().nullable(),
    /** Goods and carton; null while the carton is not chosen, or something was never weighed. */
    expectedWeightG: z.int().nullable(),
    /** Only of a parcel asked for by itself, until it ships. */
    suggestion: CartonPlanView.nullable(),
    /** A spot check has to find it in order before it ships. */
    checkPending: z.boolean(),
    manifest: z.object({ id: z.uuid(), no: z.string() }).nullable(),
    scannedOutAt: z.string().nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Parcel' });
export type ParcelView = z.input<typeof ParcelView>;
/** A parcel as its receiver sees it. */
export const PortalParcelView = z
  .object({
    id: z.uuid(),
    status: z.enum(PARCEL_STATUSES),
    carrier: z.string().nullable(),
    waybillNo: z.string().nullable(),
    lines: z.array(z.object({ sku: z.string(), title: z.string(), quantity: z.int() })),
    track: z.array(z.object({ at: z.string(), node: z.string(), place: z.string().nullable(), text: z.string() })),
    shippedAt: z.string().nullable(),
    deliveredAt: z.string().nullable(),
    returnedAt: z.string().nullable(),
  })
  .meta({ id: 'PortalParcel' });

export const CreateWave = z.object({
  warehouse: z.string().max(60),
  orderIds: z.array(z.string().min(1).max(40)).min(1).max(200).optional(),
  limit: z.int().min(1).max(200).optional(),
  /** Each order on a walk of its own, or several on one walk, sorted into places on the cart. */
  mode: z.enum(['single', 'batch']).default('single'),
  /** Orders on one walk, at most, when picked in batches. */
  batchOrders: z.int().min(2).max(50).optional(),
  /** Only orders that are promised to leave before this moment. */
  promisedBefore: z.iso.datetime().optional(),
  /** Only orders that are expected to go with this carrier: what it takes along at its next cut-off. */
  carrier: z.string().trim().min(1).max(40).optional(),
  /** Only orders all of whose goods stand in these zones. */
  zones: z.array(z.string().max(40)).min(1).max(50).optional(),
  note: z.string().trim().max(200).optional(),
});
export type CreateWave = z.output<typeof CreateWave>;

export const PickRoute = z.object({
  waveId: z.uuid(),
  /** Which walk of the wave; all of it as one, when it is left out. */
  round: z.int().min(1).max(1000).optional(),
});
const point = { xMm: z.int(), yMm: z.int() };
export const PickRouteView = z
  .object({
    waveId: z.uuid(),
    warehouse: z.string(),
    round: z.int().nullable(),
    rounds: z.int(),
    /** `exact`: proved the shortest. `improved`: short. `by_code`: no bin has a place on the floor. */
    method: z.enum(['exact', 'improved', 'by_code']),
    lengthMm: z.int(),
    /** What simple rules would walk; null where the floor is not rectangular. */
    compared: z.object({ sShapeMm: z.int(), largestGapMm: z.int() }).nullable(),
    layout: z
      .object({
        aislesMm: z.array(z.int()),
        crossAislesMm: z.array(z.int()),
        depot: z.object({ aisle: z.int(), end: z.enum(['front', 'back']) }),
      })
      .nullable(),
    line: z.array(z.object(point)),
    /** In the order of walking; bins without a place on the floor at the end. */
    stops: z.array(
      z.object({
        binId: z.uuid(),
        bin: z.string(),
        zone: z.string().nullable(),
        aisle: z.int().nullable(),
        xMm: z.int().nullable(),
        yMm: z.int().nullable(),
        takes: z.array(
          z.object({
            pickId: z.uuid(),
            orderNo: z.string(),
            round: z.int(),
            place: z.int(),
            lineId: z.uuid(),
            sku: z.string(),
            title: z.string(),
            barcode: z.string().nullable(),
            quantity: z.int(),
            batch: z.string().nullable(),
            expiresOn: z.string().nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'PickRoute' });

const scan = {
  code,
  /** Made by the device when it scans: the same scan sent again counts once. */
  scanId: z.uuid().optional(),
  /** Pieces counted by one scan, where somebody typed a number. */
  quantity: z.int().min(1).max(SCAN_QUANTITY_MAX).default(1),
};
export const ScanPick = z.object({
  pickId: z.uuid(),
  ...scan,
  /** The bin it was taken from; needed only where a line is taken from several. */
  bin: z.string().trim().min(1).max(60).optional(),
});
export const ShortPick = z.object({
  pickId: z.uuid(),
  lineId: z.uuid(),
  /** The bin in which pieces are missing; needed only where the line is taken from several. */
  bin: z.string().trim().min(1).max(60).optional(),
  missing: z.int().min(1).max(SCAN_QUANTITY_MAX),
  note: z.string().trim().max(300).default(''),
  scanId: z.uuid().optional(),
});
export const ShortPickView = z
  .object({
    pick: PickView,
    /** Pieces to be taken from other bins of this warehouse instead. */
    reallocated: z.int(),
    /** Pieces that another warehouse sends. */
    elsewhere: z.int(),
    /** Pieces that nobody has: the order waits for a decision, and its picks stop. */
    short: z.int(),
  })
  .meta({ id: 'ShortPick' });
export const ScanParcel = z.object({ parcelId: z.uuid(), ...scan });

export const CreateParcel = z.object({
  orderId: z.string().min(1).max(40),
  lines: z
    .array(z.object({ lineId: z.uuid(), quantity: z.int().min(1).max(1_000_000_000).optional() }))
    .min(1)
    .max(500)
    .optional(),
  warehouse: z.string().max(60).optional(),
});
export type CreateParcel = z.output<typeof CreateParcel>;

export const ShipParcel = z.object({
  parcelId: z.uuid(),
  carrier: z.string().trim().min(1).max(40),
  waybillNo: z.string().trim().min(1).max(60).optional(),
});
export type ShipParcel = z.output<typeof ShipParcel>;

export const WaveId = z.object({ waveId: z.uuid() });
export const PickId = z.object({ pickId: z.uuid() });
export const ParcelId = z.object({ parcelId: z.uuid() });
const filters = {
  q: z.string().trim().max(60).optional(),
  warehouse: z.string().max(60).optional(),
  orderId: z.uuid().optional(),
};
export const ListWaves = z.object({ ...listInput, warehouse: z.string().max(60).optional() });
export const ListPicks = z.object({
  ...listInput,
  ...filters,
  status: z.enum(PICK_STATES).optional(),
  wave: z.uuid().optional(),
});
export const ListParcels = z.object({ ...listInput, ...filters, status: z.enum(PARCEL_STATUSES).optional() });
export const WaveList = listOf(WaveSummary);
export const PickList = listOf(PickView);
export const ParcelList = listOf(ParcelView);
export const WorkView = z
  .object({ orderId: z.uuid(), orderNo: z.string(), parcels: z.array(ParcelView), picks: z.array(PickView) })
  .meta({ id: 'WarehouseWork' });
