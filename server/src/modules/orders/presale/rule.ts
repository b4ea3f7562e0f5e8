import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { availableOf } from '#modules/inventory/index.ts';
import { openRefunds } from '#modules/payments/index.ts';
import { isPresaleEnded } from '#modules/promotions/index.ts';
import { orderSettings } from '../settings.ts';
import { linesOf, type OrderRow } from '../store/orders.ts';
import { isPresaleOpen } from './domain/stage.ts';

/** Who ends an order whose balance is not paid. */
export type EndedBy = 'customer' | 'timeout' | { refundDeposit: boolean };

/**
 * What of a presale's deposit the shop keeps when the order ends now, in minor units. Where the shop is at fault – it ended
 * the offer, or has the goods no more – everything goes back; else staff say which, and for the others the settings do.
 */
export async function depositToKeep(tx: Tx, ctx: Ctx, row: OrderRow, by: EndedBy): Promise<number> {
  if (!isPresaleOpen(row) || row.deposit_paid_at === null) return 0;
  if (typeof by === 'object' ? by.refundDeposit : !(await keepsByRule(tx, ctx, row, by))) return 0;
  if (await isShopAtFault(tx, row)) return 0;
  const underWay = [...(await openRefunds(tx, row.id)).values()].reduce((sum, n) => sum + n, 0);
  return Math.max(Math.min(row.deposit_amount, row.paid_amount - row.refunded_amount - underWay), 0);
}

async function keepsByRule(tx: Tx, ctx: Ctx, row: OrderRow, by: 'customer' | 'timeout'): Promise<boolean> {
  const { presaleForfeit, presaleFreeCancelHours } = await orderSettings.get(tx);
  const freeUntil = after(row.deposit_paid_at as Date, presaleFreeCancelHours * HOUR_MS);
  return presaleForfeit === 'keep' && (by === 'timeout' || ctx.now >= freeUntil);
}

/** The shop ended the offer, or took the goods off sale and has not enough of them. */
async function isShopAtFault(tx: Tx, row: OrderRow): Promise<boolean> {
  if (await isPresaleEnded(tx, row.id)) return true;
  const wanted = new Map<string, number>();
  for (const l of await linesOf(tx, row.id)) wanted.set(l.sku_id, (wanted.get(l.sku_id) ?? 0) + l.quantity);
  const gone = (await skusByIds(tx, [...wanted.keys()])).filter((s) => s.status === 'off_sale').map((s) => s.id);
  const free = await availableOf(tx, gone);
  return gone.some((id) => (free.get(id) ?? 0) < (wanted.get(id) ?? 0));
}
