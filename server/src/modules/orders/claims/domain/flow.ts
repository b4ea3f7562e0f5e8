import type { Flow } from '#kernel/flow.ts';

export const CLAIM_KINDS = [
  'coupon_not_applied',
  'offer_not_applied',
  'points_missing',
  'price_wrong',
  'gift_missing',
  'other',
] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];
export const CLAIM_STATES = ['open', 'corrected', 'dismissed'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];
export type ClaimEvent = 'correct' | 'dismiss';

/** A correction waits for approval while the claim is open: refused or expired, it can be asked for again. */
export const claimFlow: Flow<ClaimState, ClaimEvent> = {
  open: { correct: 'corrected', dismiss: 'dismissed' },
  corrected: {},
  dismissed: {},
};
