import { z } from 'zod';
import { LOCALES } from '#kernel/context.ts';
import { listInput, listOf } from '#kernel/http/list.ts';
import * as words from './domain/words.ts';

const moment = z.iso.datetime();
const Person = z.object({ id: z.uuid(), name: z.string() }).nullable();

/** What rows are counted and listed by alike: each number opens the rows behind it. */
export const resultFilters = {
  kind: z.enum(words.KINDS).default('csat'),
  from: moment.optional(),
  to: moment.optional(),
  agentId: z.uuid().optional(),
  teamId: z.uuid().optional(),
  category: z.string().trim().max(80).optional(),
  campaignId: z.uuid().optional(),
};
export const Results = z.object({ ...resultFilters, by: z.enum(words.GROUPS).default('agent') });
const Figures = z.object({
  /** Questions that went out. */
  asked: z.int(),
  answered: z.int(),
  /** In thousandths of what was asked; null when nothing was. */
  ratePermille: z.int().nullable(),
  /** The mean of the effective scores, in thousandths. */
  meanMillis: z.int().nullable(),
  good: z.int(),
  bad: z.int(),
  /** CSAT: good in thousandths of what was answered. NPS: promoters less detractors, in thousandths: -1000 to 1000. */
  indexPermille: z.int().nullable(),
});
export const ResultsView = z
  .object({
    total: Figures,
    /** `filter`: what to list the rows of this line by. */
    rows: z.array(
      Figures.extend({
        key: z.string(),
        label: z.string(),
        filter: z.object({
          agentId: z.uuid().optional(),
          teamId: z.uuid().optional(),
          category: z.string().optional(),
          from: moment.optional(),
          to: moment.optional(),
        }),
      }),
    ),
    /** There are more lines than are shown. */
    more: z.boolean(),
  })
  .meta({ id: 'FeedbackResults' });

export const ListRequests = z.object({
  ...listInput,
  ...resultFilters,
  kind: z.enum(words.KINDS).optional(),
  state: z.enum(words.REQUEST_STATES).optional(),
  bad: z.stringbool().optional(),
  /** Of a ticket or a case. */
  subjectId: z.uuid().optional(),
});
export const RequestView = z
  .object({
    id: z.uuid(),
    kind: z.enum(words.KINDS),
    subjectKind: z.enum(['ticket', 'case', 'campaign']),
    subjectId: z.uuid(),
    subjectNo: z.string(),
    round: z.int(),
    customerId: z.uuid().nullable(),
    agent: Person,
    category: z.string(),
    state: z.enum(words.REQUEST_STATES),
    whySkipped: z.string().nullable(),
    score: z.int().nullable(),
    bad: z.boolean().nullable(),
    consequence: z.enum(['reopened', 'follow_up', 'none']).nullable(),
    comment: z.string(),
    createdAt: moment,
    sendAt: moment,
    askedAt: moment.nullable(),
    answerUntil: moment.nullable(),
    answeredAt: moment.nullable(),
    /** Every answer, the one that counts first. */
    answers: z.array(
      z.object({ score: z.int(), more: z.record(z.string(), z.int()), comment: z.string(), at: moment }),
    ),
  })
  .meta({ id: 'FeedbackRequest' });
export const RequestList = listOf(RequestView);

export const Token = z.object({ token: z.string().max(100) });
export const PortalFeedback = z
  .object({
    kind: z.enum(words.KINDS),
    subjectKind: z.enum(['ticket', 'case', 'campaign']),
    subjectNo: z.string(),
    organisation: z.string(),
    locale: z.enum(LOCALES),
    state: z.enum(['open', 'answered', 'over']),
    min: z.int(),
    max: z.int(),
    questions: z.array(z.object({ code: z.string(), text: z.string() })),
    answerUntil: moment.nullable(),
    score: z.int().nullable(),
    more: z.record(z.string(), z.int()),
    comment: z.string(),
  })
  .meta({ id: 'PortalFeedback' });
