import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { t } from '#kernel/i18n/index.ts';
import type { PreparedOffers } from '../domain/prepare-offers.ts';
import { priceCart } from '../domain/price-cart.ts';
import type { Cart, Offer, Pricing } from '../domain/terms.ts';
import { freightOf } from '../ports.ts';
import type { Quote, QuoteInput } from '../schema.ts';
import { type CouponState, findCoupons, leftOf } from '../store/limits.ts';
import { type KnownCart, knownCart } from './known-cart.ts';
import { type InForce, offersFor } from './offers-for.ts';
import { presentPricing, type Refused } from './present-pricing.ts';

/**
 * What an order of the lines would cost this customer, and why. Pass the key orders match the customer by: limits and
 * coupons are then theirs. @throws QuoteRefused with every line that cannot be sold.
 */
export async function quote(tx: Tx, ctx: Ctx, input: QuoteInput, buyer: Buffer | null): Promise<z.input<typeof Quote>> {
  const known = await knownCart(tx, ctx, input);
  const inForce = await offersFor(tx, ctx, known.at);
  const coupons = await findCoupons(tx, [...new Set(input.couponCodes)], buyer, known.at);
  const { concerned, named } = concern(inForce.offers, known);
  const left = await leftOf(tx, concerned, buyer);
  const cart: Cart = {
    lines: known.lines,
    at: known.at.getTime(),
    coupons: coupons.filter((c) => !('refused' in c)) as { code: string; offerId: string }[],
    left,
    stacking: inForce.stacking,
  };
  const pricing = priceCart(cart, inForce.offers, { named });
  const freight = await freightOf(tx, ctx, known.shop, pricing.total);
  const titles = new Map(inForce.offers.offers.map((o) => [o.code, o.title]));
  const problems = [
    ...couponProblems(input, coupons),
    ...limitProblems(cart, inForce, await leftOf(tx, concerned, null)),
  ];
  return {
    ...(await presentPricing(tx, ctx, { known, pricing, freight, titles, refused: refusedCoupons(coupons, inForce) })),
    problems: problems.map(({ path, code, facts }) => ({
      path,
      code,
      message: t(ctx.locale, `fields.${code}`, facts ?? {}),
    })),
  };
}

const NAMED_MAX = 20;

/** Offers whose scope holds a line; of those that are not on at the moment, the few nearest are explained too. */
function concern(offers: PreparedOffers, { lines, at, shop }: KnownCart): { concerned: Offer[]; named: Set<string> } {
  const places = new Set(lines.flatMap((l) => [...offers.inScope(l.sku, l.category)]));
  const concerned = [...places]
    .flatMap((i) => offers.offers[i] ?? [])
    .filter((o) => o.shops === null || o.shops.has(shop.code));
  const now = at.getTime();
  const away = (o: Offer): number => Math.max(o.startsAt - now, now - o.endsAt);
  const off = concerned.filter((o) => o.startsAt > now || o.endsAt <= now).toSorted((a, b) => away(a) - away(b));
  return { concerned, named: new Set(off.slice(0, NAMED_MAX).map((o) => o.id)) };
}

function refusedCoupons(coupons: readonly CouponState[], { offers }: InForce): Refused[] {
  return coupons.flatMap((c) => {
    if (!('refused' in c)) return [];
    const at = c.offerId === undefined ? undefined : offers.byId.get(c.offerId);
    const offer = at === undefined ? undefined : offers.offers[at];
    return [{ coupon: c.code, code: c.refused, offer: offer?.code ?? c.code, offerId: offer?.id }];
  });
}

const couponProblems = (input: QuoteInput, coupons: readonly CouponState[]): FieldProblem[] =>
  coupons.flatMap((c, i) => {
    if (!('refused' in c)) return [];
    const code = [...new Set(input.couponCodes)][i] as string;
    return [{ path: `couponCodes[${(input.couponCodes ?? []).indexOf(code)}]`, code: c.refused, facts: { code } }];
  });

/**
 * An order is priced without what is sold out to everybody, and refused when there is less left of the rest than it asks
 * for: what is left for this customer is counted when it is taken.
 */
function limitProblems(cart: Cart, { offers }: InForce, everybody: ReadonlyMap<string, number>): FieldProblem[] {
  if (everybody.size === 0) return [];
  const soldOut = new Map([...everybody].filter(([, left]) => left === 0));
  const wanted: Pricing = priceCart({ ...cart, left: soldOut }, offers, { explain: false });
  return wanted.applied.flatMap((use): FieldProblem[] => {
    const left = cart.left?.get(use.offerId) ?? Infinity;
    if (use.units <= left) return [];
    const offer = offers.offers[offers.byId.get(use.offerId) ?? -1];
    const limit = offer?.terms.kind === 'flash_sale' ? (offer.terms.limitPerCustomer ?? Infinity) : Infinity;
    const isQuota = (everybody.get(use.offerId) ?? Infinity) < Math.min(limit, use.units);
    const line = wanted.lines.findIndex((l) => l.discounts.some((d) => d.offerId === use.offerId));
    return [
      {
        path: `lines[${Math.max(line, 0)}].quantity`,
        code: isQuota ? 'flash_sold_out' : 'purchase_limit_exceeded',
        facts: { offer: offer?.title ?? use.offer, left },
      },
    ];
  });
}
