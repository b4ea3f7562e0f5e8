import type { Tx } from '#kernel/db/index.ts';
import { findShop, skusByIds } from '#modules/catalog/index.ts';
import {
  type Cart,
  type Offer,
  offersAt,
  priceCart,
  promotionSettings,
  stackingOf,
} from '#modules/promotions/index.ts';
import { leftFor, sameDiscounts } from '../change/reprice.ts';
import { linesOf, type LineRow, type OrderRow } from '../store/orders.ts';

/** What some of an order's units would have cost alone, by line in minor units, and the gifts that would have come with them. */
export type KeptPrice = { lines: ReadonlyMap<string, number>; gifts: ReadonlyMap<string, number> };

/** Coupons the order was priced with: as its discounts tell. */
const couponsOf = (offers: readonly Offer[], lines: readonly LineRow[]): { code: string; offerId: string }[] =>
  offers
    .filter((o) => o.terms.kind === 'coupon' && lines.some((l) => l.discounts.some((d) => d.offer === o.code)))
    .map((o) => ({ code: o.code, offerId: o.id }));

/**
 * Prices what is kept of an order by the offers it was placed under. Null when they do not explain to the cent what the order was
 * agreed at (prices agreed elsewhere, a part of a split order): then every unit keeps its share, and nothing can be said of thresholds.
 * `keep` names units by line; gifts are no part of the cart.
 */
export async function priceOfKept(tx: Tx, row: OrderRow, keep: ReadonlyMap<string, number>): Promise<KeptPrice | null> {
  if (row.derived !== null || row.historical) return null;
  const lines = await linesOf(tx, row.id);
  const goods = lines.filter((l) => l.kind === 'goods');
  const offers = await offersAt(tx, row.created_at);
  const shop = (await findShop(tx, { id: row.shop_id }))?.code ?? '';
  const skus = await skusByIds(
    tx,
    goods.map((l) => l.sku_id),
  );
  const categories = new Map(skus.map((s) => [s.id, s.category]));
  const cartLine = (l: LineRow, quantity: number): Cart['lines'][number] => ({
    shop,
    sku: l.sku,
    category: categories.get(l.sku_id) ?? '',
    quantity,
    unitPrice: l.unit_price,
    ...(l.unit_price === l.list_price ? {} : { agreed: true }),
  });
  const whole = goods.map((l) => ({ cart: cartLine(l, l.base?.quantity ?? l.quantity), discounts: l.discounts }));
  const stacking = stackingOf(await promotionSettings.get(tx));
  const price = (cart: Cart['lines']) =>
    priceCart(
      {
        lines: cart,
        at: row.created_at.getTime(),
        coupons: couponsOf(offers, lines),
        left: leftFor(offers, whole),
        stacking,
      },
      offers,
      { explain: false },
    );
  const agreed = price(whole.map((w) => w.cart)).lines;
  if (whole.some((w, i) => !sameDiscounts(w.discounts, agreed[i]?.discounts ?? []))) return null;
  const kept = goods.filter((l) => (keep.get(l.id) ?? 0) > 0);
  if (kept.length === 0) return { lines: new Map(), gifts: new Map() };
  const pricing = price(kept.map((l) => cartLine(l, keep.get(l.id) ?? 0)));
  return {
    lines: new Map(kept.map((l, i) => [l.id, pricing.lines[i]?.payable ?? 0])),
    gifts: new Map(pricing.gifts.map((g) => [g.sku, g.quantity])),
  };
}
