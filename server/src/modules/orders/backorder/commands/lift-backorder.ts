import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { releaseOrder } from '../../commands/hold-order.ts';
import { BACKORDER_HOLD } from '../../domain/holds.ts';
import { missingOf } from '../../exceptions/store/missing.ts';
import { linesOf, lockOrder } from '../../store/orders.ts';
import { backorderClock } from '../clock.ts';
import { BackorderFilled } from '../events.ts';
import { endWaiting } from '../store.ts';

/** Lines of an order that have all their units wait no more; when none waits, the order is free of that hold. The caller holds the lock. */
export async function liftBackorder(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const row = await lockOrder(tx, orderId);
  if (!row.holds.includes(BACKORDER_HOLD)) return;
  const missing = new Set((await missingOf(tx, row)).map((m) => m.line.id));
  const waiting = (await linesOf(tx, row.id)).filter((l) => l.reserve_on === 'arrival');
  await endWaiting(
    tx,
    row.id,
    waiting.filter((l) => !missing.has(l.id)).map((l) => l.id),
  );
  if (waiting.some((l) => missing.has(l.id))) return;
  await backorderClock.close(tx, ctx, [row.id]);
  await BackorderFilled.emit(tx, ctx, row.id, { orderNo: row.order_no });
  await releaseOrder(tx, ctx, { orderId: row.id, codes: [BACKORDER_HOLD], note: '' });
}
