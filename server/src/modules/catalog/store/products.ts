import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { Currency } from '#kernel/money.ts';
import { notePrices } from './prices.ts';

export type ProductRow = {
  id: string;
  code: string;
  title: string;
  category: string;
  attributes: Record<string, string>;
  picture_id: string | null;
  status: 'on_sale' | 'off_sale';
  created_at: Date;
  version: number;
};
export type SkuRow = {
  id: string;
  product_id: string;
  sku: string;
  barcode: string | null;
  title: string;
  price_amount: number;
  currency: Currency;
  weight_g: number;
  reserve_on: 'order' | 'payment';
  status: 'on_sale' | 'off_sale';
  created_at: Date;
  version: number;
  /** It is sold when it is not there, too. */
  backorder: boolean;
  /** The day it is expected, as YYYY-MM-DD. */
  available_from: string | null;
} & Handling;
/** How a SKU is kept and packed. Millimetres of the piece as it is packed; 0: nobody has measured it. */
export type Handling = {
  storage: 'ambient' | 'chilled' | 'frozen';
  length_mm: number;
  width_mm: number;
  height_mm: number;
  fragile: boolean;
};
/** A SKU with the category of its product, as prices and promotions need it. */
export type SoldSku = SkuRow & { category: string };
const PRODUCT = 'id, code, title, category, attributes, picture_id, status, created_at, version';
const SKU_COLUMNS =
  'id, product_id, sku, barcode, title, price_amount, currency, weight_g, reserve_on, status, created_at, version, backorder, available_from, storage, length_mm, width_mm, height_mm, fragile';
const SKU = SKU_COLUMNS.replace('available_from', 'available_from::text as available_from');
const SOLD = `select ${SKU.split(', ')
  .map((c) => `s.${c}`)
  .join(', ')}, p.category from catalog.skus s join catalog.products p on p.org_id = s.org_id and p.id = s.product_id`;

export async function addCategory(tx: Tx, path: string, at: Date): Promise<void> {
  await tx.query(
    'insert into catalog.categories (org_id, path, created_at) values ($1, $2, $3) on conflict do nothing',
    [tx.orgId, path, at],
  );
}

/** Those of the paths that are categories, or have categories below them. */
export async function knownCategories(tx: Tx, paths: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ path: string }>(
    `select w.path from unnest($2::text[]) w (path) where exists (
       select from catalog.categories c where c.org_id = $1 and (c.path = w.path or starts_with(c.path, w.path || '/')))`,
    [tx.orgId, paths],
  );
  return new Set(rows.map((r) => r.path));
}

/** Paths of categories that contain the text, in order. */
export async function categoriesMatching(tx: Tx, text: string, limit: number): Promise<string[]> {
  const rows = await tx.query<{ path: string }>(
    'select path from catalog.categories where org_id = $1 and strpos(lower(path), lower($2)) > 0 order by path limit $3',
    [tx.orgId, text, limit],
  );
  return rows.map((r) => r.path);
}

/** Returns undefined when the code is taken. */
export async function insertProduct(tx: Tx, row: ProductRow): Promise<ProductRow | undefined> {
  return maybeOne(
    await tx.query<ProductRow>(
      `insert into catalog.products (org_id, ${PRODUCT}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (org_id, code) do nothing returning ${PRODUCT}`,
      [
        tx.orgId,
        row.id,
        row.code,
        row.title,
        row.category,
        JSON.stringify(row.attributes),
        row.picture_id,
        row.status,
        row.created_at,
        row.version,
      ],
    ),
  );
}

/** SKU codes and barcodes among those given that the organisation already has. */
export async function takenCodes(
  tx: Tx,
  skus: readonly string[],
  barcodes: readonly string[],
): Promise<{ sku: string; barcode: string | null }[]> {
  return tx.query(
    'select sku, barcode from catalog.skus where org_id = $1 and (sku = any ($2) or barcode = any ($3))',
    [tx.orgId, skus, barcodes],
  );
}

/** Products among the codes that exist. */
export async function productCodes(tx: Tx, codes: readonly string[]): Promise<{ id: string; code: string }[]> {
  return tx.query('select id, code from catalog.products where org_id = $1 and code = any ($2)', [tx.orgId, codes]);
}

export async function insertSkus(tx: Tx, rows: readonly SkuRow[]): Promise<void> {
  await tx.query(
    `insert into catalog.skus (org_id, ${SKU_COLUMNS})
     select $1, * from jsonb_to_recordset($2::jsonb) as r (id uuid, product_id uuid, sku text, barcode text, title text, price_amount bigint,
       currency text, weight_g integer, reserve_on text, status text, created_at timestamptz, version integer, backorder boolean, available_from date,
       storage text, length_mm integer, width_mm integer, height_mm integer, fragile boolean)`,
    [tx.orgId, JSON.stringify(rows)],
  );
  for (const [at, made] of Map.groupBy(rows, (r) => r.created_at.getTime()))
    await notePrices(
      tx,
      made.map((r) => ({ skuId: r.id, price: r.price_amount })),
      new Date(at),
    );
}

