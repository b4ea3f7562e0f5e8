/** A bar or a dot of the plot: a day or a week, with what was asked for or is expected. */
export type Point = {
  /** The first day of it, YYYY-MM-DD. */
  from: string;
  units: number;
  /** For what is expected: where it lies with the service level. */
  low?: number;
  high?: number;
};
export type Step = 'week' | 'day';
type Past = { from: string; units: readonly number[] };
type Ahead = { days: readonly number[]; dayError: number | null };

const DAY_MS = 86_400_000;
const WEEK = 7;
/** How much of it is shown. */
const SHOWN = { week: { past: 26, ahead: 8 }, day: { past: 56, ahead: 28 } } as const;

/** The date some days after another, both YYYY-MM-DD. */
export const dayPlus = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

const sum = (values: readonly number[], from: number, to: number): number => {
  let total = 0;
  for (let i = from; i < to; i += 1) total += values[i] ?? 0;
  return total;
};

/** What was asked for, in whole weeks that end yesterday, or in days; the oldest first. */
export function pastPoints({ from, units }: Past, step: Step): Point[] {
  const size = step === 'week' ? WEEK : 1;
  const count = Math.min(Math.floor(units.length / size), SHOWN[step].past);
  const start = units.length - count * size;
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size;
    return { from: dayPlus(from, at), units: sum(units, at, at + size) };
  });
}

/** What is expected from a day on. Errors of days are independent of each other: that of a week is √7 times as large. */
export function aheadPoints({ days, dayError }: Ahead, from: string, step: Step): Point[] {
  const size = step === 'week' ? WEEK : 1;
  const off = (dayError ?? 0) * Math.sqrt(size);
  const count = Math.min(Math.floor(days.length / size), SHOWN[step].ahead);
  return Array.from({ length: count }, (_, i) => {
    const units = sum(days, i * size, (i + 1) * size);
    return { from: dayPlus(from, i * size), units, low: Math.max(0, units - off), high: units + off };
  });
}
