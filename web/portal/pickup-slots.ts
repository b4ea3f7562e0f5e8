import { currentLocale } from '../ui/i18n.ts';

export type Slot = { from: string; until: string; label: string };

const HOURS = [9, 11, 13, 15, 17] as const;
const LENGTH_H = 2;
const DAYS = 3;
const NOTICE_H = 2; // a courier needs some time to be sent

/** Two-hour slots of the next days in the customer's own time, none that begins too soon. */
export function pickupSlots(now: Date): Slot[] {
  const day = new Intl.DateTimeFormat(currentLocale(), { month: 'numeric', day: 'numeric', weekday: 'short' });
  const earliest = now.getTime() + NOTICE_H * 3_600_000;
  return Array.from({ length: DAYS + 1 }, (_, ahead) => ahead)
    .flatMap((ahead) => HOURS.map((hour) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead, hour)))
    .filter((from) => from.getTime() >= earliest)
    .map((from) => {
      const until = new Date(from.getTime() + LENGTH_H * 3_600_000);
      const label = `${day.format(from)} ${from.getHours()}:00–${until.getHours()}:00`;
      return { from: from.toISOString(), until: until.toISOString(), label };
    });
}
