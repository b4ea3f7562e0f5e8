import type { Flow } from '#kernel/flow.ts';

export const TAKE_STATES = ['counting', 'awaiting_approval', 'posted', 'cancelled'] as const;
export type TakeState = (typeof TAKE_STATES)[number];
export type TakeEvent = 'count' | 'ask' | 'post' | 'reopen' | 'cancel';

/** `post` out of counting: the differences are within what needs no approval. */
export const takeFlow: Flow<TakeState, TakeEvent> = {
  counting: { count: 'counting', ask: 'awaiting_approval', post: 'posted', cancel: 'cancelled' },
  awaiting_approval: { post: 'posted', reopen: 'counting', cancel: 'cancelled' },
  posted: {},
  cancelled: {},
};
