import { leastSpend, lineDiscount } from './amounts.ts';
import { bitOf, type Exclusions, exclusionsOf, type PreparedOffers, STAGES } from './prepare-offers.ts';
import type { Cart, CartLine, Offer, OfferKind, Terms } from './terms.ts';

/** An offer on sale now that some line of the cart is in the scope of, and the lines it may be given. */
export type Candidate = {
  /** Its place in `Problem.candidates`. */
  at: number;
  offer: Offer;
  /** The place of its kind in OFFER_KINDS, and of its step after the price, or -1. */
  kind: number;
  stage: number;
  bit: number;
  /** Places in `Problem.lines`. */
  lines: number[];
  /** Units of it that can be had; Infinity = no limit. */
  left: number;
  coupons: string[];
};

/** What the offers that set the price of a line (before any threshold) can come to. */
export type PriceOption = {
  left: number;
  /** The kinds used. */
  kinds: number;
  marks: readonly { candidate: Candidate; amount: number }[];
  /** Those of the marks' offers of which only so many units can be had. */
  limited: readonly Candidate[];
};

/** One use of an offer over several lines: a threshold, a cross-shop threshold, one coupon, a gift. */
export type Group = {
  at: number;
  candidate: Candidate;
  bit: number;
  /** The kinds it may not meet on a line. */
  clash: number;
  /** What it gives: `off` from `spend` on, with `repeats` for every whole `spend`. The gift's spend stands in its tier. */
  tiers: readonly { spend: number; off: number }[];
  repeats: boolean;
  /** Which of the steps after the price: 0 threshold, 1 cross-shop, 2 coupon, 3 gift. */
  stage: number;
  coupon: string | null;
  /** The use before it of the same offer (another coupon): it comes first, as both are worth the same. */
  before: Group | null;
  lines: number[];
};

export type ProblemLine = {
  /** Its place in the cart. */
  cartLine: number;
  line: CartLine;
  amount: number;
  candidates: Candidate[];
  options: PriceOption[];
  /** By stage: the uses the line may be given to. */
  groups: [Group[], Group[], Group[], Group[]];
};

export type Problem = {
  /** In the order in which leftover cents are handed out, which does not depend on the order of the cart's lines. */
  lines: ProblemLine[];
  groups: Group[];
  candidates: Candidate[];
  exclusions: Exclusions;
};

const PRICE_KINDS: readonly OfferKind[] = ['flash_sale', 'limited_time_discount', 'presale', 'nth_item'];
const PRICE_BITS = PRICE_KINDS.map(bitOf);

const text = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const canonical = (a: ProblemLine, b: ProblemLine): number =>
  text(a.line.sku, b.line.sku) ||
  text(a.line.shop, b.line.shop) ||
  a.line.unitPrice - b.line.unitPrice ||
  a.line.quantity - b.line.quantity ||
  text(a.line.category, b.line.category);

/** Whether the offer gives anything on this line alone, or could with others. */
export const gives = (offer: Offer, line: CartLine): boolean =>
  STAGES.includes(offer.terms.kind) ||
  lineDiscount(offer.terms, line.unitPrice, line.quantity, line.unitPrice * line.quantity) > 0;

/** Units of the offer that this line needs, of those that can be had: for a gift the gifts, else the line's own. */
export const unitsNeeded = (offer: Offer, line: CartLine): number =>
  offer.terms.kind === 'gift' ? offer.terms.quantity : line.quantity;

/** Everything the search for the best combination needs to know of a cart; null when no offer is eligible on any line. */
export function readProblem(cart: Cart, prepared: PreparedOffers): Problem | null {
  let lines: ProblemLine[] | null = null;
  const candidates = new Map<number, Candidate>();
  for (let at = 0; at < cart.lines.length; at += 1) {
    const line = cart.lines[at]!;
    if (line.agreed === true || line.quantity < 1) continue;
    const scope = prepared.inScope(line.sku, line.category);
    if (scope.length === 0) continue;
    let own: Candidate[] | null = null;
    for (const place of scope) {
      const offer = prepared.offers[place]!;
      if (cart.at < offer.startsAt || cart.at >= offer.endsAt) continue;
      if (offer.shops !== null && !offer.shops.has(line.shop)) continue;
      if (prepared.stages[place]! < 0 && !gives(offer, line)) continue;
      const candidate = candidates.get(place) ?? newCandidate(cart, prepared, candidates, place);
      if (offer.terms.kind === 'coupon' && candidate.coupons.length === 0) continue;
      if (unitsNeeded(offer, line) > candidate.left) continue;
      (own ??= []).push(candidate);
    }
    if (own === null) continue;
    (lines ??= []).push({
      cartLine: at,
      line,
      amount: line.unitPrice * line.quantity,
      candidates: own,
      options: [],
      groups: [[], [], [], []],
    });
  }
  if (lines === null) return null;
  if (lines.length > 1) lines = lines.toSorted(canonical);
  return fill(lines, exclusionsOf(cart.stacking));
}

const NO_COUPONS: string[] = [];

function newCandidate(cart: Cart, prepared: PreparedOffers, all: Map<number, Candidate>, place: number): Candidate {
  const offer = prepared.offers[place]!;
  const kind = prepared.kinds[place]!;
  const candidate: Candidate = {
    at: -1,
    offer,
    kind,
    stage: prepared.stages[place]!,
    bit: 1 << kind,
    lines: [],
    left: cart.left?.get(offer.id) ?? Infinity,
    coupons: offer.terms.kind === 'coupon' ? couponsOf(cart, offer) : NO_COUPONS,
  };
  all.set(place, candidate);
  return candidate;
}

