const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

const pad = (n: number) => String(n).padStart(2, '0');

let zone: string | undefined;

/** Has moments and days shown in a zone (IANA name), the organisation's; in the reader's own until it is known. */
export function showInZone(timeZone: string | undefined): void {
  zone = timeZone;
}

type Wall = { year: number; month: number; day: number; hour: number; minute: number; second: number };

/** What the clock on the wall shows at a moment; month and day count from 1. */
function wallOf(at: Date): Wall {
  const wall: Wall = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  const format = formatter('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  for (const { type, value } of format.formatToParts(at)) if (type in wall) wall[type as keyof Wall] = Number(value);
  return wall;
}

/** The moment at which the clock on the wall there shows a time, written YYYY-MM-DDTHH:mm:ss; as ISO text. */
export function fromWall(text: string): string {
  const asUtc = Date.parse(`${text}Z`);
  const offset = (ms: number): number => {
    const w = wallOf(new Date(ms));
    return Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second) - ms;
  };
  // the offset of the moment itself: that of the same time in UTC may lie on the other side of a clock change
  return new Date(asUtc - offset(asUtc - offset(asUtc))).toISOString();
}

/** What the clock on the wall there shows at a moment, as YYYY-MM-DDTHH:mm:ss: the reverse of `fromWall`. */
export function toWall(at: string): string {
  const w = wallOf(new Date(at));
  return `${w.year}-${pad(w.month)}-${pad(w.day)}T${pad(w.hour)}:${pad(w.minute)}:${pad(w.second)}`;
}

/** The moment at which a day begins there, as ISO text; the day as YYYY-MM-DD. */
export const dayStart = (day: string): string => fromWall(`${day}T00:00:00`);

/** The day a moment belongs to there, as YYYY-MM-DD. */
export function dayOf(at: string | Date): string {
  const w = wallOf(typeof at === 'string' ? new Date(at) : at);
  return `${w.year}-${pad(w.month)}-${pad(w.day)}`;
}

/** A moment in the organisation's zone, sortable by eye and free of am/pm: "2026-01-02 03:04:05"; the year is left out when it is this one. */
export function shortTime(at: string | Date, now = new Date()): string {
  const d = typeof at === 'string' ? new Date(at) : at;
  if (Number.isNaN(d.getTime())) return '';
  const w = wallOf(d);
  const day = `${pad(w.month)}-${pad(w.day)} ${pad(w.hour)}:${pad(w.minute)}`;
  return w.year === wallOf(now).year ? day : `${w.year}-${day}`;
}

/** The same moment in full, with the weekday and the zone, for a tooltip. */
export function fullTime(at: string | Date, locale: string): string {
  const d = typeof at === 'string' ? new Date(at) : at;
  if (Number.isNaN(d.getTime())) return '';
  return formatter(locale, { dateStyle: 'full', timeStyle: 'long', timeZone: zone }).format(d);
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

/** Start of today as ISO text, for a "today" filter. */
export const startOfDay = (now = new Date()): string => dayStart(dayOf(now));

/** Whether a moment has passed. */
export const isPast = (at: string, now = new Date()): boolean => new Date(at).getTime() < now.getTime();
