import type { Flow } from '#kernel/flow.ts';

export const KINDS = ['csat', 'nps'] as const;
/** How well something was done, 1 to 5; whether one would recommend us, 0 to 10. */
export type Kind = (typeof KINDS)[number];
export const REQUEST_STATES = ['waiting', 'asked', 'answered', 'expired', 'skipped'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];
type RequestEvent = 'ask' | 'answer' | 'expire' | 'skip';

/**
 * The life of a question. An answer may be changed until its time is over; nobody who was not asked answers. Whoever could not be written
 * to may come across it where they look at the matter.
 */
export const requestFlow: Flow<RequestState, RequestEvent> = {
  waiting: { ask: 'asked', skip: 'skipped' },
  asked: { answer: 'answered', expire: 'expired' },
  answered: { answer: 'answered' },
  expired: {},
  skipped: { ask: 'asked' },
};

export const CAMPAIGN_STATES = ['draft', 'running', 'done', 'cancelled'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];
export type CampaignEvent = 'start' | 'finish' | 'cancel';
export const campaignFlow: Flow<CampaignState, CampaignEvent> = {
  draft: { start: 'running', cancel: 'cancelled' },
  running: { finish: 'done', cancel: 'cancelled' },
  done: {},
  cancelled: {},
};

export const FOLLOW_UP_STATES = ['open', 'done', 'cancelled'] as const;
export type FollowUpState = (typeof FOLLOW_UP_STATES)[number];
export const FOLLOW_UP_EVENTS = ['miss', 'finish', 'cancel', 'reopen', 'assign'] as const;
export type FollowUpEvent = (typeof FOLLOW_UP_EVENTS)[number];
/** A call to a customer. One who was not reached is called again. */
export const followUpFlow: Flow<FollowUpState, FollowUpEvent> = {
  open: { miss: 'open', assign: 'open', finish: 'done', cancel: 'cancelled' },
  done: { reopen: 'open' },
  cancelled: { reopen: 'open' },
};
export const OUTCOMES = ['satisfied', 'unsatisfied', 'not_reached', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];
export const REASONS = ['csat_bad', 'nps_bad', 'manual'] as const;
export type Reason = (typeof REASONS)[number];

export const GROUPS = ['agent', 'team', 'category', 'day', 'week', 'month'] as const;
export type Group = (typeof GROUPS)[number];

/** The ends of the scale, and from where a score counts as good. */
export const SCALE: Readonly<Record<Kind, { min: number; max: number; good: number }>> = {
  csat: { min: 1, max: 5, good: 4 },
  nps: { min: 0, max: 10, good: 9 },
};
