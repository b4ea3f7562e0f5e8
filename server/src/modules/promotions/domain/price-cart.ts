import { groupDiscount, leastSpend, splitInto } from './amounts.ts';
import { bestChoice, type Solved } from './best-choice.ts';
import { explain } from './explain.ts';
import { type Group, type Problem, readProblem } from './problem.ts';
import { applyPlainPresales } from './plain-presale.ts';
import { PreparedOffers, prepareOffers } from './prepare-offers.ts';
import type { Cart, Offer, OfferKind, Pricing } from './terms.ts';

/** The order in which kinds apply, gifts last. */
const STEPS: readonly OfferKind[] = [
  'flash_sale',
  'limited_time_discount',
  'presale',
  'nth_item',
  'threshold_reduction',
  'cross_shop_threshold',
  'coupon',
  'gift',
];
const STEP = new Map(STEPS.map((kind, i) => [kind, i]));

export type PriceOptions = {
  /** Whether `rejected` is filled; true unless said otherwise. An order intake that nobody reads it of does without. */
  explain?: boolean;
  /** Ids of offers asked about by name: explained even when they are not live or concern nothing in the cart. */
  named?: ReadonlySet<string>;
};

/**
 * A pricing, and whether the search ruled out every cheaper legal combination before its budget ran out; if not, `gap` is what the
 * total can at most be above the least possible.
 */
export type ProvedPricing = { pricing: Pricing; proved: boolean; gap: number; nodes: number };

/**
 * The best legal combination of offers for a cart: the least to pay; then the gifts worth most. Pure and deterministic:
 * neither the order of the lines nor that of the offers matters to the total. @throws InvariantBroken never for valid input.
 */
export function priceCart(cart: Cart, offers: readonly Offer[] | PreparedOffers, options: PriceOptions = {}): Pricing {
  return priceCartProved(cart, offers, options).pricing;
}

/** As `priceCart`, and says whether the total is proved to be the least. */
export function priceCartProved(
  cart: Cart,
  offers: readonly Offer[] | PreparedOffers,
  options: PriceOptions & { budget?: number } = {},
): ProvedPricing {
  const prepared = offers instanceof PreparedOffers ? offers : prepareOffers(offers);
  const problem = readProblem(cart, prepared);
  const pricing = listPrices(cart);
  let solved: Solved | null = null;
  if (problem !== null) {
    solved = bestChoice(problem, options.budget);
    apply(problem, solved, pricing);
  }
  applyPlainPresales(cart, prepared, pricing);
  if (options.explain !== false) explain(cart, prepared, pricing, options.named);
  return { pricing, proved: solved?.proved ?? true, gap: solved?.gap ?? 0, nodes: solved?.nodes ?? 0 };
}

function listPrices(cart: Cart): Pricing {
  let goods = 0;
  const lines = cart.lines.map((line) => {
    const payable = line.unitPrice * line.quantity;
    goods += payable;
    return { discounts: [], payable };
  });
  return { lines, gifts: [], goods, discount: 0, total: goods, applied: [], rejected: [], presale: null };
}

type Use = Pricing['applied'][number];

function apply(problem: Problem, solved: Solved, pricing: Pricing): void {
  const uses: Use[] = [];
  const take = (i: number, offer: Offer, amount: number, coupon: string | null): void => {
    const line = problem.lines[i]!;
    const kind = offer.terms.kind;
    const out = pricing.lines[line.cartLine]!;
    const known = out.discounts.find((d) => d.offerId === offer.id);
    if (known) known.amount += amount;
    else if (amount > 0) out.discounts.push({ offer: offer.code, offerId: offer.id, kind, amount });
    out.payable -= amount;
    pricing.discount += amount;
    pricing.total -= amount;
    const use = useOf(uses, offer, coupon);
    use.amount += amount;
    use.units += line.line.quantity;
  };
  let presale = false;
  problem.lines.forEach((line, i) => {
    for (const mark of line.options[solved.choice.option[i]!]!.marks) {
      take(i, mark.candidate.offer, mark.amount, null);
      presale ||= mark.candidate.offer.terms.kind === 'presale';
    }
  });
  for (let stage = 0; stage < 3; stage += 1)
    for (const group of problem.groups) if (group.stage === stage) share(problem, solved, pricing, group, take);
  for (const group of problem.groups) if (group.stage === 3) give(problem, solved, pricing, group, uses);
  pricing.applied = uses.length > 1 ? uses.toSorted(inOrder) : uses;
  if (pricing.gifts.length > 1) pricing.gifts = pricing.gifts.toSorted((a, b) => (a.offer < b.offer ? -1 : 1));
  if (presale) pricing.presale = presaleOf(problem, solved, pricing);
}

