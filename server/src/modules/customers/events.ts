import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

/** Told on the order when there is one, else on the customer. `points` is what the balance changed by. */
export const PointsMoved = defineEvent(
  'customers.points_moved.v1',
  z.object({
    customerId: z.uuid(),
    kind: z.enum(['earn', 'take_back', 'spend', 'compensate', 'adjust']),
    points: z.int(),
    balance: z.int(),
    orderId: z.uuid().nullable(),
  }),
  { customer: true },
);
export const PointsExpired = defineEvent('customers.points_expired.v1', z.object({ points: z.int() }), {
  customer: true,
});
export const LevelChanged = defineEvent(
  'customers.level_changed.v1',
  z.object({ from: z.string(), to: z.string(), how: z.enum(['computed', 'manual', 'automatic_again']) }),
);
/** A customer signed in on the portal, and how: for one order, by a code, or vouched for by a shop. */
export const PortalSignedIn = defineEvent(
  'customers.portal_signed_in.v1',
  z.object({ customerId: z.uuid(), sessionId: z.uuid(), way: z.enum(['order', 'phone', 'shop']) }),
);
export const PortalSessionEnded = defineEvent(
  'customers.portal_session_ended.v1',
  z.object({ customerId: z.uuid(), sessionId: z.uuid() }),
);
export const PortalKeyMade = defineEvent(
  'customers.portal_key_made.v1',
  z.object({ keyId: z.uuid(), shopId: z.uuid(), hint: z.string() }),
);
export const PortalKeyRevoked = defineEvent(
  'customers.portal_key_revoked.v1',
  z.object({ keyId: z.uuid(), shopId: z.uuid(), hint: z.string() }),
);
