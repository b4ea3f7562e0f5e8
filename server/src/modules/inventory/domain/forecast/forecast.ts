import { capped, METHOD_NAMES, type MethodName, type Weeks, weeksAhead } from './methods.ts';

/** Units asked for on consecutive days, oldest first; the last is the day before the first one forecast. */
export type History = {
  readonly units: readonly number[];
  /** Weekday of the first day, 0 to 6; which day is 0 does not matter. */
  readonly weekday: number;
};

/** Sum of what was missed over the sum of what was asked for; null when nothing was asked for. */
export type Wape = number | null;

export type Forecast = {
  /** `none`: nothing was ever asked for. `average`: too short a history to choose by. */
  readonly method: MethodName | 'average' | 'none';
  /** Units on each of the next days; a part of a unit is meant. */
  readonly days: readonly number[];
  /** Mean of the days. */
  readonly perDay: number;
  /** Root mean square error of a week's total; null when no week could be tried. */
  readonly weekError: number | null;
  /** Mean of what was forecast for a week less what was asked for: below zero when forecasts were too low. */
  readonly weekBias: number | null;
  /** Weeks that were forecast from what lay before them, and compared. */
  readonly weeksTried: number;
  readonly wape: { readonly ours: Wape; readonly naive: Wape; readonly seasonalNaive: Wape };
  /** By how much the forecasts of those weeks were too high in all (too low when negative), as a part of what was asked for. */
  readonly bias: Wape;
};

export const HORIZON_DAYS = 56;
export const HISTORY_DAYS_MAX = 730;
const WEEK = 7;
const WEEKS_MIN = 4; // before the first week that is forecast for a trial
const TRIALS_MAX = 24;
const JUDGED_MAX = 12; // the older trials only help to choose
const SHARE_PRIOR_WEEKS = 8;

/** Totals of the whole weeks that end with the day before `end`, oldest first. */
function weeksBefore(units: readonly number[], end: number): number[] {
  const count = Math.floor(end / WEEK);
  const weeks = Array.from({ length: count }, () => 0);
  for (let i = end - count * WEEK, day = 0; i < end; i += 1, day += 1)
    weeks[Math.floor(day / WEEK)] = (weeks[Math.floor(day / WEEK)] as number) + (units[i] as number);
  return weeks;
}

/** Which part of a week each weekday brings, drawn towards a seventh while the history is short. Each adds its own week's shares. */
function weekdayShares({ units, weekday }: History): number[] {
  const sums = Array.from({ length: WEEK }, () => 0);
  let weight = 0;
  const start = units.length % WEEK;
  for (let at = start; at < units.length; at += WEEK) {
    let total = 0;
    for (let d = 0; d < WEEK; d += 1) total += units[at + d] as number;
    if (total === 0) continue;
    weight += 1;
    for (let d = 0; d < WEEK; d += 1) {
      const of = (weekday + at + d) % WEEK;
      sums[of] = (sums[of] as number) + (units[at + d] as number) / total;
    }
  }
  return sums.map((s) => (s + SHARE_PRIOR_WEEKS / WEEK) / (weight + SHARE_PRIOR_WEEKS));
}

type Missed = {
  ours: number;
  over: number;
  naive: number;
  seasonal: number;
  squares: number;
  asked: number;
  judged: number;
};
const wape = (missed: number, asked: number): Wape => (asked === 0 ? null : missed / asked);

/**
 * Tries every method on past weeks, each week forecast from what lay before it. The error of our choice is judged as it would
 * have been made then: by the weeks before, not by the week itself.
 */
