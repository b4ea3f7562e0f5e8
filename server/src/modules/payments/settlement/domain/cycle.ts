/** When statements are made, in days of the organisation's zone. Days are texts, YYYY-MM-DD, which sort as they follow. */
export type Cycle =
  /** T+N: what happened on a day is settled `days` later, a statement a day. */
  | { kind: 'daily'; days: number }
  /** Each week on a weekday, 1 = Monday … 7 = Sunday: everything before that day. */
  | { kind: 'weekly'; weekday: number }
  /** Each month on a day, in shorter months on their last: everything before that day. */
  | { kind: 'monthly'; day: number };

/** A statement that is to be made: on which day, and which day is the last that is in it. */
export type Due = { on: string; through: string };

const DAY_MS = 86_400_000;
/** So many cycles are caught up with at once; a server that was off for longer goes on the next night. */
const DUE_MAX = 400;

const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
const dayOf = (n: number): string => new Date(n * DAY_MS).toISOString().slice(0, 10);

/** `n` days after a day (before it when negative). */
export const plusDays = (day: string, n: number): string => dayOf(numberOf(day) + n);

/** 1 = Monday … 7 = Sunday. */
const weekdayOf = (day: string): number => ((((numberOf(day) + 3) % 7) + 7) % 7) + 1;

/** The first day of a month's settlement that is no earlier than `day`. */
function monthly(day: string, wanted: number): string {
  const [year, month] = day.split('-').map(Number) as [number, number];
  for (const ahead of [0, 1]) {
    const last = new Date(Date.UTC(year, month - 1 + ahead + 1, 0));
    const found = last.toISOString().slice(0, 8) + String(Math.min(wanted, last.getUTCDate())).padStart(2, '0');
    if (found >= day) return found;
  }
  throw new RangeError(`no settlement day after ${day}`);
}

/** The first day on which a statement is made that has days after `settled` in it. */
function nextOn(cycle: Cycle, settled: string): string {
  if (cycle.kind === 'daily') return plusDays(settled, 1 + cycle.days);
  // made on a day, for all before it: the earliest is the one that has the first open day in it
  const earliest = plusDays(settled, 2);
  if (cycle.kind === 'monthly') return monthly(earliest, cycle.day);
  return plusDays(earliest, (cycle.weekday - weekdayOf(earliest) + 7) % 7);
}

/**
 * The statements due by `today` of a party whose days through `settled` have been settled, in order, at most 400. A cycle
 * that changed goes on from there: no day is left out and none comes twice.
 */
export function dueCycles(cycle: Cycle, settled: string, today: string): Due[] {
  const due: Due[] = [];
  for (let last = settled; due.length < DUE_MAX;) {
    const on = nextOn(cycle, last);
    if (on > today) break;
    last = plusDays(on, cycle.kind === 'daily' ? -cycle.days : -1);
    due.push({ on, through: last });
  }
  return due;
}
