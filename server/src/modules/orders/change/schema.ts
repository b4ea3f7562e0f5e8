import { z } from 'zod';
import { MoneyView } from '#modules/catalog/index.ts';
import { ORDER_LINES_MAX, OrderRef, OrderView, text } from '../schema.ts';

const reason = z.string().trim().max(200).default('');
/** Without the defaults of a new address: what is not named stays as it is. */
const shipTo = z.object({
  name: text(100).optional(),
  phone: text(40).optional(),
  province: text(60).optional(),
  city: text(60).optional(),
  district: text(60).optional(),
  address: text(300).optional(),
  country: text(60).optional(),
});

/** `lines` is what the order is to hold, as a whole: what is not named is taken out. `shipTo` names the fields that change. */
export const AmendOrder = OrderRef.extend({
  shipTo: shipTo.optional(),
  lines: z
    .array(
      z
        .object({ lineId: z.uuid().optional(), sku: text(80).min(1).optional(), quantity: z.number() })
        .refine((l) => l.lineId !== undefined || l.sku !== undefined, { path: ['sku'] }),
    )
    .max(ORDER_LINES_MAX)
    .optional(),
  remark: text(500).optional(),
  reason,
  /** Tells what would come of it and changes nothing. */
  preview: z.boolean().default(false),
});
export const AmendMyOrder = AmendOrder.omit({ lines: true, preview: true });

/** What a change came to, or would: beside the order as it is afterwards. */
export const AmendedOrder = OrderView.extend({
  change: z.object({
    preview: z.boolean(),
    before: MoneyView,
    after: MoneyView,
    refund: MoneyView,
    due: MoneyView,
    /** Set when the change waits for approval; the order is as it was. */
    approvalId: z.uuid().nullable(),
  }),
}).meta({ id: 'AmendedOrder' });

const units = z.object({ lineId: z.uuid(), quantity: z.int().min(1) });
const group = z.union([z.array(units).max(ORDER_LINES_MAX), z.object({ lines: z.array(units).max(ORDER_LINES_MAX) })]);
/** By hand (`groups`; units in none of them make a last one), or by where the units are, or by whether they are there. */
export const SplitOrder = OrderRef.extend({
  groups: z.array(group).min(1).max(20).optional(),
  by: z.enum(['warehouse', 'availability']).optional(),
  preview: z.boolean().default(false),
}).refine((i) => (i.groups === undefined) !== (i.by === undefined), { path: ['groups'] });
export type SplitOrder = z.output<typeof SplitOrder>;

export const PartView = z.object({
  lines: z.array(
    z.object({
      lineId: z.uuid(),
      sku: z.string(),
      title: z.string(),
      quantity: z.int(),
      short: z.int(),
      warehouses: z.array(z.object({ warehouse: z.string(), quantity: z.int() })),
    }),
  ),
  goods: MoneyView,
  discount: MoneyView,
  freight: MoneyView,
  total: MoneyView,
  paid: MoneyView,
});
export const SplitView = z
  .object({
    preview: z.boolean(),
    /** What each part is, or would be, in the order of the groups. */
    parts: z.array(PartView),
    /** The orders made; empty in a preview. */
    orders: z.array(OrderView),
    /** The order that was split, as it is now. */
    parent: OrderView,
  })
  .meta({ id: 'SplitOrderResult' });

export const MergeOrders = z.object({
  orderIds: z.array(z.string().min(1).max(40)).min(2).max(20),
  /** Without it the answer says what would come of it, and everything that is in the way. */
  confirm: z.boolean().default(false),
});
export const MergeView = z
  .object({
    allowed: z.boolean(),
    problems: z.array(z.object({ path: z.string(), orderNo: z.string(), code: z.string(), message: z.string() })),
    before: z.object({ total: MoneyView, freight: MoneyView }),
    after: z.object({ total: MoneyView, freight: MoneyView }),
    freightSaved: MoneyView,
    /** The order made of them; null until it is. */
    order: OrderView.nullable(),
    id: z.uuid().nullable(),
    orderNo: z.string().nullable(),
  })
  .meta({ id: 'MergeOrdersResult' });

export const UndoView = z.object({ orders: z.array(OrderView) }).meta({ id: 'UndoResult' });

export const VersionsView = z
  .object({
    items: z.array(
      z.object({
        revision: z.int(),
        at: z.iso.datetime(),
        actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
        reason: z.string(),
        /** Personal values masked. */
        diff: z.array(
          z.object({
            path: z.string(),
            from: z.union([z.string(), z.number(), z.null()]),
            to: z.union([z.string(), z.number(), z.null()]),
          }),
        ),
        total: z.object({ before: MoneyView, after: MoneyView }),
        refunded: MoneyView,
      }),
    ),
  })
  .meta({ id: 'OrderVersions' });

export const RefundOrder = OrderRef.extend({
  amount: z.int().min(1).max(10_000_000_000_000),
  reason: z.string().trim().min(1).max(200),
});

export const SiblingsView = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        orderNo: z.string(),
        status: z.string(),
        total: MoneyView,
        units: z.int(),
        mergeable: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'MergeCandidates' });
