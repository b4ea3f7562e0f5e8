import type { Flow } from '#kernel/flow.ts';

export const PAYOUT_STATES = ['paying', 'paid', 'failed'] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];
export type PayoutEvent = 'confirm' | 'fail';

/** One attempt to pay a statement. What failed stays as it is; the statement is paid by another. */
export const payoutFlow: Flow<PayoutState, PayoutEvent> = {
  paying: { confirm: 'paid', fail: 'failed' },
  paid: {},
  failed: {},
};
