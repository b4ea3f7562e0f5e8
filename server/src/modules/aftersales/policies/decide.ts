import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { getOrder, isHeldForReview, type LineRow, linesOf, type OrderRow } from '#modules/orders/index.ts';
import { requiresReview } from '../abuse/store/risks.ts';
import { isBetter, type Refused, ruleOn, type Ruling, strictest } from './domain/decide.ts';
import type { AftersalesType, Evidence, Freight, PolicyVersion, Reason, Review } from './domain/vocabulary.ts';
import type { Moments } from './domain/window.ts';
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
export type PolicyDecision = PolicyAnswer & {
  /** The clause in every language, for who keeps it and shows it to others. */
  texts: Ruling['text'];
  lines: (PolicyAnswer & { lineId: string; category: string })[];
};
export type PolicyQuestion = {
  /** Id or number. */
  orderId: string;
  lines: readonly { lineId: string; quantity: number }[];
  type: AftersalesType;
  reason: Reason;
  /** As of when; default now. */
  at?: Date | undefined;
};

export const answerOf = (ctx: Ctx, r: Ruling): PolicyAnswer => ({
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

/** A line with what the version agreed to says of it, and what a newer one does; the last of `rulings` is what decides. */
export type Weighed = {
  line: LineRow;
  category: string;
  moments: Moments;
  /** By version, as they were asked. */
  rulings: readonly { version: PolicyVersion; ruling: Ruling }[];
  decides: Ruling;
};

/**
 * What the after-sales policy says (AFT-2): the version in force when the order was placed decides, or a newer one where it
 * is better for the customer. Each line is answered; the answer for all is the strictest. Nothing is instant for a customer whose requests are
 * to be looked at (AFT-12), nor of an order that is held for review. Reads only: whether so many are
 * left of a line is the case's affair. @throws OrderNotFound, PolicyLinesUnknown with every line that is not of the order.
 */
export async function decide(tx: Tx, ctx: Ctx, asked: PolicyQuestion): Promise<PolicyDecision> {
  const order = await getOrder(tx, asked.orderId);
  const at = asked.at ?? ctx.now;
  const risky = isHeldForReview(order) || (await requiresReview(tx, order.customer_id, ctx.now));
  const looked = (answer: PolicyAnswer): PolicyAnswer => (risky ? { ...answer, review: 'reviewed' } : answer);
  const weighed = await weigh(tx, {
    ...asked,
    at,
    order,
    versions: (categories) => versionsFor(tx, order.placed_at, at, categories),
  });
  const whole = strictest(weighed.map((w) => w.decides));
  return {
    ...looked(answerOf(ctx, whole)),
    texts: whole.text,
    lines: weighed.map((w) => ({ lineId: w.line.id, category: w.category, ...looked(answerOf(ctx, w.decides)) })),
  };
}

function linesAsked(order: OrderRow, all: readonly LineRow[], asked: PolicyQuestion['lines']): LineRow[] {
  const lines = new Map(all.map((l) => [l.id, l]));
  const unknown = asked.flatMap(({ lineId }, i) =>
    lines.has(lineId) ? [] : [{ path: `lines[${i}].lineId`, code: 'unknown_line', facts: { line: lineId } }],
  );
  if (unknown.length > 0) throw new PolicyLinesUnknown({ orderNo: order.order_no }, unknown);
  return asked.flatMap(({ lineId }) => lines.get(lineId) ?? []);
}

/** What the versions say of lines of an order: the first is the one agreed to. @throws PolicyLinesUnknown */
export async function weigh(
  tx: Tx,
  asked: Omit<PolicyQuestion, 'orderId' | 'at'> & {
    order: OrderRow;
    at: Date;
    versions: (categories: readonly string[]) => Promise<readonly PolicyVersion[]>;
  },
): Promise<Weighed[]> {
  const wanted = linesAsked(asked.order, await linesOf(tx, asked.order.id), asked.lines);
  const categories = await categoriesOf(tx, asked.order, wanted);
  const versions = await asked.versions([...new Set(categories.values())]);
  const timeZone = await zoneOfOrg(tx);
  return wanted.map((line) => {
    const category = categories.get(line.id) ?? '';
    const moments = momentsOf(asked.order, line, asked.at);
    const question = { category, type: asked.type, reason: asked.reason, moments, at: asked.at, timeZone };
    const rulings = versions.map((version) => ({ version, ruling: ruleOn(version, question) }));
    const [agreed, newer] = rulings as [(typeof rulings)[0], (typeof rulings)[0]?];
    const decides = newer && isBetter(newer.ruling, agreed.ruling) ? newer.ruling : agreed.ruling;
    return { line, category, moments, rulings, decides };
  });
}

/** The policy agreed to, and the one in force now when that is another and may decide. */
export async function versionsFor(
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
