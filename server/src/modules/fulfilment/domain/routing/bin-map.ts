import type { Floor } from './floor.ts';
import { CROSS_AISLES_MAX, type Layout, type Point, type Stop } from './layout.ts';
import { type Compared, findRoute, findRouteOnFloor, type Route } from './route.ts';

/** A place where goods lie, as a warehouse's master data have it. */
export type BinPlace = Point & { readonly id: string; readonly aisle: string };

/** What is known beside the bins; nothing of it has to be. */
export type BinMapFacts = {
  readonly crossAislesMm?: readonly number[] | undefined;
  readonly depot?: Point | undefined;
};

/** A warehouse read from its bins: rectangular where they say so, else a floor of which nothing is known but distances. */
export type BinMap =
  | { readonly kind: 'rectangular'; readonly layout: Layout; readonly aisleNames: readonly string[] }
  | { readonly kind: 'free'; readonly floor: Floor };

const END_MM = 1_500; // from the last bin to the cross-aisle, where it is not known

type Aisle = { readonly name: string; leastX: number; mostX: number };

function aislesOf(bins: readonly BinPlace[]): Aisle[] {
  const aisles = new Map<string, Aisle>();
  for (const { aisle: name, xMm } of bins) {
    const aisle = aisles.get(name) ?? { name, leastX: xMm, mostX: xMm };
    aisle.leastX = Math.min(aisle.leastX, xMm);
    aisle.mostX = Math.max(aisle.mostX, xMm);
    aisles.set(name, aisle);
  }
  return [...aisles.values()].toSorted((a, b) => middleOf(a) - middleOf(b));
}

const middleOf = ({ leastX, mostX }: Aisle): number => Math.round((leastX + mostX) / 2);

/**
 * Reads the shape of a warehouse from all of its bins: an aisle runs in the middle of its bins, cross-aisles where they are given, else before
 * the first bin and behind the last. Aisles that reach into each other, or bins beyond the cross-aisles, are no rectangle.
 */
export function mapOfBins(bins: readonly BinPlace[], facts: BinMapFacts = {}): BinMap {
  const free = (): BinMap => ({ kind: 'free', floor: { ways: [], depot: facts.depot ?? { xMm: 0, yMm: 0 } } });
  if (bins.length === 0) return free();
  const aisles = aislesOf(bins);
  const apart = aisles.every((a, i) => i === 0 || middleOf(a) > middleOf(aisles[i - 1]!));
  const straight = aisles.every((a, i) => i === 0 || a.leastX >= aisles[i - 1]!.mostX);
  if (!apart || !straight) return free();
  const least = bins.reduce((min, b) => Math.min(min, b.yMm), Infinity);
  const most = bins.reduce((max, b) => Math.max(max, b.yMm), -Infinity);
  const given = [...new Set(facts.crossAislesMm ?? [])].toSorted((a, b) => a - b);
  const cross = given.length === 0 ? [least - END_MM, most + END_MM] : given;
  if (cross.length < 2 || cross.length > CROSS_AISLES_MAX || least < cross[0]! || most > cross.at(-1)!) return free();
  const aislesMm = aisles.map(middleOf);
  return {
    kind: 'rectangular',
    layout: { aislesMm, crossAislesMm: cross, depot: depotNear(aislesMm, cross, facts.depot) },
    aisleNames: aisles.map((a) => a.name),
  };
}

function depotNear(aislesMm: readonly number[], cross: readonly number[], depot: Point | undefined): Layout['depot'] {
  if (!depot) return { aisle: 0, end: 'front' };
  const away = aislesMm.map((x) => Math.abs(x - depot.xMm));
  const isBack = Math.abs(depot.yMm - cross.at(-1)!) < Math.abs(depot.yMm - cross[0]!);
  return { aisle: away.indexOf(Math.min(...away)), end: isBack ? 'back' : 'front' };
}

/** Where a bin is stopped at; only in a rectangular warehouse. @throws RangeError when its aisle is not one of the map's. */
export function stopOf<T extends BinPlace>(map: BinMap & { kind: 'rectangular' }, bin: T): Stop & { readonly bin: T } {
  const aisle = map.aisleNames.indexOf(bin.aisle);
  if (aisle < 0) throw new RangeError(`bin ${bin.id}: the map has no aisle ${bin.aisle}`);
  return { id: bin.id, aisle, yMm: bin.yMm, bin };
}

/** The round past these bins: proved shortest in a rectangular warehouse, and compared with the rules of thumb; else a good one. */
export function findBinRoute<T extends BinPlace>(
  map: BinMap,
  bins: readonly T[],
): Route<T> & { readonly compared: Compared | undefined } {
  if (map.kind === 'free') return { ...findRouteOnFloor(map.floor, bins), compared: undefined };
  const route = findRoute(
    map.layout,
    bins.map((bin) => stopOf(map, bin)),
  );
  return { ...route, stops: route.stops.map((stop) => stop.bin) };
}
