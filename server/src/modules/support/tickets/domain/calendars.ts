import { always, type Calendar, chineseOverrides } from '#kernel/calendar/index.ts';
import type { CalendarSettings } from '../settings.ts';

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
