import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import {
  forecast,
  type History,
  naive,
  seasonalNaive,
} from '../server/src/modules/inventory/domain/forecast/forecast.ts';
import { levelsOf, type Terms } from '../server/src/modules/inventory/domain/reorder.ts';
import { DAY_MS } from '../server/src/kernel/time.ts';
import { fractions } from './lib/numbers.ts';

const WARM_UP_DAYS = 182;
const KNOWN_DAYS_MIN = 28; // of a SKU, before it is asked about
const STEP_DAYS = 14;
const AHEAD_DAYS = 28;
const WEEK = 7;
const TERMS: Terms = {
  leadDays: 7,
  reviewDays: 7,
  servicePercent: 95,
  packSize: 1,
  orderMin: 1,
  minUnits: null,
  maxUnits: null,
  coverDaysMax: 120,
};
const SYNTHETIC_SKUS = 2_000;
const SYNTHETIC_DAYS = 400;

/** Days of orders per SKU out of the UCI file: goods that were sold; cancellations are not negative demand. */
async function readOrders(file: string): Promise<History[]> {
  const raw = createReadStream(file);
  const rows = (file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw).pipe(parse({ columns: true, bom: true }));
  const units = new Map<string, Map<number, number>>();
  let [from, to] = [Infinity, -Infinity];
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const day = Date.parse(`${(row['InvoiceDate'] ?? '').slice(0, 10)}T00:00:00Z`) / DAY_MS;
    from = Math.min(from, day);
    to = Math.max(to, day);
    const quantity = Number(row['Quantity']);
    const sku = (row['StockCode'] ?? '').toUpperCase();
    if (!/^\d/.test(row['Invoice'] ?? '') || quantity <= 0 || Number(row['Price']) <= 0 || !/^\d{5}/.test(sku))
      continue;
    let days = units.get(sku);
    if (!days) units.set(sku, (days = new Map()));
    days.set(day, (days.get(day) ?? 0) + quantity);
  }
  return [...units.values()].map((days) => ({
    units: Array.from({ length: to - from + 1 }, (_, i) => days.get(from + i) ?? 0),
    weekday: (((from + 4) % WEEK) + WEEK) % WEEK,
  }));
}

/** A shop made up: some SKUs steady, most sold now and then, some growing, with weekends and bulk orders. */
function synthetic(): History[] {
  const next = fractions(20_260_101);
  const poisson = (mean: number): number => {
    const least = Math.exp(-Math.min(mean, 500));
    let count = 0;
    for (let p = next(); p > least; p *= next()) count += 1;
    return count;
  };
  return Array.from({ length: SYNTHETIC_SKUS }, () => {
    const mean = 0.05 * 400 ** next();
    const growth = (next() - 0.4) * 0.004;
    const weekend = 0.4 + 1.2 * next();
    const units = Array.from({ length: SYNTHETIC_DAYS }, (_, d) => {
      const usual = mean * Math.exp(growth * d) * (d % WEEK >= 5 ? weekend : 1);
      return poisson(usual) + (next() < 0.004 ? Math.ceil(mean * 40 * next()) : 0);
    });
    return { units, weekday: 0 };
  });
}

const NAMES = ['ours', 'naive', 'seasonal naive'] as const;
type Name = (typeof NAMES)[number];
type Sums = Record<Name, { day: number; week: number; four: number; over: number }>;

const sum = (values: readonly number[], from: number, to: number): number => {
  let total = 0;
  for (let i = from; i < to; i += 1) total += values[i] ?? 0;
  return total;
};

