import { leastSpend } from './amounts.ts';
import { bitOf, type Exclusions, exclusionsOf, inScope, type PreparedOffers, STAGES } from './prepare-offers.ts';
import { gives, unitsNeeded } from './problem.ts';
import { type Cart, type CartLine, type Offer, OFFER_KINDS, type Pricing, type RejectionCode } from './terms.ts';

type Reason = { code: RejectionCode; facts: Record<string, string | number> };
type Open = { line: CartLine; at: number };

/**
 * Writes why offers do not apply: those live whose scope holds a line, those a coupon was brought for and those named.
 * It looks at the result, not at the search: what took the lines, and what is missing.
 */
export function explain(cart: Cart, prepared: PreparedOffers, pricing: Pricing, named?: ReadonlySet<string>): void {
  const places = new Set<number>();
  for (const line of cart.lines) {
    if (line.quantity < 1) continue;
    for (const place of prepared.inScope(line.sku, line.category)) {
      const offer = prepared.offers[place]!;
      if (cart.at >= offer.startsAt && cart.at < offer.endsAt && (offer.shops === null || offer.shops.has(line.shop)))
        places.add(place);
    }
  }
  for (const { offerId } of cart.coupons) addNamed(prepared, offerId, places);
  if (named !== undefined) for (const id of named) addNamed(prepared, id, places);
  if (places.size === 0) return;
  const exclusions = exclusionsOf(cart.stacking);
  const ordered = places.size > 1 ? [...places].toSorted((a, b) => a - b) : places;
  for (const place of ordered) {
    const offer = prepared.offers[place]!;
    const isApplied = pricing.applied.some((a) => a.offerId === offer.id);
    const unused = offer.terms.kind === 'coupon' ? unusedCoupons(cart, offer, pricing) : NONE;
    if (isApplied && unused.length === 0) continue;
    const reason = reasonOf(cart, offer, pricing, exclusions, unused.length > 0);
    for (const coupon of unused.length > 0 ? unused : [null]) {
      const facts = coupon === null ? reason.facts : { ...reason.facts, coupon };
      pricing.rejected.push({ offer: offer.code, offerId: offer.id, code: reason.code, facts });
    }
  }
}

const NONE: readonly string[] = [];

function addNamed(prepared: PreparedOffers, id: string, places: Set<number>): void {
  const place = prepared.byId.get(id);
  if (place !== undefined) places.add(place);
}

function unusedCoupons(cart: Cart, offer: Offer, pricing: Pricing): string[] {
  const unused = new Set<string>();
  for (const c of cart.coupons) if (c.offerId === offer.id) unused.add(c.code);
  for (const use of pricing.applied)
    if (use.offerId === offer.id && use.coupon !== undefined) unused.delete(use.coupon);
  return [...unused];
}

function reasonOf(cart: Cart, offer: Offer, pricing: Pricing, exclusions: Exclusions, brought: boolean): Reason {
  if (cart.at < offer.startsAt) return { code: 'not_started', facts: { startsAt: offer.startsAt } };
  if (cart.at >= offer.endsAt) return { code: 'ended', facts: { endsAt: offer.endsAt } };
  const lines = cart.lines.map((line, at) => ({ line, at })).filter(({ line }) => line.quantity > 0);
  const inShop = lines.filter(({ line }) => offer.shops === null || offer.shops.has(line.shop));
  if (inShop.length === 0) return { code: 'shop_not_included', facts: {} };
  const scoped = inShop.filter(({ line }) => inScope(offer, line.sku, line.category));
  if (scoped.length === 0) return { code: 'nothing_in_scope', facts: {} };
  const open = scoped.filter(({ line }) => line.agreed !== true);
  if (open.length === 0) return { code: 'agreed_price', facts: {} };
  if (offer.terms.kind === 'coupon' && !brought) return { code: 'needs_coupon', facts: {} };
  const able = open.filter(({ line }) => gives(offer, line));
  if (able.length === 0) return givesNothing(offer, open);
  const left = cart.left?.get(offer.id) ?? Infinity;
  const enough = able.filter(({ line }) => unitsNeeded(offer, line) <= left);
  if (enough.length === 0) {
    return { code: offer.terms.kind === 'gift' ? 'gift_unavailable' : 'limit_reached', facts: { left } };
  }
  return STAGES.includes(offer.terms.kind)
    ? groupReason(offer, enough, pricing, exclusions, left)
    : lineReason(offer, enough, pricing, exclusions, left);
}

