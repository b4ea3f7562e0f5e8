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
export type ParcelEvent = 'verify' | 'reject' | 'ship' | 'deliver' | 'bring_back' | 'cancel';

/** Only what has been scanned in full can ship, and what a spot check rejects is scanned anew; what has shipped ends with the customer or, stopped on its way, with us. */
export const parcelFlow: Flow<ParcelState, ParcelEvent> = {
  created: { verify: 'verified', cancel: 'cancelled' },
  verified: { reject: 'created', ship: 'shipped', cancel: 'cancelled' },
  shipped: { deliver: 'delivered', bring_back: 'returned' },
  delivered: {},
  returned: {},
  cancelled: {},
};

export const MANIFEST_STATES = ['open', 'closed', 'handed_over'] as const;
export type ManifestState = (typeof MANIFEST_STATES)[number];
export type ManifestEvent = 'close' | 'hand_over';

/** Parcels join an open manifest; a closed one is scanned out and signed for. */
export const manifestFlow: Flow<ManifestState, ManifestEvent> = {
  open: { close: 'closed' },
  closed: { hand_over: 'handed_over' },
  handed_over: {},
};

export const CHECK_STATES = ['pending', 'ok', 'failed', 'dropped'] as const;
export type CheckState = (typeof CHECK_STATES)[number];
export type CheckEvent = 'pass' | 'fail' | 'drop';

export const spotCheckFlow: Flow<CheckState, CheckEvent> = {
  pending: { pass: 'ok', fail: 'failed', drop: 'dropped' },
  ok: {},
  failed: {},
  dropped: {},
};

export const INCIDENT_STATES = ['open', 'investigating', 'resolved', 'dismissed'] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];
export type IncidentEvent = 'investigate' | 'resolve' | 'dismiss' | 'reopen';

export const incidentFlow: Flow<IncidentState, IncidentEvent> = {
  open: { investigate: 'investigating', resolve: 'resolved', dismiss: 'dismissed' },
  investigating: { resolve: 'resolved', dismiss: 'dismissed' },
  resolved: { reopen: 'investigating' },
  dismissed: { reopen: 'investigating' },
};
