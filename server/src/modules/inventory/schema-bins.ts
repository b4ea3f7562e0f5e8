import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { BIN_KINDS } from './domain/choose-stock.ts';

const code = z.string().trim().min(1).max(60);
const warehouse = z.string().trim().min(1).max(60);
const mm = z.int().min(0).max(10_000_000);
export const BINS_PER_CALL_MAX = 2_000;
/** Bins of one warehouse that its plan shows. */
export const BINS_ON_PLAN_MAX = 20_000;

export const Layout = z
  .object({
    aislesMm: z.array(mm).min(1).max(1_000),
    crossAislesMm: z.array(mm).min(2).max(50),
    depot: z.object({ aisle: z.int().min(0).max(999), end: z.enum(['front', 'back']) }),
  })
  .meta({ id: 'WarehouseLayout' });
export type Layout = z.output<typeof Layout>;

export const TEMPERATURES = ['ambient', 'chilled', 'frozen'] as const;
export const ZoneView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    temperature: z.enum(TEMPERATURES),
    version: z.int(),
  })
  .meta({ id: 'Zone' });
export const CreateZone = z.object({
  warehouse,
  code: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(100),
  temperature: z.enum(TEMPERATURES).default('ambient'),
});

const side = z.enum(['L', 'R']);
export const BinView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    kind: z.enum(BIN_KINDS),
    zone: z.string().nullable(),
    /** From 0. */
    aisle: z.int().nullable(),
    side: side.nullable(),
    bay: z.int().nullable(),
    level: z.int().nullable(),
    xMm: z.int().nullable(),
    yMm: z.int().nullable(),
    closed: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Bin' });
const binFields = {
  zone: z.string().trim().max(40).nullable().optional(),
  aisle: z.int().min(0).max(999).nullable().optional(),
  side: side.nullable().optional(),
  bay: z.int().min(0).max(9_999).nullable().optional(),
  level: z.int().min(0).max(99).nullable().optional(),
  xMm: mm.nullable().optional(),
  yMm: mm.nullable().optional(),
};
const isPlaced = (b: { xMm?: number | null | undefined; yMm?: number | null | undefined }): boolean =>
  (b.xMm == null) === (b.yMm == null);
export const CreateBins = z.object({
  warehouse,
  bins: z
    .array(
      z
        .object({ code, kind: z.enum(['storage', 'quarantine']).default('storage'), ...binFields })
        .refine(isPlaced, { error: 'xMm and yMm go together', path: ['yMm'] }),
    )
    .min(1)
    .max(BINS_PER_CALL_MAX),
});
export const ChangeBin = z
  .object({
    warehouse,
    bin: code,
    kind: z.enum(['storage', 'quarantine']).optional(),
    closed: z.boolean().optional(),
    ...binFields,
  })
  .refine(isPlaced, { error: 'xMm and yMm go together', path: ['yMm'] });

/** Racks on both sides of straight aisles; bins are named zone-aisle-bay-level, as in A-03-12-2. */
export const LayOutZone = z.object({
  warehouse,
  zone: z.string().trim().min(1).max(40),
  aisles: z.int().min(1).max(200),
  /** Bays along each side of an aisle. */
  bays: z.int().min(1).max(200),
  levels: z.int().min(1).max(20),
  sides: z.enum(['both', 'left', 'right']).default('both'),
  /** The first aisle's number; zones laid out beside each other go on counting. */
  firstAisle: z.int().min(0).max(999).default(0),
  aislePitchMm: mm.min(500).default(3_000),
  bayPitchMm: mm.min(100).default(1_200),
  /** Room between the racks and the cross-aisles at both ends. */
  endMm: mm.default(1_500),
  /** A cross-aisle through the middle of the racks. */
  middleCrossAisle: z.boolean().default(false),
  depot: z
    .object({ aisle: z.int().min(0).max(999), end: z.enum(['front', 'back']) })
    .default({ aisle: 0, end: 'front' }),
});
export type LayOutZone = z.output<typeof LayOutZone>;
export const LaidOutView = z.object({ bins: z.int(), layout: Layout }).meta({ id: 'LaidOut' });

export const ListBins = z.object({
  ...listInput,
  warehouse,
  zone: z.string().max(40).optional(),
  q: z.string().trim().max(60).optional(),
});
export const PlanBinView = BinView.pick({
  id: true,
  code: true,
  kind: true,
  zone: true,
  aisle: true,
  side: true,
  bay: true,
  level: true,
  xMm: true,
  yMm: true,
  closed: true,
}).extend({ units: z.int(), skus: z.int() });
export const PlanView = z
  .object({
    warehouse: z.string(),
    layout: Layout.nullable(),
    zones: z.array(ZoneView),
    bins: z.array(PlanBinView),
    /** There are more bins than a plan shows. */
    cut: z.boolean(),
  })
  .meta({ id: 'WarehousePlan' });

export const BinStockView = z
  .object({
    sku: z.string(),
    title: z.string(),
    warehouse: z.string(),
    bin: z.string(),
    binKind: z.enum(BIN_KINDS),
    zone: z.string().nullable(),
    batch: z.string().nullable(),
    batchState: z.enum(['released', 'held', 'recalled']).nullable(),
    producedOn: z.string().nullable(),
    expiresOn: z.string().nullable(),
    state: z.enum(['good', 'damaged', 'frozen']),
    quantity: z.int(),
    allocated: z.int(),
  })
  .meta({ id: 'BinStock' });
export const ListBinStock = z.object({
  ...listInput,
  warehouse: z.string().max(60).optional(),
  bin: z.string().max(60).optional(),
  sku: z.string().trim().max(80).optional(),
  batch: z.string().trim().max(60).optional(),
  state: z.enum(['good', 'damaged', 'frozen']).optional(),
  /** Only what stands where nothing is kept: on the floor, or picked and never packed. */
  toPutAway: z.stringbool().optional(),
});

export const BatchView = z
  .object({
    id: z.uuid(),
    sku: z.string(),
    batch: z.string(),
    producedOn: z.string().nullable(),
    expiresOn: z.string().nullable(),
    state: z.enum(['released', 'held', 'recalled']),
    units: z.int(),
    version: z.int(),
  })
  .meta({ id: 'Batch' });
export const ListBatches = z.object({
  ...listInput,
  sku: z.string().trim().max(80).optional(),
  state: z.enum(['released', 'held', 'recalled']).optional(),
  expiresBefore: z.iso.date().optional(),
});
export const SetBatchState = z.object({
  batchId: z.uuid(),
  state: z.enum(['released', 'held', 'recalled']),
  reason: z.string().trim().min(2).max(300),
});

export const PutAwayView = z
  .object({
    sku: z.string(),
    barcode: z.string().nullable(),
    title: z.string(),
    storage: z.enum(TEMPERATURES),
    bin: z.string(),
    batch: z.string().nullable(),
    expiresOn: z.string().nullable(),
    state: z.enum(['good', 'damaged', 'frozen']),
    quantity: z.int(),
    /** The bin to put it into; null: the warehouse has none for it. */
    to: z.string().nullable(),
    why: z.enum(['same_goods', 'nearest_empty']).nullable(),
  })
  .meta({ id: 'PutAway' });
