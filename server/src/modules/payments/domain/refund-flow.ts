import type { Flow } from '#kernel/flow.ts';

export const REFUND_STATES = [
  'awaiting_approval',
  'requested',
  'processing',
  'succeeded',
  'failed',
  'abnormal',
] as const;
export type RefundState = (typeof REFUND_STATES)[number];
export type RefundEvent = 'approve' | 'reject' | 'submit' | 'succeed' | 'refuse' | 'retry' | 'pay_by_hand' | 'abandon';

/**
 * `abnormal` waits for a person: the channel will not pay, or nobody knows whether it did. Its amount stays taken from
 * the payment until somebody retries, pays by hand or abandons it, or the channel says that it has paid after all; only
 * `failed` gives the amount back.
 */
export const refundFlow: Flow<RefundState, RefundEvent> = {
  awaiting_approval: { approve: 'requested', reject: 'failed' },
  requested: { submit: 'processing' },
  processing: { submit: 'processing', succeed: 'succeeded', refuse: 'abnormal' },
  abnormal: { retry: 'requested', pay_by_hand: 'succeeded', abandon: 'failed', succeed: 'succeeded' },
  succeeded: {},
  failed: {},
};

/** Asked in vain so often, a refund whose outcome is unknown is given to a person. */
export const UNKNOWN_ATTEMPTS_MAX = 12;
/** A refund the channel says it is working on is asked about for some three days. */
export const PROCESSING_ATTEMPTS_MAX = 90;

const WAIT_MAX_MS = 3_600_000;

/** How long to wait after the n-th attempt: 2 s doubling up to an hour. */
export const waitMs = (attempts: number): number => Math.min(1_000 * 2 ** Math.min(attempts, 20), WAIT_MAX_MS);
