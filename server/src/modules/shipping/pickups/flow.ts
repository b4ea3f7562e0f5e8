import type { Flow } from '#kernel/flow.ts';

export const PICKUP_STATES = ['requested', 'booked', 'refused', 'collected', 'failed', 'cancelled'] as const;
export type PickupState = (typeof PICKUP_STATES)[number];
export type PickupEvent = 'book' | 'refuse' | 'collect' | 'fail' | 'cancel';

/** What becomes of a request to fetch goods. The courier may have them before the carrier's answer is known. */
export const pickupFlow: Flow<PickupState, PickupEvent> = {
  requested: { book: 'booked', refuse: 'refused', collect: 'collected', fail: 'failed', cancel: 'cancelled' },
  booked: { collect: 'collected', fail: 'failed', cancel: 'cancelled' },
  refused: {},
  collected: {},
  failed: {},
  cancelled: {},
};
