/** Both in minor units; `freightFreeFrom` null = never free. */
export type FreightRules = { freightAmount: number; freightFreeFrom: number | null };

/**
 * What sending an order costs its buyer: one amount per order, nothing from so much on. `payable` is what the goods come to
 * after every discount. An order made of several pays once.
 */
export const freightFor = (payable: number, rules: FreightRules): number =>
  rules.freightFreeFrom !== null && payable >= rules.freightFreeFrom ? 0 : rules.freightAmount;
