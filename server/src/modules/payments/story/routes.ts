import { defineRoute } from '#kernel/http/route.ts';
import { ReadStory, StoryView } from './schema.ts';
import { tellStory } from './tell.ts';

export const storyRoutes = [
  defineRoute({
    method: 'GET',
    path: '/payment-stories',
    permission: 'payments.payment.read',
    tags: ['payments'],
    summary:
      'Everything about a number, of whatever it is: order, payment, refund, channel’s transaction, line of a bill, movement of the bank',
    input: ReadStory,
    output: StoryView,
    run: tellStory,
  }),
];
