import { present } from '#kernel/assert.ts';
import {
  type Cart,
  type CartLine,
  type Offer,
  priceCart,
  type Pricing,
  prepareOffers,
} from '#modules/promotions/index.ts';
import { freightFor } from '../../domain/freight.ts';
import type { Snapshot } from '../../schema.ts';
import { agrees, type Comparison, compare, type Recomputed } from '../domain/compare.ts';
import type { Doubt } from '../domain/report.ts';
import type { Proof } from '../store/snapshots.ts';
import type { Circumstances } from './circumstances.ts';

export type Recomputation = {
  comparison: Comparison;
  recomputed: Recomputed & { gifts: { offer: string; sku: string; quantity: number }[] };
  /** Why a difference may be none: empty when there is none. */
  doubts: Doubt[];
};

type Options = {
  together?: boolean;
  /** Offers of which nothing was left. */
  gone: readonly string[];
  /** Offers taken as if they had been in force, and coupons as if they had been brought. */
  also?: { offers: readonly Offer[]; coupons: readonly { code: string; offerId: string }[] };
  /** Explained even when they concern nothing. */
  named?: ReadonlySet<string>;
};

/**
 * Prices an order anew as of when it was placed. What is not known for sure (whether it was bought together with others,
 * whether a quota was used up) is tried both ways: when one way gives what was agreed, that is how it was.
 */
export function recompute(proof: Proof, c: Circumstances, named: ReadonlySet<string>): Recomputation {
  const ways: Options[] = [{ gone: c.gone, named }];
  if (c.perhapsGone.length > 0) ways.push({ gone: [...c.gone, ...c.perhapsGone], named });
  if (c.companions.length > 0) ways.push(...ways.map((w) => ({ ...w, together: true })));
  const [first, ...more] = ways.map((way) => {
    const recomputed = priceAs(proof, c, way);
    return { recomputed, comparison: compare(proof.snapshot, recomputed) };
  });
  const all = [present(first, 'there is one way at least'), ...more];
  const same = all.filter((way) => agrees(way.comparison));
  const found = same.find((way) => givesSameGifts(proof.snapshot, way.recomputed.gifts)) ?? same[0];
  return found ? { ...found, doubts: [] } : { ...(all[0] as (typeof all)[0]), doubts: [...c.doubts] };
}

/** The same gifts of the same offers: two offers may give the same thing. */
function givesSameGifts(s: Snapshot, gifts: Recomputation['recomputed']['gifts']): boolean {
  const text = (list: readonly { offer: string; sku: string; quantity: number }[]): string =>
    list
      .map((g) => `${g.offer} ${g.sku} ${g.quantity}`)
      .toSorted()
      .join();
  const given = s.lines.filter((l) => l.kind === 'gift');
  return text(given.map((l) => ({ ...l, offer: l.discounts[0]?.offer ?? '' }))) === text(gifts);
}

/** What the order would have cost, had offers been in force that were not. */
export function whatIf(
  proof: Proof,
  c: Circumstances,
  also: NonNullable<Options['also']>,
): Recomputation['recomputed'] {
  return priceAs(proof, c, { gone: c.gone, also });
}

const goodsOf = (s: Snapshot): Snapshot['lines'] => s.lines.filter((l) => l.kind === 'goods');

/** A line at the list price of that moment; what was agreed elsewhere at the price agreed. */
function cartLines(s: Snapshot, c: Circumstances): CartLine[] {
  return goodsOf(s).map((l) => ({
    shop: s.shop,
    sku: l.sku,
    category: l.category,
    quantity: l.quantity,
    unitPrice: l.agreed ? l.unitPrice : (c.prices.get(l.skuId) ?? l.listPrice),
    ...(l.agreed ? { agreed: true } : {}),
  }));
}

function priceAs(proof: Proof, c: Circumstances, how: Options): Recomputation['recomputed'] {
  const { snapshot, order } = proof;
  const others = how.together ? c.companions : [];
  const before = others.filter((o) => o.id < order.id);
  const baskets = [...before, { snapshot, coupons: c.coupons }, ...others.filter((o) => o.id > order.id)];
  const brought = baskets
    .flatMap((b) => b.coupons)
    .flatMap(({ code, offerId }) => (offerId ? [{ code, offerId }] : []));
  const own = cartLines(snapshot, c);
  const cart: Cart = {
    lines: baskets.flatMap((b) => (b.snapshot === snapshot ? own : cartLines(b.snapshot, c))),
    at: c.at.getTime(),
    coupons: unique([...brought, ...(how.also?.coupons ?? [])]),
    left: new Map(how.gone.map((id) => [id, 0])),
    stacking: c.stacking,
  };
  const offers = how.also ? prepareOffers([...c.offers.offers, ...how.also.offers]) : c.offers;
  const pricing = priceCart(cart, offers, { named: how.named ?? new Set() });
  const from = before.reduce((n, b) => n + goodsOf(b.snapshot).length, 0);
  return ownPart(proof, c, own, { pricing, from, first: before.length === 0 });
}

const unique = (coupons: readonly { code: string; offerId: string }[]) => [
  ...new Map(coupons.map((x) => [x.code, x])).values(),
];

/** The order's share of a checkout: gifts, and the coupon of an offer over several orders, go with the first. */
function ownPart(
  { snapshot, order }: Proof,
  c: Circumstances,
  own: readonly CartLine[],
  { pricing, from, first }: { pricing: Pricing; from: number; first: boolean },
): Recomputation['recomputed'] {
  const lines = pricing.lines.slice(from, from + own.length);
  const goods = own.reduce((n, l) => n + l.unitPrice * l.quantity, 0);
  const payable = lines.reduce((n, l) => n + l.payable, 0);
  const freight = order.payment_method === 'prepaid' ? 0 : freightFor(payable, c.settings);
  const gifts = first ? pricing.gifts : [];
  const applied = pricing.applied.flatMap((a) => {
    const amount = lines.reduce((n, l) => n + amountOf(l.discounts, a.offerId), 0);
    const counts = amount > 0 || gifts.some((g) => g.offerId === a.offerId) || (first && a.coupon !== undefined);
    return counts ? [{ offer: a.offer, amount, coupon: first ? (a.coupon ?? null) : null }] : [];
  });
  return {
    goods,
    discount: goods - payable,
    // freight that was changed since cannot be computed: it is taken as it was
    freight: c.doubts.includes('freight_changed') ? snapshot.freight : freight,
    total: payable + (c.doubts.includes('freight_changed') ? snapshot.freight : freight),
    lines: lines.map((l, i) => ({
      unitPrice: own[i]?.unitPrice ?? 0,
      discounts: l.discounts.map(({ offer, amount }) => ({ offer, amount })),
      payable: l.payable,
    })),
    applied: onePerOffer(applied),
    rejected: pricing.rejected.map(({ offer, code, facts }) => ({ offer, code, facts })),
    gifts: gifts.map(({ offer, sku, quantity }) => ({ offer, sku, quantity })),
  };
}

const amountOf = (discounts: Pricing['lines'][number]['discounts'], offerId: string): number =>
  discounts.reduce((n, d) => (d.offerId === offerId ? n + d.amount : n), 0);

/** Two coupons of one offer are two uses; their discounts are told together. */
const onePerOffer = <A extends { offer: string }>(applied: readonly A[]): A[] =>
  [...new Map(applied.toReversed().map((a) => [a.offer, a])).values()].toReversed();
