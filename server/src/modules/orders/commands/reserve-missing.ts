import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { reservationsOfOrder, reserveForOrder } from '#modules/inventory/index.ts';
import { officialOf } from '../review/divisions.ts';
import { linesOf, type LineRow, type OrderRow } from '../store/orders.ts';

/**
 * Takes stock for what of an order is to be sent and not reserved yet, of the lines `which` names: all of it or none. The caller holds the order's
 * lock. @throws InsufficientStock naming the lines there is not enough for; nothing is changed then.
 */
export async function reserveMissing(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  which: (line: LineRow) => boolean = () => true,
): Promise<void> {
  const held = new Map<string, number>();
  for (const r of await reservationsOfOrder(tx, row.id)) held.set(r.line_id, (held.get(r.line_id) ?? 0) + r.quantity);
  const missing = (await linesOf(tx, row.id)).filter(which).map((l) => ({
    lineId: l.id,
    skuId: l.sku_id,
    sku: l.sku,
    path: `lines[${l.line_no - 1}].quantity`,
    quantity: l.quantity - l.cancelled - l.shipped - (held.get(l.id) ?? 0),
  }));
  await reserveForOrder(
    tx,
    ctx,
    row.id,
    missing.filter((l) => l.quantity > 0),
    officialOf(row.region),
  );
}
