import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { CURRENCIES } from '#kernel/money.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { LevelView } from '#modules/customers/index.ts';
import { InterceptionView } from '#modules/shipping/index.ts';
import { ORDER_STATUSES } from './domain/flow.ts';
import { PRESALE_STATES } from './presale/domain/stage.ts';
import { PresaleView } from './presale/schema.ts';

export const ORDER_LINES_MAX = 500;
export const BATCH_MAX = 500;
// The database can hold neither a zero character nor half of a surrogate pair, and one such order would sink its batch.
// oxlint-disable-next-line no-control-regex -- the zero character is what is refused
const STORABLE = /^[^\u0000\ud800-\udfff]*$/u;
export const currencySchema = z.enum(CURRENCIES);
/** Text the database can hold. */
export const text = (max: number) => z.string().max(max).regex(STORABLE);

export const ShipToInput = z
  .object({
    name: text(100),
    phone: text(40),
    province: text(60).default(''),
    city: text(60).default(''),
    district: text(60).default(''),
    address: text(300),
    country: text(60).optional(),
  })
  .meta({ id: 'ShipTo' });

// Shape and length only: whether the values make sense is judged with everything else, so that one answer names it all.
export const PlaceOrder = z
  .object({
    shop: text(60).min(1),
    externalNo: text(120).min(1).optional(),
    channel: text(40).min(1),
    customer: z
      .object({
        externalId: text(120).min(1).optional(),
        name: text(100).optional(),
        phone: text(40).optional(),
        email: text(320).optional(),
        level: text(40).optional(),
      })
      .default({}),
    shipTo: ShipToInput,
    lines: z
      .array(z.object({ sku: text(80).min(1), quantity: z.number(), unitPrice: z.number().optional() }))
      .min(1)
      .max(ORDER_LINES_MAX),
    couponCodes: z.array(text(60)).max(20).optional(),
    remark: text(500).optional(),
    /** What the order came from, as the channel knows it: a device or browser id, an IP address. Kept as a keyed hash only. */
    device: text(200).min(1).optional(),
    payment: z.enum(['prepaid', 'online', 'cod']).default('online'),
    placedAt: z.iso
      .datetime({ offset: true })
      .regex(/^(?:19|2\d)/)
      .optional(),
    total: MoneyView.optional(),
  })
  .meta({ id: 'PlaceOrder' });
export type PlaceOrder = z.output<typeof PlaceOrder>;

export const LineView = z
  .object({
    id: z.uuid(),
    lineNo: z.int(),
    sku: z.string(),
    title: z.string(),
    kind: z.enum(['goods', 'gift']),
    quantity: z.int(),
    unitPrice: MoneyView,
    amount: MoneyView,
    discount: MoneyView,
    payable: MoneyView,
    reserved: z.int(),
    shipped: z.int(),
    delivered: z.int(),
    returned: z.int(),
    cancelled: z.int(),
  })
  .meta({ id: 'OrderLine' });

const orderFields = {
  id: z.uuid(),
  orderNo: z.string(),
  externalNo: z.string().nullable(),
  shop: z.string(),
  channel: z.string(),
  status: z.enum(ORDER_STATUSES),
  holds: z.array(z.string()),
  payment: z.enum(['prepaid', 'online', 'cod']),
  total: MoneyView,
  paid: MoneyView,
  refunded: MoneyView,
  promisedShipAt: z.iso.datetime().nullable(),
  placedAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  paidAt: z.iso.datetime().nullable(),
  /** It takes no commands any more: it goes on in the orders it was split or merged into, or (undone) in those it was made of. */
  superseded: z.enum(['split', 'merged', 'undone']).nullable(),
  /** The orders it goes on in. */
  supersededBy: z.array(z.object({ id: z.uuid(), orderNo: z.string() })),
  /** How it was made of other orders. */
  derived: z.enum(['split', 'merged']).nullable(),
  /** It is read from the archive: nothing can be done with it but to restore it. */
  archived: z.boolean(),
  version: z.int(),
};
const person = z.object({
  id: z.uuid(),
  name: z.string(),
  phone: z.string(),
  /** The customer's level, where it is known. */
  member: LevelView.nullish(),
});

/** Names and numbers are masked; POST /personal-data/reveal shows them, with a reason and a record. */
export const OrderSummary = z
  .object({
    ...orderFields,
    region: z.string(),
    customer: person,
    lineCount: z.int(),
    unitCount: z.int(),
    /** How far a presale order has come; in the order list. */
    presale: z.enum(PRESALE_STATES).nullish(),
  })
  .meta({ id: 'OrderSummary' });
