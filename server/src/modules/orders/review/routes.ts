import { z } from 'zod';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute, Nothing } from '#kernel/http/route.ts';
import { splitAddress } from '../domain/split-address.ts';
import { OrderRef } from '../schema.ts';
import { addToBlacklist, listBlacklist, removeFromBlacklist } from './blacklist.ts';
import { divisions } from './divisions.ts';
import { claimReview, unclaimReview } from './decide.ts';
import { countReviews, listReviews, viewReview } from './queue.ts';
import { changeRule, createRule, findRule, listRules, presentRule, reorderRules, switchRule } from './rules.ts';
import {
  AddToBlacklist,
  BlacklistEntry,
  ChangeRule,
  ClaimView,
  ListBlacklist,
  ListReviews,
  ReorderRules,
  ReviewCounts,
  ReviewItem,
  ReviewView,
  RuleInput,
  RuleRef,
  RuleView,
  SplitAddress,
  SplitAddressView,
  TrialView,
  TryRule,
} from './schema.ts';
import { tryRule } from './trial.ts';

const tags = ['review'];
const read = { permission: 'orders.rule.read', tags };
const write = { permission: 'orders.rule.write', tags };
const decide = { permission: 'orders.order.review', tags };
const blacklist = { permission: 'orders.blacklist.write', tags };

const ruleRoutes = [
  defineRoute({
    ...read,
    method: 'GET',
    path: '/review-rules',
    summary: 'Review rules in order of priority, drafts too',
    input: z.object({}),
    output: listOf(RuleView),
    run: listRules,
  }),
  defineRoute({
    ...write,
    method: 'POST',
    path: '/review-rules',
    summary: 'Write a review rule; it is a draft until it is switched on',
    input: RuleInput,
    output: RuleView,
    status: 201,
    run: createRule,
  }),
  defineRoute({
    ...read,
    method: 'POST',
    path: '/review-rules/try',
    summary: 'Which past orders a rule would have caught; nothing is changed',
    input: TryRule,
    output: TrialView,
    mode: 'read',
    run: tryRule,
  }),
  defineRoute({
    ...write,
    method: 'POST',
    path: '/review-rules/reorder',
    summary: 'Put the rules in order',
    input: ReorderRules,
    output: listOf(RuleView),
    run: reorderRules,
  }),
  defineRoute({
    ...read,
    method: 'GET',
    path: '/review-rules/{ruleId}',
    summary: 'One review rule',
    input: RuleRef,
    output: RuleView,
    run: async (tx, ctx, { ruleId }) => presentRule(tx, ctx, await findRule(tx, ruleId)),
  }),
  defineRoute({
    ...write,
    method: 'PATCH',
    path: '/review-rules/{ruleId}',
    summary: 'Change a review rule: a new version of it',
    input: ChangeRule,
    output: RuleView,
    run: changeRule,
  }),
  defineRoute({
    ...write,
    method: 'POST',
    path: '/review-rules/{ruleId}/on',
    summary: 'Switch a review rule on',
    input: RuleRef,
    output: RuleView,
    run: switchRule('on'),
  }),
  defineRoute({
    ...write,
    method: 'POST',
    path: '/review-rules/{ruleId}/off',
    summary: 'Switch a review rule off',
    input: RuleRef,
    output: RuleView,
    run: switchRule('off'),
  }),
];

const blacklistRoutes = [
  defineRoute({
    method: 'GET',
    path: '/blacklist',
    permission: 'orders.blacklist.read',
    tags,
    summary: 'The blacklist, masked',
    input: ListBlacklist,
    output: listOf(BlacklistEntry),
    run: listBlacklist,
  }),
  defineRoute({
    ...blacklist,
    method: 'POST',
    path: '/blacklist',
    summary: 'Put the phone, address or device of an order, or one given, on the blacklist',
    input: AddToBlacklist,
    output: z.object({ items: z.array(BlacklistEntry) }),
    status: 201,
    run: addToBlacklist,
  }),
  defineRoute({
    ...blacklist,
    method: 'DELETE',
    path: '/blacklist/{entryId}',
    summary: 'Take an entry off the blacklist',
    input: z.object({ entryId: z.uuid() }),
    output: Nothing,
    run: removeFromBlacklist,
  }),
];

const queueRoutes = [
  defineRoute({
    ...decide,
    method: 'GET',
    path: '/reviews',
    summary: 'Orders to review, the one due first before all others',
    input: ListReviews,
    output: listOf(ReviewItem),
    run: listReviews,
  }),
  defineRoute({
    ...decide,
    method: 'GET',
    path: '/reviews/counts',
    summary: 'How many orders are to be reviewed',
    input: z.object({}),
    output: ReviewCounts,
    run: countReviews,
  }),
  defineRoute({
    ...decide,
    method: 'GET',
    path: '/reviews/{orderId}',
    summary: 'Everything a reviewer decides by',
    input: OrderRef,
    output: ReviewView,
    run: async (tx, ctx, { orderId }) => viewReview(tx, ctx, orderId),
  }),
  defineRoute({
    ...decide,
    method: 'POST',
    path: '/reviews/{orderId}/claim',
    summary: 'Tell other reviewers for five minutes that you are at this order',
    input: OrderRef,
    output: ClaimView,
    run: claimReview,
  }),
  defineRoute({
    ...decide,
    method: 'POST',
    path: '/reviews/{orderId}/unclaim',
    summary: 'Give an order back to the other reviewers',
    input: OrderRef,
    output: Nothing,
    run: unclaimReview,
  }),
];

const addressRoutes = [
  defineRoute({
    method: 'POST',
    path: '/orders/split-address',
    permission: 'orders.order.place',
    tags: ['orders'],
    summary: 'Split a pasted one-line address into name, phone and address; nothing is stored',
    input: SplitAddress,
    output: SplitAddressView,
    mode: 'read',
    run: async (_tx, _ctx, { text }) => splitAddress(text, divisions()),
  }),
];

export const reviewRoutes = [...addressRoutes, ...ruleRoutes, ...blacklistRoutes, ...queueRoutes];
