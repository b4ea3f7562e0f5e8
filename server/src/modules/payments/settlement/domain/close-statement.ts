import { rateOf } from './commission.ts';

export const ITEM_KINDS = [
  'sale',
  'refund',
  'commission',
  'fee',
  'compensation',
  'adjustment',
  'hold',
  'release',
  'carry_in',
  'carry_out',
] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** What is kept back of a statement: a rate of its sales less refunds and an amount beside, paid out `days` later. */
export type HoldBack = { rateMillionths: number; amount: number; days: number };

/** Sum of the items of a kind, in minor units, signed as the party sees them. */
export type Sums = Readonly<Partial<Record<ItemKind, number>>>;

/**
 * What a statement ends with: how much is held back, how much goes over to the next one (a debt, or too little to pay), and
 * what is left to pay, never negative. `held` and `carriedOut` are signed as items are: held ≤ 0, carriedOut the opposite of
 * what is carried.
 */
export function closeStatement(
  sums: Sums,
  terms: { hold: HoldBack; minimum: number },
): { held: number; carriedOut: number; payable: number } {
  const before = Object.values(sums).reduce((n, s) => n + s, 0);
  const turnover = Math.max((sums.sale ?? 0) + (sums.refund ?? 0), 0);
  const wanted = turnover > 0 ? rateOf(turnover, terms.hold.rateMillionths) + terms.hold.amount : 0;
  const hold = Math.min(wanted, Math.max(before, 0)); // nothing is held of a debt
  const left = before - hold;
  const pays = left > 0 && left >= terms.minimum;
  return { held: 0 - hold, carriedOut: pays ? 0 : 0 - left, payable: pays ? left : 0 };
}
