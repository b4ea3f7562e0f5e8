import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { picturesOf, type SkuRow, skusByCode, skusMatching } from '#modules/catalog/index.ts';
import type { FindSkus, SkuHitView } from '../schema.ts';
import { allWarehouses } from '../store/warehouses.ts';

/** Sellable pieces by SKU, over the warehouses given. */
async function availableOf(
  tx: Tx,
  skus: readonly SkuRow[],
  warehouseIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ sku_id: string; available: number }>(
    `select sku_id, sum(greatest(on_hand - reserved - safety, 0))::bigint as available from inventory.balances
      where org_id = $1 and sku_id = any ($2) and warehouse_id = any ($3) group by sku_id`,
    [tx.orgId, skus.map((s) => s.id), warehouseIds],
  );
  return new Map(rows.map((r) => [r.sku_id, r.available]));
}

/** SKUs by code, barcode or title, or those named, with what is left of each. */
export async function findSkus(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof FindSkus>,
): Promise<{ items: z.input<typeof SkuHitView>[] }> {
  const skus = input.codes ? await skusByCode(tx, input.codes) : await skusMatching(tx, input.q, input.limit);
  const warehouses = (await allWarehouses(tx)).filter(
    (w) => (ctx.actor.warehouses?.has(w.id) ?? true) && (input.warehouse === undefined || w.code === input.warehouse),
  );
  const available = await availableOf(
    tx,
    skus,
    warehouses.map((w) => w.id),
  );
  const pictures = await picturesOf(tx, [...new Set(skus.map((s) => s.product_id))]);
  return {
    items: skus.map((s) => {
      const picture = pictures.get(s.product_id);
      return {
        sku: s.sku,
        barcode: s.barcode,
        title: s.title,
        status: s.status,
        price: { amount: s.price_amount, currency: s.currency },
        productId: s.product_id,
        // the file's id makes the address change with the picture, so that a browser may keep what it has
        pictureUrl: picture === undefined ? null : `/api/v1/products/${s.product_id}/picture?v=${picture}`,
        available: available.get(s.id) ?? 0,
      };
    }),
  };
}
