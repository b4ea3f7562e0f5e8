import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { DOCUMENT_LINES_MAX, ReceiptLine } from './schema.ts';

const sku = z.string().trim().min(1).max(80);
const code = z.string().trim().min(1).max(60);
const quantity = z.int().min(1).max(100_000_000);
const lines = <T extends z.ZodType>(line: T) => z.array(line).min(1).max(DOCUMENT_LINES_MAX);
const reason = z.string().trim().min(2).max(500);
const reference = z.string().trim().max(200).optional();

const StateLine = z.object({ sku, quantity, bin: code.optional(), batch: code.optional() });
/** Goods that change their state where they stand. */
export const ChangeState = z.object({ warehouse: code, reason, reference, lines: lines(StateLine) });
export const ScrapStock = z.object({
  warehouse: code,
  reason,
  reference,
  lines: lines(StateLine.extend({ from: z.enum(['on_hand', 'damaged', 'frozen']).default('damaged') })),
});
export const MoveStock = z.object({
  warehouse: code,
  reference,
  lines: lines(
    z.object({
      sku,
      quantity,
      from: code,
      to: code,
      batch: code.optional(),
      state: z.enum(['good', 'damaged', 'frozen']).default('good'),
    }),
  ),
});
export const MakeKits = z.object({ warehouse: code, sku, quantity, reference, bin: code.optional() });
export const KitView = z
  .object({
    sku: z.string(),
    title: z.string(),
    components: z.array(z.object({ sku: z.string(), title: z.string(), quantity: z.int() })),
  })
  .meta({ id: 'Kit' });
export const SetKit = z.object({
  sku,
  /** Empty: it is a kit no longer. */
  components: z.array(z.object({ sku, quantity: z.int().min(1).max(10_000) })).max(100),
});
export const ReverseDocument = z.object({ documentId: z.uuid(), reason });

export const DELIVERY_STATES = ['expected', 'partly', 'received', 'closed', 'cancelled'] as const;
export const CreateDelivery = z.object({
  warehouse: code,
  supplier: z.string().trim().min(1).max(200),
  reference,
  expectedOn: z.iso.date().optional(),
  lines: lines(z.object({ sku, quantity, unitCost: z.int().min(0).max(1_000_000_000_000).optional() })),
});
export const DeliveryView = z
  .object({
    id: z.uuid(),
    no: z.string(),
    warehouse: z.string(),
    supplier: z.string(),
    reference: z.string().nullable(),
    expectedOn: z.string().nullable(),
    state: z.enum(DELIVERY_STATES),
    /** Expected, not yet all here, and its day is past. */
    late: z.boolean(),
    lines: z.array(
      z.object({
        sku: z.string(),
        title: z.string(),
        ordered: z.int(),
        received: z.int(),
        /** Units that came beyond what was ordered. */
        over: z.int(),
        /** Units still to come; of a closed delivery those that never came. */
        short: z.int(),
        unitCost: z.int().nullable(),
      }),
    ),
    receipts: z.array(z.object({ id: z.uuid(), no: z.string(), at: z.iso.datetime() })),
    createdAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    may: z.array(z.string()),
    version: z.int(),
  })
  .meta({ id: 'Delivery' });
export const ListDeliveries = z.object({
  ...listInput,
  state: z.enum(DELIVERY_STATES).optional(),
  warehouse: z.string().max(60).optional(),
  q: z.string().trim().max(100).optional(),
});
export const ReceiveDelivery = z.object({
  deliveryId: z.uuid(),
  lines: lines(ReceiptLine),
  /** Nothing more is expected: what has not come stays short. */
  close: z.boolean().default(false),
});
export const CloseDelivery = z.object({ deliveryId: z.uuid(), reason });

export type ChangeState = z.output<typeof ChangeState>;
export type ScrapStock = z.output<typeof ScrapStock>;
export type MoveStock = z.output<typeof MoveStock>;
export type MakeKits = z.output<typeof MakeKits>;
export type CreateDelivery = z.output<typeof CreateDelivery>;
