import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { AMOUNT_MAX, CURRENCIES } from '#kernel/money.ts';

export const MoneyView = z
  .object({ amount: z.int().min(-AMOUNT_MAX).max(AMOUNT_MAX), currency: z.enum(CURRENCIES) })
  .meta({ id: 'Money' });
export const PriceInput = z
  .object({ amount: z.int().min(0).max(1_000_000_000_000), currency: z.enum(CURRENCIES) })
  .meta({ id: 'Price' });

const code = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\s\p{Cc}]([^\p{Cc}]*[^\s\p{Cc}])?$/u);

export const CreateShop = z
  .object({ code: code(60), name: z.string().trim().min(1).max(200), currency: z.enum(CURRENCIES).default('CNY') })
  .meta({ id: 'CreateShop' });
export const ShopView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    currency: z.enum(CURRENCIES),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Shop' });

const availability = {
  /** Whether it is sold when it is not there. */
  backorder: z.boolean().optional(),
  /** The day it is expected; null = nobody knows. */
  availableFrom: z.iso.date().nullable().optional(),
};

export const STORAGES = ['ambient', 'chilled', 'frozen'] as const;
const mm = z.int().min(0).max(100_000);
const handling = {
  /** How cold it is kept. */
  storage: z.enum(STORAGES).optional(),
  /** Of the piece as it is packed; 0 = not measured. */
  lengthMm: mm.optional(),
  widthMm: mm.optional(),
  heightMm: mm.optional(),
  fragile: z.boolean().optional(),
};

export const SkuInput = z
  .object({
    sku: code(80),
    barcode: code(80).optional(),
    title: z.string().trim().min(1).max(300).optional(),
    price: PriceInput,
    weightG: z.int().min(0).max(10_000_000).optional(),
    reserveOn: z.enum(['order', 'payment']).optional(),
    ...availability,
    ...handling,
  })
  .meta({ id: 'SkuInput' });

// A path of at most 6 names; no name is empty.
const category = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^/]+(\/[^/]+){0,5}$/);
const attributes = z.record(z.string().max(60), z.string().max(500)).refine((a) => Object.keys(a).length <= 50);

export const CreateProduct = z
  .object({
    code: code(80),
    title: z.string().trim().min(1).max(300),
    category,
    attributes: attributes.optional(),
    pictureId: z.uuid().optional(),
    skus: z.array(SkuInput).min(1).max(200),
  })
  .meta({ id: 'CreateProduct' });

export const ChangeProduct = z.object({
  productId: z.uuid(),
  title: z.string().trim().min(1).max(300).optional(),
  category: category.optional(),
  attributes: attributes.optional(),
  pictureId: z.uuid().nullable().optional(),
  status: z.enum(['on_sale', 'off_sale']).optional(),
  skus: z
    .array(
      z.object({
        sku: code(80),
        title: z.string().trim().min(1).max(300).optional(),
        price: PriceInput.optional(),
        weightG: z.int().min(0).max(10_000_000).optional(),
        status: z.enum(['on_sale', 'off_sale']).optional(),
        ...availability,
        ...handling,
      }),
    )
    .max(200)
    .optional(),
});

export const SkuView = z
  .object({
    id: z.uuid(),
    sku: z.string(),
    barcode: z.string().nullable(),
    title: z.string(),
    price: MoneyView,
    weightG: z.int(),
    reserveOn: z.enum(['order', 'payment']),
    status: z.enum(['on_sale', 'off_sale']),
    backorder: z.boolean(),
    availableFrom: z.iso.date().nullable(),
    storage: z.enum(STORAGES),
    lengthMm: z.int(),
    widthMm: z.int(),
    heightMm: z.int(),
    fragile: z.boolean(),
  })
  .meta({ id: 'Sku' });

export const ProductView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    title: z.string(),
    category: z.string(),
    attributes: z.record(z.string(), z.string()),
    pictureId: z.uuid().nullable(),
    status: z.enum(['on_sale', 'off_sale']),
    skus: z.array(SkuView),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Product' });

export const ListProducts = z.object({
  ...listInput,
  q: z.string().trim().max(100).optional(),
  category: z.string().max(300).optional(),
  status: z.enum(['on_sale', 'off_sale']).optional(),
});

/** What a SKU has cost, newest first. */
export const PriceHistoryView = z
  .object({
    sku: z.string(),
    currency: z.enum(CURRENCIES),
    items: z.array(z.object({ price: MoneyView, from: z.iso.datetime(), to: z.iso.datetime().nullable() })),
  })
  .meta({ id: 'PriceHistory' });

export type CreateShop = z.output<typeof CreateShop>;
export type CreateProduct = z.output<typeof CreateProduct>;
export type ChangeProduct = z.output<typeof ChangeProduct>;
