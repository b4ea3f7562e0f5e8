export type Interval = { from: string; to: string };

/** `09:00-12:00, 13:30-18:00`; nothing when closed. */
export const hoursText = (intervals: readonly Interval[]): string =>
  intervals.map((i) => `${i.from}-${i.to}`).join(', ');

/** U+81F3 is what Chinese writes for a dash between times. */
const INTERVAL = /^(\d{1,2}:\d{2})\s*[-–—~\u81f3]\s*(\d{1,2}:\d{2})$/;
const padded = (time: string): string => time.padStart(5, '0');

/** The intervals a text names, or undefined when it names none as it should. Commas of both scripts part them. */
export function readHours(text: string): Interval[] | undefined {
  const parts = text
    .split(/[,，、;；]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const found = parts.map((part) => INTERVAL.exec(part));
  if (found.some((m) => m === null)) return undefined;
  return found.map((m) => ({ from: padded(m?.[1] ?? ''), to: padded(m?.[2] ?? '') }));
}
