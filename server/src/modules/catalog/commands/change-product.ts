import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type FieldProblem, InvalidRequest, PreconditionFailed } from '#kernel/errors.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import { ProductNotFound } from '../errors.ts';
import { AvailabilityChanged, PriceChanged, ProductChanged } from '../events.ts';
import { presentProduct } from '../present.ts';
import type { ChangeProduct, ProductView } from '../schema.ts';
import { notePrices } from '../store/prices.ts';
import { addCategory, lockProduct, saveProduct, saveSku, type SkuRow, skusOfProducts } from '../store/products.ts';

/** Changes a product and its SKUs. Orders already placed keep what they were sold as. */
export async function changeProduct(tx: Tx, ctx: Ctx, input: ChangeProduct): Promise<z.input<typeof ProductView>> {
  const row = await lockProduct(tx, input.productId);
  if (!row) throw new ProductNotFound({ productId: input.productId });
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version) throw new PreconditionFailed({ version: row.version });
  const skus = await skusOfProducts(tx, [row.id]);
  const changed = changeSkus(input, skus);
  const moves = input.category !== undefined && input.category !== row.category;
  // Prices are read from a cache that asks for a SKU's version: a new category may mean other offers.
  const moved = moves ? skus.filter((s) => !changed.some((c) => c.is.id === s.id)) : [];
  const { productId: _id, skus: _skus, pictureId, ...fields } = input;
  const next = {
    ...row,
    ...defined(fields),
    picture_id: pictureId === undefined ? row.picture_id : pictureId,
    version: row.version + 1,
  };
  if (next.category !== row.category) await addCategory(tx, next.category, ctx.now);
  await saveProduct(tx, next);
  for (const { is } of changed) await saveSku(tx, is);
  for (const sku of moved) await saveSku(tx, { ...sku, version: sku.version + 1 });
  const prices = changed.filter(({ was, is }) => was.price_amount !== is.price_amount);
  await notePrices(
    tx,
    prices.map(({ is }) => ({ skuId: is.id, price: is.price_amount })),
    ctx.now,
  );
  await emitMany(
    tx,
    ctx,
    PriceChanged,
    prices.map(({ was, is }) => ({
      key: row.id,
      value: { sku: is.sku, from: was.price_amount, to: is.price_amount, currency: is.currency },
    })),
  );
  await emitMany(
    tx,
    ctx,
    AvailabilityChanged,
    changed
      .filter(({ was, is }) => was.backorder !== is.backorder || was.available_from !== is.available_from)
      .map(({ is }) => ({
        key: is.id,
        value: { sku: is.sku, backorder: is.backorder, availableFrom: is.available_from },
      })),
  );
  await ProductChanged.emit(tx, ctx, row.id, {
    code: row.code,
    fields: Object.keys(input).filter((k) => k !== 'productId'),
  });
  return presentProduct(next, await skusOfProducts(tx, [row.id]));
}

/** A product taken off sale, or put back, takes all its SKUs along: orders look at the SKU alone. */
function wantedSkus(input: ChangeProduct, skus: readonly SkuRow[]): NonNullable<ChangeProduct['skus']> {
  const { status, skus: named = [] } = input;
  if (status === undefined) return named;
  const rest = skus.filter((s) => s.status !== status && !named.some((n) => n.sku === s.sku));
  return [...named.map((n) => ({ ...n, status: n.status ?? status })), ...rest.map((s) => ({ sku: s.sku, status }))];
}

function changeSkus(input: ChangeProduct, skus: readonly SkuRow[]): { was: SkuRow; is: SkuRow }[] {
  const problems: FieldProblem[] = [];
  const changed = wantedSkus(input, skus).flatMap((wanted, i) => {
    const was = skus.find((s) => s.sku === wanted.sku);
    if (!was) {
      problems.push({ path: `skus[${i}].sku`, code: 'unknown_sku', facts: { sku: wanted.sku } });
      return [];
    }
    if (wanted.price && wanted.price.currency !== was.currency) {
      problems.push({
        path: `skus[${i}].price.currency`,
        code: 'currency_mismatch',
        facts: { expected: was.currency },
      });
    }
    const is: SkuRow = {
      ...was,
      title: wanted.title ?? was.title,
      price_amount: wanted.price?.amount ?? was.price_amount,
      weight_g: wanted.weightG ?? was.weight_g,
      status: wanted.status ?? was.status,
      backorder: wanted.backorder ?? was.backorder,
      available_from: wanted.availableFrom === undefined ? was.available_from : wanted.availableFrom,
      storage: wanted.storage ?? was.storage,
      length_mm: wanted.lengthMm ?? was.length_mm,
      width_mm: wanted.widthMm ?? was.width_mm,
      height_mm: wanted.heightMm ?? was.height_mm,
      fragile: wanted.fragile ?? was.fragile,
      version: was.version + 1,
    };
    return [{ was, is }];
  });
  if (problems.length > 0) throw new InvalidRequest({}, problems);
  return changed;
}

/** Drops the fields the caller left out, so that they keep their value. */
function defined<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
