import { groupDiscount, leastSpend, lineDiscount } from './amounts.ts';
import { inScope } from './prepare-offers.ts';
import { priceCart } from './price-cart.ts';
import type { Cart, CartLine, Offer, Stacking } from './terms.ts';

/** A SKU to try offers on. `cost` is per unit; null when nobody knows it. */
export type Sample = { sku: string; category: string; unitPrice: number; cost: number | null };

export type WarningCode =
  | 'same_kind' // another of its kind on the same goods at the same time: only one of them applies to a line
  | 'below_cost' // facts: sku, unitPrice, price, cost – the dearest combination leaves less than the goods cost
  | 'deep_discount' // facts: sku, unitPrice, price, percentOff – the cost is not known, and this much comes off
  | 'not_below_list' // facts: price, lowest list price: the price of the offer is not below that of any of the goods
  | 'nothing_in_scope' // none of the goods tried is in the scope
  | 'never_open' // it ends before it begins
  | 'tier_pointless' // facts: spend, off – a lower spend gives as much or more
  | 'off_above_spend' // facts: spend, off – more off than has to be spent
  | 'every_unit' // facts: nth – every unit is the nth
  | 'free' // facts: percentOff – the goods cost nothing
  | 'expands_not' // facts: deposit, expandsTo – the deposit counts as no more than was paid
  | 'flash_above_timed'; // facts: sku, flash, timed – during the flash sale the limited-time discount is the cheaper

export type Warning = {
  code: WarningCode;
  /** Codes of the offers concerned, the one to be published first. */
  offers: string[];
  facts: Record<string, string | number>;
};

export type WarningLimits = {
  /** Per cent off the list price from which a combination is worth a warning when the cost is not known. */
  deepPercent: number;
  /** Units of one SKU that carts are tried with. */
  quantities: readonly number[];
};
const LIMITS: WarningLimits = { deepPercent: 50, quantities: [1, 2, 3, 5, 10] };
/** Carts tried at most; samples beyond what this allows are not looked at. */
const CARTS_MAX = 2_000;

/**
 * What a shop should know before it publishes an offer: conflicts with others, what can never apply, combinations that lose money.
 * The combinations are those that `priceCart` chooses, on carts of one SKU, with every coupon brought. Nothing is refused here.
 */
export function warnAbout(
  offer: Offer,
  others: readonly Offer[],
  samples: readonly Sample[],
  stacking: Stacking,
  limits: Partial<WarningLimits> = {},
): Warning[] {
  const rivals = others
    .filter((o) => o.id !== offer.id && overlaps(offer, o))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const concerned = samples.filter((s) => inScope(offer, s.sku, s.category));
  return [
    ...pointless(offer, samples, concerned),
    ...sameKind(offer, rivals, concerned),
    ...flashAboveTimed(offer, rivals, concerned),
    ...losses(offer, rivals, concerned, stacking, { ...LIMITS, ...limits }),
  ];
}

/** Whether there is a moment and a shop in which both are on. */
function overlaps(a: Offer, b: Offer): boolean {
  if (a.startsAt >= b.endsAt || b.startsAt >= a.endsAt) return false;
  return a.shops === null || b.shops === null || [...a.shops].some((shop) => b.shops!.has(shop));
}

function pointless(offer: Offer, samples: readonly Sample[], concerned: readonly Sample[]): Warning[] {
  const found: Warning[] = [];
  const warn = (code: WarningCode, facts: Warning['facts'] = {}): void => {
    found.push({ code, offers: [offer.code], facts });
  };
  const { terms } = offer;
  if (offer.endsAt <= offer.startsAt) warn('never_open');
  if (samples.length > 0 && concerned.length === 0) warn('nothing_in_scope');
  const lowest = Math.min(...concerned.map((s) => s.unitPrice));
  const highest = Math.max(...concerned.map((s) => s.unitPrice));
  if ('price' in terms && concerned.length > 0 && terms.price >= highest)
    warn('not_below_list', { price: terms.price, lowest });
  if ('percentOff' in terms && terms.percentOff >= 100) warn('free', { percentOff: terms.percentOff });
  if (terms.kind === 'nth_item' && terms.nth <= 1) warn('every_unit', { nth: terms.nth });
  if (terms.kind === 'presale' && terms.expandsTo <= terms.deposit)
    warn('expands_not', { deposit: terms.deposit, expandsTo: terms.expandsTo });
  if (terms.kind === 'threshold_reduction') {
    for (const tier of terms.tiers) {
      if (tier.off >= tier.spend) warn('off_above_spend', tier);
      const rest = { ...terms, tiers: terms.tiers.filter((t) => t !== tier) };
      if (neverBest(tier, rest)) warn('tier_pointless', tier);
    }
  } else if (terms.kind === 'coupon' && terms.off >= terms.spend) {
    warn('off_above_spend', { spend: terms.spend, off: terms.off });
  } else if (terms.kind === 'cross_shop_threshold' && terms.off >= terms.every) {
    warn('off_above_spend', { spend: terms.every, off: terms.off });
  }
  return found;
}

/** Whether the other tiers give at least as much wherever this one is reached: they do at each of its own steps. */
function neverBest(
  tier: { spend: number; off: number },
  rest: Extract<Offer['terms'], { kind: 'threshold_reduction' }>,
): boolean {
  const steps = rest.repeat ? 100 : 1;
  for (let n = 1; n <= steps; n += 1) {
    const own = Math.min(tier.off * n, tier.spend * n);
    if (groupDiscount(rest, tier.spend * n) < own) return false;
  }
  return tier.off > 0 || rest.tiers.length > 0;
}

