import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { BACKORDER_HOLD } from '../../domain/holds.ts';
import type { OrderRow } from '../../store/orders.ts';
import { backorderClock } from '../clock.ts';
import { endWaiting } from '../store.ts';

/** An order that ends, or has its goods, waits for none any more. */
export async function stopWaiting(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  how: 'met' | 'cancelled' = 'cancelled',
): Promise<void> {
  if (!row.holds.includes(BACKORDER_HOLD)) return;
  await endWaiting(tx, row.id);
  await backorderClock.close(tx, ctx, [row.id], how);
}