/** Forecasts the four weeks after each origin from what lay before it, and adds up by how much each method missed. */
function judge(series: readonly History[]): {
  sums: Sums;
  asked: number;
  forecasts: number;
  skus: number;
  ms: number;
  lasted: number;
} {
  const sums = Object.fromEntries(NAMES.map((n) => [n, { day: 0, week: 0, four: 0, over: 0 }])) as Sums;
  let [asked, forecasts, skus, ms, lasted] = [0, 0, 0, 0, 0];
  for (const { units, weekday } of series) {
    const first = units.findIndex((u) => u > 0);
    let counted = false;
    for (let t = WARM_UP_DAYS; t + AHEAD_DAYS <= units.length; t += STEP_DAYS) {
      if (first < 0 || first > t - KNOWN_DAYS_MIN) continue;
      const before = units.slice(0, t);
      const actual = units.slice(t, t + AHEAD_DAYS);
      const began = performance.now();
      const made = forecast({ units: before, weekday });
      ms += performance.now() - began;
      const ours = made.days.slice(0, AHEAD_DAYS);
      const point = levelsOf(made, TERMS).reorderPoint ?? 0;
      if (sum(actual, 0, TERMS.leadDays + TERMS.reviewDays) <= point) lasted += 1;
      const said: Record<Name, readonly number[]> = {
        ours,
        naive: naive(before, AHEAD_DAYS),
        'seasonal naive': seasonalNaive(before, AHEAD_DAYS),
      };
      for (const name of NAMES) {
        const of = sums[name];
        for (let d = 0; d < AHEAD_DAYS; d += 1) of.day += Math.abs((said[name][d] ?? 0) - (actual[d] ?? 0));
        for (let w = 0; w < AHEAD_DAYS; w += WEEK)
          of.week += Math.abs(sum(said[name], w, w + WEEK) - sum(actual, w, w + WEEK));
        const off = sum(said[name], 0, AHEAD_DAYS) - sum(actual, 0, AHEAD_DAYS);
        of.four += Math.abs(off);
        of.over += off;
      }
      asked += sum(actual, 0, AHEAD_DAYS);
      forecasts += 1;
      counted = true;
    }
    if (counted) skus += 1;
  }
  return { sums, asked, forecasts, skus, ms, lasted: lasted / forecasts };
}

/**
 * INV-6: by how much the forecast misses what was really ordered afterwards, beside two yardsticks. WAPE = the sum of what was
 * missed over the sum of what was ordered. `--orders FILE`: the UCI Online Retail II table (CSV, may be gzipped); without it a
 * shop is made up.
 */
export async function bench(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { orders: { type: 'string' } } });
  const series = values.orders === undefined ? synthetic() : await readOrders(values.orders);
  const { sums, asked, forecasts, skus, ms, lasted } = judge(series);
  const percent = (missed: number): string => `${((100 * missed) / asked).toFixed(1)} %`.padStart(9);
  process.stdout.write(
    `${values.orders === undefined ? 'made-up orders' : 'real orders'}: ${skus} SKUs, ${forecasts} forecasts of four weeks from an origin every ${STEP_DAYS} days after ${WARM_UP_DAYS}\n` +
      `WAPE             by day  by week  4 weeks     bias\n`,
  );
  for (const name of NAMES) {
    const of = sums[name];
    process.stdout.write(
      `${name.padEnd(14)}${percent(of.day)}${percent(of.week)}${percent(of.four)}${percent(of.over)}\n`,
    );
  }
  const best = (by: 'day' | 'week' | 'four'): boolean =>
    NAMES.every((n) => n === 'ours' || sums.ours[by] < sums[n][by]);
  process.stdout.write(
    `ours wins by day: ${best('day') ? 'yes' : 'no'}, by week: ${best('week') ? 'yes' : 'no'}, over four weeks: ${best('four') ? 'yes' : 'no'}; ` +
      `${((ms * 1000) / forecasts).toFixed(0)} µs a forecast, ${((ms / forecasts) * 5).toFixed(1)} s for 5,000 SKUs\n`,
  );
  process.stdout.write(
    `a reorder point for ${TERMS.servicePercent} % service over ${TERMS.leadDays} + ${TERMS.reviewDays} days was enough in ${(100 * lasted).toFixed(1)} % of the periods\n`,
  );
  if (!best('week') || !best('four')) process.exitCode = 1;
}
