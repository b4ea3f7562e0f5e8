import { createHmac } from 'node:crypto';

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

/** A number below `below` that only the seed tells: the same text always gives the same one. */
function drawn(seed: Buffer, text: string, below: number): number {
  const bytes = createHmac('sha256', seed).update(text).digest();
  return Math.floor((bytes.readUIntBE(0, 6) / 2 ** 48) * below);
}

/**
 * Why a parcel is to be checked; empty when it is not. A share of all is drawn by parcel number; of each n parcels in a row
 * one is drawn, so that counting along does not tell which.
 */
export function reasonsToCheck(plan: CheckPlan, seed: Buffer, parcel: Sampled): CheckReason[] {
  const { everyNth: n } = plan;
  const rules: Record<CheckReason, boolean> = {
    share: drawn(seed, `parcel:${parcel.parcelNo}`, 1000) < plan.permille,
    nth: n !== null && parcel.before % n === drawn(seed, `block:${Math.floor(parcel.before / n)}`, n),
    new_packer: parcel.byPacker < plan.firstParcels,
    fragile: plan.fragile && parcel.fragile,
    value: plan.valueAbove !== null && parcel.value > plan.valueAbove,
    failed_before: parcel.failedBefore,
  };
  return CHECK_REASONS.filter((r) => rules[r]);
}
