import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { CHECK_STATES } from '../domain/flows.ts';
import { CHECK_REASONS } from '../domain/sampling.ts';
import { FINDINGS } from './store.ts';

const warehouse = z.string().max(60);

/** Nobody is shown what the drawing starts from. */
export const CheckPlanView = z
  .object({
    warehouse: z.string(),
    permille: z.int(),
    everyNth: z.int().nullable(),
    firstParcels: z.int(),
    fragile: z.boolean(),
    valueAbove: z.int().nullable(),
    version: z.int(),
  })
  .meta({ id: 'CheckPlan' });
export const CheckPlanList = z.object({ items: z.array(CheckPlanView) });
export const PutCheckPlan = z.object({
  warehouse,
  /** Of a thousand parcels, how many are checked. */
  permille: z.int().min(0).max(1000).default(0),
  /** One of each so many in a row. */
  everyNth: z.int().min(2).max(10_000).nullable().default(null),
  /** The first parcels of each packer. */
  firstParcels: z.int().min(0).max(10_000).default(0),
  /** All that hold fragile goods. */
  fragile: z.boolean().default(false),
  /** All worth more than this, in minor units of the order's currency. */
  valueAbove: z.int().min(0).max(10_000_000_000_000).nullable().default(null),
});

const CheckLine = z.object({ sku: z.string(), quantity: z.int() });
export const SpotCheckView = z
  .object({
    id: z.uuid(),
    parcelId: z.uuid(),
    parcelNo: z.string(),
    orderId: z.uuid(),
    warehouse: z.string(),
    packer: z.string(),
    reasons: z.array(z.enum(CHECK_REASONS)),
    state: z.enum(CHECK_STATES),
    finding: z.enum(FINDINGS).nullable(),
    lines: z.array(CheckLine),
    note: z.string(),
    photoId: z.uuid().nullable(),
    createdAt: z.string(),
    checkedAt: z.string().nullable(),
    checkedBy: z.string().nullable(),
    /** What is in the parcel, for whoever checks it. */
    contents: z.array(z.object({ sku: z.string(), title: z.string(), quantity: z.int() })),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'SpotCheck' });
export type SpotCheckView = z.input<typeof SpotCheckView>;
export const SpotCheckList = listOf(SpotCheckView);
export const ListSpotChecks = z.object({
  ...listInput,
  state: z.enum(CHECK_STATES).optional(),
  warehouse: warehouse.optional(),
});
export const CheckId = z.object({ checkId: z.uuid() });

export const RecordCheck = z.object({
  checkId: z.uuid(),
  result: z.enum(['ok', ...FINDINGS]),
  /** Which goods are concerned, and how many pieces of each. */
  lines: z
    .array(z.object({ sku: z.string().trim().min(1).max(80), quantity: z.int().min(1).max(1_000_000) }))
    .max(100)
    .default([]),
  note: z.string().trim().max(500).default(''),
  /** A picture uploaded to /files before. */
  photoId: z.uuid().optional(),
});
export type RecordCheck = z.output<typeof RecordCheck>;

/** A stretch of time, at most a year; the last 30 days when nothing is said. */
export const Period = {
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  warehouse: warehouse.optional(),
};
export const CheckStatsInput = z.object(Period);
export const CheckStats = z
  .object({
    items: z.array(
      z.object({ day: z.string(), packer: z.string(), packerId: z.string(), checked: z.int(), failed: z.int() }),
    ),
  })
  .meta({ id: 'SpotCheckStats' });