export const OrderView = z
  .object({
    ...orderFields,
    customer: person.extend({ level: z.string(), externalId: z.string().nullable() }),
    shipTo: z.object({
      name: z.string(),
      phone: z.string(),
      province: z.string(),
      city: z.string(),
      district: z.string(),
      address: z.string(),
      country: z.string().nullable(),
    }),
    remark: z.string().nullable(),
    goods: MoneyView,
    discount: MoneyView,
    freight: MoneyView,
    /** What can be paid now. */
    due: MoneyView,
    presale: PresaleView.nullable(),
    fulfilment: z.enum(['none', 'partial', 'shipped', 'delivered', 'returned']),
    lines: z.array(LineView),
    payBefore: z.iso.datetime().nullable(),
    confirmBefore: z.iso.datetime().nullable(),
    confirmedAt: z.iso.datetime().nullable(),
    /** What the customer was told when the order was confirmed: when it leaves, with whom (a carrier’s code), how sure that is. */
    expected: z
      .object({
        shipsAt: z.iso.datetime(),
        carrier: z.string().nullable(),
        risk: z.enum(['low', 'medium', 'high']),
      })
      .nullable(),
    shippedAt: z.iso.datetime().nullable(),
    deliveredAt: z.iso.datetime().nullable(),
    completedAt: z.iso.datetime().nullable(),
    cancelledAt: z.iso.datetime().nullable(),
    receiptDueAt: z.iso.datetime().nullable(),
    receiptExtendedDays: z.int(),
    historical: z.boolean(),
    /** The orders it was made of. */
    madeOf: z.array(z.object({ id: z.uuid(), orderNo: z.string() })),
    /** Which orders' payments it lives on, when not on its own alone. */
    funds: z.array(z.object({ id: z.uuid(), orderNo: z.string(), amount: MoneyView, refunded: MoneyView })),
    /** Paid, and not owed: goes back when it ships, or was paid at a marketplace that gives it back. */
    overpaid: MoneyView,
    /** Changes since it was placed or made. */
    revision: z.int(),
    /** The warehouse has begun: picks are open, parcels packed, or units gone. Changes wait for approval then. */
    begun: z.boolean(),
    /** A change that waits for approval because the warehouse had begun. */
    pendingChange: z
      .object({ approvalId: z.uuid(), requestedAt: z.iso.datetime(), expiresAt: z.iso.datetime() })
      .nullable(),
    /** Requests to carriers to stop parcels of the order, newest first. */
    interceptions: z.array(InterceptionView),
    /** What the caller may do now: permission and state together. */
    may: z.array(z.string()),
  })
  .meta({ id: 'Order' });

export const BatchOrders = z
  .object({
    orders: z.array(z.unknown()).min(1).max(BATCH_MAX),
    /** One checkout: offers over several shops count the orders as one, and all are taken or none. */
    together: z.boolean().default(false),
  })
  .meta({ id: 'BatchOrders' });
export const TOGETHER_MAX = 20;
export const BatchResult = z
  .object({
    results: z.array(
      z.object({ index: z.int(), status: z.int(), order: z.unknown().optional(), problem: z.unknown().optional() }),
    ),
  })
  .meta({ id: 'BatchResult' });

/** What of a line's discount is whose; `offer` is the offer's code. */
export const DiscountView = z.object({ offer: z.string(), amount: z.int(), currency: currencySchema });

