import { z } from 'zod';
import { LOCALES } from '#kernel/context.ts';
import { listInput } from '#kernel/http/list.ts';
import { TAKE_STATES } from './domain/flow.ts';

const code = z.string().trim().min(1).max(80);
const quantity = z.int().min(0).max(100_000_000);
export const COUNTS_MAX = 500;
export const STATES = ['good', 'damaged', 'frozen'] as const;
export const OUTCOMES = ['same', 'posted', 'waiting', 'refused', 'uncounted'] as const;

export const TakeScope = z
  .object({
    zones: z.array(z.string().trim().min(1).max(40)).min(1).max(200).optional(),
    bins: z.array(z.string().trim().min(1).max(60)).min(1).max(2000).optional(),
    skus: z.array(code).min(1).max(2000).optional(),
    /** By what was shipped from the warehouse in 90 days: A makes 80 % of its value, B the next 15 %. */
    abc: z
      .array(z.enum(['A', 'B', 'C']))
      .min(1)
      .max(3)
      .optional(),
  })
  .strict();
export const CreateStockTake = z
  .object({
    warehouse: code,
    kind: z.enum(['full', 'cycle']),
    /** Who counts does not see what the book says. */
    blind: z.boolean().default(false),
    scope: TakeScope.default({}),
    note: z.string().trim().max(500).default(''),
  })
  .meta({ id: 'CreateStockTake' });
export const StockTakePreview = z.object({ bins: z.int(), lines: z.int() }).meta({ id: 'StockTakePreview' });

export const StockTakeView = z
  .object({
    id: z.uuid(),
    no: z.string(),
    warehouse: z.string(),
    kind: z.enum(['full', 'cycle']),
    blind: z.boolean(),
    scope: TakeScope,
    note: z.string(),
    state: z.enum(TAKE_STATES),
    bins: z.int(),
    binsDone: z.int(),
    lines: z.int(),
    counted: z.int(),
    /** Null while it is a blind count and the caller does not approve counts. */
    differing: z.int().nullable(),
    toRecount: z.int(),
    waiting: z.int(),
    refused: z.int(),
    unitsOver: z.int().nullable(),
    unitsShort: z.int().nullable(),
    valueOver: z.int().nullable(),
    valueShort: z.int().nullable(),
    currency: z.string(),
    createdAt: z.iso.datetime(),
    createdByName: z.string(),
    submittedAt: z.iso.datetime().nullable(),
    submittedByName: z.string().nullable(),
    endedAt: z.iso.datetime().nullable(),
    endedByName: z.string().nullable(),
    why: z.string().nullable(),
    approvalId: z.uuid().nullable(),
    may: z.array(z.enum(['count', 'submit', 'approve', 'reopen', 'cancel'])),
    version: z.int(),
  })
  .meta({ id: 'StockTake' });
export const ListStockTakes = z.object({
  ...listInput,
  state: z.enum(TAKE_STATES).optional(),
  warehouse: z.string().max(60).optional(),
});

export const StockTakeLineView = z
  .object({
    id: z.uuid(),
    bin: z.string(),
    zone: z.string().nullable(),
    sku: z.string(),
    title: z.string(),
    barcode: z.string().nullable(),
    batch: z.string().nullable(),
    expiresOn: z.string().nullable(),
    state: z.enum(STATES),
    found: z.boolean(),
    round: z.int(),
    counted: z.int().nullable(),
    /** Null where the caller is not to see it. */
    book: z.int().nullable(),
    difference: z.int().nullable(),
    value: z.int().nullable(),
    previous: z.int().nullable(),
    countedByName: z.string().nullable(),
    countedAt: z.iso.datetime().nullable(),
    /** Goods came or went while pieces of it were being counted one by one. */
    disturbed: z.boolean(),
    recount: z.boolean(),
    reason: z.string().nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    posted: z.int().nullable(),
  })
  .meta({ id: 'StockTakeLine' });
