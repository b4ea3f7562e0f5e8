import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

// The key of each is the order's id; `subject` is what the goods are fetched for.
const pickup = { pickupId: z.string(), subject: z.string(), carrier: z.string() };
const customer = { customer: true };

export const PickupRequested = defineEvent(
  'shipping.pickup_requested.v1',
  z.object({ ...pickup, from: z.string(), until: z.string() }),
  customer,
);
export const PickupBooked = defineEvent('shipping.pickup_booked.v1', z.object(pickup), customer);
export const PickupRefused = defineEvent(
  'shipping.pickup_refused.v1',
  z.object({ ...pickup, why: z.string() }),
  customer,
);
export const PickupCollected = defineEvent(
  'shipping.pickup_collected.v1',
  z.object({ ...pickup, waybillNo: z.string() }),
  customer,
);
export const PickupFailed = defineEvent(
  'shipping.pickup_failed.v1',
  z.object({ ...pickup, why: z.string() }),
  customer,
);
