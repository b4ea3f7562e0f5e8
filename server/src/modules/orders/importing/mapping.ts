import { z } from 'zod';
import { CURRENCIES } from '#kernel/money.ts';
import { DELIMITERS, ENCODINGS } from '#kernel/transfers/index.ts';

const column = z.string().min(1).max(200);
const regex = z
  .string()
  .min(1)
  .max(300)
  .refine((text) => {
    try {
      return new RegExp(text, 'u') instanceof RegExp;
    } catch {
      return false;
    }
  });

/** Where a value comes from: a column (the first of several that the file has), a text with `{columns}` in it, or a constant. */
const Field = z.union([
  column,
  z
    .object({
      column: z.union([column, z.array(column).min(1).max(20)]).optional(),
      template: z.string().max(300).optional(),
      value: z.string().max(300).optional(),
      /** Patterns taken out of the value, or replaced, one after the other. */
      replace: z
        .array(z.tuple([regex, z.string().max(100)]))
        .max(20)
        .optional(),
      upper: z.boolean().optional(),
      /** Exact values and what they stand for. */
      values: z.record(z.string().max(200), z.string().max(200)).optional(),
      /** What an empty value becomes. */
      default: z.string().max(300).optional(),
    })
    .strict(),
]);
export type Field = z.output<typeof Field>;

export const FIELDS = [
  'externalNo',
  'shop',
  'channel',
  'placedAt',
  'customerId',
  'customerName',
  'customerPhone',
  'name',
  'phone',
  'province',
  'city',
  'district',
  'address',
  'country',
  'sku',
  'title',
  'quantity',
  'unitPrice',
  'remark',
  'payment',
] as const;
export type FieldName = (typeof FIELDS)[number];
export const LINE_MEANINGS = ['goods', 'freight', 'discount', 'ignore'] as const;

const condition = z
  .object({
    column,
    equals: z.string().max(200).optional(),
    in: z.array(z.string().max(200)).max(500).optional(),
    matches: regex.optional(),
    not: z.boolean().optional(),
  })
  .strict();

/** How a shop's own table of order lines is read. Every part has a default that fits our own template. */
export const OrderMapping = z
  .object({
    format: z
      .object({ encoding: z.enum(ENCODINGS).optional(), delimiter: z.enum(DELIMITERS).optional() })
      .strict()
      .optional(),
    fields: z.partialRecord(z.enum(FIELDS), Field).optional(),
    date: z
      .object({ format: z.string().min(6).max(60), zone: z.string().max(60).refine(isZone) })
      .strict()
      .default({ format: 'yyyy-MM-dd HH:mm:ss', zone: 'Asia/Shanghai' }),
    /** More decimal places than the currency has: refuse the row, or round half away from zero. */
    rounding: z.enum(['reject', 'half_up']).default('reject'),
    /** What a line means; the first rule that fits counts, and a line no rule fits is goods. */
    lines: z
      .array(
        z
          .object({
            when: z.array(condition).min(1).max(10),
            as: z.enum(LINE_MEANINGS),
            reason: z.string().max(200).optional(),
          })
          .strict(),
      )
      .max(200)
      .default([]),
    /** Orders that take goods back: their number begins with the prefix, their quantities are negative. */
    cancellations: z
      .object({ prefix: z.string().min(1).max(20) })
      .strict()
      .optional(),
    /** Makes products for SKUs nobody has entered. */
    products: z
      .object({ create: z.boolean(), category: z.string().min(1).max(300) })
      .strict()
      .default({ create: false, category: '导入' }),
    /** Lines without a customer belong to one anonymous customer of the shop, or each order has its own. */
    anonymous: z.enum(['per_shop', 'per_order']).default('per_shop'),
    /** Finished orders of the past: they touch no stock and nobody is told. Off: orders as if they came in now. */
    historical: z.boolean().default(false),
    /** Rows of one order stand within so many rows of each other. */
    window: z.int().min(100).max(50_000).default(5000),
  })
  .strict()
  .meta({ id: 'OrderImportMapping' });
export type OrderMapping = z.output<typeof OrderMapping>;

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const currencySchema = z.enum(CURRENCIES);
