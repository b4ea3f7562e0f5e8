import { type Currency, minorDigits } from '#kernel/money.ts';

/** Points for an amount of money kept: whole points, rounded down. Rates in percent are exact, nothing passes a float. */
export function pointsFor(
  kept: { amount: number; currency: Currency },
  terms: { pointsPerUnit: number; multiplierPercent: number },
): number {
  const unit = 10n ** BigInt(minorDigits(kept.currency));
  return Number((BigInt(kept.amount) * BigInt(terms.pointsPerUnit) * BigInt(terms.multiplierPercent)) / (unit * 100n));
}

/**
 * How many points of a purchase are to be taken back once only `kept` of what was `paid` is left: the rest of what was
 * earned stays in proportion, rounded down. The parts of any sequence of refunds add up to what one refund would take.
 */
export function pointsToTakeBack(purchase: { paid: number; earned: number; takenBack: number }, kept: number): number {
  if (purchase.paid === 0) return 0;
  const stays = Number((BigInt(purchase.earned) * BigInt(kept)) / BigInt(purchase.paid));
  return Math.max(purchase.earned - purchase.takenBack - stays, 0);
}

/** Points that are worth at least an amount. */
export const pointsWorth = (amount: number, pointValue: number): number => Math.ceil(amount / pointValue);
