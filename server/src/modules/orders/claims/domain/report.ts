/** Amounts are minor units of the order's currency; differences are what was charged, less what the rules give. */
export type Discount = { offer: string; amount: number };
export type Sides<T> = { charged: T; rules: T };

export type ReportLine = {
  id: string;
  sku: string;
  title: string;
  quantity: number;
  /** The price was agreed elsewhere: no offer touches it. */
  agreed: boolean;
  charged: { unitPrice: number; listPrice: number; discounts: Discount[]; payable: number };
  rules: { unitPrice: number; discounts: Discount[]; payable: number };
  difference: number;
};

export type ReportOffer = {
  offer: string;
  charged: number | null;
  rules: number | null;
  coupon: string | null;
  /** Why the rules do not give it. */
  rejected: { code: string; facts: Record<string, string | number> } | null;
};

export type GiftRow = {
  offer: string;
  sku: string;
  title: string;
  due: number;
  given: number;
  /** Of what was given: sent, and taken out again before it was sent. */
  shipped: number;
  cancelled: number;
  /** List price of one, where it is known. */
  worth: number | null;
};

/** Why the rules of that moment cannot be told for sure; each alone makes a difference doubtful. */
export type Doubt =
  | 'stacking_changed'
  | 'freight_changed'
  | 'membership_changed'
  | 'offers_moved'
  | 'quota_unsure'
  | 'bought_together'
  | 'price_unknown';

export type Finding = { code: string; tone: 'error' | 'unclear' | 'fine'; facts: Record<string, unknown> };
export type Verdict = 'error_confirmed' | 'as_agreed' | 'cannot_tell';

export type PointsRow = {
  expected: number;
  booked: number;
  granted: number;
  level: string;
  multiplierPercent: number;
  pointsPerUnit: number;
};

/** What the offer claimed would have given, had it been in force: for whoever decides. */
export type WhatIf = {
  offer: string;
  state: string;
  since: string | null;
  until: string | null;
  total: number;
  difference: number;
};

export type CouponRow = {
  code: string;
  offer: string | null;
  state: 'unknown' | 'not_issued' | 'not_yours' | 'used' | 'expired' | 'free';
  brought: boolean;
  /** It counted for this order. */
  applied: boolean;
  expiresAt: string | null;
  usedAt: string | null;
};

export type Totals = { goods: number; discount: number; freight: number; total: number };

/** An offer as it was worded then; `terms` is what the promotions module knows it by. */
export type OfferThen = { title: string; version: number; startsAt: string; endsAt: string; terms: unknown };

/** What was agreed, beside what the rules of that moment give: computed once, when the claim is made. */
export type Report = {
  computedAt: string;
  orderedAt: string;
  lines: ReportLine[];
  totals: Sides<Totals>;
  offers: ReportOffer[];
  /** Every offer spoken of, by code. */
  wording: Record<string, OfferThen>;
  gifts: GiftRow[];
  coupons: CouponRow[];
  points: PointsRow | null;
  whatIf: WhatIf | null;
  doubts: Doubt[];
  /** Corrected by claims before this one. */
  corrected: { amount: number; points: number };
  /** What a correction would come to: of units kept, and not corrected before. */
  due: { amount: number; points: number };
  findings: Finding[];
  verdict: Verdict;
};
