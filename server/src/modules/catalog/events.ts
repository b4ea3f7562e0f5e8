import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

export const ShopCreated = defineEvent('catalog.shop_created.v1', z.object({ code: z.string() }));
export const ProductCreated = defineEvent(
  'catalog.product_created.v1',
  z.object({ code: z.string(), skus: z.array(z.string()) }),
);
export const ProductChanged = defineEvent(
  'catalog.product_changed.v1',
  z.object({ code: z.string(), fields: z.array(z.string()) }),
);
/** A price the customer could see changed; the record of prices is read from these. */
export const PriceChanged = defineEvent(
  'catalog.price_changed.v1',
  z.object({ sku: z.string(), from: z.int(), to: z.int(), currency: z.string() }),
);
/** Whether a SKU can be ordered before it is there, and from which day it is expected. The key is the SKU's id. */
export const AvailabilityChanged = defineEvent(
  'catalog.availability_changed.v1',
  z.object({ sku: z.string(), backorder: z.boolean(), availableFrom: z.string().nullable() }),
);
