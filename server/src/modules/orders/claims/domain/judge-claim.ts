import { type Comparison, MONEY_DOUBTS } from './compare.ts';
import type { ClaimKind } from './flow.ts';
import type { CouponRow, Doubt, Finding, GiftRow, PointsRow, Verdict, WhatIf } from './report.ts';

export type Evidence = {
  kind: ClaimKind;
  offer: string | null;
  coupon: string | null;
  comparison: Comparison;
  doubts: readonly Doubt[];
  gifts: readonly GiftRow[];
  coupons: readonly CouponRow[];
  /** Null while the order is not completed. */
  points: (PointsRow & { earns: boolean; settling: boolean }) | null;
  whatIf: WhatIf | null;
  corrected: { amount: number; points: number };
};

const finding = (code: string, tone: Finding['tone'], facts: Finding['facts'] = {}): Finding => ({ code, tone, facts });

/**
 * What the comparison says about a claim. Every error counts, whatever was claimed; what is unclear counts for the claim it
 * bears on. A claim in words of its own that nothing confirms is for a person to judge.
 */
export function judgeClaim(e: Evidence): { findings: Finding[]; verdict: Verdict } {
  const findings = [
    ...moneyFindings(e),
    ...(e.kind === 'offer_not_applied' || e.offer !== null ? offerFindings(e) : []),
    ...(e.kind === 'coupon_not_applied' || e.coupon !== null ? couponFindings(e) : []),
    ...(e.kind === 'price_wrong' ? priceFindings(e) : []),
    ...giftFindings(e),
    ...(e.kind === 'points_missing' ? pointsFindings(e) : []),
    ...(e.kind === 'other' ? [finding('for_a_person', 'unclear')] : []),
  ];
  const verdict = findings.some((f) => f.tone === 'error')
    ? 'error_confirmed'
    : findings.some((f) => f.tone === 'unclear')
      ? 'cannot_tell'
      : 'as_agreed';
  return { findings, verdict };
}

function moneyFindings({ comparison, doubts, corrected }: Evidence): Finding[] {
  const { difference } = comparison;
  if (difference === 0) return [finding('money_agrees', 'fine')];
  if (difference < 0) return [finding('undercharged', 'fine', { amount: -difference })];
  if (corrected.amount >= difference) return [finding('corrected_before', 'fine', { amount: corrected.amount })];
  const why = doubts.filter((d) => MONEY_DOUBTS.includes(d));
  if (why.length > 0)
    return [
      finding('overcharged_unclear', 'unclear', { amount: difference }),
      ...why.map((d) => finding(d, 'unclear')),
    ];
  return [finding('overcharged', 'error', { amount: difference })];
}

function offerFindings({ offer, comparison, whatIf }: Evidence): Finding[] {
  if (offer === null) return [];
  const row = comparison.offers.find((o) => o.offer === offer);
  if (row && row.charged !== null) return [finding('offer_applied', 'fine', { offer, amount: row.charged })];
  if (row && row.rules !== null) return []; // the money says so
  if (whatIf && whatIf.offer === offer) {
    const { state, since, until, difference: amount } = whatIf;
    const facts = { offer, state, since, until, amount };
    return [
      amount > 0 ? finding('offer_not_in_force', 'unclear', facts) : finding('offer_would_not_help', 'fine', facts),
    ];
  }
  if (row?.rejected) return [finding('offer_rejected', 'fine', { offer, ...row.rejected })];
  return [finding('offer_not_concerned', 'fine', { offer })];
}

function couponFindings({ coupon, coupons, comparison, whatIf }: Evidence): Finding[] {
  const asked = coupon === null ? coupons.filter((c) => c.brought) : coupons.filter((c) => c.code === coupon);
  if (asked.length === 0) return [finding('no_coupon_brought', 'fine')];
  return asked.flatMap((c): Finding[] => {
    const { code, state } = c;
    if (c.applied) {
      const amount = comparison.offers.find((o) => o.offer === c.offer)?.charged ?? 0;
      return [finding('coupon_applied', 'fine', { coupon: code, amount })];
    }
    if (state !== 'free')
      return [finding(`coupon_${state}`, 'fine', { coupon: code, usedAt: c.usedAt, expiresAt: c.expiresAt })];
    if (!c.brought) return [finding('coupon_not_brought', 'fine', { coupon: code })];
    const row = comparison.offers.find((o) => o.offer === c.offer);
    if (row?.rejected) return [finding('coupon_rejected', 'fine', { coupon: code, offer: c.offer, ...row.rejected })];
    if (row && row.rules !== null) return [];
    if (whatIf && whatIf.offer === c.offer && whatIf.difference > 0)
      return [finding('coupon_offer_not_in_force', 'unclear', { coupon: code, ...whatIf })];
    return [finding('coupon_gives_nothing', 'unclear', { coupon: code })];
  });
}

function priceFindings({ comparison }: Evidence): Finding[] {
  const dearer = comparison.lines.filter((l) => l.agreed && l.charged.unitPrice > l.charged.listPrice);
  const found = dearer.map((l) =>
    finding('agreed_price_above_list', 'unclear', {
      sku: l.sku,
      price: l.charged.unitPrice,
      list: l.charged.listPrice,
    }),
  );
  if (found.length > 0) return found;
  if (comparison.lines.some((l) => l.agreed)) return [finding('agreed_price', 'fine')];
  return comparison.lines
    .filter((l) => l.charged.unitPrice !== l.rules.unitPrice)
    .map((l) => finding('price_differs', 'fine', { sku: l.sku, price: l.charged.unitPrice, list: l.rules.unitPrice }));
}

function giftFindings({ gifts, kind, offer }: Evidence): Finding[] {
  const own = kind === 'gift_missing';
  const found = gifts
    .filter((g) => offer === null || g.offer === offer)
    .flatMap((g): Finding[] => {
      const facts = { sku: g.sku, title: g.title, offer: g.offer, due: g.due, given: g.given };
      if (g.due > g.given) return own ? [finding('gift_while_stocks_last', 'unclear', facts)] : [];
      if (!own) return [];
      if (g.cancelled > 0) return [finding('gift_taken_out', 'unclear', { ...facts, cancelled: g.cancelled })];
      if (g.shipped >= g.given) return [finding('gift_was_sent', 'unclear', facts)];
      return [finding('gift_not_sent_yet', 'fine', facts)];
    });
  return own && found.length === 0 ? [finding('no_gift_due', 'fine')] : found;
}

function pointsFindings({ points, doubts, corrected }: Evidence): Finding[] {
  if (points === null) return [finding('points_not_yet', 'fine')];
  if (!points.earns) return [finding('points_other_currency', 'fine')];
  const { expected, booked } = points;
  const short = expected - booked - corrected.points;
  if (short <= 0) return [finding('points_booked', 'fine', { expected, booked })];
  if (points.settling) return [finding('points_settling', 'fine', { expected })];
  const facts = { expected, booked, missing: short };
  return doubts.includes('membership_changed')
    ? [finding('points_unclear', 'unclear', facts), finding('membership_changed', 'unclear')]
    : [finding('points_short', 'error', facts)];
}
