import type { Distances } from './tour.ts';

/** Up to so many places every order is weighed; the table of one more would be twice the size. */
export const SMALL_TOUR_MAX = 11;

/**
 * The shortest round trip through a few places, beginning at place 0 (Held and Karp): the shortest way from 0 through each set of
 * places to each of its members, from small sets to large ones.
 */
export function shortestTour({ n, mm }: Distances): number[] {
  if (n > SMALL_TOUR_MAX) throw new RangeError(`too many places to weigh every order: ${n}`);
  if (n < 3) return Array.from({ length: n }, (_, i) => i);
  const sets = 1 << (n - 1); // a set of the places 1 … n−1
  const cost = new Float64Array(sets * n).fill(Infinity);
  const from = new Int8Array(sets * n);
  for (let at = 1; at < n; at += 1) cost[(1 << (at - 1)) * n + at] = mm[at]!;
  for (let set = 1; set < sets; set += 1) {
    for (let at = 1; at < n; at += 1) {
      const known = cost[set * n + at]!;
      if (known === Infinity) continue;
      for (let to = 1; to < n; to += 1) {
        const bit = 1 << (to - 1);
        const slot = (set | bit) * n + to;
        if ((set & bit) !== 0 || known + mm[at * n + to]! >= cost[slot]!) continue;
        cost[slot] = known + mm[at * n + to]!;
        from[slot] = at;
      }
    }
  }
  let set = sets - 1;
  let at = 1;
  for (let end = 2; end < n; end += 1) {
    if (cost[set * n + end]! + mm[end * n]! < cost[set * n + at]! + mm[at * n]!) at = end;
  }
  const tour: number[] = [];
  while (at !== 0) {
    tour.push(at);
    const before = from[set * n + at]!;
    set ^= 1 << (at - 1);
    at = before;
  }
  return [0, ...tour.toReversed()];
}
