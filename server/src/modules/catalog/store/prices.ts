import type { Tx } from '#kernel/db/index.ts';

export type PricePeriod = { sku_id: string; price: number; from_at: Date; to_at: Date | null };

/**
 * Notes what SKUs cost from now on. Two prices of one moment are one period with the later; when the clock of another
 * machine was ahead, its period keeps its beginning.
 */
export async function notePrices(tx: Tx, prices: readonly { skuId: string; price: number }[], at: Date): Promise<void> {
  if (prices.length === 0) return;
  const ids = prices.map((p) => p.skuId);
  await tx.query(
    'update catalog.price_history set to_at = $3 where org_id = $1 and sku_id = any ($2) and to_at is null and from_at < $3',
    [tx.orgId, ids, at],
  );
  await tx.query(
    `insert into catalog.price_history (org_id, sku_id, from_at, price)
     select $1, n.id, coalesce(h.from_at, $4), n.price from unnest($2::uuid[], $3::bigint[]) n (id, price)
       left join catalog.price_history h on h.org_id = $1 and h.sku_id = n.id and h.to_at is null
     on conflict (sku_id, from_at, org_id) do update set price = excluded.price, to_at = null`,
    [tx.orgId, ids, prices.map((p) => p.price), at],
  );
}

/** What a SKU has cost, newest first; of more than `limit` periods the oldest are left out. */
export async function pricesOf(tx: Tx, skuId: string, limit = 500): Promise<PricePeriod[]> {
  return tx.query<PricePeriod>(
    'select sku_id, price, from_at, to_at from catalog.price_history where org_id = $1 and sku_id = $2 order by from_at desc limit $3',
    [tx.orgId, skuId, limit],
  );
}

/** List prices in minor units as they were at a moment, by SKU id; a SKU that did not exist then is left out. */
export async function priceAt(tx: Tx, skuIds: readonly string[], at: Date): Promise<Map<string, number>> {
  const rows = await tx.query<{ sku_id: string; price: number }>(
    `select sku_id, price from catalog.price_history
      where org_id = $1 and sku_id = any ($2) and from_at <= $3 and (to_at is null or to_at > $3)`,
    [tx.orgId, skuIds, at],
  );
  return new Map(rows.map((r) => [r.sku_id, r.price]));
}

/** A price that is lower than the one before it, from a moment on. Minor units. */
export type PriceFall = { sku_id: string; from_at: Date; was: number; price: number };

/** SKUs whose price fell after `since` and until `until`, by id; what it is now does not matter. */
export async function skusFallen(tx: Tx, since: Date, until: Date): Promise<string[]> {
  const rows = await tx.query<{ sku_id: string }>(
    `select distinct h.sku_id from catalog.price_history h cross join lateral (
       select p.price from catalog.price_history p where p.org_id = $1 and p.sku_id = h.sku_id and p.from_at < h.from_at
        order by p.from_at desc limit 1) before
      where h.org_id = $1 and h.from_at > $2 and h.from_at <= $3 and h.price < before.price order by h.sku_id`,
    [tx.orgId, since, until],
  );
  return rows.map((r) => r.sku_id);
}

/** Falls of the prices of SKUs after a moment and until another, lowest first for each SKU. */
export async function fallsOf(tx: Tx, skuIds: readonly string[], after: Date, until: Date): Promise<PriceFall[]> {
  return tx.query<PriceFall>(
    `select h.sku_id, h.from_at, before.price as was, h.price from catalog.price_history h cross join lateral (
       select p.price from catalog.price_history p where p.org_id = $1 and p.sku_id = h.sku_id and p.from_at < h.from_at
        order by p.from_at desc limit 1) before
      where h.org_id = $1 and h.sku_id = any ($2) and h.from_at > $3 and h.from_at <= $4 and h.price < before.price
      order by h.sku_id, h.price, h.from_at`,
    [tx.orgId, skuIds, after, until],
  );
}
