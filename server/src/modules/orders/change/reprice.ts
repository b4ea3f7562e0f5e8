import type { Tx } from '#kernel/db/index.ts';
import { findShop, type SoldSku, skusByIds } from '#modules/catalog/index.ts';
import {
  type Cart,
  type Offer,
  offersAt,
  priceCart,
  promotionSettings,
  stackingOf,
} from '#modules/promotions/index.ts';
import {
  hasChanged,
  isNew,
  offerTargets,
  type OldLine,
  type PricedTarget,
  scaleTargets,
  type Target,
} from '../domain/amend-lines.ts';
import type { LineRow, OrderRow } from '../store/orders.ts';

type CartLine = Cart['lines'][number];
type Item = { cart: CartLine; discounts: readonly { offer: string; amount: number }[] };

const cartLine = (shop: string, sku: string, category: string, quantity: number, price: number, list: number) => ({
  shop,
  sku,
  category,
  quantity,
  unitPrice: price,
  ...(price === list ? {} : { agreed: true }),
});

/** Units of limited offers the order has: it gets no more of them by a change. */
export function leftFor(offers: readonly Offer[], items: readonly Item[]): Map<string, number> {
  return new Map(
    offers.flatMap((o) => {
      const limited =
        (o.terms.kind === 'flash_sale' || o.terms.kind === 'presale') &&
        (o.terms.quota !== null || (o.terms.kind === 'flash_sale' && o.terms.limitPerCustomer !== null));
      if (!limited) return [];
      const units = items.filter((i) => i.discounts.some((d) => d.offer === o.code));
      return [[o.id, units.reduce((n, i) => n + i.cart.quantity, 0)] as const];
    }),
  );
}

export const sameDiscounts = (a: Item['discounts'], b: Item['discounts']): boolean => {
  const text = (items: Item['discounts']): string =>
    items
      .map((d) => `${d.offer}:${d.amount}`)
      .toSorted()
      .join();
  return text(a) === text(b);
};

/**
 * Prices changed lines: with the offers that were in force when the order was placed, provided they explain to the cent what
 * is on the order now; else (a coupon, an agreed price, a part of a split order) every unit keeps its part of what it had.
 */
export async function repriceLines(
  tx: Tx,
  row: OrderRow,
  lines: readonly (LineRow & OldLine)[],
  targets: readonly Target[],
): Promise<PricedTarget[]> {
  const scaled = scaleTargets(targets);
  if (!hasChanged(targets) || row.derived !== null) return scaled;
  const offers = await offersAt(tx, row.created_at);
  if (offers.length === 0) return scaled;
  const shop = (await findShop(tx, { id: row.shop_id }))?.code ?? '';
  const sold = new Map(
    (
      await skusByIds(
        tx,
        lines.map((l) => l.sku_id),
      )
    ).map((s) => [s.id, s]),
  );
  const goods = lines.filter((l) => l.kind === 'goods' && l.quantity > 0);
  const item = (l: LineRow, quantity: number): CartLine =>
    cartLine(shop, l.sku, sold.get(l.sku_id)?.category ?? '', quantity, l.unit_price, l.list_price);
  const now: Item[] = goods.map((l) => ({ cart: item(l, l.quantity), discounts: l.discounts }));
  const stacking = stackingOf(await promotionSettings.get(tx));
  const price = (cart: CartLine[]) =>
    priceCart(
      { lines: cart, at: row.created_at.getTime(), coupons: [], left: leftFor(offers, now), stacking },
      offers,
      { explain: false },
    ).lines.map((l) => l.discounts.map((d) => ({ offer: d.offer, amount: d.amount })));
  const explained = price(now.map((i) => i.cart));
  if (now.some((i, n) => !sameDiscounts(i.discounts, explained[n] ?? []))) return scaled;
  return priceTargets(
    targets,
    (t) => (isNew(t) ? newItem(shop, t.sku as SoldSku, t.quantity) : item(t.line as LineRow, t.quantity)),
    price,
  );
}

const newItem = (shop: string, sku: SoldSku, quantity: number): CartLine =>
  cartLine(shop, sku.sku, sku.category, quantity, sku.price_amount, sku.price_amount);

/** Gifts and what is taken out are no part of the cart. */
function priceTargets(
  targets: readonly Target[],
  item: (t: Target) => CartLine,
  price: (cart: CartLine[]) => { offer: string; amount: number }[][],
): PricedTarget[] {
  const counted = targets.map((t) => t.quantity > 0 && (isNew(t) || t.line.kind === 'goods'));
  const found = price(targets.filter((_, i) => counted[i]).map(item));
  let n = 0;
  return offerTargets(
    targets,
    counted.map((c) => (c ? (found[n++] ?? []) : [])),
  );
}
