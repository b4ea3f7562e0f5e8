import type { AbcClass } from './abc.ts';

export type Slot = { readonly id: string; readonly xMm: number; readonly yMm: number };
/** What lies in a bin, and how often somebody walks there for it. */
export type SlottedItem = {
  readonly skuId: string;
  readonly binId: string;
  readonly abc: AbcClass;
  readonly picksPerDay: number;
};
export type Swap = {
  /** The item that is asked for often and lies far away, and the one that lies in its better place. */
  readonly far: SlottedItem;
  readonly near: SlottedItem;
  /** Walking saved per day, there and back for each pick. */
  readonly savedMmPerDay: number;
};

export type SlottingOptions = {
  readonly depot: { readonly xMm: number; readonly yMm: number };
  /** Swaps that save less are not worth the work of moving. */
  readonly savedMmMin?: number;
  readonly swapsMax?: number;
};
const SWAPS_MAX = 50;

/**
 * Which A items should change places with C items nearer to the depot, the greatest saving first. Greedy: each item and each bin is in one
 * swap at most, so that all of them can be done in any order and their savings add up. Walking is counted along the aisles, there and
 * back for each pick; picks of several items on one way save less, so the saving is an upper bound.
 */
export function suggestSwaps(
  items: readonly SlottedItem[],
  bins: readonly Slot[],
  { depot, savedMmMin = 1, swapsMax = SWAPS_MAX }: SlottingOptions,
): Swap[] {
  const distance = new Map(bins.map((b) => [b.id, Math.abs(b.xMm - depot.xMm) + Math.abs(b.yMm - depot.yMm)]));
  const placed = items.filter((i) => distance.has(i.binId)).toSorted((a, b) => (a.skuId < b.skuId ? -1 : 1));
  const shared = new Set(
    [...Map.groupBy(placed, (i) => i.binId)].filter(([, all]) => all.length > 1).map(([bin]) => bin),
  );
  const movable = placed.filter((i) => !shared.has(i.binId)); // a bin of several SKUs has no one place to give
  const often = movable.filter((i) => i.abc === 'A');
  const seldom = movable.filter((i) => i.abc === 'C');
  const away = (i: SlottedItem): number => distance.get(i.binId) as number;
  const used = new Set<string>();
  const bestFor = (far: SlottedItem): Swap | undefined => {
    let best: Swap | undefined;
    for (const near of seldom) {
      if (used.has(near.binId) || away(near) >= away(far)) continue;
      const savedMmPerDay = 2 * (far.picksPerDay - near.picksPerDay) * (away(far) - away(near));
      if (savedMmPerDay >= savedMmMin && savedMmPerDay > (best?.savedMmPerDay ?? 0))
        best = { far, near, savedMmPerDay };
    }
    return best;
  };
  // as places are taken an item's best swap only gets worse: it is looked for anew only when it comes first and is gone
  let open = often.flatMap((far) => bestFor(far) ?? []);
  const swaps: Swap[] = [];
  while (open.length > 0 && swaps.length < swapsMax) {
    const first = open.reduce((a, b) => (b.savedMmPerDay > a.savedMmPerDay ? b : a));
    open = open.filter((s) => s !== first);
    if (used.has(first.near.binId)) {
      open.push(...[bestFor(first.far) ?? []].flat());
      continue;
    }
    swaps.push(first);
    used.add(first.far.binId).add(first.near.binId);
  }
  return swaps;
}
