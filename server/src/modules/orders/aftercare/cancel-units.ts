import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { releaseForOrder, reservationsOfOrder } from '#modules/inventory/index.ts';
import { cancelWithRefunds } from '../commands/cancel-order.ts';
import { refundExcess } from '../commands/refund-order.ts';
import { endShipped, takeOut } from '../exceptions/commands/cancel-missing.ts';
import { orderPorts } from '../ports.ts';
import { askOthers, heldByOthers, moneyLeft, type RefundLeg } from '../refunds/refund-lines.ts';
import { linesOf, type OrderRow } from '../store/orders.ts';

/** Units of a line that are not to be sent, and what goes back for them in minor units of the order's currency. */
export type UnsentUnits = { lineId: string; quantity: number; amount: number };

/** Whether nothing of the order would be left to send, and nothing has gone. */
export async function wouldEmpty(tx: Tx, row: OrderRow, units: readonly UnsentUnits[]): Promise<boolean> {
  const taken = new Map(units.map((u) => [u.lineId, u.quantity]));
  return (await linesOf(tx, row.id)).every(
    (l) => l.quantity - l.cancelled - l.shipped - (taken.get(l.id) ?? 0) === 0 && l.shipped - l.came_back === 0,
  );
}

/**
 * Takes units that have not been sent out of a paid order and gives back what is named for them, as far as it was paid and is there: picking stops, their stock is free
 * again, the rest goes out. With nothing left the order is cancelled with all its money. The caller holds the order's lock and has
 * seen to it that so many are unsent.
 */
export async function cancelUnits(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  units: readonly UnsentUnits[],
  reason: string,
): Promise<RefundLeg[]> {
  if (await wouldEmpty(tx, row, units)) return cancelAll(tx, ctx, row, reason);
  await orderPorts().stopFulfilment(tx, ctx, row.id);
  const lines = new Map((await linesOf(tx, row.id)).map((l) => [l.id, l]));
  await release(tx, ctx, row.id, units);
  let smaller = row;
  for (const { lineId, quantity, amount } of units) {
    const line = lines.get(lineId);
    if (line && quantity > 0) smaller = await takeOut(tx, ctx, smaller, { line, units: quantity }, amount);
  }
  const amount = units.reduce((n, u) => n + u.amount, 0);
  const legs = heldByOthers(row)
    ? await external(tx, ctx, smaller, amount, reason)
    : await own(tx, ctx, smaller, reason);
  const left = (await linesOf(tx, row.id)).reduce((n, l) => n + l.quantity - l.cancelled - l.shipped, 0);
  if (left === 0) await endShipped(tx, ctx, row.id);
  return legs;
}

async function cancelAll(tx: Tx, ctx: Ctx, row: OrderRow, reason: string): Promise<RefundLeg[]> {
  const held = row.paid_amount - row.refunded_amount;
  const { row: cancelled, made } = await cancelWithRefunds(tx, ctx, row, reason);
  if (!heldByOthers(row)) return made.map((r): RefundLeg => ({ refundId: r.id, amount: r.amount, external: false }));
  return external(tx, ctx, cancelled, held, reason);
}

async function external(tx: Tx, ctx: Ctx, row: OrderRow, asked: number, reason: string): Promise<RefundLeg[]> {
  const amount = Math.min(asked, await moneyLeft(tx, row));
  return amount > 0 ? [await askOthers(tx, ctx, row, amount, { reason, ofUnits: true })] : [];
}

async function own(tx: Tx, ctx: Ctx, row: OrderRow, reason: string): Promise<RefundLeg[]> {
  const { made } = await refundExcess(tx, ctx, row, reason);
  return made.map((r): RefundLeg => ({ refundId: r.id, amount: r.amount, external: false }));
}

/** What is reserved of the lines beyond what they still send is free again. */
async function release(tx: Tx, ctx: Ctx, orderId: string, units: readonly UnsentUnits[]): Promise<void> {
  const held = new Map<string, number>();
  for (const r of await reservationsOfOrder(tx, orderId)) held.set(r.line_id, (held.get(r.line_id) ?? 0) + r.quantity);
  const lines = new Map((await linesOf(tx, orderId)).map((l) => [l.id, l]));
  const freed = new Map<string, number>();
  for (const { lineId, quantity } of units) {
    const line = lines.get(lineId);
    const wanted = line ? line.quantity - line.cancelled - line.shipped - quantity : 0;
    const more = (held.get(lineId) ?? 0) - wanted;
    if (more > 0) freed.set(lineId, more);
  }
  if (freed.size > 0) await releaseForOrder(tx, ctx, orderId, freed);
}
