import { allocate, type Currency, money } from '#kernel/money.ts';

export type BackLine = { quantity: number; payable: number; cameBack: number };

/** What of a line's price belongs to its first `units`, in whole minor units; all of it for all of them. */
const priceOf = (line: BackLine, units: number, currency: Currency): number =>
  line.quantity === 0 ? 0 : (allocate(money(line.payable, currency), [units, line.quantity - units])[0]?.amount ?? 0);

/**
 * What of a line's price goes back with `units` more of it. It is the difference of two running shares, so that the parts
 * add up to the price to the cent, however the units come back.
 */
export const shareBack = (line: BackLine, units: number, currency: Currency): number =>
  priceOf(line, line.cameBack + units, currency) - priceOf(line, line.cameBack, currency);
