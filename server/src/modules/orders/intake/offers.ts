import type { FieldProblem } from '#kernel/errors.ts';
import type { SoldSku } from '#modules/catalog/index.ts';
import {
  type CartLine,
  type CouponState,
  type OffersInForce,
  priceCart,
  type Pricing,
} from '#modules/promotions/index.ts';
import type { OfferResult, PricedLine } from '../domain/price-order.ts';
import type { PlaceOrder } from '../schema.ts';

/** What an order uses of offers and coupons, as `promotions.take` reads it. */
export type Use = {
  offer: string;
  code: string;
  version: number;
  units: number;
  amount: number;
  coupon: string | null;
  limit: number | null;
  quota: number | null;
};

/** The part of a checkout that is one order's. */
export type Offered = {
  result: OfferResult<SoldSku>;
  uses: Use[];
  presale: {
    offer: string;
    deposit: number;
    balanceFrom: number;
    balanceTo: number;
    lines: ReadonlySet<number>;
  } | null;
};

export type Basket = { shop: string; lines: readonly PricedLine<SoldSku>[]; coupons: readonly Coupon[] };
type Coupon = { code: string; offerId: string };

/** Offers laid out for pricing. `left` names those of which nobody can have any more. */
export type LiveOffers = {
  revision: number;
  offers: OffersInForce;
  limits: ReadonlyMap<string, { limitPerCustomer: number | null; quota: number | null }>;
  /** SKUs that may be given away. */
  giftSkus: readonly string[];
  left: ReadonlyMap<string, number>;
};

const laidOut = new WeakMap<OffersInForce, Omit<LiveOffers, 'left'>>();

/** Lays offers out once, however many orders they price. */
export function liveOffers(offers: OffersInForce, left: ReadonlyMap<string, number>): LiveOffers {
  let known = laidOut.get(offers);
  if (!known) {
    known = {
      revision: offers.revision,
      offers,
      limits: new Map(
        offers.offers.offers.flatMap(({ id, terms }) => {
          if (terms.kind === 'flash_sale')
            return [[id, { limitPerCustomer: terms.limitPerCustomer, quota: terms.quota }] as const];
          return terms.kind === 'presale' ? [[id, { limitPerCustomer: null, quota: terms.quota }] as const] : [];
        }),
      ),
      giftSkus: offers.offers.offers.flatMap(({ terms }) => (terms.kind === 'gift' ? [terms.giftSku] : [])),
    };
    laidOut.set(offers, known);
  }
  return { ...known, left };
}

/** The same offers, with nothing to give away. */
export const withoutGifts = (live: LiveOffers): LiveOffers => ({ ...live, giftSkus: [] });

/** The coupons of an order that can be used, and what is wrong with the others. `found` is one for one with the codes. */
export function readCoupons(
  codes: readonly string[] | undefined,
  found: readonly CouponState[],
): { coupons: Coupon[]; problems: FieldProblem[] } {
  const coupons: Coupon[] = [];
  const problems: FieldProblem[] = [];
  codes?.forEach((typed, i) => {
    const path = `couponCodes[${i}]`;
    const coupon = found[i];
    const { code } = coupon ?? { code: typed };
    const twice = found.slice(0, i).some((f) => f.code === code);
    if (twice) problems.push({ path, code: 'coupon_twice', facts: { code } });
    else if (!coupon) problems.push({ path, code: 'unknown_coupon', facts: { code } });
    else if ('refused' in coupon) problems.push({ path, code: coupon.refused, facts: { code } });
    else coupons.push({ code, offerId: coupon.offerId });
  });
  return { coupons, problems };
}

const cartLine = (shop: string, l: PricedLine<SoldSku>): CartLine => ({
  shop,
  sku: l.sku.sku,
  category: l.sku.category,
  quantity: l.quantity,
  unitPrice: l.unitPrice,
  ...(l.agreed ? { agreed: true } : {}),
});

/**
 * The best that the offers do for orders bought together, each order's part apart. Undefined when they do nothing, which is
 * what most orders hear. `gifts` are the SKUs that can be given; others are left out.
 */
export function offersFor(
  baskets: readonly Basket[],
  live: LiveOffers,
  at: number,
  gifts: ReadonlyMap<string, SoldSku>,
): Offered[] | undefined {
  if (live.offers.offers.offers.length === 0) return undefined;
  const cart = {
    lines: baskets.flatMap((b) => b.lines.map((l) => cartLine(b.shop, l))),
    at,
    coupons: baskets.flatMap((b) => b.coupons),
    left: live.left,
    stacking: live.offers.stacking,
  };
  const pricing = priceCart(cart, live.offers.offers, { explain: false });
  if (pricing.applied.length === 0) return undefined;
  let from = 0;
  return baskets.map((b, n) => {
    const part = partOf(pricing, b.lines, from, n === 0, live, gifts);
    from += b.lines.length;
    return part;
  });
}

/** What falls on the lines of one order; gifts, and the coupon of an offer over several orders, go with the first of them. */
function partOf(
  pricing: Pricing,
  own: readonly PricedLine<SoldSku>[],
  from: number,
  first: boolean,
  live: LiveOffers,
  skus: ReadonlyMap<string, SoldSku>,
): Offered {
  const lines = pricing.lines.slice(from, from + own.length);
  const gifts = first ? pricing.gifts.flatMap((g) => (live.giftSkus.includes(g.sku) ? giftOf(g, skus) : [])) : [];
  const on = new Set(pricing.presale?.lines.flatMap((i) => (i >= from && i < from + own.length ? [i - from] : [])));
  const uses = pricing.applied.flatMap((a): Use[] => {
    let amount = 0;
    let units = 0;
    lines.forEach((l, i) => {
      const ours = l.discounts.filter((d) => d.offerId === a.offerId);
      if (ours.length > 0 || (a.kind === 'presale' && on.has(i))) units += own[i]?.quantity ?? 0;
      amount += ours.reduce((sum, d) => sum + d.amount, 0);
    });
    const coupon = first ? (a.coupon ?? null) : null;
    if (units === 0 && coupon === null && !gifts.some((g) => g.offer === a.offer)) return [];
    const { limitPerCustomer = null, quota = null } = live.limits.get(a.offerId) ?? {};
    return [
      { offer: a.offerId, code: a.offer, version: a.version, units, amount, coupon, limit: limitPerCustomer, quota },
    ];
  });
  return {
    result: {
      lines: lines.map((l) => ({ discounts: l.discounts.map(({ offer, amount }) => ({ offer, amount })) })),
      gifts,
    },
    uses,
    presale: pricing.presale && on.size > 0 ? { ...pricing.presale, lines: on } : null,
  };
}

function giftOf(
  gift: Pricing['gifts'][number],
  skus: ReadonlyMap<string, SoldSku>,
): { offer: string; sku: SoldSku; quantity: number }[] {
  const sku = skus.get(gift.sku);
  return sku?.status === 'on_sale' ? [{ offer: gift.offer, sku, quantity: gift.quantity }] : [];
}

/** What is wrong with how an order meets a presale: a deposit is for presale goods alone, and paid on line. */
export function presaleProblems(order: PlaceOrder, offered: Offered | undefined): FieldProblem[] {
  if (!offered?.presale || order.payment === 'prepaid') return [];
  const { lines, offer } = offered.presale;
  const problems: FieldProblem[] = order.lines.flatMap((_l, i) =>
    lines.has(i) ? [] : [{ path: `lines[${i}].sku`, code: 'presale_mixed', facts: { offer } }],
  );
  if (order.payment === 'cod') problems.push({ path: 'payment', code: 'presale_needs_online', facts: { offer } });
  return problems;
}
