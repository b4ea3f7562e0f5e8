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
  z.object({ orderNo: z.string(), promisedShipAt: z.string().nullable() }),
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
  z.object({ orderNo: z.string(), reason: z.string(), how: z.enum(['customer', 'staff', 'timeout']) }),
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
