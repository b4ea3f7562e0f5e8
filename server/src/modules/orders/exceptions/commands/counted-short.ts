import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type GaveWay, type Givers, ordersInTheWay, settleShort } from '#modules/inventory/index.ts';
import { holdOrder } from '../../commands/hold-order.ts';
import { orderPorts } from '../../ports.ts';
import { lockAnyOrder } from '../../store/orders.ts';
import { missingOf } from '../store/missing.ts';
import { openOne, SHORTAGE } from './open-exceptions.ts';

const ROUNDS_MAX = 20;

/**
 * Locks the orders that would give way to what a count found missing. Those that are not paid, or live on in others, cannot
 * be short: others are looked for in their stead.
 */
async function lockThose(tx: Tx, takeId: string): Promise<Givers> {
  const [may, cannot] = [new Set<string>(), new Set<string>()];
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const fresh = (await ordersInTheWay(tx, takeId, cannot)).filter((id) => !may.has(id));
    if (fresh.length === 0) break;
    for (const id of fresh) {
      const row = await lockAnyOrder(tx, id);
      (row.status === 'paid' && row.superseded === null ? may : cannot).add(id);
    }
  }
  return { may, cannot };
}

/**
 * Books what a count found missing although orders were promised it. The orders that came last lose those units: each is held,
 * its picks stop, and an exception says what it lacks, as after a short pick.
 */
export async function giveWayToCount(tx: Tx, ctx: Ctx, takeId: string): Promise<void> {
  const gave = await settleShort(tx, ctx, takeId, await lockThose(tx, takeId));
  for (const [orderId, lines] of Map.groupBy(gave, (g) => g.orderId)) await short(tx, ctx, orderId, lines);
}

const NOTE = 'counted short';

async function short(tx: Tx, ctx: Ctx, orderId: string, lines: readonly GaveWay[]): Promise<void> {
  const row = await holdOrder(tx, ctx, { orderId, code: SHORTAGE, note: NOTE });
  const lost = new Set(lines.map((l) => l.lineId));
  for (const missing of await missingOf(tx, row))
    if (lost.has(missing.line.id)) await openOne(tx, ctx, row, { kind: 'shortage', missing, note: NOTE });
  await orderPorts().stopFulfilment(tx, ctx, orderId);
}
