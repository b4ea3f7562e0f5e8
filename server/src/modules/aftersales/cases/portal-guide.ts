import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { type AftersalesType, decide, EVIDENCES, fits, FREIGHTS, REASON_CODES, TYPES } from '../policies/index.ts';
import { reasonOf } from './commands/open-case.ts';
import { comesBack } from './domain/flow.ts';
import { preview } from './routes.ts';
import { BreakdownItemView, OpenCase } from './schema.ts';

/** What customers ask for themselves. A price that fell has its own way; compensations are offered, not asked for. */
const ASKED = ['refund', 'return', 'exchange', 'repair', 'reship'] as const satisfies readonly AftersalesType[];

export const GuideRef = z.object({ orderId: z.uuid() });
export const CaseGuide = z
  .object({ types: z.array(z.object({ type: z.enum(TYPES), reasons: z.array(z.enum(REASON_CODES)) })) })
  .meta({ id: 'CaseGuide' });

/** Which requests there are, and for which reasons. */
export const guide = (): z.input<typeof CaseGuide> => ({
  types: ASKED.map((type) => ({ type, reasons: REASON_CODES.filter((reason) => fits(reason, type)) })),
});

export const CheckCase = z
  .object({
    ...GuideRef.shape,
    type: z.enum(ASKED),
    lines: OpenCase.shape.lines,
    reason: OpenCase.shape.reason,
  })
  .meta({ id: 'CheckCase' });

export const CaseCheck = z
  .object({
    policy: z.object({
      allowed: z.boolean(),
      clause: z.string(),
      text: z.string(),
      freight: z.enum(FREIGHTS),
      evidence: z.enum(EVIDENCES),
      instant: z.boolean(),
      windowEndsAt: z.iso.datetime().nullable(),
      refusedBecause: z.string().nullable(),
    }),
    /** Whether goods are to be sent back: then who pays the freight is of interest. */
    comesBack: z.boolean(),
    /** Words are asked for where somebody reads them, and needed where the reason says nothing. */
    asksWords: z.boolean(),
    needsWords: z.boolean(),
    refund: z.object({ amount: MoneyView, breakdown: z.array(BreakdownItemView) }).nullable(),
  })
  .meta({ id: 'CaseCheck' });

/** What the policy says of a request before it is made, and what it needs to be shown; the same decision as when it is made. */
export async function check(tx: Tx, ctx: Ctx, input: z.output<typeof CheckCase>): Promise<z.input<typeof CaseCheck>> {
  const { reason } = reasonOf(input.reason, input.type);
  const lines = input.lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  const d = await decide(tx, ctx, { orderId: input.orderId, lines, type: input.type, reason });
  const paysBack = d.allowed && (input.type === 'refund' || input.type === 'return');
  const refund = paysBack ? await preview(tx, ctx, { ...input, type: input.type as 'refund' | 'return' }) : null;
  return {
    policy: {
      allowed: d.allowed,
      clause: d.clause,
      text: d.text,
      freight: d.freight,
      evidence: d.evidence,
      instant: d.review === 'instant',
      windowEndsAt: d.windowEndsAt,
      refusedBecause: d.refusedBecause,
    },
    comesBack: comesBack(input.type),
    asksWords: d.review === 'reviewed',
    needsWords: reason === 'other',
    refund: refund && { amount: refund.amount, breakdown: refund.breakdown },
  };
}
