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