/** The answer to placing an order: what is known at that moment and never changes. */
export const PlacedOrder = z
  .object({
    id: z.uuid(),
    orderNo: z.string(),
    externalNo: z.string().nullable(),
    shop: z.string(),
    channel: z.string(),
    status: z.enum(ORDER_STATUSES),
    holds: z.array(z.string()),
    payment: z.enum(['prepaid', 'online', 'cod']),
    goods: MoneyView,
    discount: MoneyView,
    freight: MoneyView,
    total: MoneyView,
    /** Of a presale: what is due at once. */
    deposit: MoneyView.nullable(),
    /** Codes of the offers that apply. */
    applied: z.array(z.string()),
    lines: z.array(
      z.object({
        id: z.uuid(),
        lineNo: z.int(),
        sku: z.string(),
        title: z.string(),
        kind: z.enum(['goods', 'gift']),
        quantity: z.int(),
        unitPrice: MoneyView,
        amount: MoneyView,
        discount: MoneyView,
        discounts: z.array(DiscountView),
        payable: MoneyView,
      }),
    ),
    payBefore: z.iso.datetime().nullable(),
    promisedShipAt: z.iso.datetime(),
    placedAt: z.iso.datetime(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'PlacedOrder' });
export type PlacedOrder = z.input<typeof PlacedOrder>;

export const ListOrders = z.object({
  ...listInput,
  status: text(120).optional(),
  shop: text(60).optional(),
  q: z.string().trim().max(120).optional(),
  phone: text(40).optional(),
  channel: text(40).optional(),
  createdFrom: z.coerce.date().optional(),
  createdTo: z.coerce.date().optional(),
  held: z.stringbool().optional(),
  hold: text(60).optional(),
  /** Orders that used an offer, by its id. */
  offer: z.uuid().optional(),
  /** Presale orders in one of these states, named with commas between. */
  presale: z
    .string()
    .max(120)
    .refine((s) => s.split(',').every((p) => (PRESALE_STATES as readonly string[]).includes(p)))
    .optional(),
  /** A customer's id. */
  customer: z.uuid().optional(),
  sort: z.enum(['-createdAt', 'createdAt']).default('-createdAt'),
});
export type ListOrders = z.output<typeof ListOrders>;

export const CountOrders = ListOrders.omit({ limit: true, cursor: true, sort: true, status: true });
export type CountOrders = z.output<typeof CountOrders>;
/** `max` or more where a count is `max`. */
export const OrderCounts = z
  .object({ counts: z.record(z.enum([...ORDER_STATUSES, 'all']), z.int()), max: z.int() })
  .meta({ id: 'OrderCounts' });

export const OrderRef = z.object({ orderId: text(40).min(1) });
export const CancelOrder = OrderRef.extend({ reason: z.string().trim().min(1).max(200) });
export const InterceptOrder = CancelOrder;
/** Whether the deposit of a presale goes back is for staff to say; where the shop is at fault it always does. */
export const CancelAsStaff = CancelOrder.extend({ refundDeposit: z.boolean().default(true) });
export const HoldOrder = OrderRef.extend({
  code: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_]{0,39}$/)
    .default('manual'),
  note: z.string().trim().max(500).default(''),
});
export const ReleaseOrder = OrderRef.extend({
  codes: z.array(text(40)).max(20).optional(),
  note: z.string().trim().max(500).default(''),
});
export const ReviewOrder = OrderRef.extend({
  decision: z.enum(['approve', 'reject', 'ask', 'require_id']),
  note: z.string().trim().max(500).default(''),
});
export const ExtendReceipt = OrderRef.extend({ days: z.union([z.literal(3), z.literal(7)]) });
export const TimelineView = z.object({
  items: z.array(
    z.object({
      at: z.iso.datetime(),
      type: z.string(),
      actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
      summary: z.string(),
      data: z.unknown(),
    }),
  ),
});

/** The trade snapshot: an order as it was agreed, in minor units of `currency`. Never changed, so it has no version to read by. */
export const Snapshot = z
  .object({
    at: z.iso.datetime(),
    shop: z.string(),
    currency: currencySchema,
    level: z.string().nullable(),
    couponCodes: z.array(z.string()),
    goods: z.int(),
    discount: z.int(),
    freight: z.int(),
    total: z.int(),
    promisedShipAt: z.iso.datetime(),
    /** Under which offers and review rules it was taken. */
    revisions: z.object({ offers: z.int(), rules: z.int() }),
    offers: z.array(
      z.object({
        id: z.uuid(),
        code: z.string(),
        version: z.int(),
        amount: z.int(),
        coupon: z.string().nullable(),
      }),
    ),
    presale: z
      .object({
        offer: z.string(),
        deposit: z.int(),
        balanceFrom: z.iso.datetime(),
        balanceTo: z.iso.datetime(),
      })
      .nullable(),
    lines: z.array(
      z.object({
        id: z.uuid(),
        skuId: z.uuid(),
        sku: z.string(),
        skuVersion: z.int(),
        title: z.string(),
        category: z.string(),
        kind: z.enum(['goods', 'gift']),
        agreed: z.boolean(),
        quantity: z.int(),
        listPrice: z.int(),
        unitPrice: z.int(),
        discounts: z.array(z.object({ offer: z.string(), amount: z.int() })),
        payable: z.int(),
      }),
    ),
  })
  .meta({ id: 'TradeSnapshot' });
export type Snapshot = z.output<typeof Snapshot>;
