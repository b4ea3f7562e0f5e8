import { WEEKDAYS, secondsOf, type Calendar, type Interval } from './schema.ts';
import { zoneOf, type Zone } from './zone.ts';

const DAY_MS = 86_400_000;
const CLOSED_DAYS_MAX = 400; // a calendar that stays shut for longer is a mistake, and must not hang its caller
const MS_MAX = 10 * 366 * DAY_MS;
const DAYS_MAX = 3_660;

/** Wall-clock milliseconds from the day's midnight; the end may lie in the next day. */
type Hours = { readonly from: number; readonly to: number };
type Visit = (opens: number, closes: number) => boolean;
type Compiled = { zone: Zone; week: readonly (readonly Hours[])[]; overrides: ReadonlyMap<number, readonly Hours[]> };

/** The calendar asked for a time it never reaches: it has no opening hours for over a year. */
export class CalendarNeverOpen extends Error {}

const compiled = new WeakMap<Calendar, Compiled>();

function compile(calendar: Calendar): Compiled {
  let known = compiled.get(calendar);
  if (!known) {
    known = {
      zone: zoneOf(calendar.timeZone),
      week: WEEKDAYS.map((day) => (calendar.weekly[day] ?? []).map(hoursOf)),
      overrides: new Map(calendar.overrides.map((o) => [Date.parse(o.date) / DAY_MS, o.intervals.map(hoursOf)])),
    };
    compiled.set(calendar, known);
  }
  return known;
}

function hoursOf(interval: Interval): Hours {
  const from = secondsOf(interval.from) * 1_000;
  const to = secondsOf(interval.to) * 1_000;
  return { from, to: to > from ? to : to + DAY_MS };
}

/** Days are counted from 1970-01-01, a Thursday; the week starts on Monday. */
function hoursOn(calendar: Compiled, day: number): readonly Hours[] {
  return calendar.overrides.get(day) ?? calendar.week[(((day + 3) % 7) + 7) % 7] ?? [];
}

/**
 * Walks the openings from an instant on, in order and cut so that none overlaps the one before. `visit` says true to
 * stop. Answers false past `until`, or without one after `CLOSED_DAYS_MAX` days that have no opening.
 */
function walk(calendar: Compiled, from: number, visit: Visit, until?: number): boolean {
  let reached = from;
  const today = Math.floor(calendar.zone.toWall(from) / DAY_MS);
  const lastDay = until === undefined ? undefined : Math.floor(calendar.zone.toWall(until) / DAY_MS);
  let giveUp = today + CLOSED_DAYS_MAX;
  for (let day = today - 1; day <= (lastDay ?? giveUp); day += 1) {
    const midnight = day * DAY_MS;
    for (const hours of hoursOn(calendar, day)) {
      const closes = calendar.zone.toInstant(midnight + hours.to);
      if (closes <= reached) continue;
      const opens = Math.max(calendar.zone.toInstant(midnight + hours.from), reached);
      if (closes <= opens) continue;
      if (visit(opens, closes)) return true;
      reached = closes;
      giveUp = day + CLOSED_DAYS_MAX;
    }
  }
  return false;
}

/**
 * The first instant by which `ms` milliseconds of opening time have passed since `from`; `from` itself for 0.
 * Throws RangeError outside 0 … 10 years and CalendarNeverOpen when the time is never reached.
 */
export function addBusinessTime(calendar: Calendar, from: Date, ms: number): Date {
  if (!Number.isSafeInteger(ms) || ms < 0 || ms > MS_MAX) throw new RangeError(`addBusinessTime: ${ms} ms`);
  if (ms === 0) return new Date(from);
  let left = ms;
  let end = 0;
  const reached = walk(compile(calendar), from.getTime(), (opens, closes) => {
    end = opens + left;
    left -= closes - opens;
    return left <= 0;
  });
  if (!reached) throw new CalendarNeverOpen(`no opening hours left after ${from.toISOString()}`);
  return new Date(end);
}

/** Milliseconds of opening time between two instants; negative when `until` is the earlier. */
export function businessTimeBetween(calendar: Calendar, from: Date, until: Date): number {
  if (until < from) return 0 - businessTimeBetween(calendar, until, from);
  const end = until.getTime();
  let total = 0;
  const visit: Visit = (opens, closes) => {
    if (opens < end) total += Math.min(closes, end) - opens;
    return closes >= end;
  };
  walk(compile(calendar), from.getTime(), visit, end);
  return total;
}

/** The openings between two instants, in order, cut to them; at most `max`. */
export function openingsBetween(calendar: Calendar, from: Date, until: Date, max: number): { from: Date; to: Date }[] {
  const found: { from: Date; to: Date }[] = [];
  const end = until.getTime();
  const visit: Visit = (opens, closes) => {
    if (opens < end) found.push({ from: new Date(opens), to: new Date(Math.min(closes, end)) });
    return closes >= end || found.length >= max;
  };
  walk(compile(calendar), from.getTime(), visit, end);
  return found;
}

/** True inside opening hours; the closing instant itself is outside. */
export function isOpen(calendar: Calendar, at: Date): boolean {
  return nextOpen(calendar, at).getTime() === at.getTime();
}

/** `from` when it is open, else the next opening. Throws CalendarNeverOpen when there is none within 400 days. */
export function nextOpen(calendar: Calendar, from: Date): Date {
  let found = 0;
  const reached = walk(compile(calendar), from.getTime(), (opens) => {
    found = opens;
    return true;
  });
  if (!reached) throw new CalendarNeverOpen(`no opening hours after ${from.toISOString()}`);
  return new Date(found);
}

/**
 * The same time of day on the `days`-th business day after `from`'s date (a date with any opening hours).
 * From a closed date the next business day counts as day 0. Throws RangeError outside 0 … 3660.
 */
export function addBusinessDays(calendar: Calendar, from: Date, days: number): Date {
  if (!Number.isSafeInteger(days) || days < 0 || days > DAYS_MAX) throw new RangeError(`addBusinessDays: ${days}`);
  const known = compile(calendar);
  const wall = known.zone.toWall(from.getTime());
  const first = Math.floor(wall / DAY_MS);
  const timeOfDay = wall - first * DAY_MS;
  let day = first;
  let counted = hoursOn(known, day).length > 0 ? 0 : -1; // from a closed date, the next business day is number 0
  for (let shut = 0; counted < days;) {
    day += 1;
    if (hoursOn(known, day).length > 0) [counted, shut] = [counted + 1, 0];
    else shut += 1;
    if (shut > CLOSED_DAYS_MAX) throw new CalendarNeverOpen(`no business day after ${from.toISOString()}`);
  }
  return new Date(known.zone.toInstant(day * DAY_MS + timeOfDay));
}
