import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { goesOnIn } from '../../change/queries/goes-on-in.ts';
import { BACKORDER_HOLD, SHORTAGE_HOLD } from '../../domain/holds.ts';
import { OrderShort } from '../../events.ts';
import { linesOf, lockAnyOrder, saveOrder } from '../../store/orders.ts';
import { BackorderOverdue } from '../events.ts';
import { endWaiting } from '../store.ts';

/**
 * An order that waited too long is a shortage from now on: an exception is opened, and the customer may choose. Of one that
 * was split, the parts that wait.
 */
export async function giveUpWaiting(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const row = await lockAnyOrder(tx, orderId);
  if (row.superseded) {
    const parts = (await goesOnIn(tx, [row.id])).get(row.id) ?? [];
    for (const part of parts.toSorted((a, b) => (a.id < b.id ? -1 : 1))) await giveUpWaiting(tx, ctx, part.id);
    return;
  }
  if (row.status !== 'paid' || !row.holds.includes(BACKORDER_HOLD)) return;
  const skus = (await linesOf(tx, row.id)).filter((l) => l.reserve_on === 'arrival').map((l) => l.sku);
  await endWaiting(tx, row.id);
  const others = row.holds.filter((h) => h !== BACKORDER_HOLD && h !== SHORTAGE_HOLD);
  await saveOrder(tx, row, { holds: [...others, SHORTAGE_HOLD] });
  await BackorderOverdue.emit(tx, ctx, row.id, { orderNo: row.order_no });
  await OrderShort.emit(tx, ctx, row.id, { orderNo: row.order_no, skus });
}
