import type { Flow } from '#kernel/flow.ts';

export const INTERCEPTION_STATES = [
  'requested',
  'accepted',
  'refused',
  'too_late',
  'returned',
  'delivered_anyway',
] as const;
export type InterceptionState = (typeof INTERCEPTION_STATES)[number];
export const INTERCEPTION_EVENTS = ['accept', 'refuse', 'be_late', 'bring_back', 'deliver'] as const;
export type InterceptionEvent = (typeof INTERCEPTION_EVENTS)[number];

/**
 * What becomes of a request to stop a parcel. The parcel's own news outrun the carrier's answer: it may be back, or
 * delivered, before we know what was answered. A parcel whose carrier refused, and which comes back all the same, is back.
 */
export const interceptionFlow: Flow<InterceptionState, InterceptionEvent> = {
  requested: {
    accept: 'accepted',
    refuse: 'refused',
    be_late: 'too_late',
    bring_back: 'returned',
    deliver: 'too_late',
  },
  accepted: { bring_back: 'returned', deliver: 'delivered_anyway' },
  refused: { bring_back: 'returned' },
  too_late: {},
  returned: {},
  delivered_anyway: {},
};

/** Asked in vain so often (some three days), a request whose answer is unknown counts as refused. */
export const INTERCEPT_ATTEMPTS_MAX = 90;

const WAIT_MAX_MS = 3_600_000;

/** How long to wait after the n-th attempt without an answer: 2 s doubling up to an hour. */
export const interceptWaitMs = (attempts: number): number => Math.min(1_000 * 2 ** Math.min(attempts, 20), WAIT_MAX_MS);
