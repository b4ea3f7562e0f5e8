import type { Flow } from '#kernel/flow.ts';

export const PAYMENT_STATES = ['pending', 'succeeded', 'failed', 'closed'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
export type PaymentEvent = 'succeed' | 'fail' | 'close';

/** Money can still arrive after a failure or a close: that is recorded, and given back where nobody waits for it. */
export const paymentFlow: Flow<PaymentState, PaymentEvent> = {
  pending: { succeed: 'succeeded', fail: 'failed', close: 'closed' },
  failed: { succeed: 'succeeded' },
  closed: { succeed: 'succeeded' },
  succeeded: {},
};
