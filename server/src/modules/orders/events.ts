import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const money = { amount: z.int(), currency: z.string() };
const customer = { customer: true };

/** Written by the intake's SQL function. */
export const OrderPlaced = defineEvent(
  'orders.order_placed.v1',
  z.object({
    orderNo: z.string(),
    shopId: z.string(),
    channel: z.string(),
    status: z.string(),
    ...money,
    lines: z.int(),
    units: z.int(),
    holds: z.array(z.string()),
    payBefore: z.string().nullable(),
    confirmBefore: z.string().nullable(),
  }),
  customer,
);
export const OrderPaid = defineEvent(
  'orders.order_paid.v1',
  z.object({ orderNo: z.string(), paymentId: z.string(), channel: z.string(), ...money, confirmBefore: z.string() }),
  customer,
);
export const OrderConfirmed = defineEvent(
  'orders.order_confirmed.v1',
  z.object({
    orderNo: z.string(),
    promisedShipAt: z.string().nullable(),
    /** What the customer is told to expect. */ expectedShipAt: z.string().optional(),
    carrier: z.string().optional(),
    risk: z.string().optional(),
    reasons: z.array(z.string()).optional(),
    /** Which change of the order is confirmed with it. */ revision: z.int().optional(),
  }),
  customer,
);
export const OrderHeld = defineEvent(
  'orders.order_held.v1',
  z.object({ orderNo: z.string(), hold: z.string(), note: z.string() }),
);
export const OrderReleased = defineEvent(
  'orders.order_released.v1',
  z.object({ orderNo: z.string(), holds: z.array(z.string()), note: z.string() }),
);
export const OrderReviewed = defineEvent(
  'orders.order_reviewed.v1',
  z.object({ orderNo: z.string(), decision: z.string(), note: z.string() }),
);
export const OrderShort = defineEvent(
  'orders.order_short.v1',
  z.object({ orderNo: z.string(), skus: z.array(z.string()) }),
);
export const OrderShipped = defineEvent(
  'orders.order_shipped.v1',
  z.object({
    orderNo: z.string(),
    parcelId: z.string(),
    waybillNo: z.string(),
    carrier: z.string(),
    units: z.int(),
    complete: z.boolean(),
  }),
  customer,
);
export const OrderDelivered = defineEvent(
  'orders.order_delivered.v1',
  z.object({ orderNo: z.string(), parcelId: z.string(), complete: z.boolean() }),
  customer,
);
export const ReceiptExtended = defineEvent(
  'orders.receipt_extended.v1',
  z.object({ orderNo: z.string(), days: z.int(), dueAt: z.string() }),
  customer,
);
export const OrderCompleted = defineEvent(
  'orders.order_completed.v1',
  z.object({ orderNo: z.string(), how: z.enum(['customer', 'staff', 'automatic', 'import']) }),
  customer,
);
export const OrderCancelled = defineEvent(
  'orders.order_cancelled.v1',
  z.object({
    orderNo: z.string(),
    reason: z.string(),
    how: z.enum(['customer', 'staff', 'timeout']),
    /** What of a presale's deposit the shop keeps, in minor units. */ forfeited: z.int().optional(),
  }),
  customer,
);
export const OrderRefunded = defineEvent(
  'orders.order_refunded.v1',
  z.object({ orderNo: z.string(), refundId: z.string(), ...money, reason: z.string() }),
  customer,
);
/** A parcel stopped on its way is back; `amount` is what goes back to the customer for it. */
export const GoodsCameBack = defineEvent(
  'orders.goods_came_back.v1',
  z.object({ orderNo: z.string(), parcelId: z.string(), units: z.int(), ...money, complete: z.boolean() }),
  customer,
);
export const OrderClosed = defineEvent('orders.order_closed.v1', z.object({ orderNo: z.string() }), customer);

const orderLink = z.object({ orderId: z.string(), orderNo: z.string() });
/** What an order made of others needs its clocks for. */
const clocks = {
  status: z.string(),
  holds: z.array(z.string()),
  payBefore: z.string().nullable(),
  confirmBefore: z.string().nullable(),
};

/** The order goes on in several. */
export const OrderSplit = defineEvent(
  'orders.order_split.v1',
  z.object({ orderNo: z.string(), parts: z.array(orderLink), numbers: z.string(), count: z.int() }),
  customer,
);
/** The order goes on in another, together with others. */
export const OrderMerged = defineEvent(
  'orders.order_merged.v1',
  z.object({ orderNo: z.string(), into: orderLink, intoNo: z.string() }),
  customer,
);
/** An order was made of others: one that was split, or several that were merged. */
export const OrderDerived = defineEvent(
  'orders.order_derived.v1',
  z.object({
    orderNo: z.string(),
    how: z.enum(['split', 'merged']),
    from: z.array(orderLink),
    numbers: z.string(),
    ...money,
    ...clocks,
    /** What one freight for all saved. */ freightSaved: z.int(),
  }),
  customer,
);
/** A split or merge was undone: the order lives again. */
export const OrderRestored = defineEvent(
  'orders.order_restored.v1',
  z.object({ orderNo: z.string(), how: z.enum(['split', 'merged']), numbers: z.string(), ...clocks }),
  customer,
);
/** A split or merge was undone: the order goes on in what it was made of. */
export const OrderUndone = defineEvent(
  'orders.order_undone.v1',
  z.object({ orderNo: z.string(), how: z.enum(['split', 'merged']), numbers: z.string() }),
  customer,
);
/** Names of what changed, never the values: they may be personal. */
/** A transfer was chosen to pay with, and is waited for. */
export const PaymentAwaited = defineEvent(
  'orders.payment_awaited.v1',
  z.object({ orderNo: z.string(), payBefore: z.string() }),
  { customer: true },
);
export const OrderAmended = defineEvent(
  'orders.order_amended.v1',
  z.object({
    orderNo: z.string(),
    revision: z.int(),
    changed: z.array(z.string()),
    ...money,
    before: z.int(),
    refunded: z.int(),
    due: z.int(),
    payBefore: z.string().nullable(),
    confirmBefore: z.string().nullable(),
    /** Nothing waits for money or a decision: it can be confirmed again. */ ready: z.boolean(),
  }),
  customer,
);
export const BalancePaid = defineEvent(
  'orders.balance_paid.v1',
  z.object({ orderNo: z.string(), paymentId: z.string(), ...money }),
  customer,
);
/** A change after picking began waits for another person's approval. */
export const ChangeRequested = defineEvent(
  'orders.change_requested.v1',
  z.object({ orderNo: z.string(), requestId: z.string(), changed: z.array(z.string()) }),
);

export { ExternalRefundDue, ExternalRefundGivenUp } from './refunds/events.ts';
