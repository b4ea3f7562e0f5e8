import type { Body } from '../../../api/paths.ts';
import type { WarehouseLayout } from '../../../api/types.ts';

/** What the dialog asks for, with every default filled in. */
export type Racks = Required<Omit<Body<'/warehouses/{warehouse}/lay-out', 'post'>, 'depot'>> & {
  depot: { aisle: number; end: 'front' | 'back' };
};
export type RackBin = { code: string; side: 'L' | 'R'; xMm: number; yMm: number };

const MIDDLE_MM = 3_000;
const two = (n: number): string => String(n).padStart(2, '0');

export const binCount = (r: Racks): number => r.aisles * r.bays * r.levels * (r.sides === 'both' ? 2 : 1);

/** Bays in front of a middle cross-aisle: half of them, the odd one in front. */
const frontBays = (r: Racks): number => (r.middleCrossAisle ? Math.ceil(r.bays / 2) : r.bays);

function crossAislesOf(r: Racks): number[] {
  const middle = r.middleCrossAisle && r.bays > 1;
  const end = 2 * r.endMm + r.bays * r.bayPitchMm + (middle ? MIDDLE_MM : 0);
  return middle ? [0, r.endMm + frontBays(r) * r.bayPitchMm + MIDDLE_MM / 2, end] : [0, end];
}

/** The bins the server would make: shown before they are, by the same measures and names. */
export function rackBins(r: Racks): RackBin[] {
  const bins: RackBin[] = [];
  const sides = r.sides === 'both' ? (['L', 'R'] as const) : [r.sides === 'left' ? ('L' as const) : ('R' as const)];
  for (let aisle = r.firstAisle; aisle < r.firstAisle + r.aisles; aisle += 1) {
    for (let bay = 0; bay < r.bays; bay += 1) {
      const yMm = r.endMm + bay * r.bayPitchMm + Math.floor(r.bayPitchMm / 2) + (bay >= frontBays(r) ? MIDDLE_MM : 0);
      for (const side of sides) {
        const number = sides.length === 2 ? 2 * bay + (side === 'L' ? 1 : 2) : bay + 1;
        for (let level = 1; level <= r.levels; level += 1)
          bins.push({
            code: `${r.zone}-${two(aisle + 1)}-${two(number)}-${level}`,
            side,
            xMm: aisle * r.aislePitchMm,
            yMm,
          });
      }
    }
  }
  return bins;
}

/** The floor with these racks on it; undefined where they do not line up with what is there. */
export function layoutWith(floor: WarehouseLayout | null, r: Racks): WarehouseLayout | undefined {
  const cross = crossAislesOf(r);
  const count = Math.max(r.firstAisle + r.aisles, floor?.aislesMm.length ?? 0);
  if (r.depot.aisle >= count) return undefined;
  const aislesMm = Array.from({ length: count }, (_, i) => i * r.aislePitchMm);
  if (!floor) return { aislesMm, crossAislesMm: cross, depot: r.depot };
  if (floor.aislesMm.some((x, i) => x !== aislesMm[i])) return undefined;
  const [mine, theirs] = [cross.slice(1, -1), floor.crossAislesMm.slice(1, -1)];
  if (mine.length !== theirs.length || mine.some((y, i) => y !== theirs[i])) return undefined;
  const end = Math.max(floor.crossAislesMm.at(-1) ?? 0, cross.at(-1) ?? 0);
  return { aislesMm, crossAislesMm: [0, ...mine, end], depot: r.depot };
}