export async function lockProduct(tx: Tx, id: string): Promise<ProductRow | undefined> {
  return maybeOne(
    await tx.query<ProductRow>(`select ${PRODUCT} from catalog.products where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
}

export async function findProduct(tx: Tx, id: string): Promise<ProductRow | undefined> {
  return maybeOne(
    await tx.query<ProductRow>(`select ${PRODUCT} from catalog.products where org_id = $1 and id = $2`, [tx.orgId, id]),
  );
}

export async function saveProduct(tx: Tx, row: ProductRow): Promise<void> {
  await tx.query(
    `update catalog.products set title = $3, category = $4, attributes = $5, picture_id = $6, status = $7, version = $8 where org_id = $1 and id = $2`,
    [
      tx.orgId,
      row.id,
      row.title,
      row.category,
      JSON.stringify(row.attributes),
      row.picture_id,
      row.status,
      row.version,
    ],
  );
}

export async function saveSku(tx: Tx, row: SkuRow): Promise<void> {
  await tx.query(
    `update catalog.skus set title = $3, price_amount = $4, weight_g = $5, status = $6, version = $7, backorder = $8, available_from = $9::text::date,
            storage = $10, length_mm = $11, width_mm = $12, height_mm = $13, fragile = $14
      where org_id = $1 and id = $2`,
    [
      tx.orgId,
      row.id,
      row.title,
      row.price_amount,
      row.weight_g,
      row.status,
      row.version,
      row.backorder,
      row.available_from,
      row.storage,
      row.length_mm,
      row.width_mm,
      row.height_mm,
      row.fragile,
    ],
  );
}

export async function skusOfProducts(tx: Tx, productIds: readonly string[]): Promise<SkuRow[]> {
  return tx.query<SkuRow>(`select ${SKU} from catalog.skus where org_id = $1 and product_id = any ($2) order by id`, [
    tx.orgId,
    productIds,
  ]);
}

export async function skusByCode(tx: Tx, codes: readonly string[]): Promise<SoldSku[]> {
  return tx.prepared<SoldSku>(`${SOLD} where s.org_id = $1 and s.sku = any ($2)`, [tx.orgId, codes]);
}

export async function skusByIds(tx: Tx, ids: readonly string[]): Promise<SoldSku[]> {
  return tx.prepared<SoldSku>(`${SOLD} where s.org_id = $1 and s.id = any ($2)`, [tx.orgId, ids]);
}

export type FoundSku = Pick<SkuRow, 'id' | 'sku' | 'barcode' | 'storage'>;

/** Ids by SKU code or barcode, of many at a time: for files. */
export async function skuIdsByCodes(
  tx: Tx,
  by: { skus: readonly string[]; barcodes: readonly string[] },
): Promise<FoundSku[]> {
  return tx.query(
    `select id, sku, barcode, storage from catalog.skus where org_id = $1 and sku = any ($2)
     union select id, sku, barcode, storage from catalog.skus where org_id = $1 and barcode = any ($3)`,
    [tx.orgId, by.skus, by.barcodes],
  );
}

/** What a scanner read: a barcode first, else a SKU code. */
export async function skuByScan(tx: Tx, code: string): Promise<SkuRow | undefined> {
  const rows = await tx.query<SkuRow>(
    `select ${SKU} from catalog.skus where org_id = $1 and (barcode = $2 or sku = $2) order by barcode = $2 desc nulls last limit 1`,
    [tx.orgId, code],
  );
  return rows[0];
}

export async function listProducts(
  tx: Tx,
  by: {
    q?: string | undefined;
    category?: string | undefined;
    status?: string | undefined;
    beforeId: string | null;
    limit: number;
  },
): Promise<ProductRow[]> {
  return tx.query<ProductRow>(
    `select ${PRODUCT} from catalog.products p where org_id = $1 and ($2::uuid is null or id < $2)
        and ($3::text is null or category = $3 or starts_with(category, $3 || '/')) and ($4::text is null or status = $4)
        and ($5::text is null or title ilike $5 or code ilike $5 or exists (
          select from catalog.skus s where s.org_id = p.org_id and s.product_id = p.id and (s.sku ilike $5 or s.barcode = $6)))
      order by id desc limit $7`,
    [
      tx.orgId,
      by.beforeId,
      by.category ?? null,
      by.status ?? null,
      by.q === undefined ? null : `%${by.q.replaceAll(/[\\%_]/g, '\\$&')}%`,
      by.q ?? null,
      by.limit,
    ],
  );
}

/**
 * SKUs on sale that are named, or whose category or one above it is; all of them when both are null. Of many the cheapest
 * and the dearest, `limit` in all.
 */
export async function sampleInScope(
  tx: Tx,
  scope: { skus: readonly string[] | null; categories: readonly string[] | null },
  limit: number,
): Promise<SoldSku[]> {
  const some = (order: 'asc' | 'desc') =>
    tx.query<SoldSku>(
      `${SOLD} where s.org_id = $1 and s.status = 'on_sale'
          and (($2::text[] is null and $3::text[] is null) or s.sku = any ($2)
            or exists (select from unnest($3::text[]) c where p.category = c or starts_with(p.category, c || '/')))
        order by s.price_amount ${order}, s.sku limit $4`,
      [tx.orgId, scope.skus, scope.categories, Math.ceil(limit / 2)],
    );
  const found = [...(await some('asc')), ...(await some('desc'))];
  return [...new Map(found.map((s) => [s.id, s])).values()];
}

/** SKUs whose code, barcode or title contains the text. */
export async function skusMatching(tx: Tx, text: string, limit: number): Promise<SkuRow[]> {
  return tx.query<SkuRow>(
    `select ${SKU} from catalog.skus where org_id = $1 and (sku ilike $2 or title ilike $2 or barcode = $3) order by id desc limit $4`,
    [tx.orgId, `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`, text, limit],
  );
}

/** The pictures of those of the products that have one, by product. */
export async function picturesOf(tx: Tx, productIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; picture_id: string }>(
    'select id, picture_id from catalog.products where org_id = $1 and id = any ($2) and picture_id is not null',
    [tx.orgId, productIds],
  );
  return new Map(rows.map((r) => [r.id, r.picture_id]));
}
