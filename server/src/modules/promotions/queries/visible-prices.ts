import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { pricesOf, SkuNotFound, skusByCode, type SoldSku } from '#modules/catalog/index.ts';
import { lineDiscount } from '../domain/amounts.ts';
import type { Terms } from '../domain/terms.ts';
import type { VisiblePrices } from '../schema.ts';

/** When a version of an offer was in force for a SKU: published, and in its time. */
type InForce = { code: string; title: string; terms: Terms; from: number; to: number };
type Period = { from: number; to: number; list: number };

const FOREVER = 8_640_000_000_000_000; // the last moment a Date can hold

/**
 * What one unit cost in the eyes of a customer, and when (PRO-5): the list price, or what a flash sale or a limited-time
 * discount made of it, until now. Offers that need more than one unit, a coupon or a threshold do not show on the price. Newest first.
 */
export async function visiblePrices(
  tx: Tx,
  ctx: Ctx,
  input: { sku: string; shop?: string | undefined },
): Promise<z.input<typeof VisiblePrices>> {
  const [sku] = await skusByCode(tx, [input.sku]);
  if (!sku) throw new SkuNotFound();
  const history = (await pricesOf(tx, sku.id)).map((p) => ({
    from: p.from_at.getTime(),
    to: p.to_at?.getTime() ?? FOREVER,
    list: p.price,
  }));
  const offers = await pricingOffers(tx, sku, input.shop ?? null);
  const money = (amount: number) => ({ amount, currency: sku.currency });
  const now = ctx.now.getTime();
  const shown = history
    .flatMap((period) => cut(period, offers))
    .filter((p) => p.from <= now) // what is to come has been seen by nobody
    .map((p) => ({ ...p, to: p.to > now ? FOREVER : p.to }))
    .toSorted((a, b) => a.from - b.from);
  return {
    sku: sku.sku,
    currency: sku.currency,
    items: joined(shown)
      .toReversed()
      .map((p) => ({
        price: money(p.price),
        listPrice: money(p.list),
        offer: p.offer,
        title: p.title,
        from: new Date(p.from).toISOString(),
        to: p.to === FOREVER ? null : new Date(p.to).toISOString(),
      })),
  };
}

type Shown = Period & { price: number; offer: string | null; title: string | null };

/** One list price, cut wherever an offer begins or ends, each piece with the least price of those in force. */
function cut(period: Period, offers: readonly InForce[]): Shown[] {
  const met = offers.filter((o) => o.from < period.to && o.to > period.from);
  const edges = new Set([period.from, period.to]);
  for (const o of met) {
    if (o.from > period.from) edges.add(o.from);
    if (o.to < period.to) edges.add(o.to);
  }
  const at = [...edges].toSorted((a, b) => a - b);
  return at.slice(0, -1).map((from, i) => {
    let best: Shown = {
      from,
      to: at[i + 1] as number,
      list: period.list,
      price: period.list,
      offer: null,
      title: null,
    };
    for (const o of met) {
      if (o.from > from || o.to <= from) continue;
      const price = period.list - lineDiscount(o.terms, period.list, 1, period.list);
      if (price < best.price) best = { ...best, price, offer: o.code, title: o.title };
    }
    return best;
  });
}

/** Neighbours that look the same are one. */
function joined(pieces: readonly Shown[]): Shown[] {
  const out: Shown[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (last && last.price === piece.price && last.list === piece.list && last.offer === piece.offer)
      last.to = piece.to;
    else out.push({ ...piece });
  }
  return out;
}

/** Each stretch in which an offer that shows on the price was published and in its time for the SKU. */
async function pricingOffers(tx: Tx, sku: SoldSku, shop: string | null): Promise<InForce[]> {
  const rows = await tx.query<{
    code: string;
    title: string;
    terms: Terms;
    starts_at: Date;
    ends_at: Date;
    at: Date;
    until: Date | null;
  }>(
    `select o.code, v.title, v.terms, v.starts_at, v.ends_at, m.at, m.until
       from (select offer_id, state, version, at, lead(at) over (partition by offer_id order by seq) as until from promotions.offer_moves where org_id = $1) m
       join promotions.offers o on o.org_id = $1 and o.id = m.offer_id
       join promotions.offer_versions v on v.org_id = $1 and v.offer_id = m.offer_id and v.version = m.version
      where m.state = 'published' and o.kind in ('flash_sale', 'limited_time_discount')
        and ($4::text is null or v.shops is null or $4 = any (v.shops))
        and ((v.skus is null and v.categories is null) or $2 = any (v.skus)
          or exists (select from unnest(v.categories) c where c = $3 or starts_with($3, c || '/')))
      order by m.at desc limit 2000`,
    [tx.orgId, sku.sku, sku.category, shop],
  );
  return rows
    .map((r) => ({
      code: r.code,
      title: r.title,
      terms: r.terms,
      from: Math.max(r.at.getTime(), r.starts_at.getTime()),
      to: Math.min(r.until?.getTime() ?? FOREVER, r.ends_at.getTime()),
    }))
    .filter((o) => o.from < o.to);
}
