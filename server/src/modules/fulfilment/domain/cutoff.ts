import { DAY_MS, fromZoned, zoned } from '#kernel/time.ts';

export type Cutoff = { readonly minute: number; readonly weekdays: readonly number[] };
const DAYS_AHEAD = 8;

/** When the carrier comes next, after `now`; weekdays are 1 (Monday) to 7, the minute is of the zone's day. */
export function nextCutoffOf({ minute, weekdays }: Cutoff, now: Date, timeZone: string): Date | undefined {
  for (let ahead = 0; ahead < DAYS_AHEAD; ahead += 1) {
    const { year, month, day } = zoned(new Date(now.getTime() + ahead * DAY_MS), timeZone);
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7;
    if (!weekdays.includes(weekday)) continue;
    const at = fromZoned({ year, month, day, hour: Math.floor(minute / 60), minute: minute % 60 }, timeZone);
    if (at > now) return at;
  }
  return undefined;
}