function couponsOf(cart: Cart, offer: Offer): string[] {
  const coupons: string[] = [];
  for (const c of cart.coupons) if (c.offerId === offer.id && !coupons.includes(c.code)) coupons.push(c.code);
  return coupons.length > 1 ? coupons.toSorted() : coupons;
}

/** Drops offers whose threshold is out of reach even at list prices, and spells out what each line may take. */
function fill(lines: ProblemLine[], exclusions: Exclusions): Problem {
  const candidates: Candidate[] = [];
  lines.forEach((line, i) => {
    for (const candidate of line.candidates) {
      if (candidate.lines.length === 0) candidate.at = candidates.push(candidate) - 1;
      candidate.lines.push(i);
    }
  });
  const groups: Group[] = [];
  for (const candidate of candidates) {
    const { stage } = candidate;
    if (stage < 0) continue;
    let reach = 0;
    for (const i of candidate.lines) reach += lines[i]!.amount;
    const { terms } = candidate.offer;
    if (reach < leastSpend(terms)) continue;
    const coupons = stage === 2 ? candidate.coupons : ONE_USE;
    let before: Group | null = null;
    for (let n = 0; n < coupons.length && n < candidate.lines.length; n += 1) {
      before = newGroup(candidate, coupons[n]!, before, groups.length, exclusions);
      groups.push(before);
      for (const i of candidate.lines) lines[i]!.groups[stage]!.push(before);
    }
  }
  for (const line of lines) line.options = priceOptions(line, exclusions);
  return { lines, groups, candidates, exclusions };
}

const ONE_USE: readonly (string | null)[] = [null];

function newGroup(
  candidate: Candidate,
  coupon: string | null,
  before: Group | null,
  at: number,
  exclusions: Exclusions,
): Group {
  const { terms } = candidate.offer;
  return {
    at,
    candidate,
    bit: candidate.bit,
    clash: exclusions[candidate.kind]!,
    tiers: tiersOf(terms),
    repeats: terms.kind === 'cross_shop_threshold' || (terms.kind === 'threshold_reduction' && terms.repeat),
    stage: candidate.stage,
    coupon,
    before,
    lines: candidate.lines,
  };
}

function tiersOf(terms: Terms): readonly { spend: number; off: number }[] {
  if (terms.kind === 'threshold_reduction') return terms.tiers;
  if (terms.kind === 'cross_shop_threshold') return [{ spend: terms.every, off: terms.off }];
  if (terms.kind === 'coupon') return [{ spend: terms.spend, off: terms.off }];
  return [{ spend: leastSpend(terms), off: 0 }];
}

/** As `groupDiscount`, for the search, which asks for it most of its time. */
export function worth(group: Group, base: number): number {
  let best = 0;
  for (let n = 0; n < group.tiers.length; n += 1) {
    const { spend, off } = group.tiers[n]!;
    if (spend > base) continue;
    const gives = group.repeats && spend > 0 ? Math.floor(base / spend) * off : off;
    if (gives > best) best = gives;
  }
  return best < base ? best : base;
}

/** The most that the use can take off per unit of money when its lines come to at most `base`: 0 to 1. */
export function bestRate(group: Group, base: number): number {
  let rate = 0;
  for (const { spend, off } of group.tiers) if (spend <= base) rate = Math.max(rate, off / Math.max(1, spend));
  return Math.min(1, rate);
}

/** Every legal choice of flash sale, limited-time discount, presale and nth item for a line, without those another dominates. */
function priceOptions(line: ProblemLine, exclusions: Exclusions): PriceOption[] {
  const options: PriceOption[] = [{ left: line.amount, kinds: 0, marks: NO_MARKS, limited: NO_LIMITS }];
  for (const bit of PRICE_BITS) {
    const sofar = options.length;
    for (const candidate of line.candidates) {
      if (candidate.bit !== bit) continue;
      const clash = exclusions[31 - Math.clz32(bit)]!;
      for (let o = 0; o < sofar; o += 1)
        if ((options[o]!.kinds & clash) === 0) addOffer(line, options[o]!, candidate, options);
    }
  }
  if (options.length === 1) return options;
  const grouped = line.groups.some((g) => g.length > 0);
  const kept: PriceOption[] = [];
  const ordered = options.toSorted((a, b) => a.left - b.left || a.marks.length - b.marks.length);
  for (const option of ordered) if (!kept.some((k) => dominates(k, option, grouped, exclusions))) kept.push(option);
  return kept;
}

const NO_MARKS: PriceOption['marks'] = [];
const NO_LIMITS: PriceOption['limited'] = [];

function addOffer(line: ProblemLine, option: PriceOption, candidate: Candidate, options: PriceOption[]): void {
  const amount = lineDiscount(candidate.offer.terms, line.line.unitPrice, line.line.quantity, option.left);
  if (amount === 0) return;
  options.push({
    left: option.left - amount,
    kinds: option.kinds | candidate.bit,
    marks: [...option.marks, { candidate, amount }],
    limited: candidate.left === Infinity ? option.limited : [...option.limited, candidate],
  });
}

const blockedBy = (kinds: number, exclusions: Exclusions): number =>
  exclusions.reduce((mask, clash, kind) => (kinds & (1 << kind) ? mask | clash : mask), 0);

/** Whether `a`, which leaves no more to pay, can stand in for `b` in every combination. */
function dominates(a: PriceOption, b: PriceOption, grouped: boolean, exclusions: Exclusions): boolean {
  if (a.limited.some((c) => !b.limited.includes(c))) return false;
  if (!grouped) return a.left <= b.left;
  if (a.left !== b.left) return false; // more left may reach a threshold
  return (blockedBy(a.kinds, exclusions) & ~blockedBy(b.kinds, exclusions)) === 0;
}
