import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

/** What a line cost fell, and the difference goes back. Told on the order. Minor units; `units` are those still kept. */
export const PriceProtected = defineEvent(
  'aftersales.price_protected.v1',
  z.object({
    protectionId: z.string(),
    orderNo: z.string(),
    sku: z.string(),
    units: z.int(),
    priceFrom: z.int(),
    priceTo: z.int(),
    amount: z.int(),
    currency: z.string(),
    points: z.int(),
    how: z.enum(['nightly', 'customer', 'agent']),
  }),
  { customer: true },
);
/** Somebody said whether a fall was meant. Told on the SKU. */
export const PriceFallJudged = defineEvent(
  'aftersales.price_fall_judged.v1',
  z.object({ sku: z.string(), fromAt: z.iso.datetime(), verdict: z.enum(['error', 'genuine']) }),
);