function givesNothing(offer: Offer, lines: readonly Open[]): Reason {
  const { terms } = offer;
  if (terms.kind === 'nth_item') {
    const most = Math.max(...lines.map(({ line }) => line.quantity));
    if (most < terms.nth) return { code: 'too_few_units', facts: { nth: terms.nth, missing: terms.nth - most } };
  }
  return { code: 'not_cheaper', facts: {} };
}

type Discount = Pricing['lines'][number]['discounts'][number];

/** What stands on a line against an offer: another of its kind, or one of a kind it may not meet. */
function against(
  offer: Offer,
  at: number,
  pricing: Pricing,
  exclusions: Exclusions,
): { same?: Discount; other?: Discount } {
  const { kind } = offer.terms;
  const clash = exclusions[OFFER_KINDS.indexOf(kind)]!;
  const { discounts } = pricing.lines[at]!;
  const same = discounts.find((d) => d.kind === kind);
  const other = discounts.find((d) => (bitOf(d.kind) & clash) !== 0);
  return { ...(same ? { same } : {}), ...(other ? { other } : {}) };
}

function groupReason(offer: Offer, lines: Open[], pricing: Pricing, exclusions: Exclusions, left: number): Reason {
  let all = 0;
  let same: Discount | undefined;
  let other: Discount | undefined;
  let withSame = 0;
  let withOther = 0;
  const spend = leastSpend(offer.terms);
  for (const { at, line } of lines) {
    const base = baseOf(offer, line, at, pricing);
    const found = against(offer, at, pricing, exclusions);
    all += base;
    if (found.same === undefined) withOther += base;
    else if (same === undefined || found.same.amount > same.amount) same = found.same;
    if (found.other === undefined) withSame += base;
    else if (other === undefined || found.other.amount > other.amount) other = found.other;
  }
  if (all < spend) return { code: 'below_threshold', facts: { missing: spend - all } };
  if (other !== undefined && (withSame < spend || same === undefined) && (withOther >= spend || same === undefined))
    return { code: 'excluded', facts: { by: other.offer } };
  if (same !== undefined) return { code: 'no_better', facts: { by: same.offer } };
  if (other !== undefined) return { code: 'excluded', facts: { by: other.offer } };
  if (offer.terms.kind === 'gift') return { code: 'no_better', facts: byGift(offer, pricing) };
  const units = lines.reduce((sum, { line }) => sum + line.quantity, 0);
  if (units > left) return { code: 'limit_reached', facts: { left } };
  return { code: 'no_better', facts: byMost(offer, lines, pricing) };
}

/** What an offer over several lines counts of a line: what the steps before its own leave of it. */
function baseOf(offer: Offer, line: CartLine, at: number, pricing: Pricing): number {
  const own = STAGES.indexOf(offer.terms.kind);
  let base = line.unitPrice * line.quantity;
  for (const d of pricing.lines[at]!.discounts) {
    const stage = STAGES.indexOf(d.kind);
    if (stage < 0 || (stage < own && offer.terms.kind !== 'gift')) base -= d.amount;
  }
  return base;
}

function lineReason(offer: Offer, lines: Open[], pricing: Pricing, exclusions: Exclusions, left: number): Reason {
  let other: Discount | undefined;
  let same: Discount | undefined;
  for (const { at } of lines) {
    const found = against(offer, at, pricing, exclusions);
    if (found.same !== undefined && (same === undefined || found.same.amount > same.amount)) same = found.same;
    if (found.other !== undefined && (other === undefined || found.other.amount > other.amount)) other = found.other;
  }
  if (same !== undefined && (other === undefined || same.amount >= other.amount))
    return { code: 'no_better', facts: { by: same.offer } };
  if (other !== undefined) return { code: 'excluded', facts: { by: other.offer } };
  if (Number.isFinite(left) && lines.reduce((sum, { line }) => sum + line.quantity, 0) > left)
    return { code: 'limit_reached', facts: { left } };
  return { code: 'no_better', facts: byMost(offer, lines, pricing) };
}

/** The offer that did most on the lines: for it the one in question was given up. */
function byMost(offer: Offer, lines: readonly Open[], pricing: Pricing): Record<string, string> {
  let most: Discount | undefined;
  for (const { at } of lines)
    for (const d of pricing.lines[at]!.discounts)
      if (d.offerId !== offer.id && (most === undefined || d.amount > most.amount)) most = d;
  return most === undefined ? {} : { by: most.offer };
}

function byGift(offer: Offer, pricing: Pricing): Record<string, string> {
  const gift = pricing.gifts.find((g) => g.offerId !== offer.id);
  return gift === undefined ? {} : { by: gift.offer };
}
