export type Hour = { /** 0 to 23 */ at: number; label: string; orders: number; amount: number };

/** All 24 hours of the day, also those without an order, in the zone given (IANA name). */
export function hoursOf(series: readonly { hour: string; orders: number; amount: number }[], timeZone: string): Hour[] {
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone });
  const hours = Array.from({ length: 24 }, (_, at): Hour => ({
    at,
    label: `${String(at).padStart(2, '0')}:00`,
    orders: 0,
    amount: 0,
  }));
  for (const point of series) {
    const hour = hours[Number(clock.format(new Date(point.hour)))];
    if (!hour) continue;
    hour.orders += point.orders;
    hour.amount += point.amount;
  }
  return hours;
}

/** The end of an axis that holds `most` and is cut into whole steps of 1, 2 or 5 times a power of ten. */
export function niceTop(most: number, steps: number): number {
  const least = Math.max(1, most / steps);
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= least) ?? least;
  return step * steps;
}
