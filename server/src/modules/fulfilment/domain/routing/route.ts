import {
  checkFloor,
  checkSpots,
  distancesFrom,
  type Floor,
  floorOf,
  graphOf,
  nearestOnWay,
  type Spot,
} from './floor.ts';
import { checkLayout, checkStops, type Layout, type Point, STOPS_MAX, type Stop } from './layout.ts';
import { EXACT_CROSS_AISLES_MAX, exactWalk } from './shortest-walk.ts';
import { largestGapLine, sShapeLine } from './simple-routes.ts';
import { shortestTour, SMALL_TOUR_MAX } from './small-tour.ts';
import { shortTour } from './tour.ts';
import { lengthOf, lineOf, placed, stopsInOrder, tidy } from './trace.ts';

/** A round from the depot past every stop and back. */
export type Route<T> = {
  /** `exact`: proved to be the shortest there is. `improved`: short, not proved. */
  readonly method: 'exact' | 'improved';
  readonly lengthMm: number;
  /** In the order in which one comes past them. */
  readonly stops: readonly T[];
  /** The corners of the line that is walked, from the depot to the depot. */
  readonly line: readonly Point[];
};

/** What the two rules of thumb would have walked. */
export type Compared = { readonly sShapeMm: number; readonly largestGapMm: number };

export const isExact = (layout: Layout): boolean => layout.crossAislesMm.length <= EXACT_CROSS_AISLES_MAX;

/** A route through more blocks counts for more, where work is counted, as it takes more time. */
export const workOfRoute = ({ crossAislesMm }: Layout): number => [1, 1, 1, 2, 20][crossAislesMm.length - 1] ?? 100;

/**
 * The shortest round through a rectangular warehouse (FUL-3). Up to five cross-aisles it is proved to be the shortest; beyond that it is
 * searched for as on any floor. @throws RangeError on a layout or stop that cannot be.
 */
export function findRoute<T extends Stop>(layout: Layout, stops: readonly T[]): Route<T> & { compared: Compared } {
  checkLayout(layout);
  checkStops(layout, stops);
  const spots = stops.map((stop) => placed(layout, stop));
  const compared = {
    sShapeMm: lengthOf(sShapeLine(layout, stops)),
    largestGapMm: lengthOf(largestGapLine(layout, stops)),
  };
  const byPlace = new Map(spots.map((spot, i) => [spot, stops[i]!]));
  const back = (ordered: readonly (T & Point)[]): T[] => ordered.map((spot) => byPlace.get(spot)!);
  if (isExact(layout)) {
    const line = lineOf(layout, exactWalk(layout, stops));
    return { method: 'exact', lengthMm: lengthOf(line), stops: back(stopsInOrder(line, spots)), line, compared };
  }
  const found = [
    findRouteOnFloor(floorOf(layout), spots).line,
    sShapeLine(layout, stops),
    largestGapLine(layout, stops),
  ].reduce((best, line) => (lengthOf(line) < lengthOf(best) ? line : best));
  return {
    method: 'improved',
    lengthMm: lengthOf(found),
    stops: back(stopsInOrder(found, spots)),
    line: found,
    compared,
  };
}

/** The length of {@link findRoute} alone, without the line: what batching asks thousands of times. Its input must have been checked. */
export function routeLengthMm(layout: Layout, stops: readonly Pick<Stop, 'aisle' | 'yMm'>[]): number {
  if (isExact(layout)) return exactWalk(layout, stops).costMm;
  return findRoute(
    layout,
    stops.map((stop, i) => ({ ...stop, id: String(i) })),
  ).lengthMm;
}

/** A short round over any floor: shortest ways between the stops, in a good order (the best, up to ten stops). @throws RangeError when a stop cannot be reached. */
export function findRouteOnFloor<T extends Spot>(floor: Floor, spots: readonly T[]): Route<T> {
  checkFloor(floor);
  if (spots.length > STOPS_MAX) throw new RangeError(`a round has at most ${STOPS_MAX} stops, not ${spots.length}`);
  checkSpots(spots);
  const reached = [floor.depot, ...spots].map((place) => nearestOnWay(floor, place));
  const ways = floor.ways.length === 0 ? freeWays(reached) : knownWays(floor, reached);
  const unreached = spots.find((_, i) => ways.mm[i + 1] === Infinity);
  if (unreached) throw new RangeError(`no way leads to stop ${unreached.id}`);
  const n = reached.length;
  const small = n <= SMALL_TOUR_MAX;
  const tour = (small ? shortestTour : shortTour)({ n, mm: ways.mm });
  const line = tidy(tour.flatMap((at, i) => ways.line(at, tour[(i + 1) % n]!)));
  const onLine = spots.map((spot, i) => ({ spot, ...reached[i + 1]! }));
  const stops = stopsInOrder(line, onLine).map((s) => s.spot);
  return { method: small ? 'exact' : 'improved', lengthMm: lengthOf(line), stops, line };
}

type Ways = { readonly mm: Float64Array; readonly line: (a: number, b: number) => Point[] };

/** Nothing is known about the floor: across, then along. */
function freeWays(places: readonly Point[]): Ways {
  const n = places.length;
  const mm = new Float64Array(n * n);
  places.forEach((a, i) =>
    places.forEach((b, j) => (mm[i * n + j] = Math.abs(a.xMm - b.xMm) + Math.abs(a.yMm - b.yMm))),
  );
  return { mm, line: (a, b) => [places[a]!, { xMm: places[b]!.xMm, yMm: places[a]!.yMm }, places[b]!] };
}

function knownWays(floor: Floor, places: readonly Point[]): Ways {
  const n = places.length;
  const graph = graphOf(floor, places);
  const nodes = places.map((p) => graph.indexOf(p));
  const mm = new Float64Array(n * n);
  const before = nodes.map((node, i) => {
    const from = distancesFrom(graph, node);
    nodes.forEach((to, j) => (mm[i * n + j] = from.mm[to]!));
    return from.before;
  });
  return {
    mm,
    line: (a, b) => {
      const points: Point[] = [];
      for (let at = nodes[b]!; at !== nodes[a]!; at = before[a]![at]!) points.push(graph.places[at]!);
      return [...points, places[a]!].toReversed();
    },
  };
}
