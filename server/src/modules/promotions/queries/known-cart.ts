import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { findShop, type ShopRow, type SoldSku, skusByCode } from '#modules/catalog/index.ts';
import type { Cart } from '../domain/terms.ts';
import { QuoteRefused } from '../errors.ts';
import type { QuoteInput } from '../schema.ts';

/** A cart whose shop and SKUs exist and can be sold. */
export type KnownCart = { shop: ShopRow; skus: ReadonlyMap<string, SoldSku>; lines: Cart['lines']; at: Date };

/** The shop and the SKUs. @throws QuoteRefused with everything about them that is unknown or not for sale. */
export async function knownCart(
  tx: Tx,
  ctx: Ctx,
  input: Pick<QuoteInput, 'shop' | 'lines' | 'at'>,
): Promise<KnownCart> {
  const shop = await findShop(tx, { code: input.shop });
  const problems: FieldProblem[] = [];
  if (!shop) problems.push({ path: 'shop', code: 'unknown_shop', facts: { shop: input.shop } });
  else if (!(ctx.actor.shops?.has(shop.id) ?? true)) problems.push({ path: 'shop', code: 'shop_out_of_scope' });
  const codes = [...new Set(input.lines.map((l) => l.sku))];
  const skus = new Map((await skusByCode(tx, codes)).map((s) => [s.sku, s]));
  const lines = input.lines.flatMap(({ sku: code, quantity }, i) => {
    const sku = skus.get(code);
    const path = `lines[${i}].sku`;
    if (!sku) problems.push({ path, code: 'unknown_sku', facts: { sku: code } });
    else if (sku.status !== 'on_sale') problems.push({ path, code: 'not_on_sale', facts: { sku: code } });
    else if (shop && sku.currency !== shop.currency)
      problems.push({ path, code: 'currency_mismatch', facts: { expected: shop.currency } });
    if (!sku) return [];
    return [{ shop: input.shop, sku: code, category: sku.category, quantity, unitPrice: sku.price_amount }];
  });
  if (problems.length > 0 || !shop) throw new QuoteRefused({}, problems);
  return { shop, skus, lines, at: input.at === undefined ? ctx.now : new Date(input.at) };
}
