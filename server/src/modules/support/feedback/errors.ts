import { defineRefusal } from '#kernel/errors.ts';

export const FeedbackUnknown = defineRefusal('feedback_unknown', 404);
export const FeedbackOver = defineRefusal('feedback_over', 409);
export const CampaignNotFound = defineRefusal('nps_campaign_not_found', 404);
export const FollowUpNotFound = defineRefusal('follow_up_not_found', 404);
