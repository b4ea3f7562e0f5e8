import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { lockOrder, type OrderRow } from '../../store/orders.ts';
import { releaseOrder } from '../../commands/hold-order.ts';
import { exceptionClock } from '../clock.ts';
import { exceptionFlow } from '../domain/flow.ts';
import { ExceptionSettled } from '../events.ts';
import { type ExceptionRow, saveException } from '../store/exceptions.ts';
import { shortOf } from '../store/missing.ts';
import { closeReplenishment } from '../store/replenishments.ts';

/** Ends an exception: settled, or fallen away. The caller holds the order's lock and the exception's. */
export async function settle(
  tx: Tx,
  ctx: Ctx,
  row: ExceptionRow,
  how: { event: 'resolve' | 'close'; resolution: string; orderNo: string },
): Promise<ExceptionRow> {
  const state = step(exceptionFlow, row.state, how.event);
  const saved = await saveException(tx, row, {
    state,
    resolution: how.resolution,
    resolved_at: ctx.now,
    next_contact_at: null,
  });
  await exceptionClock.close(tx, ctx, [row.id], how.event === 'resolve' ? 'met' : 'cancelled');
  if (row.kind === 'shortage') await closeReplenishment(tx, row.id, ctx.now);
  await ExceptionSettled.emit(tx, ctx, row.order_id, {
    exceptionId: row.id,
    no: row.no,
    orderNo: how.orderNo,
    resolution: how.resolution,
  });
  return saved;
}

/** Lifts the hold of an order that lacks nothing any more; if nothing else holds it, the warehouse may start. */
export async function liftIfWhole(tx: Tx, ctx: Ctx, orderId: string, note: string): Promise<OrderRow> {
  const row = await lockOrder(tx, orderId);
  if (row.status !== 'paid' || !row.holds.includes('shortage')) return row;
  if ((await shortOf(tx, row)).length > 0) return row;
  return releaseOrder(tx, ctx, { orderId, codes: ['shortage'], note });
}
