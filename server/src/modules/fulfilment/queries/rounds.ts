import type { Tx } from '#kernel/db/index.ts';
import { allocatedPlaces, type WarehouseRow } from '#modules/inventory/index.ts';
import { batchOrders } from '../domain/routing/batches.ts';

export type InRound<T> = { item: T; round: number; place: number };
type Item = { order: { id: string }; lines: readonly { quantity: number }[] };

/**
 * Cuts orders, the most urgent first, into walks of at most `perRound` orders, each with a place on the cart. Where the floor
 * is known, orders whose goods lie near each other share a walk; the walk with the most urgent order comes first.
 */
export async function inRounds<T extends Item>(
  tx: Tx,
  warehouse: WarehouseRow,
  items: readonly T[],
  limits: { orders: number; units: number },
): Promise<InRound<T>[]> {
  const groups =
    limits.orders > 1 && warehouse.layout !== null
      ? await nearEachOther(tx, warehouse.layout, items, limits)
      : Array.from({ length: Math.ceil(items.length / limits.orders) }, (_, i) =>
          items.slice(i * limits.orders, (i + 1) * limits.orders),
        );
  return groups.flatMap((group, g) => group.map((item, i) => ({ item, round: g + 1, place: i + 1 })));
}

async function nearEachOther<T extends Item>(
  tx: Tx,
  layout: NonNullable<WarehouseRow['layout']>,
  items: readonly T[],
  limits: { orders: number; units: number },
): Promise<T[][]> {
  const places = Map.groupBy(
    await allocatedPlaces(
      tx,
      items.map((i) => i.order.id),
    ),
    (p) => p.order_id,
  );
  const rank = new Map(items.map((item, i) => [item.order.id, i]));
  const { batches } = batchOrders(
    layout,
    items.map((item) => ({
      id: item.order.id,
      stops: (places.get(item.order.id) ?? []).flatMap((p) =>
        p.aisle !== null && p.y_mm !== null && p.aisle < layout.aislesMm.length
          ? [{ aisle: p.aisle, yMm: p.y_mm }]
          : [],
      ),
      units: item.lines.reduce((n, l) => n + l.quantity, 0),
      volumeMl: 0,
    })),
    { ...limits, volumeMl: Number.MAX_SAFE_INTEGER },
  );
  const byRank = (a: string, b: string): number => (rank.get(a) ?? 0) - (rank.get(b) ?? 0);
  return batches
    .map((b) => b.orderIds.toSorted(byRank))
    .toSorted((a, b) => byRank(a[0] ?? '', b[0] ?? ''))
    .map((ids) => ids.map((id) => items[rank.get(id) ?? 0] as T));
}
