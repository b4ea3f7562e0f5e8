import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import { ProductCreated } from '../events.ts';
import { addCategory, insertSkus, type SkuRow, skusByCode } from '../store/products.ts';

export type WantedSku = { sku: string; title: string; price: number; currency: Currency };

/**
 * The SKUs by code, those that do not exist made as products of one SKU each: for imports that bring goods nobody has
 * entered. Another transaction making the same SKU at the same moment wins; its row is then found.
 */
export async function ensureProducts(
  tx: Tx,
  ctx: Ctx,
  wanted: readonly WantedSku[],
  category: string,
): Promise<Map<string, SkuRow>> {
  const known = new Map(
    (
      await skusByCode(
        tx,
        wanted.map((w) => w.sku),
      )
    ).map((s) => [s.sku, s]),
  );
  const missing = [...new Map(wanted.filter((w) => !known.has(w.sku)).map((w) => [w.sku, w])).values()].toSorted(
    (a, b) => (a.sku < b.sku ? -1 : 1),
  );
  if (missing.length === 0) return known;
  await addCategory(tx, category, ctx.now);
  const made = await tx.query<{ id: string; code: string }>(
    `insert into catalog.products (org_id, id, code, title, category, created_at)
     select $1, id, code, title, $3, $4 from jsonb_to_recordset($2::jsonb) as r (id uuid, code text, title text)
     on conflict (org_id, code) do nothing returning id, code`,
    [tx.orgId, JSON.stringify(missing.map((w) => ({ id: newId(), code: w.sku, title: w.title }))), category, ctx.now],
  );
  const byCode = new Map(missing.map((w) => [w.sku, w]));
  const rows = made.flatMap((p): SkuRow[] => {
    const w = byCode.get(p.code);
    if (!w) return [];
    return [
      {
        id: newId(),
        product_id: p.id,
        sku: w.sku,
        barcode: null,
        title: w.title,
        price_amount: w.price,
        currency: w.currency,
        weight_g: 0,
        reserve_on: 'order',
        status: 'on_sale',
        created_at: ctx.now,
        version: 1,
        backorder: false,
        available_from: null,
        storage: 'ambient',
        length_mm: 0,
        width_mm: 0,
        height_mm: 0,
        fragile: false,
      },
    ];
  });
  await insertSkus(tx, rows);
  await emitMany(
    tx,
    ctx,
    ProductCreated,
    rows.map((r) => ({ key: r.product_id, value: { code: r.sku, skus: [r.sku] } })),
  );
  for (const row of rows) known.set(row.sku, { ...row, category });
  for (const row of await skusByCode(
    tx,
    missing.filter((w) => !known.has(w.sku)).map((w) => w.sku),
  ))
    known.set(row.sku, row);
  return known;
}
