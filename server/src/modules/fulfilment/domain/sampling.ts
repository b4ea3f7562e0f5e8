export const CHECK_REASONS = ['share', 'nth', 'new_packer', 'fragile', 'value', 'failed_before'] as const;
export type CheckReason = (typeof CHECK_REASONS)[number];

export type CheckPlan = {
  readonly permille: number;
  readonly everyNth: number | null;
  readonly firstParcels: number;
  readonly fragile: boolean;
  readonly valueAbove: number | null;
};

export type Sampled = {
  readonly parcelNo: string;
  /** How many parcels of the warehouse were verified before this one. */
  readonly before: number;
  /** How many this packer has packed before. */
  readonly byPacker: number;
  readonly fragile: boolean;
  readonly value: number;
  readonly failedBefore: boolean;
};

/** A number from 0 to below `below`: the same text always gives the same one, and nobody can tell which beforehand. */
export type Draw = (text: string, below: number) => number;

/**
 * Why a parcel is to be checked; empty when it is not. A share of all is drawn by parcel number; of each n parcels in a row
 * one is drawn, so that counting along does not tell which.
 */
export function reasonsToCheck(plan: CheckPlan, draw: Draw, parcel: Sampled): CheckReason[] {
  const { everyNth: n } = plan;
  const rules: Record<CheckReason, boolean> = {
    share: draw(`parcel:${parcel.parcelNo}`, 1000) < plan.permille,
    nth: n !== null && parcel.before % n === draw(`block:${Math.floor(parcel.before / n)}`, n),
    new_packer: parcel.byPacker < plan.firstParcels,
    fragile: plan.fragile && parcel.fragile,
    value: plan.valueAbove !== null && parcel.value > plan.valueAbove,
    failed_before: parcel.failedBefore,
  };
  return CHECK_REASONS.filter((r) => rules[r]);
}
