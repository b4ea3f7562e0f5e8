import type { Db } from '#kernel/db/index.ts';
import { findShop, type ShopRow } from './store/shops.ts';
import { type SoldSku, skusByCode } from './store/products.ts';

const SKUS_MAX = 200_000;

/**
 * SKUs by code, per organisation, for pricing without a query per order. It may be out of date: whoever uses it has
 * the versions checked in the transaction that stores the result (`catalog.stale_skus`) and calls `forget` when told.
 */
export class SkuCache {
  readonly #db: Db;
  readonly #skus = new Map<string, SoldSku>();
  readonly #shops = new Map<string, ShopRow>();
  constructor(db: Db) {
    this.#db = db;
  }

  /** The SKUs of the codes when all of them are known here; asks nobody. */
  peek(orgId: string, codes: readonly string[]): Map<string, SoldSku> | undefined {
    const found = new Map<string, SoldSku>();
    for (const code of codes) {
      const hit = this.#skus.get(`${orgId}/${code}`);
      if (!hit) return undefined;
      found.set(code, hit);
    }
    return found;
  }

  /** The shop when it is known here; asks nobody. */
  peekShop(orgId: string, code: string): ShopRow | undefined {
    return this.#shops.get(`${orgId}/${code}`);
  }

  /** The SKUs that exist among the codes. */
  async skus(orgId: string, codes: Iterable<string>): Promise<Map<string, SoldSku>> {
    const found = new Map<string, SoldSku>();
    const missing: string[] = [];
    for (const code of codes) {
      const hit = this.#skus.get(`${orgId}/${code}`);
      if (hit) found.set(code, hit);
      else if (!found.has(code)) missing.push(code);
    }
    if (missing.length === 0) return found;
    return new Map([...found, ...(await this.reread(orgId, missing))]);
  }

  /** As `skus`, from the database: for who is about to refuse something because of a price or status read earlier. */
  async reread(orgId: string, codes: readonly string[]): Promise<Map<string, SoldSku>> {
    if (this.#skus.size > SKUS_MAX) this.#skus.clear();
    const rows = await this.#db.read({ orgId }, (tx) => skusByCode(tx, codes));
    for (const row of rows) this.#skus.set(`${orgId}/${row.sku}`, row);
    return new Map(rows.map((row) => [row.sku, row]));
  }

  /** A shop's id and currency never change, so this needs no version. */
  async shop(orgId: string, code: string): Promise<ShopRow | undefined> {
    const key = `${orgId}/${code}`;
    const hit = this.#shops.get(key);
    if (hit) return hit;
    const row = await this.#db.read({ orgId }, (tx) => findShop(tx, { code }));
    if (row) this.#shops.set(key, row);
    return row;
  }

  forget(orgId: string, skuIds: Iterable<string>): void {
    const stale = new Set(skuIds);
    for (const [key, row] of this.#skus) if (stale.has(row.id) && key.startsWith(orgId)) this.#skus.delete(key);
  }
}
