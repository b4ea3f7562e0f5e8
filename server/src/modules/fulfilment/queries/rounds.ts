import type { Tx } from '#kernel/db/index.ts';
import type { WarehouseRow } from '#modules/inventory/index.ts';

export type InRound<T> = { item: T; round: number; place: number };

/** Cuts orders, the most urgent first, into walks of at most `perRound` orders, each with a place on the cart. */
export async function inRounds<T>(
  _tx: Tx,
  _warehouse: WarehouseRow,
  items: readonly T[],
  perRound: number,
): Promise<InRound<T>[]> {
  return items.map((item, i) => ({ item, round: Math.floor(i / perRound) + 1, place: (i % perRound) + 1 }));
}
