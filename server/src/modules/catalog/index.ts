import type { Module } from '#kernel/module.ts';
import { routes } from './routes.ts';
import './events.ts';
import './importing/export-products.ts';
import './importing/import-products.ts';

export { createProduct } from './commands/create-product.ts';
export { createShop } from './commands/create-shop.ts';
export { ensureProducts, type WantedSku } from './importing/ensure-products.ts';
export { ShopNotFound, SkuNotFound } from './errors.ts';
export { MoneyView, PriceInput } from './schema.ts';
export { SkuCache } from './sku-cache.ts';
export { fallsOf, priceAt, type PriceFall, type PricePeriod, pricesOf, skusFallen } from './store/prices.ts';
export {
  knownCategories,
  picturesOf,
  sampleInScope,
  type SkuRow,
  skuByScan,
  type FoundSku,
  skuIdsByCodes,
  type SoldSku,
  skusByCode,
  skusByIds,
  skusMatching,
  skusOfProducts,
} from './store/products.ts';
export { findShop, listShops, type ShopRow, shopsByCodes } from './store/shops.ts';

export const catalogModule: Module = {
  name: 'catalog',
  routes,
  permissions: {
    'catalog.shop.read': 'See shops',
    'catalog.shop.write': 'Open and change shops',
    'catalog.product.read': 'See products and prices',
    'catalog.product.write': 'Add and change products and prices',
  },
};
