import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { NotReserved } from '../errors.ts';
import { insertMoves, type Move } from '../store/post.ts';
import { addReservations, consumeReservations } from '../store/reservations.ts';
import { trimAllocations } from './allocate-stock.ts';

export type ReservationMove = {
  from: { orderId: string; lineId: string };
  to: { orderId: string; lineId: string };
  skuId: string;
  warehouseId: string;
  quantity: number;
};

const keyOf = (m: ReservationMove): string => `${m.from.orderId}/${m.from.lineId}/${m.warehouseId}`;

/** Of each reservation all that is taken from it at once: it is one row, and is written once. */
function takenFrom(moves: readonly ReservationMove[]) {
  const sums = new Map<string, { order_id: string; line_id: string; warehouse_id: string; quantity: number }>();
  for (const m of moves) {
    const known = sums.get(keyOf(m));
    if (known) known.quantity += m.quantity;
    else
      sums.set(keyOf(m), {
        order_id: m.from.orderId,
        line_id: m.from.lineId,
        warehouse_id: m.warehouseId,
        quantity: m.quantity,
      });
  }
  return [...sums.values()];
}

/**
 * Hands reserved units from lines of orders over to lines of others. No balance changes, so no stock is locked and none can
 * be lost to somebody else on the way; the ledger says of each line what it gave and what it got. The caller holds the
 * locks of the orders. @throws NotReserved when a line has less than is taken from it; nothing is moved then.
 */
export async function moveReservations(
  tx: Tx,
  ctx: Ctx,
  moves: readonly ReservationMove[],
  reason: string,
): Promise<void> {
  if (moves.length === 0) return;
  assert(
    moves.every((m) => Number.isSafeInteger(m.quantity) && m.quantity > 0),
    'a reservation is moved in whole units',
  );
  const taken = takenFrom(moves);
  if ((await consumeReservations(tx, taken)) !== taken.length)
    throw new NotReserved({ orderId: moves[0]?.from.orderId });
  await addReservations(
    tx,
    moves.map((m) => ({
      order_id: m.to.orderId,
      line_id: m.to.lineId,
      warehouse_id: m.warehouseId,
      sku_id: m.skuId,
      quantity: m.quantity,
    })),
  );
  await insertMoves(
    tx,
    ctx,
    moves.flatMap((m): Move[] => [
      {
        skuId: m.skuId,
        warehouseId: m.warehouseId,
        kind: 'release',
        reserved: -m.quantity,
        docId: m.from.orderId,
        lineId: m.from.lineId,
        reason,
      },
      {
        skuId: m.skuId,
        warehouseId: m.warehouseId,
        kind: 'reserve',
        reserved: m.quantity,
        docId: m.to.orderId,
        lineId: m.to.lineId,
        reason,
      },
    ]),
  );
  for (const orderId of [...new Set(moves.map((m) => m.from.orderId))].toSorted()) await trimAllocations(tx, orderId);
}
