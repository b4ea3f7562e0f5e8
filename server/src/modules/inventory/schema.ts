import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { DOCUMENT_KINDS, DOCUMENT_STATES } from './store/documents.ts';

const code = z.string().trim().min(1).max(80);
const quantity = z.int().min(1).max(100_000_000);

export const CreateWarehouse = z
  .object({
    code: z.string().trim().min(1).max(60),
    name: z.string().trim().min(1).max(200),
    address: z.union([z.string().max(300), z.record(z.string().max(40), z.string().max(300))]).optional(),
    priority: z.int().min(0).max(10_000).optional(),
  })
  .meta({ id: 'CreateWarehouse' });
export const WarehouseView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    address: z.unknown(),
    priority: z.int(),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Warehouse' });

export const SERVICE_ROWS_MAX = 500;
const Service = z.object({
  /** '' is everywhere; 广东省, 广东省/深圳市, 广东省/深圳市/南山区, or a country such as US. The longest that fits counts. */
  region: z.string().trim().max(200),
  /** The warehouse does not send there. */
  excluded: z.boolean().default(false),
  /** Of a parcel, in minor units of the organisation's currency. */
  cost: z.int().min(0).max(1_000_000_000).nullable().default(null),
  days: z.int().min(0).max(90).nullable().default(null),
});
export const SetService = z.object({ warehouseId: z.uuid(), rows: z.array(Service).max(SERVICE_ROWS_MAX) });
export type SetService = z.output<typeof SetService>;
export const ServiceView = z
  .object({ warehouseId: z.uuid(), warehouse: z.string(), rows: z.array(Service) })
  .meta({ id: 'WarehouseService' });

export const DOCUMENT_LINES_MAX = 2000;
/** Where goods stand or come to: all of it may be left out. */
const place = {
  bin: z.string().trim().min(1).max(60).optional(),
  batch: z.string().trim().min(1).max(60).optional(),
};
export const ReceiptLine = z.object({
  sku: code,
  quantity,
  ...place,
  producedOn: z.iso.date().optional(),
  expiresOn: z.iso.date().optional(),
  unitCost: z.int().min(0).max(1_000_000_000_000).optional(),
});
export const CreateReceipt = z
  .object({
    warehouse: code,
    reference: z.string().trim().max(200).optional(),
    lines: z.array(ReceiptLine).min(1).max(DOCUMENT_LINES_MAX),
  })
  .meta({ id: 'CreateReceipt' });
export const CreateAdjustment = z
  .object({
    warehouse: code,
    reason: z.string().trim().min(2).max(500),
    reference: z.string().trim().max(200).optional(),
    lines: z
      .array(
        z.object({
          sku: code,
          delta: z
            .int()
            .min(-100_000_000)
            .max(100_000_000)
            .refine((d) => d !== 0),
          bucket: z.enum(['on_hand', 'damaged', 'frozen']).default('on_hand'),
          ...place,
        }),
      )
      .min(1)
      .max(DOCUMENT_LINES_MAX),
  })
  .meta({ id: 'CreateAdjustment' });
export const CreateTransfer = z
  .object({
    from: code,
    to: code,
    reference: z.string().trim().max(200).optional(),
    lines: z
      .array(z.object({ sku: code, quantity, ...place }))
      .min(1)
      .max(DOCUMENT_LINES_MAX),
  })
  .meta({ id: 'CreateTransfer' });

export const DocumentView = z
  .object({
    id: z.uuid(),
    no: z.string(),
    kind: z.enum(DOCUMENT_KINDS),
    state: z.enum(DOCUMENT_STATES),
    warehouse: z.string(),
    toWarehouse: z.string().nullable(),
    reference: z.string().nullable(),
    reason: z.string().nullable(),
    lines: z.array(z.record(z.string(), z.unknown())),
    /** The document this one undoes. */
    reverses: z.uuid().nullable(),
    /** The delivery this receipt is of. */
    deliveryId: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'StockDocument' });

export const DocumentDetailView = DocumentView.extend({
  reversesNo: z.string().nullable(),
  reversedBy: z.object({ id: z.uuid(), no: z.string(), state: z.enum(DOCUMENT_STATES) }).nullable(),
  moves: z.array(
    z.object({
      sku: z.string(),
      title: z.string(),
      warehouse: z.string(),
      bin: z.string().nullable(),
      batch: z.string().nullable(),
      expiresOn: z.string().nullable(),
      onHand: z.int(),
      damaged: z.int(),
      frozen: z.int(),
      inTransit: z.int(),
    }),
  ),
}).meta({ id: 'StockDocumentDetail' });

export const StockView = z
  .object({
    sku: z.string(),
    title: z.string(),
    warehouse: z.string(),
    onHand: z.int(),
    reserved: z.int(),
    available: z.int(),
    inTransit: z.int(),
    damaged: z.int(),
    frozen: z.int(),
    safety: z.int(),
    /** Class by what it brings in this warehouse; null before the first night. */
    abc: z.enum(['A', 'B', 'C']).nullable(),
  })
  .meta({ id: 'Stock' });
export const SKU_CODES_MAX = 200;
export const FindSkus = z.object({
  q: z.string().trim().max(100).default(''),
  codes: z
    .string()
    .max(20_000)
    .optional()
    .transform((text) => text?.split(',').filter((c) => c !== ''))
    .pipe(z.array(code).max(SKU_CODES_MAX).optional()),
  warehouse: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(SKU_CODES_MAX).default(20),
});
/** What may be sold: a SKU as whoever sells, picks or receives it looks it up. `available` is over the warehouses of the caller's scope. */
export const SkuHitView = z
  .object({
    sku: z.string(),
    barcode: z.string().nullable(),
    title: z.string(),
    status: z.enum(['on_sale', 'off_sale']),
    price: MoneyView,
    productId: z.uuid(),
    pictureUrl: z.string().nullable(),
    available: z.int(),
  })
  .meta({ id: 'SkuHit' });
export const ListStock = z.object({
  ...listInput,
  sku: z.string().trim().max(80).optional(),
  warehouse: z.string().max(60).optional(),
  q: z.string().trim().max(100).optional(),
  lowOnly: z.stringbool().optional(),
});
export const MoveView = z
  .object({
    seq: z.int(),
    sku: z.string(),
    warehouse: z.string(),
    kind: z.string(),
    onHand: z.int(),
    reserved: z.int(),
    inTransit: z.int(),
    damaged: z.int(),
    frozen: z.int(),
    docId: z.uuid(),
    bin: z.string().nullable(),
    batch: z.string().nullable(),
    expiresOn: z.string().nullable(),
    reason: z.string().nullable(),
    actor: z.string(),
    /** Empty for those who have no name: the system, a channel. */
    actorName: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'StockMove' });
export const ListMoves = z.object({ ...listInput, sku: code, warehouse: z.string().max(60).optional() });
export const AuditView = z
  .object({ ok: z.boolean(), checked: z.int(), mismatches: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'StockAudit' });

export type CreateWarehouse = z.output<typeof CreateWarehouse>;
export type CreateReceipt = z.output<typeof CreateReceipt>;
export type CreateAdjustment = z.output<typeof CreateAdjustment>;
export type CreateTransfer = z.output<typeof CreateTransfer>;
