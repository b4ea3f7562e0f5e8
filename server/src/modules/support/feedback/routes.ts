import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { createCampaign, moveCampaign } from './commands/campaign.ts';
import { createFollowUp, type MoveFollowUp, moveFollowUp } from './commands/follow-up.ts';
import { giveMine, readMine } from './mine.ts';
import { CAMPAIGN_WRITE, FEEDBACK_READ, FOLLOW_UP_READ, FOLLOW_UP_WORK } from './policy.ts';
import { giveFeedback, readFeedback } from './portal.ts';
import { listRequests, resultsOf } from './queries/results.ts';
import { campaignPage, followUpPage, viewCampaign, viewFollowUp } from './queries/tasks.ts';
import * as schema from './schema.ts';

const tags = ['feedback'];

type Action<I extends z.ZodType> = {
  event: MoveFollowUp['event'];
  summary: string;
  input: I;
  move(input: z.output<I>): MoveFollowUp;
};
const onFollowUp = <I extends z.ZodType<{ followUpId: string }>>({ event, summary, input, move }: Action<I>): Route =>
  defineRoute({
    method: 'POST',
    path: `/follow-ups/{followUpId}/${event}`,
    permission: FOLLOW_UP_WORK,
    tags,
    summary,
    input,
    output: schema.FollowUpPage,
    run: async (tx: Tx, ctx: Ctx, given: z.output<I>) => {
      const { id } = await moveFollowUp(tx, ctx, given.followUpId, move(given));
      return viewFollowUp(tx, ctx, id);
    },
  });

const followUpRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/follow-ups',
    permission: FOLLOW_UP_READ,
    tags,
    summary: 'Customers who are to be called: what is open by when it is due',
    input: schema.ListFollowUps,
    output: schema.FollowUpList,
    run: followUpPage,
  }),
  defineRoute({
    method: 'POST',
    path: '/follow-ups',
    permission: FOLLOW_UP_WORK,
    tags,
    summary: 'Have a customer called',
    input: schema.NewFollowUp,
    output: schema.FollowUpPage,
    status: 201,
    run: async (tx, ctx, input) => viewFollowUp(tx, ctx, (await createFollowUp(tx, ctx, input)).id),
  }),
  defineRoute({
    method: 'GET',
    path: '/follow-ups/{followUpId}',
    permission: FOLLOW_UP_READ,
    tags,
    summary: 'A customer who is to be called, with every try',
    input: schema.FollowUpRef,
    output: schema.FollowUpPage,
    run: (tx, ctx, { followUpId }) => viewFollowUp(tx, ctx, followUpId),
  }),
  onFollowUp({
    event: 'miss',
    summary: 'The customer was not reached: they are called again',
    input: schema.CallMissed,
    move: ({ note }) => ({ event: 'miss', note }),
  }),
  onFollowUp({
    event: 'finish',
    summary: 'The customer was talked to, or is not to be reached',
    input: schema.FinishFollowUp,
    move: ({ outcome, note }) => ({ event: 'finish', outcome, note }),
  }),
  onFollowUp({
    event: 'cancel',
    summary: 'There is no need to call any more',
    input: schema.CallMissed,
    move: ({ note }) => ({ event: 'cancel', note }),
  }),
  onFollowUp({
    event: 'reopen',
    summary: 'They are to be called after all',
    input: schema.CallMissed,
    move: ({ note }) => ({ event: 'reopen', note }),
  }),
  onFollowUp({
    event: 'assign',
    summary: 'Say who calls',
    input: schema.AssignFollowUp,
    move: ({ ownerId, note }) => ({ event: 'assign', ownerId, note }),
  }),
];

const campaignRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/nps-campaigns',
    permission: FEEDBACK_READ,
    tags,
    summary: 'Campaigns that ask whether customers would recommend the shop',
    input: schema.ListCampaigns,
    output: schema.CampaignList,
    run: campaignPage,
  }),
  defineRoute({
    method: 'POST',
    path: '/nps-campaigns',
    permission: CAMPAIGN_WRITE,
    tags,
    summary: 'Draft a campaign: whose orders, how many are asked',
    input: schema.NewCampaign,
    output: schema.CampaignView,
    status: 201,
    run: async (tx, ctx, input) => viewCampaign(tx, ctx, await createCampaign(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/nps-campaigns/{campaignId}/move',
    permission: CAMPAIGN_WRITE,
    tags,
    summary: 'Start a campaign, or stop it',
    input: schema.MoveCampaign,
    output: schema.CampaignView,
    run: async (tx, ctx, { campaignId, event }) =>
      viewCampaign(tx, ctx, await moveCampaign(tx, ctx, campaignId, event)),
  }),
];

const mine: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/after-sales/{caseId}/feedback',
    permission: 'session',
    tags: ['portal'],
    summary: 'What I am asked about my request; looking records nothing',
    input: schema.OfMyCase,
    output: schema.MyFeedback,
    run: readMine,
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/after-sales/{caseId}/feedback',
    permission: 'session',
    tags: ['portal'],
    summary: 'How my request went; it may be changed until the time is over',
    ratePerMinute: 60,
    input: schema.RateMyCase,
    output: schema.MyFeedback,
    run: (tx, ctx, { caseId, ...answer }) => giveMine(tx, ctx, { caseId }, answer),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/tickets/{ticketId}/feedback',
    permission: 'session',
    tags: ['portal'],
    summary: 'What I am asked about my ticket; looking records nothing',
    input: schema.OfMyTicket,
    output: schema.MyFeedback,
    run: readMine,
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/tickets/{ticketId}/feedback',
    permission: 'session',
    tags: ['portal'],
    summary: 'How my ticket went; it may be changed until the time is over',
    ratePerMinute: 60,
    input: schema.RateMyTicket,
    output: schema.MyFeedback,
    run: (tx, ctx, { ticketId, ...answer }) => giveMine(tx, ctx, { ticketId }, answer),
  }),
];

export const feedbackRoutes: Route[] = [
  ...mine,
  defineRoute({
    method: 'GET',
    path: '/feedback/results',
    permission: FEEDBACK_READ,
    tags,
    summary: 'How customers rate, by agent, team, category or period',
    input: schema.Results,
    output: schema.ResultsView,
    run: resultsOf,
  }),
  defineRoute({
    method: 'GET',
    path: '/feedback/requests',
    permission: FEEDBACK_READ,
    tags,
    summary: 'The questions and answers behind the figures',
    input: schema.ListRequests,
    output: schema.RequestList,
    run: listRequests,
  }),
  ...campaignRoutes,
  ...followUpRoutes,
  defineRoute({
    method: 'GET',
    path: '/portal/feedback/{token}',
    permission: 'public',
    tags: ['portal'],
    summary: 'What I am asked; looking records nothing',
    ratePerMinute: 60,
    mode: 'raw',
    input: schema.Token,
    output: schema.PortalFeedback,
    run: (env, ctx, { token }) => readFeedback(env, ctx, token),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/feedback',
    permission: 'public',
    tags: ['portal'],
    summary: 'My answer; it may be changed until the time is over',
    ratePerMinute: 60,
    mode: 'raw',
    input: schema.GiveFeedback,
    output: schema.PortalFeedback,
    run: giveFeedback,
  }),
];
