import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { stopWaiting } from '../backorder/commands/stop-waiting.ts';
import { BACKORDER_HOLD, BALANCE_HOLD } from '../domain/holds.ts';
import { owed } from '../domain/money-owed.ts';
import { BalanceDue, NotOnHold } from '../errors.ts';
import { OrderHeld, OrderReleased } from '../events.ts';
import { recordReasons } from '../review/store.ts';
import { missingOf } from '../exceptions/store/missing.ts';
import { linesOf, type LineRow, lockOrder, type OrderRow, saveOrder } from '../store/orders.ts';
import { confirmOrders } from './confirm-orders.ts';
import { reserveMissing } from './reserve-missing.ts';

/** @throws TransitionRefused when the order is no longer to be paid or to ship. */
export function mustBeOpen(row: OrderRow, event: string): void {
  if (row.status !== 'pending_payment' && row.status !== 'paid')
    throw new TransitionRefused({ from: row.status, event, allowed: [] });
}

/** Stops an order before it ships: nothing held is picked, packed or handed over. */
export async function holdOrder(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; code: string; note: string },
): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  mustBeOpen(row, 'hold');
  if (row.holds.includes(input.code)) return row;
  const saved = await saveOrder(tx, row, { holds: [...row.holds, input.code] });
  await recordReasons(tx, ctx.now, [{ orderId: row.id, hold: input.code, facts: { note: input.note } }]);
  await OrderHeld.emit(tx, ctx, row.id, { orderNo: row.order_no, hold: input.code, note: input.note });
  return saved;
}

const isAwaited = (line: LineRow): boolean => line.reserve_on === 'arrival';

/** Whether a line of the order lacks stock it was sold without. */
async function waitsForGoods(tx: Tx, row: OrderRow): Promise<boolean> {
  if (row.status !== 'paid') return (await linesOf(tx, row.id)).some(isAwaited);
  return (await missingOf(tx, row)).some((m) => isAwaited(m.line));
}

/**
 * Lifts the named holds, or all; an order that is paid and free is confirmed at once. A shortage is lifted by the stock
 * being there. @throws InsufficientStock when it is not.
 */
export async function releaseOrder(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; codes?: string[] | undefined; note: string },
): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  mustBeOpen(row, 'release');
  // What is owed is lifted by being paid, never by hand.
  const owes = row.holds.includes(BALANCE_HOLD) && owed(row) > 0;
  if (owes && input.codes?.includes(BALANCE_HOLD)) throw new BalanceDue({ orderNo: row.order_no, due: owed(row) });
  // Goods that have not come are lifted by their coming; of a paid order by hand too, when they are there.
  const waits = row.holds.includes(BACKORDER_HOLD) && (await waitsForGoods(tx, row));
  const mayLift = row.holds.filter(
    (h) =>
      !(owes && h === BALANCE_HOLD) &&
      !(waits && h === BACKORDER_HOLD && (row.status !== 'paid' || input.codes === undefined)),
  );
  const lifted = input.codes === undefined ? mayLift : mayLift.filter((h) => input.codes?.includes(h));
  if (lifted.length === 0) throw new NotOnHold({ holds: row.holds });
  if (waits && lifted.includes(BACKORDER_HOLD)) {
    await reserveMissing(tx, ctx, row, isAwaited);
    await stopWaiting(tx, ctx, row, 'met');
  }
  if (lifted.includes('shortage') && row.status === 'paid') await reserveMissing(tx, ctx, row, (l) => !isAwaited(l));
  await saveOrder(tx, row, { holds: row.holds.filter((h) => !lifted.includes(h)) });
  await OrderReleased.emit(tx, ctx, row.id, { orderNo: row.order_no, holds: lifted, note: input.note });
  await confirmOrders(tx, ctx, [row.id]);
  return lockOrder(tx, row.id);
}
