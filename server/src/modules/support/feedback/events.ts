import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const of = { requestId: z.uuid(), kind: z.string(), subjectKind: z.string(), subjectNo: z.string() };
export const FeedbackAsked = defineEvent('support.feedback_asked.v1', z.object(of));
export const FeedbackGiven = defineEvent(
  'support.feedback_given.v1',
  z.object({
    ...of,
    score: z.int(),
    bad: z.boolean(),
    changed: z.boolean(),
    agentId: z.uuid().nullable(),
    consequence: z.string(),
  }),
);
export const CampaignMoved = defineEvent(
  'support.nps_campaign_moved.v1',
  z.object({ campaignId: z.uuid(), from: z.string(), to: z.string() }),
);
const task = { followUpId: z.uuid(), no: z.string(), reason: z.string() };
export const FollowUpOpened = defineEvent('support.follow_up_opened.v1', z.object({ ...task, dueAt: z.string() }));
export const FollowUpMoved = defineEvent(
  'support.follow_up_moved.v1',
  z.object({ ...task, event: z.string(), outcome: z.string().nullable() }),
);
