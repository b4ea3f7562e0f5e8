import { after, DAY_MS, fromZoned } from '#kernel/time.ts';
import { promiseFrom } from '../intake/prepare.ts';
import type { OrderSettings } from '../settings.ts';

/** The beginning of a day, YYYY-MM-DD, in a time zone. */
function startOf(day: string, timeZone: string): Date {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return fromZoned({ year, month, day: date }, timeZone);
}

/**
 * When an order that waits for goods is promised to ship: handled from the latest of the days on which they are expected.
 * Where one is not known, from the last day an order may wait.
 */
export function promiseOnArrival(
  days: readonly (string | null)[],
  at: { now: Date; timeZone: string; settings: OrderSettings },
): string {
  const { now, settings } = at;
  const arrivals = days.map((d) =>
    d === null ? after(now, settings.backorderMaxDays * DAY_MS) : startOf(d, at.timeZone),
  );
  const last = Math.max(now.getTime(), ...arrivals.map((d) => d.getTime()));
  return promiseFrom(new Date(last), settings);
}
