import { can, type Ctx } from '#kernel/context.ts';
import { allowedEvents } from '#kernel/flow.ts';
import {
  campaignFlow,
  type CampaignEvent,
  type CampaignState,
  followUpFlow,
  type FollowUpEvent,
  type FollowUpState,
} from './domain/words.ts';

export const FEEDBACK_READ = 'support.feedback.read';
export const CAMPAIGN_WRITE = 'support.campaign.write';
export const FOLLOW_UP_READ = 'support.follow_up.read';
export const FOLLOW_UP_WORK = 'support.follow_up.work';

export const feedbackPermissions = {
  [FEEDBACK_READ]: 'See how customers rate the service',
  [CAMPAIGN_WRITE]: 'Ask customers by campaign whether they would recommend the shop',
  [FOLLOW_UP_READ]: 'See which customers are to be called',
  [FOLLOW_UP_WORK]: 'Call customers, and note what came of it',
} as const;

/** What is about no shop is seen by all who may see such things at all. */
export const seesShopOf = (ctx: Ctx, shopId: string | null): boolean =>
  shopId === null || (ctx.actor.shops?.has(shopId) ?? true);

export const mayFollowUp = (ctx: Ctx, state: FollowUpState): FollowUpEvent[] =>
  can(ctx, FOLLOW_UP_WORK) ? allowedEvents(followUpFlow, state) : [];
export const mayCampaign = (ctx: Ctx, state: CampaignState): CampaignEvent[] =>
  can(ctx, CAMPAIGN_WRITE) ? allowedEvents(campaignFlow, state).filter((e) => e !== 'finish') : [];
