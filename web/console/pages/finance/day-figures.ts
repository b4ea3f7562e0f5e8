import { niceTop } from '../day-hours.ts';

/** An axis in whole steps that holds every value: from a round number at or below zero to one above the most. */
export function axisOf(values: readonly number[], steps: number): { low: number; high: number; step: number } {
  const least = Math.min(0, ...values);
  const most = Math.max(0, ...values, least === 0 ? 1 : 0);
  const step = niceTop(most - least, steps) / steps;
  return { low: Math.floor(least / step) * step, high: Math.ceil(most / step) * step, step };
}

/** The marks of an axis, lowest first. */
export function marksOf({ low, high, step }: ReturnType<typeof axisOf>): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
}
