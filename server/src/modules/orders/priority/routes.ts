import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { t } from '#kernel/i18n/index.ts';
import { PRIORITY_TERMS } from '../domain/priority.ts';
import { visibleOrder } from '../queries/order.ts';
import { OrderRef } from '../schema.ts';
import { prioritiesOf } from './priorities.ts';

export const PriorityView = z
  .object({
    points: z.number(),
    /** `share` (0 to 1) of the `most` points a term can give, and in words. */
    terms: z.array(
      z.object({
        term: z.enum(PRIORITY_TERMS),
        share: z.number(),
        most: z.number(),
        points: z.number(),
        words: z.string(),
      }),
    ),
  })
  .meta({ id: 'OrderPriority' });

export const priorityRoutes = [
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/priority',
    permission: 'orders.order.read',
    tags: ['orders'],
    summary: 'How soon the order is picked, and why, term by term',
    input: OrderRef,
    output: PriorityView,
    run: async (tx, ctx, { orderId }) => {
      const row = await visibleOrder(tx, ctx, orderId);
      const { points, terms } = (await prioritiesOf(tx, ctx, [row.id])).get(row.id) ?? { points: 0, terms: [] };
      const words = (term: string, holds: boolean): string =>
        t(ctx.locale, `priority.${term}.${holds ? 'holds' : 'not'}`);
      return { points, terms: terms.map((x) => ({ ...x, words: words(x.term, x.points > 0) })) };
    },
  }),
];
