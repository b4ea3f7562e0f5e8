import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const subject = { exceptionId: z.uuid(), no: z.string(), orderNo: z.string() };
const shown = { customer: true };

// The key of each is the order's id, but for those of goods that nobody has ordered yet.
export const ExceptionOpened = defineEvent(
  'orders.exception_opened.v1',
  z.object({ ...subject, problem: z.string(), sku: z.string().nullable(), units: z.int() }),
);
export const OfferMade = defineEvent(
  'orders.offer_made.v1',
  z.object({ ...subject, options: z.array(z.string()), expiresAt: z.string() }),
  shown,
);
export const ExceptionAnswered = defineEvent(
  'orders.exception_answered.v1',
  z.object({ ...subject, choice: z.string(), by: z.enum(['customer', 'staff']), promisedAt: z.string().nullable() }),
  shown,
);
export const ExceptionCompensated = defineEvent(
  'orders.exception_compensated.v1',
  z.object({ ...subject, points: z.int() }),
  shown,
);
export const ExceptionSettled = defineEvent(
  'orders.exception_settled.v1',
  z.object({ ...subject, resolution: z.string() }),
);
export const ContactMade = defineEvent(
  'orders.contact_made.v1',
  z.object({ ...subject, result: z.string(), nextAt: z.string().nullable() }),
);
/** Units that were never sent leave the order; `amount` is their share of its total. */
export const UnitsCancelled = defineEvent(
  'orders.units_cancelled.v1',
  z.object({
    orderNo: z.string(),
    lineId: z.uuid(),
    sku: z.string(),
    units: z.int(),
    amount: z.int(),
    currency: z.string(),
  }),
  shown,
);
export const LineSubstituted = defineEvent(
  'orders.line_substituted.v1',
  z.object({ orderNo: z.string(), sku: z.string(), substitute: z.string(), units: z.int() }),
  shown,
);
/** Stock came in for an order that waited for it. */
export const MissingReserved = defineEvent(
  'orders.missing_reserved.v1',
  z.object({ orderNo: z.string(), sku: z.string(), units: z.int() }),
);
/** Purchasing is asked for goods an order waits for. */
export const ReplenishmentAsked = defineEvent(
  'orders.replenishment_asked.v1',
  z.object({ exceptionId: z.uuid(), skuId: z.uuid(), sku: z.string(), units: z.int() }),
);
/** The key is the SKU's id. */
export const BackInStock = defineEvent('orders.back_in_stock.v1', z.object({ sku: z.string(), told: z.int() }));
