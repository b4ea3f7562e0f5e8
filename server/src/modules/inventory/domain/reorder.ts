import { type Forecast, totalAhead } from './forecast/forecast.ts';

/** How a SKU is bought for a warehouse: of its own rule, else of the SKU's, else of the organisation. */
export type Terms = {
  /** From ordering to being on the shelf. */
  readonly leadDays: number;
  /** From one chance to order to the next. */
  readonly reviewDays: number;
  /** Share of such periods in which nothing should run out. */
  readonly servicePercent: number;
  readonly packSize: number;
  readonly orderMin: number;
  /** Never fewer than this without ordering, whatever the forecast says. */
  readonly minUnits: number | null;
  /** Never more than this by ordering. */
  readonly maxUnits: number | null;
  /** More than would last so long is too much. */
  readonly coverDaysMax: number;
};

export type Levels = {
  /** Expected demand until goods of the next chance but one to order would be here. */
  readonly leadUnits: number;
  /** Against demand above the forecast. */
  readonly bufferUnits: number;
  /** At or below it one orders; null: nothing is known to order by. */
  readonly reorderPoint: number | null;
  /** Up to where one orders. */
  readonly orderUpTo: number | null;
};

const WEEK = 7;

/** The standard normal quantile (Acklam's approximation, good to 1e-9). */
export function normalQuantile(p: number): number {
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
  ];
  const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572];
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
    2.938163982698783,
  ];
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416];
  const at = (factors: readonly number[], x: number): number => factors.reduce((sum, f) => sum * x + f, 0);
  if (p <= 0 || p >= 1) throw new RangeError('normalQuantile: 0 < p < 1');
  const tail = (q: number): number => at(c, q) / (at(d, q) * q + 1);
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 1 - 0.02425) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  return (at(a, q * q) * q) / (at(b, q * q) * q * q + 1);
}

type Known = Pick<Forecast, 'days' | 'perDay' | 'weekError' | 'weekBias' | 'weeksTried'>;

/** Student's quantile with some degrees of freedom, from the normal one (Cornish and Fisher's expansion): few weeks say little of the spread. */
function studentQuantile(p: number, freedom: number): number {
  const z = normalQuantile(p);
  return z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}

/**
 * What demand of some weeks may be above the forecast, at a service level: what forecasts were too low on average, week for week, and
 * the spread around that. Weeks are taken to be independent of each other, so it grows with the square root of the time; the average of a few weeks
 * is itself uncertain, which grows with the time. A forecast that could not be tried has the spread of random single sales.
 */
function bufferOver(weeks: number, f: Known, service: number): number {
  if (f.weekError === null || f.weekBias === null || f.weeksTried < 2)
    return Math.max(0, normalQuantile(service)) * Math.sqrt(f.perDay * WEEK * weeks);
  const n = f.weeksTried;
  const spread = Math.sqrt(Math.max(0, f.weekError ** 2 - f.weekBias ** 2) * (n / (n - 1)));
  const low = Math.max(0, -f.weekBias) * weeks;
  return low + Math.max(0, studentQuantile(service, n - 1)) * spread * Math.sqrt(weeks * (1 + weeks / n));
}

/**
 * When to order, and up to where. Who does not order today can order again in `reviewDays`, and has those goods `leadDays` later: what
 * is there and coming must last until then.
 */
export function levelsOf(forecast: Known, terms: Terms): Levels {
  const period = terms.leadDays + terms.reviewDays;
  const leadUnits = totalAhead(forecast, period);
  const bufferUnits = Math.ceil(bufferOver(period / WEEK, forecast, terms.servicePercent / 100));
  if (forecast.perDay === 0 && terms.minUnits === null)
    return { leadUnits: 0, bufferUnits: 0, reorderPoint: null, orderUpTo: null };
  const reorderPoint = Math.max(Math.ceil(leadUnits) + bufferUnits, terms.minUnits ?? 0);
  const usual = reorderPoint + Math.max(1, Math.ceil(totalAhead(forecast, terms.reviewDays)));
  return { leadUnits, bufferUnits, reorderPoint, orderUpTo: Math.min(usual, terms.maxUnits ?? usual) };
}

export type Deal = Pick<Terms, 'packSize' | 'orderMin' | 'maxUnits'>;

/** Units to order now: whole packs, not below the least order, and never past the most that may lie there. */
export function quantityToOrder(
  position: number,
  levels: Pick<Levels, 'reorderPoint' | 'orderUpTo'>,
  deal: Deal,
): number {
  if (levels.reorderPoint === null || levels.orderUpTo === null || position > levels.reorderPoint) return 0;
  const wanted = Math.max(levels.orderUpTo - position, deal.orderMin);
  const packs = Math.ceil(wanted / deal.packSize) * deal.packSize;
  if (deal.maxUnits === null || position + packs <= deal.maxUnits) return packs;
  const room = Math.floor((deal.maxUnits - position) / deal.packSize) * deal.packSize;
  return room < deal.orderMin ? 0 : Math.max(0, room);
}