function tryOut(units: readonly number[]): { best: MethodName; trials: number; missed: Missed } {
  const missed: Missed = { ours: 0, over: 0, naive: 0, seasonal: 0, squares: 0, asked: 0, judged: 0 };
  const error = new Map<MethodName, number>(METHOD_NAMES.map((m) => [m, 0]));
  const best = (): MethodName =>
    METHOD_NAMES.reduce((a, b) => ((error.get(b) as number) < (error.get(a) as number) ? b : a));
  const all = weeksBefore(units, units.length);
  const trials = Math.max(0, Math.min(TRIALS_MAX, all.length - WEEKS_MIN));
  for (let t = all.length - trials; t < all.length; t += 1) {
    const before = all.slice(0, t);
    const weeks: Weeks = { plain: before, capped: capped(before) };
    const actual = all[t] as number;
    const choice = best();
    for (const m of METHOD_NAMES) {
      const off = (weeksAhead(m, weeks, 1)[0] as number) - actual;
      error.set(m, (error.get(m) as number) + Math.abs(off));
      if (m !== choice || t < all.length - JUDGED_MAX) continue;
      missed.ours += Math.abs(off);
      missed.over += off;
      missed.squares += off * off;
    }
    if (t < all.length - JUDGED_MAX) continue;
    const lastDay = units.at(-1 - WEEK * (all.length - t)) as number;
    missed.naive += Math.abs(lastDay * WEEK - actual);
    missed.seasonal += Math.abs((before.at(-1) as number) - actual);
    missed.asked += actual;
    missed.judged += 1;
  }
  return { best: best(), trials, missed };
}

const NONE: Forecast = {
  method: 'none',
  days: Array.from({ length: HORIZON_DAYS }, () => 0),
  perDay: 0,
  weekError: null,
  weekBias: null,
  weeksTried: 0,
  wape: { ours: null, naive: null, seasonalNaive: null },
  bias: null,
};

/**
 * What the next days will ask for. A history begins with its first day of demand: before it the SKU was not there to be asked
 * for. The method is the one that would have missed least on the SKU's own past weeks.
 */
export function forecast(history: History): Forecast {
  const first = history.units.findIndex((u) => u > 0);
  if (first < 0) return NONE;
  const start = Math.max(first, history.units.length - HISTORY_DAYS_MAX);
  const units = history.units.slice(start);
  const weekday = (history.weekday + start) % WEEK;
  const shares = weekdayShares({ units, weekday });
  const { best, trials, missed } = tryOut(units);
  const method = trials === 0 ? 'average' : best;
  const weeks = weeksOf(units, method);
  const days = Array.from({ length: HORIZON_DAYS }, (_, d) => {
    const share = shares[(weekday + units.length + d) % WEEK] as number;
    return (weeks[Math.floor(d / WEEK)] as number) * share;
  });
  return {
    method,
    days,
    perDay: days.reduce((a, b) => a + b, 0) / HORIZON_DAYS,
    weekError: missed.judged === 0 ? null : Math.sqrt(missed.squares / missed.judged),
    weekBias: missed.judged === 0 ? null : missed.over / missed.judged,
    weeksTried: missed.judged,
    wape: {
      ours: wape(missed.ours, missed.asked),
      naive: wape(missed.naive, missed.asked),
      seasonalNaive: wape(missed.seasonal, missed.asked),
    },
    bias: wape(missed.over, missed.asked),
  };
}

function weeksOf(units: readonly number[], method: MethodName | 'average'): number[] {
  if (method === 'average') {
    const week = (units.reduce((a, b) => a + b, 0) / Math.max(units.length, WEEK)) * WEEK;
    return Array.from({ length: HORIZON_DAYS / WEEK }, () => week);
  }
  const plain = weeksBefore(units, units.length);
  return weeksAhead(method, { plain, capped: capped(plain) }, HORIZON_DAYS / WEEK);
}

/** The yardsticks: tomorrow is as today, and this weekday as the last. */
export function naive(units: readonly number[], days: number): number[] {
  return Array.from({ length: days }, () => units.at(-1) ?? 0);
}
export function seasonalNaive(units: readonly number[], days: number): number[] {
  const last = units.slice(-WEEK);
  return Array.from({ length: days }, (_, d) =>
    last.length < WEEK ? (units.at(-1) ?? 0) : (last[d % WEEK] as number),
  );
}

/** Units over the next `days` days; beyond the horizon its last week goes on. */
export function totalAhead({ days }: Pick<Forecast, 'days'>, count: number): number {
  let sum = 0;
  for (let d = 0; d < count; d += 1)
    sum += days[d < days.length ? d : days.length - WEEK + ((d - days.length) % WEEK)] ?? 0;
  return sum;
}
