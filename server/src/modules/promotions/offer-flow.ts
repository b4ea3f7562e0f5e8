import type { Flow } from '#kernel/flow.ts';
import type { OfferState } from './store/offers.ts';

export type OfferEvent = 'publish' | 'pause' | 'resume' | 'end';

/** Only what is published changes prices. What has ended is history. */
export const offerFlow: Flow<OfferState, OfferEvent> = {
  draft: { publish: 'published', end: 'ended' },
  published: { pause: 'paused', end: 'ended' },
  paused: { resume: 'published', end: 'ended' },
  ended: {},
};
