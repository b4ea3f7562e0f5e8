import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { skusByCode, type SoldSku } from '#modules/catalog/index.ts';
import { InsufficientStock, reserveForOrder } from '#modules/inventory/index.ts';
import { refundExcess } from '../../commands/refund-order.ts';
import { lockOrder, type OrderRow } from '../../store/orders.ts';
import { SubstituteGone, SubstituteRefused } from '../errors.ts';
import { LineSubstituted } from '../events.ts';
import type { MissingLine } from '../store/missing.ts';
import { shareOfMissing, takeOut } from './cancel-missing.ts';
import { officialOf } from '../../review/divisions.ts';

/** What a substitute for missing units costs: its own price, and never more than what was paid for them. */
export function priceOfSubstitute(
  row: OrderRow,
  { line, units }: MissingLine,
  sku: Pick<SoldSku, 'price_amount'>,
): { payable: number; refund: number } {
  const share = shareOfMissing(row, line, units);
  const payable = Math.min(share, sku.price_amount * units);
  return { payable, refund: share - payable };
}

/** A SKU that can stand in for a line. @throws SubstituteRefused when it cannot: unknown, off sale, in another currency, or the same. */
export async function substituteSku(tx: Tx, row: OrderRow, missing: MissingLine, code: string): Promise<SoldSku> {
  const [sku] = await skusByCode(tx, [code]);
  if (!sku || sku.status !== 'on_sale' || sku.currency !== row.currency || sku.id === missing.line.sku_id)
    throw new SubstituteRefused({ sku: code });
  return sku;
}

/**
 * Sends another SKU in place of missing units: they leave the order, the substitute is a line of its own with its stock
 * reserved, and what it costs less goes back. The caller holds the order's lock. @throws SubstituteGone when its stock is
 * not there any more; nothing is changed then.
 */
export async function substituteMissing(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  missing: MissingLine,
  code: string,
): Promise<void> {
  const { line, units } = missing;
  const sku = await substituteSku(tx, row, missing, code);
  const { payable } = priceOfSubstitute(row, missing, sku);
  const lineId = newId();
  try {
    const wanted = { lineId, skuId: sku.id, sku: sku.sku, quantity: units };
    await reserveForOrder(tx, ctx, row.id, [wanted], officialOf(row.region));
  } catch (error) {
    // stock is refused before anything is changed
    if (error instanceof InsufficientStock) throw new SubstituteGone({ sku: code });
    throw error;
  }
  await takeOut(tx, ctx, row, missing);
  const discount = sku.price_amount * units - payable;
  await tx.query('select orders.add_substitute($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)', [
    tx.orgId,
    row.id,
    lineId,
    line.id,
    sku.id,
    sku.sku,
    sku.title,
    sku.price_amount,
    sku.price_amount,
    units,
    discount,
    JSON.stringify(discount > 0 ? [{ offer: 'substitute', amount: discount }] : []),
    sku.weight_g,
    sku.reserve_on,
  ]);
  await LineSubstituted.emit(tx, ctx, row.id, { orderNo: row.order_no, sku: line.sku, substitute: sku.sku, units });
  await refundExcess(tx, ctx, await lockOrder(tx, row.id), `${line.sku} → ${sku.sku}`);
}
