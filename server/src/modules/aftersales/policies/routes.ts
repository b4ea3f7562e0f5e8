import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import { decide, type PolicyAnswer } from './decide.ts';
import { READ } from './permissions.ts';
import { CheckPolicy, PolicyAnswerView } from './schema.ts';

const tags = ['after-sales policy'];

const instantly = <A extends PolicyAnswer>({ review, ...rest }: A) => ({ ...rest, instant: review === 'instant' });

async function check(
  tx: Tx,
  ctx: Ctx,
  { at, ...asked }: z.output<typeof CheckPolicy>,
): Promise<z.input<typeof PolicyAnswerView>> {
  const order = await visibleOrder(tx, ctx, asked.orderId);
  const { lines, ...decision } = await decide(tx, ctx, {
    ...asked,
    orderId: order.id,
    ...(at === undefined ? {} : { at: new Date(at) }),
  });
  return { ...instantly(decision), lines: lines.map(instantly) };
}

export const policyRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/after-sales/policy-check',
    permission: READ,
    tags,
    summary: 'What the policy an order was placed under says of a request, with the clause it names',
    mode: 'read',
    input: CheckPolicy,
    output: PolicyAnswerView,
    run: check,
  }),
];
