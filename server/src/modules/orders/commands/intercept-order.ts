import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents, step } from '#kernel/flow.ts';
import { interceptShipments } from '#modules/shipping/index.ts';
import { orderFlow } from '../domain/flow.ts';
import { shareBack } from '../domain/share-back.ts';
import { GoodsCameBack, OrderClosed, OrderHeld } from '../events.ts';
import { refundOrder } from './refund-order.ts';
import { addCameBack, isEnded, linesOf, type LineRow, lockOrder, type OrderRow, saveOrder } from '../store/orders.ts';

/** Stops what of an order has not gone yet, while the carrier is asked about what has. */
export const INTERCEPTION_HOLD = 'interception';

/**
 * Has the carriers asked to bring back every parcel of the order that is still under way (ORD-10). What has not been sent
 * is held. Asking again asks nobody twice. @throws NothingToIntercept when no parcel is under way.
 */
export async function interceptOrder(tx: Tx, ctx: Ctx, input: { orderId: string; reason: string }): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  await interceptShipments(tx, ctx, { orderId: row.id, reason: input.reason });
  if (row.status !== 'paid' || row.holds.includes(INTERCEPTION_HOLD)) return row;
  const saved = await saveOrder(tx, row, { holds: [...row.holds, INTERCEPTION_HOLD] });
  await OrderHeld.emit(tx, ctx, row.id, { orderNo: row.order_no, hold: INTERCEPTION_HOLD, note: input.reason });
  return saved;
}

type Back = { line: LineRow; quantity: number; share: number };

/**
 * Books units as come back undelivered and has what was paid for them paid back: the whole rest, freight too, when nothing
 * of the order is left with the customer or to send. Once per parcel; the caller sees to that, and to the stock.
 */
export async function recordCameBack(
  tx: Tx,
  ctx: Ctx,
  input: {
    orderId: string;
    parcelId: string;
    reason: string;
    lines: readonly { lineId: string; quantity: number }[];
  },
): Promise<void> {
  const row = await lockOrder(tx, input.orderId);
  const back = backOf(row, await linesOf(tx, row.id), input.lines);
  await addCameBack(
    tx,
    row.id,
    back.map((b) => ({ lineId: b.line.id, quantity: b.quantity })),
  );
  const lines = await linesOf(tx, row.id);
  const wholly = lines.every((l) => l.came_back === l.quantity - l.cancelled);
  const share = back.reduce((sum, b) => sum + b.share, 0);
  const ended = !wholly && row.status === 'shipped' && isEnded(lines);
  const saved = await saveOrder(tx, row, {
    came_back_amount: wholly ? row.total_amount - row.cancelled_amount : row.came_back_amount + share,
    ...(ended ? { status: step(orderFlow, row.status, 'deliver'), delivered_at: ctx.now } : {}),
  });
  const refunds = await refundOrder(tx, ctx, saved, {
    ...(wholly ? {} : { most: share }),
    reason: input.reason,
    kind: 'cancel',
  });
  await GoodsCameBack.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    parcelId: input.parcelId,
    units: back.reduce((n, b) => n + b.quantity, 0),
    amount: refunds.reduce((sum, r) => sum + r.amount, 0),
    currency: row.currency,
    complete: wholly,
  });
  if (wholly && refunds.length === 0) await closeUnpaid(tx, ctx, row.id);
}

const backOf = (
  row: OrderRow,
  lines: readonly LineRow[],
  units: readonly { lineId: string; quantity: number }[],
): Back[] =>
  units.flatMap(({ lineId, quantity }) => {
    const line = lines.find((l) => l.id === lineId);
    if (!line) return [];
    const priced = { quantity: line.quantity, payable: line.payable, cameBack: line.came_back + line.cancelled };
    return [{ line, quantity, share: shareBack(priced, quantity, row.currency) }];
  });

/** An order that is wholly back and has no money of ours to wait for: not collected yet, or paid at a marketplace. */
async function closeUnpaid(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const row = await lockOrder(tx, orderId);
  const refundUnderWay = row.payment_method === 'online' && row.paid_amount > row.refunded_amount;
  if (refundUnderWay || !allowedEvents(orderFlow, row.status).includes('refund_all')) return;
  await saveOrder(tx, row, { status: step(orderFlow, row.status, 'refund_all') });
  await OrderClosed.emit(tx, ctx, row.id, { orderNo: row.order_no });
}
