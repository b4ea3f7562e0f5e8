/** A place on the floor in whole millimetres: x across the aisles, y along them. */
export type Point = { readonly xMm: number; readonly yMm: number };

/**
 * A rectangular warehouse: parallel aisles, joined by cross-aisles that run over all of them. One block has two cross-aisles, two blocks
 * have three. An aisle is a line here: whoever stands in it reaches both sides.
 */
export type Layout = {
  /** x of each aisle's middle, ascending. */
  readonly aislesMm: readonly number[];
  /** y of each cross-aisle, ascending; the first and the last close the aisles. */
  readonly crossAislesMm: readonly number[];
  /** Where a round begins and ends: at the first cross-aisle (front) or the last (back), before this aisle. */
  readonly depot: { readonly aisle: number; readonly end: 'front' | 'back' };
};

/** Where something is to be taken: `aisle` counts from 0. */
export type Stop = { readonly id: string; readonly aisle: number; readonly yMm: number };

export const AISLES_MAX = 1_000;
export const CROSS_AISLES_MAX = 50;
export const STOPS_MAX = 1_000;
const MM_MAX = 10_000_000; // ten kilometres: sums of many such lengths stay exact

/** Evenly spaced aisles; `middleMm` are the cross-aisles between the first (at 0) and the last (at `lengthMm`). */
export function evenLayout(of: {
  aisles: number;
  pitchMm: number;
  lengthMm: number;
  middleMm?: readonly number[];
  depot: Layout['depot'];
}): Layout {
  const layout = {
    aislesMm: Array.from({ length: of.aisles }, (_, i) => i * of.pitchMm),
    crossAislesMm: [0, ...(of.middleMm ?? []), of.lengthMm],
    depot: of.depot,
  };
  checkLayout(layout);
  return layout;
}

const isMm = (value: number): boolean => Number.isSafeInteger(value) && Math.abs(value) <= MM_MAX;

function checkAscending(name: string, values: readonly number[]): void {
  values.forEach((value, i) => {
    if (!isMm(value)) throw new RangeError(`${name}[${i}] is not a whole number of millimetres: ${value}`);
    if (i > 0 && value <= values[i - 1]!) throw new RangeError(`${name}[${i}] does not lie after the one before it`);
  });
}

/** @throws RangeError when no warehouse can look like this. */
export function checkLayout(layout: Layout): void {
  const { aislesMm, crossAislesMm, depot } = layout;
  if (aislesMm.length < 1 || aislesMm.length > AISLES_MAX)
    throw new RangeError(`a layout has 1 to ${AISLES_MAX} aisles, not ${aislesMm.length}`);
  if (crossAislesMm.length < 2 || crossAislesMm.length > CROSS_AISLES_MAX)
    throw new RangeError(`a layout has 2 to ${CROSS_AISLES_MAX} cross-aisles, not ${crossAislesMm.length}`);
  checkAscending('aislesMm', aislesMm);
  checkAscending('crossAislesMm', crossAislesMm);
  if (aislesMm[depot.aisle] === undefined) throw new RangeError(`the depot's aisle ${depot.aisle} does not exist`);
  if (depot.end !== 'front' && depot.end !== 'back')
    throw new RangeError(`the depot's end is front or back, not ${String(depot.end)}`);
}

/** @throws RangeError when a stop lies outside the aisles, or there are more than a round may have. */
export function checkStops(layout: Layout, stops: readonly Stop[]): void {
  if (stops.length > STOPS_MAX) throw new RangeError(`a round has at most ${STOPS_MAX} stops, not ${stops.length}`);
  const first = layout.crossAislesMm[0]!;
  const last = layout.crossAislesMm.at(-1)!;
  for (const stop of stops) {
    if (layout.aislesMm[stop.aisle] === undefined)
      throw new RangeError(`stop ${stop.id}: aisle ${stop.aisle} does not exist`);
    if (!isMm(stop.yMm) || stop.yMm < first || stop.yMm > last)
      throw new RangeError(`stop ${stop.id}: ${stop.yMm} mm lies outside its aisle`);
  }
}

export const depotCross = (layout: Layout): number =>
  layout.depot.end === 'front' ? 0 : layout.crossAislesMm.length - 1;

/** Where the round begins and ends. */
export const depotPoint = (layout: Layout): Point => ({
  xMm: layout.aislesMm[layout.depot.aisle]!,
  yMm: layout.crossAislesMm[depotCross(layout)]!,
});

/** The block a place belongs to; one on a middle cross-aisle belongs to the block after it, one on the last to the block before. */
export function blockOf(layout: Layout, yMm: number): number {
  const blocks = layout.crossAislesMm.length - 1;
  let block = 0;
  while (block < blocks - 1 && yMm >= layout.crossAislesMm[block + 1]!) block += 1;
  return block;
}
