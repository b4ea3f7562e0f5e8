/**
 * Methods that say what a coming week will bring, from the totals of past weeks, oldest first. Weeks and not days: a week holds
 * each weekday once, so that no method has to know of weekends, and a SKU sold every third day is seldom at zero.
 * `plain` are the weeks as they were; `capped` the same with each bulk order cut down to a size that may come again.
 */
export type Weeks = { readonly plain: readonly number[]; readonly capped: readonly number[] };
/** A level for next week, and how much more (or less) each later week brings, damped. */
type Outlook = { level: number; trend: number };
type Method = (weeks: Weeks) => Outlook;

const CAP = 3; // times the usual week with demand
const CAP_WEEKS = 26;
const CAP_NEEDS = 3;
const DAMPING = 0.9;

/** Cuts weeks down to three times the median of the last half year's weeks that had demand. */
export function capped(weeks: readonly number[]): number[] {
  const some = weeks
    .slice(-CAP_WEEKS)
    .filter((w) => w > 0)
    .toSorted((a, b) => a - b);
  if (some.length < CAP_NEEDS) return [...weeks];
  const most = CAP * (some[some.length >> 1] as number);
  return weeks.map((w) => Math.min(w, most));
}

const flat = (level: number): Outlook => ({ level, trend: 0 });

function mean(values: readonly number[]): number {
  let sum = 0;
  for (const v of values) sum += v;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Simple exponential smoothing. While there are few weeks each counts the same. */
function smooth(weeks: readonly number[], alpha: number): number {
  let level = 0;
  for (const [i, w] of weeks.entries()) level += Math.max(alpha, 1 / (i + 1)) * (w - level);
  return level;
}

/** Holt's linear trend with damping (Gardner and McKenzie). */
function dampedTrend(weeks: readonly number[], alpha: number, beta: number): Outlook {
  let level = weeks[0] ?? 0;
  let trend = 0;
  for (let i = 1; i < weeks.length; i += 1) {
    const ahead = level + DAMPING * trend;
    const next = ahead + Math.max(alpha, 1 / (i + 1)) * ((weeks[i] as number) - ahead);
    trend = beta * (next - level) + (1 - beta) * DAMPING * trend;
    level = next;
  }
  return { level: level + DAMPING * trend, trend: DAMPING * DAMPING * trend };
}

/** Teunter, Syntetos and Babai: size of a week with demand, times how likely such a week is; falls while nothing sells. */
function tsb(weeks: readonly number[], alpha: number, beta: number): number {
  let size = 0;
  let chance = 0;
  let seen = 0;
  for (const [i, w] of weeks.entries()) {
    const rate = Math.max(beta, 1 / (i + 1));
    chance += rate * ((w > 0 ? 1 : 0) - chance);
    if (w > 0) {
      seen += 1;
      size += Math.max(alpha, 1 / seen) * (w - size);
    }
  }
  return size * chance;
}

/** In the order in which they win a tie: the simpler and steadier first. */
export const METHODS = {
  smoothing_slow: ({ capped: w }) => flat(smooth(w, 0.2)),
  smoothing_fast: ({ capped: w }) => flat(smooth(w, 0.3)),
  average_8: ({ capped: w }) => flat(mean(w.slice(-8))),
  intermittent: ({ capped: w }) => flat(tsb(w, 0.3, 0.2)),
  damped_trend: ({ capped: w }) => dampedTrend(w, 0.3, 0.1),
  smoothing_uncapped: ({ plain: w }) => flat(smooth(w, 0.3)), // follows a lasting jump that the cap would take for a bulk order
} as const satisfies Record<string, Method>;
export type MethodName = keyof typeof METHODS;
export const METHOD_NAMES = Object.keys(METHODS) as MethodName[];

/** Units in each of the next `count` weeks; never negative. */
export function weeksAhead(method: MethodName, weeks: Weeks, count: number): number[] {
  const { level, trend } = METHODS[method](weeks);
  const out: number[] = [];
  let at = level;
  let step = trend;
  for (let i = 0; i < count; i += 1) {
    out.push(Math.max(0, at));
    at += step;
    step *= DAMPING;
  }
  return out;
}
