import type { WarehouseLayout, WarehousePlan } from '../../../api/types.ts';
import { type Floor, type FloorBin, floorOf } from '../../../ui/floor/plan.ts';

type PlacedBin = {
  code: string;
  side: 'L' | 'R' | null;
  xMm: number | null;
  yMm: number | null;
  zone?: string | null;
  units?: number;
};

/** A rack stands beside its aisle by this share of the way to the next one. */
const BESIDE = 0.3;
const BESIDE_MM_MIN = 260;
const PITCH_MM = 3_000;

const pitchOf = ({ aislesMm }: WarehouseLayout): number =>
  aislesMm.slice(1).reduce((least, x, i) => Math.min(least, x - (aislesMm[i] ?? 0)), Infinity);

/** The units of a bin that counts as full: of more than twenty bins with goods, one in twenty holds more. Bins say no capacity of their own. */
export function fullUnits(units: readonly number[]): number {
  const held = units.filter((n) => n > 0).toSorted((a, b) => a - b);
  return held[Math.ceil((held.length - 1) * 0.95)] ?? 1;
}

/** Bins as the plan draws them: beside their aisle, left or right; those without a place are not drawn. */
export function floorBins(bins: readonly PlacedBin[], layout: WarehouseLayout): FloorBin[] {
  const pitch = pitchOf(layout);
  const beside = Math.max((Number.isFinite(pitch) ? pitch : PITCH_MM) * BESIDE, BESIDE_MM_MIN);
  const full = fullUnits(bins.map((b) => (b.xMm === null || b.yMm === null ? 0 : (b.units ?? 0))));
  return bins.flatMap((b) =>
    b.xMm === null || b.yMm === null
      ? []
      : [
          {
            code: b.code,
            xMm: b.xMm + (b.side === null ? 0 : b.side === 'L' ? -beside : beside),
            yMm: b.yMm,
            zone: b.zone ?? undefined,
            fill: (b.units ?? 0) / full,
          },
        ],
  );
}

/** The floor a plan is drawn on; undefined where nobody has said what it looks like. */
export const floorOfPlan = (plan: Pick<WarehousePlan, 'layout'>): Floor | undefined =>
  plan.layout ? floorOf(plan.layout) : undefined;