const answer = {
  score: z.int().min(0).max(10),
  more: z.record(z.string().max(30), z.int().min(1).max(5)).default({}),
  comment: z.string().trim().max(2000).default(''),
};
export const GiveFeedback = Token.extend(answer).meta({ id: 'GiveFeedback' });
/** Null where nothing is asked. */
export const MyFeedback = z.object({ feedback: PortalFeedback.nullable() }).meta({ id: 'MyFeedback' });
export const OfMyCase = z.object({ caseId: z.uuid() });
export const OfMyTicket = z.object({ ticketId: z.uuid() });
export const RateMyCase = OfMyCase.extend(answer).meta({ id: 'RateMyCase' });
export const RateMyTicket = OfMyTicket.extend(answer).meta({ id: 'RateMyTicket' });

export const NewCampaign = z
  .object({
    name: z.string().trim().min(1).max(60),
    /** Customers with an order of this period. */
    ordersFrom: moment,
    ordersTo: moment,
    shop: z.string().trim().max(40).optional(),
    sample: z.int().min(1).max(10_000),
  })
  .meta({ id: 'NewNpsCampaign' });
export const CampaignRef = z.object({ campaignId: z.uuid() });
export const MoveCampaign = CampaignRef.extend({ event: z.enum(['start', 'cancel']) });
export const CampaignView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: z.enum(words.CAMPAIGN_STATES),
    ordersFrom: moment,
    ordersTo: moment,
    shop: z.string().nullable(),
    sample: z.int(),
    found: z.int().nullable(),
    figures: Figures,
    createdAt: moment,
    startedAt: moment.nullable(),
    endedAt: moment.nullable(),
    may: z.array(z.enum(['start', 'cancel'])),
    version: z.int(),
  })
  .meta({ id: 'NpsCampaign' });
export const CampaignList = listOf(CampaignView);
export const ListCampaigns = z.object(listInput);

const note = z.string().trim().max(2000).optional();
export const ListFollowUps = z.object({
  ...listInput,
  state: z.enum(words.FOLLOW_UP_STATES).optional(),
  /** A person's, or `me`. */
  owner: z.union([z.uuid(), z.literal('me')]).optional(),
});
export const NewFollowUp = z
  .object({
    ticketId: z.uuid().optional(),
    customerId: z.uuid().optional(),
    ownerId: z.uuid().optional(),
    note: z.string().trim().min(1).max(2000),
  })
  .meta({ id: 'NewFollowUp' });
export const FollowUpRef = z.object({ followUpId: z.uuid() });
export const CallMissed = FollowUpRef.extend({ note });
export const FinishFollowUp = FollowUpRef.extend({ outcome: z.enum(words.OUTCOMES), note });
export const AssignFollowUp = FollowUpRef.extend({ ownerId: z.uuid().nullable(), note });
export const FollowUpView = z
  .object({
    id: z.uuid(),
    no: z.string(),
    reason: z.enum(words.REASONS),
    state: z.enum(words.FOLLOW_UP_STATES),
    requestId: z.uuid().nullable(),
    ticketId: z.uuid().nullable(),
    customerId: z.uuid().nullable(),
    customerName: z.string(),
    owner: Person,
    note: z.string(),
    score: z.int().nullable(),
    comment: z.string(),
    dueAt: moment,
    late: z.boolean(),
    calls: z.int(),
    outcome: z.enum(words.OUTCOMES).nullable(),
    createdAt: moment,
    closedAt: moment.nullable(),
    may: z.array(z.enum(words.FOLLOW_UP_EVENTS)),
    version: z.int(),
  })
  .meta({ id: 'FollowUp' });
export const FollowUpList = listOf(FollowUpView);
export const FollowUpPage = FollowUpView.extend({
  history: z.array(z.object({ event: z.enum(words.FOLLOW_UP_EVENTS), note: z.string(), by: z.string(), at: moment })),
}).meta({ id: 'FollowUpPage' });
