import type { z } from 'zod';
import type { PriceHistoryView, ProductView, ShopView, SkuView } from './schema.ts';
import type { PricePeriod } from './store/prices.ts';
import type { ProductRow, SkuRow } from './store/products.ts';
import type { ShopRow } from './store/shops.ts';

export const presentShop = (row: ShopRow): z.input<typeof ShopView> => ({
  id: row.id,
  code: row.code,
  name: row.name,
  currency: row.currency,
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

export const presentSku = (row: SkuRow): z.input<typeof SkuView> => ({
  id: row.id,
  sku: row.sku,
  barcode: row.barcode,
  title: row.title,
  price: { amount: row.price_amount, currency: row.currency },
  weightG: row.weight_g,
  reserveOn: row.reserve_on,
  status: row.status,
  backorder: row.backorder,
  availableFrom: row.available_from,
  storage: row.storage,
  lengthMm: row.length_mm,
  widthMm: row.width_mm,
  heightMm: row.height_mm,
  fragile: row.fragile,
});

export const presentProduct = (row: ProductRow, skus: readonly SkuRow[]): z.input<typeof ProductView> => ({
  id: row.id,
  code: row.code,
  title: row.title,
  category: row.category,
  attributes: row.attributes,
  pictureId: row.picture_id,
  status: row.status,
  skus: skus.filter((s) => s.product_id === row.id).map(presentSku),
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

export const presentPrices = (
  sku: Pick<SkuRow, 'sku' | 'currency'>,
  periods: readonly PricePeriod[],
): z.input<typeof PriceHistoryView> => ({
  sku: sku.sku,
  currency: sku.currency,
  items: periods.map((p) => ({
    price: { amount: p.price, currency: sku.currency },
    from: p.from_at.toISOString(),
    to: p.to_at?.toISOString() ?? null,
  })),
});
