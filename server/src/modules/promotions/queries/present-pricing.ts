import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { t } from '#kernel/i18n/index.ts';
import type { Currency } from '#kernel/money.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import type { Pricing } from '../domain/terms.ts';
import type { Quote } from '../schema.ts';
import type { KnownCart } from './known-cart.ts';

/** A coupon that does not count whatever is in the cart. `offer` is the coupon's own code when nobody knows its offer. */
export type Refused = { coupon: string; code: string; offer: string; offerId: string | undefined };

type Rejection = Pricing['rejected'][number];
type Priced = {
  known: Pick<KnownCart, 'shop' | 'skus' | 'lines'>;
  pricing: Pricing;
  freight: number;
  /** Titles of offers by code. */
  titles: ReadonlyMap<string, string>;
  refused: readonly Refused[];
};

/** A pricing as the API writes it, its reasons in the caller's words. */
export async function presentPricing(
  tx: Tx,
  ctx: Ctx,
  { known, pricing, freight, titles, refused }: Priced,
): Promise<Omit<z.input<typeof Quote>, 'problems'>> {
  const { currency } = known.shop;
  const money = (amount: number) => ({ amount, currency });
  const title = (offer: string): string => titles.get(offer) ?? offer;
  const gifts = new Map((await giftSkus(tx, pricing)).map((s) => [s.sku, s.title]));
  return {
    currency,
    lines: known.lines.map((line, i) => ({
      sku: line.sku,
      title: known.skus.get(line.sku)?.title ?? line.sku,
      quantity: line.quantity,
      unitPrice: money(line.unitPrice),
      discounts: (pricing.lines[i]?.discounts ?? []).map((d) => ({
        offer: d.offer,
        title: title(d.offer),
        ...money(d.amount),
      })),
      payable: money(pricing.lines[i]?.payable ?? 0),
    })),
    gifts: pricing.gifts.map(({ offer, sku, quantity }) => ({ offer, sku, title: gifts.get(sku) ?? sku, quantity })),
    goods: money(pricing.goods),
    discount: money(pricing.discount),
    freight: money(freight),
    total: money(pricing.total + freight),
    applied: [...new Set(pricing.applied.map((a) => a.offer))],
    rejected: [
      ...refused.map(({ coupon, code, offer }) => ({
        offer,
        title: title(offer),
        code,
        coupon,
        reason: t(ctx.locale, `fields.${code}`, { code: coupon }),
      })),
      ...pricing.rejected
        .filter((r) => !(r.code === 'needs_coupon' && refused.some((c) => c.offerId === r.offerId)))
        .map((r) => ({
          offer: r.offer,
          title: title(r.offer),
          code: r.code,
          reason: reasonOf(ctx, r, currency, title),
          ...(typeof r.facts['coupon'] === 'string' ? { coupon: r.facts['coupon'] } : {}),
        })),
    ],
    presale: pricing.presale && {
      deposit: money(pricing.presale.deposit),
      balance: money(pricing.total + freight - pricing.presale.deposit),
      balanceFrom: new Date(pricing.presale.balanceFrom).toISOString(),
      balanceTo: new Date(pricing.presale.balanceTo).toISOString(),
    },
  };
}

const giftSkus = (tx: Tx, pricing: Pricing) =>
  pricing.gifts.length === 0
    ? []
    : skusByCode(
        tx,
        pricing.gifts.map((g) => g.sku),
      );

/** Why an offer does not apply, in words that can be sent to a customer (PRO-4). Amounts are in `currency`. */
export function reasonOf(
  ctx: Pick<Ctx, 'locale'>,
  rejection: Pick<Rejection, 'offer' | 'code' | 'facts'>,
  currency: Currency,
  title: (offer: string) => string,
): string {
  const { missing, by, startsAt, endsAt, ...facts } = rejection.facts;
  const isMoney = rejection.code === 'below_threshold';
  const key = rejection.code === 'no_better' && typeof by !== 'string' ? 'no_better_alone' : rejection.code;
  return t(ctx.locale, `promotions.why.${key}`, {
    ...facts,
    title: title(rejection.offer),
    ...(typeof missing === 'number' ? { missing: isMoney ? { amount: missing, currency } : missing } : {}),
    ...(typeof by === 'string' ? { by: title(by) } : {}),
    ...(typeof startsAt === 'number' ? { startsAt: new Date(startsAt) } : {}),
    ...(typeof endsAt === 'number' ? { endsAt: new Date(endsAt) } : {}),
  });
}
