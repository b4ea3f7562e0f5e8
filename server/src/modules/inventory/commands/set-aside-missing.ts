import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { postMoves } from '../store/post.ts';
import { consumeReservations, reservationsOfOrder } from '../store/reservations.ts';

/**
 * Units reserved for a line that were not found on the shelf: they are reserved no more, and frozen until somebody counts
 * the shelf, so that no other order is promised them. Returns how many were still reserved. The caller holds the order's lock.
 */
export async function setAsideMissing(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; lineId: string; quantity: number; reason: string },
): Promise<number> {
  let left = input.quantity;
  const parts = (await reservationsOfOrder(tx, input.orderId)).flatMap((r) => {
    if (r.line_id !== input.lineId || left === 0) return [];
    const quantity = Math.min(r.quantity, left);
    left -= quantity;
    return [{ ...r, quantity }];
  });
  if (parts.length === 0) return 0;
  await consumeReservations(tx, parts);
  const moves = parts.flatMap((r) => {
    const common = { skuId: r.sku_id, warehouseId: r.warehouse_id, docId: input.orderId, lineId: input.lineId };
    return [
      { ...common, kind: 'release' as const, reserved: -r.quantity },
      { ...common, kind: 'freeze' as const, onHand: -r.quantity, frozen: r.quantity, reason: input.reason },
    ];
  });
  await postMoves(tx, ctx, moves);
  return input.quantity - left;
}
