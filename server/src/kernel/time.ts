export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The moment `ms` milliseconds after `at` (before it when negative). */
export const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, found);
  }
  return found;
}

/** Wall-clock parts of `at` in an IANA time zone; month and day are 1-based. */
export function zoned(
  at: Date,
  timeZone: string,
): Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number> {
  const out = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  for (const part of formatter(timeZone).formatToParts(at)) {
    if (part.type in out) out[part.type as keyof typeof out] = Number(part.value);
  }
  return out;
}

/** The calendar date of `at` in a time zone, as YYYY-MM-DD. */
export function localDate(at: Date, timeZone: string): string {
  const p = zoned(at, timeZone);
  return `${p.year}-${String(p.month).padStart(2, '0')}-${String(p.day).padStart(2, '0')}`;
}

/**
 * The instant at which a zone's wall clock shows the given time. A time skipped by a daylight-saving change maps to
 * the instant the same distance after the change; a repeated one to its first occurrence.
 */
export function fromZoned(
  wall: { year: number; month: number; day: number; hour?: number; minute?: number; second?: number },
  timeZone: string,
): Date {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour ?? 0, wall.minute ?? 0, wall.second ?? 0);
  const offset = (ms: number): number => {
    const p = zoned(new Date(ms), timeZone);
    return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(ms / 1000) * 1000;
  };
  const before = offset(asUtc - DAY_MS);
  const candidates = [asUtc - before, asUtc - offset(asUtc + DAY_MS)];
  for (const ms of candidates) if (ms + offset(ms) === asUtc) return new Date(ms);
  return new Date(asUtc - before);
}
