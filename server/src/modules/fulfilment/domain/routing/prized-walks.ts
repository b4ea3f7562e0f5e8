import type { BlockWalk } from './block-walks.ts';
import type { BlockOp } from './states.ts';

/** A place in one block's part of an aisle where article `group` may be taken. `must`: the article is taken here or nowhere. */
export type Prized = { readonly yMm: number; readonly group: number; readonly must: boolean };

/**
 * The cheapest way of each kind when taking an article earns its prize: what is walked less what is earned, each article once in the
 * block. Places that must be visited are; the others where it pays. `places` ascend by y.
 */
export function prizedWalks(
  startMm: number,
  endMm: number,
  places: readonly Prized[],
  prizes: Float64Array,
): BlockWalk[] {
  const n = places.length;
  const mustsBefore = [0];
  for (const place of places) mustsBefore.push(mustsBefore.at(-1)! + (place.must ? 1 : 0));
  const best = new Map<BlockOp, BlockWalk>();
  const offer = (walk: BlockWalk): void => {
    if (!(walk.costMm >= (best.get(walk.op)?.costMm ?? Infinity))) best.set(walk.op, walk);
  };
  const front = collector(prizes);
  for (let i = -1; i < n; i += 1) {
    if (i >= 0) front.take(places[i]!.group);
    const frontToMm = i < 0 ? startMm : places[i]!.yMm;
    const both = collector(prizes, front);
    for (let j = n; j > i; j -= 1) {
      // The places before i are reached from the front, those from j on from the back, and what lies between is left out.
      if (j < n) both.take(places[j]!.group);
      if (mustsBefore[j]! > mustsBefore[i + 1]!) continue;
      const backToMm = j < n ? places[j]!.yMm : endMm;
      const costMm = 2 * (frontToMm - startMm + endMm - backToMm) - both.earned();
      offer({ op: i < 0 ? (j < n ? 'back' : 'none') : j < n ? 'gap' : 'front', costMm, frontToMm, backToMm });
    }
  }
  const all = collector(prizes);
  for (const place of places) all.take(place.group);
  for (const [op, times] of [
    ['once', 1],
    ['twice', 2],
  ] as const) {
    offer({ op, costMm: times * (endMm - startMm) - all.earned(), frontToMm: endMm, backToMm: startMm });
  }
  return [...best.values()];
}

/** Earns each group's prize once; what `base` has taken already counts as taken. */
function collector(
  prizes: Float64Array,
  base?: { readonly earned: () => number; readonly has: (group: number) => boolean },
): { take: (group: number) => void; earned: () => number; has: (group: number) => boolean } {
  const taken = new Set<number>();
  let sum = base?.earned() ?? 0;
  const has = (group: number): boolean => taken.has(group) || (base?.has(group) ?? false);
  return {
    has,
    earned: () => sum,
    take: (group) => {
      if (has(group)) return;
      taken.add(group);
      sum += prizes[group]!;
    },
  };
}
