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

export const PARCEL_STATES = ['created', 'verified', 'shipped', 'delivered', 'returned', 'cancelled'] as const;
export type ParcelState = (typeof PARCEL_STATES)[number];
export type ParcelEvent = 'verify' | 'ship' | 'deliver' | 'bring_back' | 'cancel';

/** Only what has been scanned in full can ship; what has shipped ends with the customer or, stopped on its way, with us. */
export const parcelFlow: Flow<ParcelState, ParcelEvent> = {
  created: { verify: 'verified', cancel: 'cancelled' },
  verified: { ship: 'shipped', cancel: 'cancelled' },
  shipped: { deliver: 'delivered', bring_back: 'returned' },
  delivered: {},
  returned: {},
  cancelled: {},
};