function sameKind(offer: Offer, rivals: readonly Offer[], concerned: readonly Sample[]): Warning[] {
  return rivals
    .filter((rival) => rival.terms.kind === offer.terms.kind && sharesGoods(offer, rival, concerned))
    .map((rival) => ({
      code: 'same_kind',
      offers: [offer.code, rival.code],
      facts: {
        from: Math.max(offer.startsAt, rival.startsAt),
        to: Math.min(offer.endsAt, rival.endsAt),
        goods: concerned.filter((s) => inScope(rival, s.sku, s.category)).length,
      },
    }));
}

/** Whether both can concern one line: by what they name, or by a sample that both hold. */
function sharesGoods(a: Offer, b: Offer, samples: readonly Sample[]): boolean {
  const all = (o: Offer): boolean => o.skus === null && o.categories === null;
  if (all(a) || all(b)) return true;
  if (a.skus !== null && b.skus !== null && [...a.skus].some((sku) => b.skus!.has(sku))) return true;
  const within = (x: string, y: string): boolean => x === y || x.startsWith(`${y}/`);
  for (const x of a.categories ?? []) for (const y of b.categories ?? []) if (within(x, y) || within(y, x)) return true;
  return samples.some((s) => inScope(a, s.sku, s.category) && inScope(b, s.sku, s.category));
}

function flashAboveTimed(offer: Offer, rivals: readonly Offer[], concerned: readonly Sample[]): Warning[] {
  const kinds = ['flash_sale', 'limited_time_discount'];
  if (!kinds.includes(offer.terms.kind)) return [];
  const found: Warning[] = [];
  for (const rival of rivals) {
    if (!kinds.includes(rival.terms.kind) || rival.terms.kind === offer.terms.kind) continue;
    const [flash, timed] = offer.terms.kind === 'flash_sale' ? [offer, rival] : [rival, offer];
    const price = (o: Offer, s: Sample): number => s.unitPrice - lineDiscount(o.terms, s.unitPrice, 1, s.unitPrice);
    const sample = concerned.find((s) => inScope(rival, s.sku, s.category) && price(flash, s) > price(timed, s));
    if (sample === undefined) continue;
    found.push({
      code: 'flash_above_timed',
      offers: [offer.code, rival.code],
      facts: { sku: sample.sku, flash: price(flash, sample), timed: price(timed, sample) },
    });
  }
  return found;
}

type Loss = { warning: Warning; depth: number };

/** For each SKU the worst of the carts tried, when the new offer has a part in it; the deepest losses first. */
function losses(
  offer: Offer,
  rivals: readonly Offer[],
  concerned: readonly Sample[],
  stacking: Stacking,
  limits: WarningLimits,
): Warning[] {
  const found: Loss[] = [];
  const all = [offer, ...rivals];
  const spends = [...new Set(all.map((o) => leastSpend(o.terms)))].filter((s) => s > 0 && s < Infinity);
  const shops = offer.shops ?? new Set(all.flatMap((o) => [...(o.shops ?? [])]));
  const moments = [...new Set([offer.startsAt, ...rivals.map((r) => r.startsAt)])].filter(
    (at) => at >= offer.startsAt && at < offer.endsAt,
  );
  let carts = 0;
  for (const sample of concerned) {
    if (sample.unitPrice < 1) continue;
    // the fewest units that reach a threshold are where it bites deepest
    const quantities = new Set([...limits.quantities, ...spends.map((s) => Math.ceil(s / sample.unitPrice))]);
    let worst: Loss | null = null;
    for (const shop of shops.size === 0 ? [''] : shops)
      for (const at of moments)
        for (const quantity of quantities) {
          if (quantity > 1_000 || (carts += 1) > CARTS_MAX) continue;
          const line = { shop, sku: sample.sku, category: sample.category, quantity, unitPrice: sample.unitPrice };
          const loss = lossOn(offer, all, line, at, sample, stacking, limits.deepPercent);
          if (loss !== null && (worst === null || loss.depth > worst.depth)) worst = loss;
        }
    if (worst !== null) found.push(worst);
  }
  return found.toSorted((a, b) => b.depth - a.depth).map((l) => l.warning);
}

function lossOn(
  offer: Offer,
  all: readonly Offer[],
  line: CartLine,
  at: number,
  sample: Sample,
  stacking: Stacking,
  deepPercent: number,
): Loss | null {
  const coupons = all.flatMap((o) => (o.terms.kind === 'coupon' ? [{ code: o.code, offerId: o.id }] : []));
  const cart: Cart = { lines: [line], at, coupons, stacking };
  const priced = priceCart(cart, all, { explain: false });
  if (!priced.applied.some((a) => a.offerId === offer.id)) return null;
  const offers = [offer.code, ...priced.applied.map((a) => a.offer).filter((code) => code !== offer.code)];
  const price = Math.floor(priced.total / line.quantity);
  const percentOff = Math.floor((priced.discount * 100) / priced.goods);
  const facts = { sku: sample.sku, quantity: line.quantity, unitPrice: sample.unitPrice, price };
  if (sample.cost !== null) {
    if (priced.total >= sample.cost * line.quantity) return null;
    const depth = 1 - priced.total / Math.max(1, sample.cost * line.quantity);
    return { depth: 1 + depth, warning: { code: 'below_cost', offers, facts: { ...facts, cost: sample.cost } } };
  }
  if (percentOff <= deepPercent) return null;
  return { depth: percentOff / 100, warning: { code: 'deep_discount', offers, facts: { ...facts, percentOff } } };
}
