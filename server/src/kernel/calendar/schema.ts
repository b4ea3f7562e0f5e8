import { z } from 'zod';

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$|^24:00(?::00)?$/;
const INTERVALS_MAX = 12;
const OVERRIDES_MAX = 2_000;

/** Seconds since local midnight of `HH:MM` or `HH:MM:SS`; `24:00` is the end of the day. */
export function secondsOf(time: string): number {
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}

/** One opening; when `to` is not after `from` it ends on the next day, and belongs to the day it began. */
export const IntervalSchema = z
  .object({ from: z.string().regex(TIME), to: z.string().regex(TIME) })
  .refine((i) => i.from.slice(0, 5) !== '24:00', { path: ['from'], error: 'starts before 24:00' })
  .refine((i) => secondsOf(i.from) !== secondsOf(i.to), { path: ['to'], error: 'differs from the start' });
export type Interval = z.infer<typeof IntervalSchema>;

const IntervalsSchema = z
  .array(IntervalSchema)
  .max(INTERVALS_MAX)
  .refine(doNotOverlap, { error: 'intervals of one day are in order and do not overlap' });

/** A date on which other hours hold: no intervals close it (holiday), intervals open it (make-up workday). */
export const OverrideSchema = z.object({
  date: z.iso.date(),
  intervals: IntervalsSchema,
  name: z.string().max(60).optional(),
});
export type Override = z.infer<typeof OverrideSchema>;

/** Business hours as an organisation keeps them: what the settings store holds and the console edits. */
export const CalendarSchema = z.object({
  timeZone: z.string().max(64).refine(isTimeZone, { error: 'is an IANA time zone' }),
  weekly: z.partialRecord(z.enum(WEEKDAYS), IntervalsSchema),
  overrides: z
    .array(OverrideSchema)
    .max(OVERRIDES_MAX)
    .refine((list) => new Set(list.map((o) => o.date)).size === list.length, { error: 'one override for a date' })
    .default([]),
});
export type Calendar = z.infer<typeof CalendarSchema>;

function doNotOverlap(intervals: readonly Interval[]): boolean {
  let end = -1;
  for (const interval of intervals) {
    const from = secondsOf(interval.from);
    const to = secondsOf(interval.to);
    if (from < end) return false;
    end = to > from ? to : to + 86_400;
  }
  return true;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export { WEEKDAYS };
