import type { Flow } from '#kernel/flow.ts';
import type { CompensationEvent, CompensationState } from './authority.ts';

/** `granted` is on its way: cash that has not all arrived. Points may be taken back, and coupons run out unused: then nothing is promised. */
export const compensationFlow: Flow<CompensationState, CompensationEvent> = {
  requested: { grant: 'granted', reject: 'rejected' },
  granted: { complete: 'done' },
  done: { revoke: 'revoked' },
  rejected: {},
  revoked: {},
};
