import { distancesFrom, type Floor, graphOf } from './floor.ts';
import { depotCross, depotPoint, type Layout, type Point, type Stop } from './layout.ts';
import type { Distances } from './tour.ts';

/** The shortest ways between some places: how long, and along which points. */
export type Ways = Distances & { readonly line: (a: number, b: number) => Point[] };

function distances(n: number, between: (a: number, b: number) => number): Distances {
  const mm = new Float64Array(n * n);
  for (let a = 0; a < n; a += 1) for (let b = 0; b < n; b += 1) mm[a * n + b] = between(a, b);
  return { n, mm };
}

/** Nothing is known about the floor: across, then along. */
export function freeWays(places: readonly Point[]): Ways {
  const city = (a: Point, b: Point): number => Math.abs(a.xMm - b.xMm) + Math.abs(a.yMm - b.yMm);
  return {
    ...distances(places.length, (a, b) => city(places[a]!, places[b]!)),
    line: (a, b) => [places[a]!, { xMm: places[b]!.xMm, yMm: places[a]!.yMm }, places[b]!],
  };
}

/** In a rectangular warehouse, between the depot (place 0) and the stops: in one aisle straight on, else over the best cross-aisle. */
export function aisleWays(layout: Layout, stops: readonly Stop[]): Ways {
  const depot = depotPoint(layout);
  const places = [depot, ...stops.map((s) => ({ xMm: layout.aislesMm[s.aisle]!, yMm: s.yMm }))];
  const crossOf = (a: Point, b: Point): number => {
    let best = depotCross(layout);
    const along = (cross: number): number =>
      Math.abs(a.yMm - layout.crossAislesMm[cross]!) + Math.abs(b.yMm - layout.crossAislesMm[cross]!);
    layout.crossAislesMm.forEach((_, cross) => {
      if (along(cross) < along(best)) best = cross;
    });
    return layout.crossAislesMm[best]!;
  };
  const between = (a: Point, b: Point): number => {
    if (a.xMm === b.xMm) return Math.abs(a.yMm - b.yMm);
    const cross = crossOf(a, b);
    return Math.abs(a.xMm - b.xMm) + Math.abs(a.yMm - cross) + Math.abs(b.yMm - cross);
  };
  return {
    ...distances(places.length, (a, b) => between(places[a]!, places[b]!)),
    line: (from, to) => {
      const [a, b] = [places[from]!, places[to]!];
      if (a.xMm === b.xMm) return [a, b];
      const yMm = crossOf(a, b);
      return [a, { xMm: a.xMm, yMm }, { xMm: b.xMm, yMm }, b];
    },
  };
}

/** On a floor whose ways are known, between places on them. */
export function knownWays(floor: Floor, places: readonly Point[]): Ways {
  const graph = graphOf(floor, places);
  const nodes = places.map((p) => graph.indexOf(p));
  const from = nodes.map((node) => distancesFrom(graph, node));
  return {
    ...distances(places.length, (a, b) => from[a]!.mm[nodes[b]!]!),
    line: (a, b) => {
      const points: Point[] = [];
      for (let at = nodes[b]!; at !== nodes[a]!; at = from[a]!.before[at]!) points.push(graph.places[at]!);
      return [...points, places[a]!].toReversed();
    },
  };
}
