import { fromZoned, HOUR_MS } from '#kernel/time.ts';

const PARTS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};
const HOURS_MAX = 50_000;

/**
 * Reads local times of one format and zone; undefined for what is none. `yyyy MM M dd d HH H mm ss` stand for themselves,
 * anything else is literal; a missing time is midnight.
 */
export function dateParser(format: string, zone: string): (text: string) => Date | undefined {
  const pattern = format.replaceAll(
    /yyyy|MM|M|dd|d|HH|H|mm|ss|[^A-Za-z0-9]|[A-Za-z]+/g,
    (token) => PARTS[token] ?? token.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&'),
  );
  const whole = new RegExp(`^${pattern}$`);
  const dateOnly = new RegExp(`^${pattern.replace(/\D?\(\?<hour>.*$/, '')}$`);
  const hours = new Map<string, number>();
  return (text) => {
    const g = (whole.exec(text) ?? dateOnly.exec(text))?.groups;
    if (!g) return undefined;
    const n = (name: string): number => Number(g[name] ?? 0);
    const [year, month, day, hour, minute, second] = [
      n('year'),
      n('month'),
      n('day'),
      n('hour'),
      n('minute'),
      n('second'),
    ];
    if (
      month < 1 ||
      month > 12 ||
      day < 1 ||
      day > new Date(Date.UTC(year, month, 0)).getUTCDate() ||
      hour > 23 ||
      minute > 59 ||
      second > 59 ||
      year < 1970
    )
      return undefined;
    const key = `${year}-${month}-${day} ${hour}`;
    let start = hours.get(key);
    if (start === undefined) {
      if (hours.size >= HOURS_MAX) hours.clear();
      start = fromZoned({ year, month, day, hour }, zone).getTime(); // zones change at whole hours: one look-up serves sixty minutes
      hours.set(key, start);
    }
    const at = start + minute * 60_000 + second * 1000;
    return at - start < HOUR_MS ? new Date(at) : undefined;
  };
}
