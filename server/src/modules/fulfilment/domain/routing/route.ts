import { checkFloor, checkSpots, type Floor, nearestOnWay, type Spot } from './floor.ts';
import { checkLayout, checkStops, type Layout, type Point, STOPS_MAX, type Stop } from './layout.ts';
import { EXACT_CROSS_AISLES_MAX, exactWalk } from './shortest-walk.ts';
import { largestGapLine, sShapeLine } from './simple-routes.ts';
import { shortestTour, SMALL_TOUR_MAX } from './small-tour.ts';
import { shortTour } from './tour.ts';
import { lengthOf, lineOf, placed, stopsInOrder, tidy } from './trace.ts';
import { aisleWays, freeWays, knownWays, type Ways } from './ways.ts';

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

const EXACT_AISLES_MAX = 120;

/** Up to four blocks, if there are not so many aisles that the last block would take more than a tenth of a second. */
export const isExact = ({ aislesMm, crossAislesMm }: Layout): boolean =>
  crossAislesMm.length < EXACT_CROSS_AISLES_MAX ||
  (crossAislesMm.length === EXACT_CROSS_AISLES_MAX && aislesMm.length <= EXACT_AISLES_MAX);

/** A route through more blocks counts for more, where work is counted, as it takes more time. */
export const workOfRoute = ({ crossAislesMm }: Layout): number => [1, 1, 1, 2, 20][crossAislesMm.length - 1] ?? 100;

/**
 * The shortest round through a rectangular warehouse (FUL-3). Where {@link isExact} holds it is proved to be the shortest; beyond that it is
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
  const found = goodRound(aisleWays(layout, stops));
  const line = [sShapeLine(layout, stops), largestGapLine(layout, stops)].reduce(
    (best, other) => (lengthOf(other) < lengthOf(best) ? other : best),
    found.line,
  );
  return { method: found.method, lengthMm: lengthOf(line), stops: back(stopsInOrder(line, spots)), line, compared };
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
  const { line, method } = goodRound(ways);
  const onLine = spots.map((spot, i) => ({ spot, ...reached[i + 1]! }));
  return { method, lengthMm: lengthOf(line), stops: stopsInOrder(line, onLine).map((s) => s.spot), line };
}

function goodRound(ways: Ways): { line: Point[]; method: Route<unknown>['method'] } {
  const isSmall = ways.n <= SMALL_TOUR_MAX;
  const tour = isSmall ? shortestTour(ways) : shortTour(ways);
  const line = tidy(tour.flatMap((at, i) => ways.line(at, tour[(i + 1) % ways.n]!)));
  return { line, method: isSmall ? 'exact' : 'improved' };
}
