import type { Flow } from '#kernel/flow.ts';

export const PICK_STATES = ['picking', 'picked', 'shipped', 'cancelled'] as const;
export type PickState = (typeof PICK_STATES)[number];
export type PickEvent = 'finish' | 'ship' | 'cancel';

export const pickFlow: Flow<PickState, PickEvent> = {
  picking: { finish: 'picked', ship: 'shipped', cancel: 'cancelled' },
  picked: { ship: 'shipped', cancel: 'cancelled' },
  shipped: {},
  cancelled: {},
};

export const PARCEL_STATES = ['created', 'verified', 'shipped', 'delivered', 'cancelled'] as const;
export type ParcelState = (typeof PARCEL_STATES)[number];
export type ParcelEvent = 'verify' | 'ship' | 'deliver' | 'cancel';

/** Only what has been scanned in full can ship, and what has shipped is not taken back here. */
export const parcelFlow: Flow<ParcelState, ParcelEvent> = {
  created: { verify: 'verified', cancel: 'cancelled' },
  verified: { ship: 'shipped', cancel: 'cancelled' },
  shipped: { deliver: 'delivered' },
  delivered: {},
  cancelled: {},
};
