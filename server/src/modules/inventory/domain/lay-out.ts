/** One bin of racks along straight aisles. */
export type RackBin = {
  readonly code: string;
  readonly aisle: number;
  readonly side: 'L' | 'R';
  readonly bay: number;
  readonly level: number;
  readonly xMm: number;
  readonly yMm: number;
};
export type Racks = {
  readonly zone: string;
  readonly aisles: number;
  readonly bays: number;
  readonly levels: number;
  readonly sides: 'both' | 'left' | 'right';
  readonly firstAisle: number;
  readonly aislePitchMm: number;
  readonly bayPitchMm: number;
  readonly endMm: number;
  readonly middleCrossAisle: boolean;
};
type Floor = {
  readonly aislesMm: readonly number[];
  readonly crossAislesMm: readonly number[];
  readonly depot: { readonly aisle: number; readonly end: 'front' | 'back' };
};

const MIDDLE_MM = 3_000;
const two = (n: number): string => String(n).padStart(2, '0');

/** Bays before a middle cross-aisle: half of them, the odd one in front. */
const frontBays = (r: Racks): number => (r.middleCrossAisle ? Math.ceil(r.bays / 2) : r.bays);

/** How far along the aisle one stands before a bay: half a bay in. In millimetres from the front cross-aisle. */
export const bayAtMm = (r: Racks, bay: number): number =>
  r.endMm + bay * r.bayPitchMm + Math.floor(r.bayPitchMm / 2) + (bay >= frontBays(r) ? MIDDLE_MM : 0);

/** The cross-aisles of the racks: before them, behind them, and through the middle where that is wanted. */
export function crossAislesOf(r: Racks): number[] {
  const middle = r.middleCrossAisle && r.bays > 1;
  const end = 2 * r.endMm + r.bays * r.bayPitchMm + (middle ? MIDDLE_MM : 0);
  return middle ? [0, r.endMm + frontBays(r) * r.bayPitchMm + MIDDLE_MM / 2, end] : [0, end];
}

/** Every bin of the racks, named zone-aisle-bay-level with aisles and bays counted from 1; odd bays left, even ones right. */
export function binsOf(r: Racks): RackBin[] {
  const bins: RackBin[] = [];
  for (let a = 0; a < r.aisles; a += 1) {
    const aisle = r.firstAisle + a;
    for (let bay = 0; bay < r.bays; bay += 1) {
      for (const side of r.sides === 'both'
        ? (['L', 'R'] as const)
        : [r.sides === 'left' ? ('L' as const) : ('R' as const)]) {
        const number = r.sides === 'both' ? 2 * bay + (side === 'L' ? 1 : 2) : bay + 1;
        for (let level = 1; level <= r.levels; level += 1)
          bins.push({
            code: `${r.zone}-${two(aisle + 1)}-${two(number)}-${level}`,
            aisle,
            side,
            bay,
            level,
            xMm: aisle * r.aislePitchMm,
            yMm: bayAtMm(r, bay),
          });
      }
    }
  }
  return bins;
}

/**
 * The floor with these racks on it: aisles are added, cross-aisles are those of the longer racks, and a middle one is
 * kept where both have it in the same place. Undefined when the racks do not fit to what is there (another pitch or another
 * middle): such a floor has no straight cross-aisles, and one plan for all of it cannot be made.
 */
export function floorWith(floor: Floor | null, r: Racks, depot: Floor['depot']): Floor | undefined {
  const cross = crossAislesOf(r);
  const last = r.firstAisle + r.aisles;
  const aislesMm = Array.from({ length: Math.max(last, floor?.aislesMm.length ?? 0) }, (_, i) => i * r.aislePitchMm);
  if (!floor) return { aislesMm, crossAislesMm: cross, depot };
  if (floor.aislesMm.some((x, i) => x !== aislesMm[i])) return undefined;
  const ends = Math.max(floor.crossAislesMm.at(-1) ?? 0, cross.at(-1) ?? 0);
  const [mine, theirs] = [cross.slice(1, -1), floor.crossAislesMm.slice(1, -1)];
  if (mine.length !== theirs.length || mine.some((y, i) => y !== theirs[i])) return undefined;
  return { aislesMm, crossAislesMm: [0, ...mine, ends], depot };
}
