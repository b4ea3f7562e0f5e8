import type { Layout, Point } from './layout.ts';
import { depotPoint } from './layout.ts';

/** A piece of floor one may walk along, parallel to an axis; where two meet or cross, one may turn. */
export type Way = { readonly from: Point; readonly to: Point };

/**
 * Any other warehouse: where one may walk. Without ways nothing is known about the aisles, and distances are those of a
 * city: across plus along.
 */
export type Floor = { readonly ways: readonly Way[]; readonly depot: Point };

/** Where something is to be taken on such a floor: reached from the nearest point of a way. */
export type Spot = Point & { readonly id: string };

export const WAYS_MAX = 2_000;
const MM_MAX = 10_000_000;

const isPlace = (p: Point): boolean =>
  [p.xMm, p.yMm].every((value) => Number.isSafeInteger(value) && Math.abs(value) <= MM_MAX);

/** @throws RangeError when it is no floor. */
export function checkFloor(floor: Floor): void {
  if (floor.ways.length > WAYS_MAX)
    throw new RangeError(`a floor has at most ${WAYS_MAX} ways, not ${floor.ways.length}`);
  if (!isPlace(floor.depot)) throw new RangeError('the depot is no place in whole millimetres');
  floor.ways.forEach(({ from, to }, i) => {
    if (!isPlace(from) || !isPlace(to)) throw new RangeError(`ways[${i}] is not in whole millimetres`);
    if (from.xMm !== to.xMm && from.yMm !== to.yMm) throw new RangeError(`ways[${i}] is not parallel to an axis`);
  });
}

/** @throws RangeError when a spot is no place. */
export function checkSpots(spots: readonly Spot[]): void {
  for (const spot of spots)
    if (!isPlace(spot)) throw new RangeError(`stop ${spot.id} is no place in whole millimetres`);
}

/** A rectangular warehouse as a floor of ways. */
export function floorOf(layout: Layout): Floor {
  const [left, right] = [layout.aislesMm[0]!, layout.aislesMm.at(-1)!];
  const [front, back] = [layout.crossAislesMm[0]!, layout.crossAislesMm.at(-1)!];
  return {
    depot: depotPoint(layout),
    ways: [
      ...layout.aislesMm.map((xMm) => ({ from: { xMm, yMm: front }, to: { xMm, yMm: back } })),
      ...layout.crossAislesMm.map((yMm) => ({ from: { xMm: left, yMm }, to: { xMm: right, yMm } })),
    ],
  };
}

const clamp = (value: number, a: number, b: number): number =>
  Math.min(Math.max(value, Math.min(a, b)), Math.max(a, b));

/** The point of the ways nearest to a place, the first of equals; the place itself where there are no ways. */
export function nearestOnWay(floor: Floor, place: Point): Point {
  let best = { xMm: place.xMm, yMm: place.yMm };
  let bestMm = Infinity;
  for (const { from, to } of floor.ways) {
    const at = { xMm: clamp(place.xMm, from.xMm, to.xMm), yMm: clamp(place.yMm, from.yMm, to.yMm) };
    const mm = Math.abs(at.xMm - place.xMm) + Math.abs(at.yMm - place.yMm);
    if (mm < bestMm) [best, bestMm] = [at, mm];
  }
  return best;
}

/** Places as a graph: `next[i]` are the neighbours of place i along the ways, `indexOf` says which place a point is. */
export type Graph = {
  readonly places: readonly Point[];
  readonly next: readonly (readonly { to: number; mm: number }[])[];
  readonly indexOf: (point: Point) => number;
};

const lies = (way: Way, p: Point): boolean =>
  clamp(p.xMm, way.from.xMm, way.to.xMm) === p.xMm && clamp(p.yMm, way.from.yMm, way.to.yMm) === p.yMm;

/** Where two ways at right angles cross; undefined when they do not. */
function crossing(a: Way, b: Way): Point | undefined {
  const upright = a.from.xMm === a.to.xMm ? a : b;
  const across = upright === a ? b : a;
  const p = { xMm: upright.from.xMm, yMm: across.from.yMm };
  return lies(upright, p) && lies(across, p) ? p : undefined;
}

/** The graph of a floor with these points (each on a way) among its places. */
export function graphOf(floor: Floor, points: readonly Point[]): Graph {
  const places: Point[] = [];
  const index = new Map<string, number>();
  const add = (p: Point): number => {
    const key = `${p.xMm}/${p.yMm}`;
    const have = index.get(key);
    if (have !== undefined) return have;
    index.set(key, places.length);
    return places.push({ xMm: p.xMm, yMm: p.yMm }) - 1;
  };
  const next: { to: number; mm: number }[][] = [];
  const marks = [...points, ...floor.ways.flatMap((w) => [w.from, w.to])];
  for (const p of points) add(p);
  for (const way of floor.ways) {
    const crossings = floor.ways.map((other) => crossing(way, other)).filter((p) => p !== undefined);
    const on = [...new Set([...marks.filter((p) => lies(way, p)), ...crossings].map(add))];
    on.sort((a, b) => places[a]!.xMm - places[b]!.xMm || places[a]!.yMm - places[b]!.yMm);
    for (let i = 1; i < on.length; i += 1) {
      const [a, b] = [on[i - 1]!, on[i]!];
      const mm = Math.abs(places[a]!.xMm - places[b]!.xMm) + Math.abs(places[a]!.yMm - places[b]!.yMm);
      (next[a] ??= []).push({ to: b, mm });
      (next[b] ??= []).push({ to: a, mm });
    }
  }
  return {
    places,
    next: places.map((_, i) => next[i] ?? []),
    indexOf: (p) => index.get(`${p.xMm}/${p.yMm}`) ?? -1,
  };
}

/** Distances and the place before, from one place to all (Dijkstra with a heap); Infinity where no way leads. */
export function distancesFrom(graph: Graph, start: number): { mm: Float64Array; before: Int32Array } {
  const mm = new Float64Array(graph.places.length).fill(Infinity);
  const before = new Int32Array(graph.places.length).fill(-1);
  const heap: { at: number; mm: number }[] = [];
  const push = (at: number, d: number): void => {
    let i = heap.push({ at, mm: d }) - 1;
    while (i > 0 && heap[(i - 1) >> 1]!.mm > heap[i]!.mm) {
      const up = (i - 1) >> 1;
      [heap[i], heap[up]] = [heap[up]!, heap[i]!];
      i = up;
    }
  };
  mm[start] = 0;
  push(start, 0);
  while (heap.length > 0) {
    const { at, mm: d } = pop(heap);
    if (d > mm[at]!) continue;
    for (const edge of graph.next[at]!) {
      if (d + edge.mm >= mm[edge.to]!) continue;
      mm[edge.to] = d + edge.mm;
      before[edge.to] = at;
      push(edge.to, mm[edge.to]!);
    }
  }
  return { mm, before };
}

function pop(heap: { at: number; mm: number }[]): { at: number; mm: number } {
  const top = heap[0]!;
  const last = heap.pop()!;
  if (heap.length === 0) return top;
  heap[0] = last;
  for (let i = 0; ;) {
    const [l, r] = [2 * i + 1, 2 * i + 2];
    let least = i;
    if (l < heap.length && heap[l]!.mm < heap[least]!.mm) least = l;
    if (r < heap.length && heap[r]!.mm < heap[least]!.mm) least = r;
    if (least === i) return top;
    [heap[i], heap[least]] = [heap[least]!, heap[i]!];
    i = least;
  }
}
