import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { getOrder, linesOf } from '#modules/orders/index.ts';
import { isBetter, type Refused, ruleOn, type Ruling, strictest } from './domain/decide.ts';
import type { AftersalesType, Evidence, Freight, PolicyVersion, Reason, Review } from './domain/vocabulary.ts';
import { PolicyLinesUnknown } from './errors.ts';
import { categoriesOf, momentsOf } from './queries/facts.ts';
import { policySettings } from './settings.ts';
import { policyAt } from './store/versions.ts';

export type PolicyAnswer = {
  allowed: boolean;
  /** Stable code of the clause, such as `fresh.no_reason`. */
  clause: string;
  /** The clause in the caller's language. */
  text: string;
  /** Number of the version that decided; 0 = the policy the software ships. */
  version: number;
  freight: Freight;
  evidence: Evidence;
  review: Review;
  /** ISO 8601; null = the window has not begun, or has no end. */
  windowEndsAt: string | null;
  refusedBecause: Refused | null;
};
export type PolicyDecision = PolicyAnswer & { lines: (PolicyAnswer & { lineId: string; category: string })[] };
export type PolicyQuestion = {
  /** Id or number. */
  orderId: string;
  lines: readonly { lineId: string; quantity: number }[];
  type: AftersalesType;
  reason: Reason;
  /** As of when; default now. */
  at?: Date | undefined;
};

const answerOf = (ctx: Ctx, r: Ruling): PolicyAnswer => ({
  allowed: r.allowed,
  clause: r.clause,
  text: r.text[ctx.locale],
  version: r.version,
  freight: r.freight,
  evidence: r.evidence,
  review: r.review,
  windowEndsAt: r.windowEndsAt?.toISOString() ?? null,
  refusedBecause: r.refusedBecause,
});

/**
 * What the after-sales policy says (AFT-2): the version in force when the order was placed decides, or a newer one where it
 * is better for the customer. Each line is answered; the answer for all is the strictest. Reads only: whether so many are
 * left of a line is the case's affair. @throws OrderNotFound, PolicyLinesUnknown with every line that is not of the order.
 */
export async function decide(tx: Tx, ctx: Ctx, asked: PolicyQuestion): Promise<PolicyDecision> {
  const order = await getOrder(tx, asked.orderId);
  const lines = new Map((await linesOf(tx, order.id)).map((l) => [l.id, l]));
  const unknown = asked.lines.flatMap(({ lineId }, i) =>
    lines.has(lineId) ? [] : [{ path: `lines[${i}].lineId`, code: 'unknown_line', facts: { line: lineId } }],
  );
  if (unknown.length > 0) throw new PolicyLinesUnknown({ orderNo: order.order_no }, unknown);
  const wanted = asked.lines.flatMap(({ lineId }) => lines.get(lineId) ?? []);
  const categories = await categoriesOf(tx, order, wanted);
  const at = asked.at ?? ctx.now;
  const versions = await versionsFor(tx, order.placed_at, at, [...new Set(categories.values())]);
  const timeZone = await zoneOfOrg(tx);
  const rulings = wanted.map((line) => {
    const question = {
      category: categories.get(line.id) ?? '',
      type: asked.type,
      reason: asked.reason,
      moments: momentsOf(order, line, at),
      at,
      timeZone,
    };
    const [agreed, newer] = versions.map((v) => ruleOn(v, question)) as [Ruling, Ruling?];
    return { line, category: question.category, ruling: newer && isBetter(newer, agreed) ? newer : agreed };
  });
  return {
    ...answerOf(ctx, strictest(rulings.map((r) => r.ruling))),
    lines: rulings.map((r) => ({ lineId: r.line.id, category: r.category, ...answerOf(ctx, r.ruling) })),
  };
}

/** The policy agreed to, and the one in force now when that is another and may decide. */
async function versionsFor(
  tx: Tx,
  placedAt: Date,
  at: Date,
  categories: readonly string[],
): Promise<[PolicyVersion, ...PolicyVersion[]]> {
  const agreed = await policyAt(tx, placedAt, categories);
  if (at <= placedAt || !(await policySettings.get(tx)).newerWhenBetter) return [agreed];
  const now = await policyAt(tx, at, categories);
  return now.no === agreed.no ? [agreed] : [agreed, now];
}
