import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const offer = { code: z.string(), version: z.int() };

// The key of each is the offer's id.
export const OfferCreated = defineEvent('promotions.offer_created.v1', z.object({ ...offer, kind: z.string() }));
export const OfferChanged = defineEvent(
  'promotions.offer_changed.v1',
  z.object({ ...offer, fields: z.array(z.string()) }),
);
/** From now on, within its times, prices follow this version. */
export const OfferPublished = defineEvent('promotions.offer_published.v1', z.object(offer));
export const OfferPaused = defineEvent('promotions.offer_paused.v1', z.object(offer));
export const OfferEndedEvent = defineEvent('promotions.offer_ended.v1', z.object(offer));
export const CouponsIssued = defineEvent(
  'promotions.coupons_issued.v1',
  z.object({ code: z.string(), count: z.int() }),
);
