import { z } from 'zod';
import { minorDigits } from '#kernel/money.ts';
import { defineExport } from '#kernel/transfers/index.ts';
import { listProducts, skusOfProducts } from '../store/products.ts';

const PAGE = 200;

/** Every product with its SKUs, one row per SKU, in the columns of the import's template. */
export const exportProducts = defineExport({
  kind: 'products',
  permission: 'catalog.product.read',
  filters: z
    .object({
      q: z.string().max(100).optional(),
      category: z.string().max(300).optional(),
      status: z.enum(['on_sale', 'off_sale']).optional(),
    })
    .strict(),
  columns: [
    'code',
    'title',
    'category',
    'sku',
    'barcode',
    'price',
    'currency',
    'weight_g',
    'reserve_on',
    'status',
    'backorder',
    'available_from',
    'storage',
    'length_mm',
    'width_mm',
    'height_mm',
    'fragile',
  ],
  async *pages({ db, ctx }, filters) {
    let beforeId: string | null = null;
    for (;;) {
      const page = await db.read(ctx, async (tx) => {
        const products = await listProducts(tx, { ...filters, beforeId, limit: PAGE });
        return {
          products,
          skus: await skusOfProducts(
            tx,
            products.map((p) => p.id),
          ),
        };
      });
      yield page.products.flatMap((p) =>
        page.skus
          .filter((s) => s.product_id === p.id)
          .map((s) => [
            p.code,
            s.title,
            p.category,
            s.sku,
            s.barcode,
            decimal(s.price_amount, minorDigits(s.currency)),
            s.currency,
            s.weight_g,
            s.reserve_on,
            s.status,
            s.backorder ? 'yes' : 'no',
            s.available_from,
            s.storage,
            s.length_mm,
            s.width_mm,
            s.height_mm,
            s.fragile ? 'yes' : 'no',
          ]),
      );
      if (page.products.length < PAGE) return;
      beforeId = page.products.at(-1)?.id ?? null;
    }
  },
});

/** Minor units as a decimal text, without passing through a float. */
function decimal(amount: number, digits: 0 | 2): string {
  if (digits === 0) return String(amount);
  const text = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
