/** What a count saw of a line, and what it is worth. Money in minor units. */
export type Counted = {
  readonly counted: number;
  readonly book: number;
  readonly unitValue: number;
  readonly round: number;
  readonly disturbed: boolean;
};
export type Limits = { readonly units: number; readonly value: number };

export const differenceOf = (line: Pick<Counted, 'counted' | 'book'>): number => line.counted - line.book;
const beyond = (units: number, value: number, limits: Limits): boolean => units > limits.units || value > limits.value;

/**
 * Whether another person must count a line anew: it differs by more than the limits and has been counted once, or goods came
 * or went while its pieces were counted one by one.
 */
export function mustRecount(line: Counted, limits: Limits): boolean {
  const units = Math.abs(differenceOf(line));
  return line.disturbed || (line.round === 1 && beyond(units, units * line.unitValue, limits));
}

export type Sums = { lines: number; over: number; short: number; valueOver: number; valueShort: number };

/** Whether what a count changes is more than one person may book alone. Over and short do not cancel each other out. */
export const needsApproval = (sums: Sums, limits: Limits): boolean =>
  beyond(sums.over + sums.short, sums.valueOver + sums.valueShort, limits);
