import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { linesOf, visibleOrder } from '#modules/orders/index.ts';
import { answerOf, type PolicyAnswer, versionsFor, weigh } from '../decide.ts';
import { strictest } from '../domain/decide.ts';
import type { PolicyVersion } from '../domain/vocabulary.ts';
import type { WhatIf, WhatIfView } from '../schema.ts';
import { rulesOfNumber } from './versions.ts';

/** As the API calls it: `version` there is the version of what is edited. */
export const instantly = <A extends PolicyAnswer>({ review, version, ...rest }: A) => ({
  ...rest,
  policyVersion: version,
  instant: review === 'instant',
});

/**
 * What would happen if: the answer for any order, lines, type, reason and moment, with the rule each version would decide
 * by. Naming a version, the draft too, asks that one alone. @throws OrderNotFound, PolicyVersionNotFound, PolicyLinesUnknown
 */
export async function whatIf(tx: Tx, ctx: Ctx, input: z.output<typeof WhatIf>): Promise<z.input<typeof WhatIfView>> {
  const order = await visibleOrder(tx, ctx, input.orderId);
  const all = await linesOf(tx, order.id);
  const lines = (input.lines ?? all.map((l) => ({ lineId: l.id }))).map((l) => ({ ...l, quantity: 1 }));
  const at = input.at === undefined ? ctx.now : new Date(input.at);
  const ref = input.version;
  const one = async (wanted: NonNullable<typeof ref>): Promise<PolicyVersion[]> => [
    { no: wanted === 'draft' ? -1 : wanted, effectiveFrom: ctx.now, rules: await rulesOfNumber(tx, wanted) },
  ];
  const weighed = await weigh(tx, {
    ...input,
    lines,
    order,
    at,
    versions: (categories) => (ref === undefined ? versionsFor(tx, order.placed_at, at, categories) : one(ref)),
  });
  return {
    orderNo: order.order_no,
    placedAt: order.placed_at.toISOString(),
    at: at.toISOString(),
    ...instantly(answerOf(ctx, strictest(weighed.map((w) => w.decides)))),
    lines: weighed.map((w) => ({
      lineId: w.line.id,
      sku: w.line.sku,
      title: w.line.title,
      category: w.category,
      paidAt: w.moments.payment?.toISOString() ?? null,
      sentAt: w.moments.dispatch?.toISOString() ?? null,
      receivedAt: w.moments.receipt?.toISOString() ?? null,
      ...instantly(answerOf(ctx, w.decides)),
      considered: w.rulings.map(({ ruling }) => ({
        ...instantly(answerOf(ctx, ruling)),
        decides: ruling === w.decides,
        rule: ruling.rule,
      })),
    })),
  };
}
