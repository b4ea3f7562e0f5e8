import { after, DAY_MS, fromZoned, localDate } from '#kernel/time.ts';

const DAYS_AHEAD = 2;

/** The next of the day's times after a moment, on a zone's clock. `times` are HH:MM in order. */
export function nextSlot(times: readonly string[], timeZone: string, from: Date): Date {
  for (let day = 0; day <= DAYS_AHEAD; day += 1) {
    const [year = 0, month = 1, date = 1] = localDate(after(from, day * DAY_MS), timeZone)
      .split('-')
      .map(Number);
    for (const time of times) {
      const [hour = 0, minute = 0] = time.split(':').map(Number);
      const at = fromZoned({ year, month, day: date, hour, minute }, timeZone);
      if (at > from) return at;
    }
  }
  throw new RangeError('nextSlot: no time of day comes after this one');
}
