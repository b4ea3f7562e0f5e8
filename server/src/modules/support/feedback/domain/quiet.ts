import { fromZoned, zoned } from '#kernel/time.ts';

const minutesOf = (clock: string): number => {
  const [h = 0, m = 0] = clock.split(':').map(Number);
  return h * 60 + m;
};

/** When somebody may be written to: at once, or when the quiet hours are over. `from` may lie after `to`: the night. Equal: never quiet. */
export function outsideQuiet(wanted: Date, quiet: { from: string; to: string }, timeZone: string): Date {
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const wall = zoned(wanted, timeZone);
  const now = wall.hour * 60 + wall.minute;
  const isNight = from > to;
  const isQuiet = from !== to && (isNight ? now >= from || now < to : now >= from && now < to);
  if (!isQuiet) return wanted;
  const isTomorrow = isNight && now >= from;
  const { year, month, day } = wall;
  return fromZoned(
    { year, month, day: day + (isTomorrow ? 1 : 0), hour: Math.floor(to / 60), minute: to % 60 },
    timeZone,
  );
}
