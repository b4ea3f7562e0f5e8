import type { Locale } from '#kernel/context.ts';
import { ruleFor } from './resolve.ts';
import {
  type AftersalesType,
  type Evidence,
  EVIDENCES,
  fits,
  type Freight,
  type PolicyRule,
  type PolicyVersion,
  type Reason,
  type Review,
} from './vocabulary.ts';
import { type Moments, windowEnd } from './window.ts';

/** `clause`: the rule refuses it. `window_closed`: too late. `reason_not_for_type`, `no_rule`: nothing allows it. */
export const REFUSALS = ['clause', 'window_closed', 'reason_not_for_type', 'no_rule'] as const;
export type Refused = (typeof REFUSALS)[number];

/** What a policy says of one line. `windowEndsAt` null = not begun, or without end. */
export type Ruling = {
  allowed: boolean;
  clause: string;
  text: Record<Locale, string>;
  version: number;
  freight: Freight;
  evidence: Evidence;
  review: Review;
  windowEndsAt: Date | null;
  refusedBecause: Refused | null;
  rule: PolicyRule | null;
};
export type Question = {
  category: string;
  type: AftersalesType;
  reason: Reason;
  moments: Moments;
  at: Date;
  timeZone: string;
};

const nothing = (version: number, refusedBecause: Refused, text: Ruling['text']): Ruling => ({
  allowed: false,
  clause: refusedBecause,
  text,
  version,
  freight: 'buyer',
  evidence: 'none',
  review: 'reviewed',
  windowEndsAt: null,
  refusedBecause,
  rule: null,
});
const NOT_FOR_TYPE = { 'zh-CN': '该原因不适用于这类售后申请。', en: 'This reason is none for what is asked for.' };
const NO_RULE = { 'zh-CN': '售后政策没有规定这种情况。', en: 'The policy has no clause for this.' };

/** What one version says of one line. What no clause allows is refused. */
export function ruleOn(version: PolicyVersion, asked: Question): Ruling {
  if (!fits(asked.reason, asked.type)) return nothing(version.no, 'reason_not_for_type', NOT_FOR_TYPE);
  const rule = ruleFor(version.rules, asked);
  if (!rule) return nothing(version.no, 'no_rule', NO_RULE);
  const windowEndsAt = windowEnd(rule.window, asked.moments, asked.timeZone);
  const closed = windowEndsAt !== null && asked.at >= windowEndsAt;
  return {
    allowed: rule.allowed && !closed,
    clause: rule.clause,
    text: rule.text,
    version: version.no,
    freight: rule.freight,
    evidence: rule.evidence,
    review: rule.review,
    windowEndsAt,
    refusedBecause: rule.allowed ? (closed ? 'window_closed' : null) : 'clause',
    rule,
  };
}

/** How hard each answer is on the customer. */
const FREIGHT_RANK: Record<Freight, number> = { none: 0, seller: 0, buyer: 1 };
const evidenceRank = (e: Evidence): number => EVIDENCES.indexOf(e);
const endRank = (r: Ruling): number => -(r.windowEndsAt?.getTime() ?? Number.MAX_SAFE_INTEGER);
const ranks = (r: Ruling): number[] => [
  r.allowed ? 0 : 1,
  FREIGHT_RANK[r.freight],
  evidenceRank(r.evidence),
  r.review === 'instant' ? 0 : 1,
];

/**
 * Whether the newer ruling is better for the customer: it allows what the older does not, or it is in something better and
 * in nothing worse. What is a matter of taste stays as it was agreed.
 */
export function isBetter(newer: Ruling, older: Ruling): boolean {
  if (newer.allowed !== older.allowed) return newer.allowed;
  if (!newer.allowed) return false;
  const pairs = [...ranks(newer), endRank(newer)].map((rank, i) => rank - ([...ranks(older), endRank(older)][i] ?? 0));
  return pairs.some((d) => d < 0) && pairs.every((d) => d <= 0);
}

/**
 * The answer for several lines at once: what is hardest on the customer in each respect. It is allowed when every line is;
 * the clause is that of the line that decides: the first refused one, else the one with the most conditions.
 */
export function strictest(rulings: readonly Ruling[]): Ruling {
  const [first, ...rest] = rulings;
  if (first === undefined) throw new RangeError('strictest: no lines');
  const harder = (a: Ruling, b: Ruling): Ruling => {
    const [x, y] = [ranks(a), ranks(b)];
    const at = x.findIndex((rank, i) => rank !== y[i]);
    if (at === -1) return endRank(a) >= endRank(b) ? a : b;
    return (x[at] ?? 0) > (y[at] ?? 0) ? a : b;
  };
  const decides = rest.reduce(harder, first);
  const ends = rulings.flatMap((r) => r.windowEndsAt?.getTime() ?? []);
  return {
    ...decides,
    freight: rulings.find((r) => r.freight === 'buyer')?.freight ?? decides.freight,
    evidence: EVIDENCES[Math.max(...rulings.map((r) => evidenceRank(r.evidence)))] ?? decides.evidence,
    review: rulings.some((r) => r.review === 'reviewed') ? 'reviewed' : 'instant',
    windowEndsAt: ends.length === 0 ? null : new Date(Math.min(...ends)),
  };
}