export const ListStockTakeLines = z.object({
  ...listInput,
  takeId: z.uuid(),
  only: z.enum(['uncounted', 'counted', 'differing', 'recount', 'waiting', 'refused']).optional(),
  bin: z.string().max(60).optional(),
  sort: z.enum(['walk', 'value']).default('walk'),
  /** As whoever counts sees it: of a blind count or a recount nothing the book says, whatever the caller may do. */
  as: z.enum(['counter']).optional(),
});
export const StockTakeBinView = z
  .object({
    bin: z.string(),
    zone: z.string().nullable(),
    lines: z.int(),
    counted: z.int(),
    recount: z.int(),
    done: z.boolean(),
  })
  .meta({ id: 'StockTakeBin' });
export const ListStockTakeBins = z.object({
  ...listInput,
  takeId: z.uuid(),
  only: z.enum(['open', 'done', 'recount']).optional(),
  q: z.string().trim().max(60).optional(),
});

const CountEntry = z.object({
  bin: z.string().trim().min(1).max(60),
  /** `set`: so many are there. `add`: so many more. `done`: what is not counted in the bin is not there. `empty`: nothing is. */
  mode: z.enum(['set', 'add', 'done', 'empty']).default('set'),
  sku: code.optional(),
  /** A barcode or SKU as it was scanned. */
  code: code.optional(),
  batch: z.string().trim().min(1).max(60).optional(),
  state: z.enum(STATES).default('good'),
  quantity: quantity.optional(),
  /** By the clock of who sends; now when left out. */
  countedAt: z.iso.datetime({ offset: true }).optional(),
  /** Counts once, however often it is sent. */
  scanId: z.string().min(1).max(80).optional(),
});
export const RecordCounts = z.object({
  takeId: z.uuid(),
  counts: z.array(CountEntry).min(1).max(COUNTS_MAX),
  /** The sender's clock as it sends: `countedAt` is taken as so long ago, whatever that clock says. */
  sentAt: z.iso.datetime({ offset: true }).optional(),
});
export const CountedView = z
  .object({
    items: z.array(
      z.object({
        scanId: z.string().nullable(),
        bin: z.string(),
        sku: z.string().nullable(),
        title: z.string().nullable(),
        batch: z.string().nullable(),
        /** What is counted of it now; of a bin that is done, the lines counted as nothing. */
        counted: z.int(),
        repeated: z.boolean(),
        found: z.boolean(),
        recount: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'StockTakeCounted' });

export const AddBins = z.object({ takeId: z.uuid(), bins: z.array(z.string().trim().min(1).max(60)).min(1).max(500) });
export const AskRecounts = z.object({
  takeId: z.uuid(),
  /** Left out: all lines above the limits in the settings. */
  lines: z.array(z.uuid()).min(1).max(500).optional(),
});
export const GiveReasons = z.object({
  takeId: z.uuid(),
  lines: z.array(z.uuid()).min(1).max(500),
  reason: z.string().trim().min(1).max(200),
});
export const SubmitTake = z.object({
  takeId: z.uuid(),
  /** Lines nobody counted stay as the book has them. */
  leaveUncounted: z.boolean().default(false),
});
export const ReopenTake = z.object({ takeId: z.uuid(), why: z.string().trim().max(500).default('') });
export const CancelTake = z.object({ takeId: z.uuid(), why: z.string().trim().min(1).max(500) });
export const TakeId = z.object({ takeId: z.uuid() });
export const ReadPaper = TakeId.extend({ locale: z.enum(LOCALES).optional() });

export const DUE_REASONS = ['short_pick', 'refused', 'class_a', 'high_value', 'stale'] as const;
export const BinDueView = z
  .object({
    bin: z.string(),
    zone: z.string().nullable(),
    reasons: z.array(z.enum(DUE_REASONS)),
    skus: z.int(),
    lastCountedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'BinDue' });
export const FindDue = z.object({
  warehouse: code,
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export type CreateStockTake = z.output<typeof CreateStockTake>;
export type RecordCounts = z.output<typeof RecordCounts>;
export type CountEntry = RecordCounts['counts'][number];
export type TakeScope = z.output<typeof TakeScope>;
export type DueReason = (typeof DUE_REASONS)[number];