function useOf(uses: Use[], offer: Offer, coupon: string | null): Use {
  for (const known of uses) if (known.offerId === offer.id && known.coupon === (coupon ?? undefined)) return known;
  const use: Use = {
    offer: offer.code,
    offerId: offer.id,
    version: offer.version,
    kind: offer.terms.kind,
    ...(coupon === null ? {} : { coupon }),
    amount: 0,
    units: 0,
  };
  uses.push(use);
  return use;
}

const inOrder = (a: Use, b: Use): number =>
  STEP.get(a.kind)! - STEP.get(b.kind)! ||
  (a.offer === b.offer ? 0 : a.offer < b.offer ? -1 : 1) ||
  ((a.coupon ?? '') < (b.coupon ?? '') ? -1 : 1);

function share(
  problem: Problem,
  solved: Solved,
  pricing: Pricing,
  group: Group,
  take: (i: number, offer: Offer, amount: number, coupon: string | null) => void,
): void {
  const members = group.lines.filter((i) => solved.choice.take[group.stage]![i] === group.at);
  const weights = members.map((i) => pricing.lines[problem.lines[i]!.cartLine]!.payable);
  const { offer } = group.candidate;
  const off = groupDiscount(
    offer.terms,
    weights.reduce((a, b) => a + b, 0),
  );
  if (off === 0) return;
  const parts: number[] = [];
  splitInto(off, weights, parts, []);
  members.forEach((i, k) => take(i, offer, parts[k]!, group.coupon));
}

function give(problem: Problem, solved: Solved, pricing: Pricing, group: Group, uses: Use[]): void {
  const { offer } = group.candidate;
  const members = group.lines.filter((i) => solved.choice.take[3]![i] === group.at);
  if (members.length === 0 || offer.terms.kind !== 'gift') return;
  let base = 0;
  for (const i of members) base += problem.lines[i]!.options[solved.choice.option[i]!]!.left;
  if (base < leastSpend(offer.terms)) return;
  const { giftSku, quantity } = offer.terms;
  pricing.gifts.push({ offer: offer.code, offerId: offer.id, sku: giftSku, quantity });
  useOf(uses, offer, null).units = quantity;
}

function presaleOf(problem: Problem, solved: Solved, pricing: Pricing): Pricing['presale'] {
  let presale: { offer: string; deposit: number; balanceFrom: number; balanceTo: number; lines: number[] } | null =
    null;
  problem.lines.forEach((line, i) => {
    for (const { candidate } of line.options[solved.choice.option[i]!]!.marks) {
      const { terms, code } = candidate.offer;
      if (terms.kind !== 'presale') continue;
      presale ??= { offer: code, deposit: 0, balanceFrom: terms.balanceFrom, balanceTo: terms.balanceTo, lines: [] };
      presale.deposit += Math.min(terms.deposit * line.line.quantity, pricing.lines[line.cartLine]!.payable);
      if (code < presale.offer) presale.offer = code;
      presale.balanceFrom = Math.max(presale.balanceFrom, terms.balanceFrom);
      presale.balanceTo = Math.min(presale.balanceTo, terms.balanceTo);
      presale.lines.push(line.cartLine);
    }
  });
  const found = presale as { lines: number[] } | null;
  if (found !== null) found.lines = found.lines.toSorted((a, b) => a - b);
  return presale;
}
