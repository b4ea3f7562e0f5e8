import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { receiptClock } from '../../clocks.ts';
import { cancelLocked } from '../../commands/cancel-order.ts';
import { refundExcess } from '../../commands/refund-order.ts';
import { orderFlow } from '../../domain/flow.ts';
import { shareBack } from '../../domain/share-back.ts';
import { OrderReleased } from '../../events.ts';
import { orderSettings } from '../../settings.ts';
import { collectCash } from '../../commands/collect-cash.ts';
import { addToLines, isEnded, linesOf, type LineRow, lockOrder, type OrderRow, saveOrder } from '../../store/orders.ts';
import { UnitsCancelled } from '../events.ts';
import type { MissingLine } from '../store/missing.ts';

/**
 * What of the order's total belongs to the missing units of a line, in minor units. Units cancelled before and units that
 * came back have had their share, so all shares of a line add up to its price to the cent.
 */
export const shareOfMissing = (row: OrderRow, line: LineRow, units: number): number =>
  shareBack(
    { quantity: line.quantity, payable: line.payable, cameBack: line.came_back + line.cancelled },
    units,
    row.currency,
  );

/**
 * Takes missing units out of an order and gives their money back. The total stays what was agreed; `cancelled_amount` says
 * how much of it fell away. With nothing left to send the order ends as far as it got: cancelled with all its money when
 * nothing has gone, shipped when the rest has. The caller holds the order's lock. Returns what is given back.
 */
export async function refundMissing(tx: Tx, ctx: Ctx, row: OrderRow, missing: MissingLine): Promise<number> {
  const { line, units } = missing;
  const others = (await linesOf(tx, row.id)).map((l) => ({
    left: l.quantity - l.cancelled - l.shipped - (l.id === line.id ? units : 0),
    gone: l.shipped - l.came_back,
  }));
  if (others.every((l) => l.left === 0 && l.gone === 0)) {
    await cancelLocked(tx, ctx, row, 'out of stock');
    return row.total_amount - row.came_back_amount - row.cancelled_amount;
  }
  const smaller = await takeOut(tx, ctx, row, missing);
  await refundExcess(tx, ctx, smaller, `${line.sku} × ${units}`);
  if (others.every((l) => l.left === 0)) await endShipped(tx, ctx, row.id);
  return smaller.cancelled_amount - row.cancelled_amount;
}

/** Books units as never to be sent, and their share of the total as fallen away. The money goes back by who calls. */
export async function takeOut(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  { line, units }: MissingLine,
  /** What falls away with them; their share unless something else is to. */ amount?: number,
): Promise<OrderRow> {
  const share = amount ?? shareOfMissing(row, line, units);
  await addToLines(tx, row.id, 'cancelled', [{ lineId: line.id, quantity: units }]);
  const saved = await saveOrder(tx, row, { cancelled_amount: row.cancelled_amount + share });
  await UnitsCancelled.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    lineId: line.id,
    sku: line.sku,
    units,
    amount: share,
    currency: row.currency,
  });
  return saved;
}

/** Everything that will be sent has been: the order is shipped, or delivered when all of it has arrived. */
export async function endShipped(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  let row = await lockOrder(tx, orderId);
  const holds = row.holds.filter((h) => h !== 'shortage');
  if (holds.length < row.holds.length)
    await OrderReleased.emit(tx, ctx, row.id, { orderNo: row.order_no, holds: ['shortage'], note: '' });
  const dueAt = after(ctx.now, (await orderSettings.get(tx)).receiptDays * DAY_MS);
  row = await saveOrder(tx, row, {
    status: step(orderFlow, row.status, 'ship'),
    shipped_at: ctx.now,
    receipt_due_at: dueAt,
    holds,
  });
  await receiptClock.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt }]);
  const lines = await linesOf(tx, row.id);
  if (isEnded(lines) && lines.some((l) => l.delivered > 0))
    await collectCash(
      tx,
      ctx,
      await saveOrder(tx, row, { status: step(orderFlow, row.status, 'deliver'), delivered_at: ctx.now }),
    );
}
