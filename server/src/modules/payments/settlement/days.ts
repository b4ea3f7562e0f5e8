import { fromZoned } from '#kernel/time.ts';

/** The first instant of a day (YYYY-MM-DD) in a zone. */
export const startOfDay = (day: string, zone: string): Date => {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return fromZoned({ year, month, day: date }, zone);
};
