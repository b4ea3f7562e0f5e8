import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type FieldProblem, InvalidRequest } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { ProductCodeTaken, SkuTaken } from '../errors.ts';
import { ProductCreated } from '../events.ts';
import { presentProduct } from '../present.ts';
import type { CreateProduct, ProductView } from '../schema.ts';
import { addCategory, insertProduct, insertSkus, type SkuRow, takenCodes } from '../store/products.ts';

/** Adds a product with its SKUs; the category is made when new. Every taken code is named at once. */
export async function createProduct(tx: Tx, ctx: Ctx, input: CreateProduct): Promise<z.input<typeof ProductView>> {
  const repeated = repeats(input);
  if (repeated.length > 0) throw new InvalidRequest({}, repeated);
  await addCategory(tx, input.category, ctx.now);
  const product = await insertProduct(tx, {
    id: newId(),
    code: input.code,
    title: input.title,
    category: input.category,
    attributes: input.attributes ?? {},
    picture_id: input.pictureId ?? null,
    status: 'on_sale',
    created_at: ctx.now,
    version: 1,
  });
  if (!product) throw new ProductCodeTaken({ product: input.code });
  const taken = await takenOf(tx, input);
  if (taken.length > 0) throw new SkuTaken({}, taken);
  const skus = input.skus.map((s): SkuRow => ({
    id: newId(),
    product_id: product.id,
    sku: s.sku,
    barcode: s.barcode ?? null,
    title: s.title ?? input.title,
    price_amount: s.price.amount,
    currency: s.price.currency,
    weight_g: s.weightG ?? 0,
    reserve_on: s.reserveOn ?? 'order',
    status: 'on_sale',
    created_at: ctx.now,
    version: 1,
    backorder: s.backorder ?? false,
    available_from: s.availableFrom ?? null,
    storage: s.storage ?? 'ambient',
    length_mm: s.lengthMm ?? 0,
    width_mm: s.widthMm ?? 0,
    height_mm: s.heightMm ?? 0,
    fragile: s.fragile ?? false,
  }));
  await insertSkus(tx, skus);
  await ProductCreated.emit(tx, ctx, product.id, { code: product.code, skus: skus.map((s) => s.sku) });
  return presentProduct(product, skus);
}

function repeats(input: CreateProduct): FieldProblem[] {
  const seen = new Set<string>();
  return input.skus.flatMap((s, i) =>
    (
      [
        ['sku', s.sku],
        ['barcode', s.barcode],
      ] as const
    ).flatMap(([field, value]) => {
      const key = `${field}/${value}`;
      if (value === undefined || !seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [{ path: `skus[${i}].${field}`, code: 'repeated', facts: { value } }];
    }),
  );
}

async function takenOf(tx: Tx, input: CreateProduct): Promise<FieldProblem[]> {
  const rows = await takenCodes(
    tx,
    input.skus.map((s) => s.sku),
    input.skus.flatMap((s) => s.barcode ?? []),
  );
  const skus = new Set(rows.map((r) => r.sku));
  const barcodes = new Set(rows.map((r) => r.barcode));
  return input.skus.flatMap((s, i) => [
    ...(skus.has(s.sku) ? [{ path: `skus[${i}].sku`, code: 'taken', facts: { value: s.sku } }] : []),
    ...(s.barcode !== undefined && barcodes.has(s.barcode)
      ? [{ path: `skus[${i}].barcode`, code: 'taken', facts: { value: s.barcode } }]
      : []),
  ]);
}
