import { z } from 'zod';
import { always, type Calendar, CalendarSchema, chineseOverrides } from '#kernel/calendar/index.ts';

const code = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9_]{0,39}$/);

/** Business hours of the organisation. `chinese` adds the statutory holidays and make-up workdays of each year as they are published. */
export const CalendarSettings = CalendarSchema.extend({
  code,
  name: z.string().trim().min(1).max(60),
  /** Statutory holidays close, make-up workdays open with the hours of a Monday. */
  chinese: z.boolean().default(false),
});
export type CalendarSettings = z.output<typeof CalendarSettings>;

export const ALWAYS = 'always';
const YEARS_BEFORE = 1;
const YEARS_AFTER = 2;

export const calendarNames = (own: readonly { code: string }[]): string[] => [ALWAYS, ...own.map((c) => c.code)];

/**
 * A calendar of the organisation as clocks use it: the year before, this and the next two have their statutory holidays and
 * make-up workdays where it wants them; dates of its own come before those. Undefined for an unknown name.
 */
export function calendarNamed(own: readonly CalendarSettings[], name: string, now: Date): Calendar | undefined {
  if (name === ALWAYS) return always;
  const found = own.find((c) => c.code === name);
  if (!found) return undefined;
  const { timeZone, weekly, overrides } = found;
  if (!found.chinese) return { timeZone, weekly, overrides };
  const year = now.getUTCFullYear();
  const named = new Set(overrides.map((o) => o.date));
  const statutory = chineseOverrides(year - YEARS_BEFORE, year + YEARS_AFTER, [...(weekly.mon ?? [])]);
  return { timeZone, weekly, overrides: [...overrides, ...statutory.filter((o) => !named.has(o.date))] };
}
