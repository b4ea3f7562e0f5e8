import { DAY_MS, fromZoned, HOUR_MS, zoned } from '#kernel/time.ts';
import type { PolicyRule, WindowStart } from './vocabulary.ts';

/** When goods were received, sent and paid for; null = not yet. */
export type Moments = Readonly<Record<WindowStart, Date | null>>;

/**
 * When a window ends: the first moment after it. Days are counted from the day after, by the shop's clock, and end at
 * midnight (网络购买商品七日无理由退货暂行办法: the seven days begin on the day after the goods were signed for). Null: it
 * has not begun, or there is none.
 */
export function windowEnd(window: PolicyRule['window'], moments: Moments, timeZone: string): Date | null {
  if (window === null) return null;
  const from = moments[window.from];
  if (from === null) return null;
  if (window.unit === 'hour') return new Date(from.getTime() + window.count * HOUR_MS);
  const day = zoned(from, timeZone);
  const last = new Date(Date.UTC(day.year, day.month - 1, day.day) + (window.count + 1) * DAY_MS);
  return fromZoned({ year: last.getUTCFullYear(), month: last.getUTCMonth() + 1, day: last.getUTCDate() }, timeZone);
}
