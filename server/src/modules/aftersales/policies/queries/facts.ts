import type { Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { agreedCategories, type LineRow, type OrderRow } from '#modules/orders/index.ts';
import type { Moments } from '../domain/window.ts';

/** The category each line was bought under; what no snapshot tells is as the catalogue has it now. By line id. */
export async function categoriesOf(
  tx: Tx,
  order: OrderRow,
  lines: readonly LineRow[],
): Promise<ReadonlyMap<string, string>> {
  const known = await agreedCategories(tx, order, lines);
  const unknown = lines.filter((l) => !known.has(l.id));
  if (unknown.length === 0) return known;
  const now = new Map((await skusByIds(tx, [...new Set(unknown.map((l) => l.sku_id))])).map((s) => [s.id, s.category]));
  return new Map([...known, ...unknown.map((l): [string, string] => [l.id, now.get(l.sku_id) ?? ''])]);
}

/**
 * What the windows of a line are counted from. Of goods sent in several parcels the order's own moments count: windows
 * begin with the last. Goods of an imported order went the way the order went.
 */
export function momentsOf(order: OrderRow, line: LineRow, at: Date): Moments {
  const sent = order.historical || line.shipped > 0;
  const received = order.historical || line.delivered > 0 || order.completed_at !== null;
  return {
    payment: order.paid_at ?? order.deposit_paid_at,
    dispatch: sent ? (order.shipped_at ?? at) : null,
    receipt: received ? (order.delivered_at ?? order.completed_at) : null,
  };
}
