const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

const pad = (n: number) => String(n).padStart(2, '0');

/** A moment in the reader's zone, sortable by eye and free of am/pm: "2026-01-02 03:04:05"; the year is left out when it is this one. */
export function shortTime(at: string | Date, now = new Date()): string {
  const d = typeof at === 'string' ? new Date(at) : at;
  if (Number.isNaN(d.getTime())) return '';
  const day = `${pad(d.getMonth() + 1)}-${pad(d.getDate())} ${pad(d.getHours())}:${pad(d.getMinutes())}`;
  return d.getFullYear() === now.getFullYear() ? day : `${d.getFullYear()}-${day}`;
}

/** The same moment in full, with the weekday and the zone, for a tooltip. */
export function fullTime(at: string | Date, locale: string): string {
  const d = typeof at === 'string' ? new Date(at) : at;
  if (Number.isNaN(d.getTime())) return '';
  return formatter(locale, { dateStyle: 'full', timeStyle: 'long' }).format(d);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "in 12 min." or "3 hr. ago", rounded towards the present, so that a deadline never looks later than it is. */
export function relativeTime(at: string | Date, locale: string, now = new Date()): string {
  const ms = (typeof at === 'string' ? new Date(at) : at).getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(ms) >= size) return format.format(Math.trunc(ms / size), unit);
  }
  return format.format(Math.trunc(ms / 1000), 'second');
}

/** Start of the local day as ISO text, for a "today" filter. */
export function startOfDay(now = new Date()): string {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
}

/** Whether a moment has passed. */
export const isPast = (at: string, now = new Date()): boolean => new Date(at).getTime() < now.getTime();
