import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { addAllocations, type AllocationRow, allocationsOf } from '../store/allocations.ts';
import { stagingOf } from '../store/bin-stock.ts';
import { type Move, postMoves } from '../store/post.ts';
import { consumeReservations, type ReservationRow, reservationsOfOrder } from '../store/reservations.ts';
import { trimAllocations } from './allocate-stock.ts';

type Missing = {
  orderId: string;
  lineId: string;
  quantity: number;
  reason: string;
  /** Where they are missing; in whatever warehouse when it is left out. */
  warehouseId?: string;
  /** The bin where they should have been; else those the line is allocated in, else by expiry. */
  binId?: string | undefined;
  /** Of the units that nobody is allocated: they are there, and nothing may be taken from where they stand. */
  free?: boolean;
};

/**
 * Units reserved for a line that were not found on the shelf: they are reserved no more, and frozen in their bin until
 * somebody counts it, so that no other order is promised them. Returns how many were still reserved. The caller holds the
 * order's lock.
 */
export async function setAsideMissing(tx: Tx, ctx: Ctx, input: Missing): Promise<number> {
  let left = input.quantity;
  const parts = (await reservationsOfOrder(tx, input.orderId)).flatMap((r) => {
    const elsewhere = input.warehouseId !== undefined && r.warehouse_id !== input.warehouseId;
    if (r.line_id !== input.lineId || elsewhere || left === 0) return [];
    const quantity = Math.min(r.quantity, left);
    left -= quantity;
    return [{ ...r, quantity }];
  });
  if (parts.length === 0) return 0;
  await consumeReservations(tx, parts);
  const moves: Move[] = [];
  const freed: AllocationRow[] = [];
  for (const part of parts) {
    const common = { skuId: part.sku_id, warehouseId: part.warehouse_id, docId: input.orderId, lineId: input.lineId };
    moves.push({ ...common, kind: 'release', reserved: -part.quantity });
    let rest = part.quantity;
    for (const row of input.free ? [] : await onShelf(tx, part, input.binId)) {
      const quantity = Math.min(rest, row.quantity);
      if (quantity === 0) continue;
      rest -= quantity;
      const place = { binId: row.bin_id, batchId: row.batch_id, allocated: -quantity };
      moves.push({ ...common, ...place, kind: 'freeze', onHand: -quantity, frozen: quantity, reason: input.reason });
      freed.push({ ...row, quantity: -quantity });
    }
    if (rest > 0) moves.push({ ...common, kind: 'freeze', onHand: -rest, frozen: rest, reason: input.reason });
  }
  await postMoves(tx, ctx, moves);
  await addAllocations(tx, freed);
  await trimAllocations(tx, input.orderId);
  return input.quantity - left;
}

/** What a line is allocated on the shelf in a warehouse: what is picked already was not missing. */
async function onShelf(tx: Tx, part: ReservationRow, binId: string | undefined): Promise<AllocationRow[]> {
  const staging = await stagingOf(tx, part.warehouse_id);
  return (await allocationsOf(tx, [part.order_id], part.warehouse_id)).filter(
    (r) => r.line_id === part.line_id && r.bin_id !== staging && (binId === undefined || r.bin_id === binId),
  );
}
