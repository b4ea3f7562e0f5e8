import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { localDate } from '#kernel/time.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { classify } from '../../domain/abc.ts';
import { forecast, HISTORY_DAYS_MAX } from '../../domain/forecast/forecast.ts';
import { levelsOf } from '../../domain/reorder.ts';
import { allWarehouses } from '../../store/warehouses.ts';
import { dayAfter, weekdayOf, zoneOf } from '../org.ts';
import { type PlanningSettings, planningSettings } from '../settings.ts';
import { demandOf } from '../store/demand.ts';
import { keepPlans, type PlanRow, saveClasses, savePlans, weights } from '../store/plans.ts';
import { rulesOf } from '../store/rules.ts';
import { effectiveTerms } from '../terms.ts';

/** SKUs planned in one transaction: some tens of milliseconds of arithmetic. */
export const PLANNED_AT_ONCE = 500;

type Pair = { skuId: string; warehouseId: string };

async function stockedPairs(tx: Tx, skuIds: readonly string[]): Promise<Pair[]> {
  return tx.query<Pair>(
    'select sku_id as "skuId", warehouse_id as "warehouseId" from inventory.balances where org_id = $1 and sku_id = any ($2)',
    [tx.orgId, skuIds],
  );
}

/**
 * Forecasts SKUs in each warehouse they lie in, were asked of, or are to be kept in by a rule, up to yesterday on the organisation's calendar, and computes when to
 * order by it. Returns how many plans were made.
 */
export async function makePlans(tx: Tx, ctx: Ctx, skuIds: readonly string[]): Promise<number> {
  const settings = await planningSettings.get(tx);
  const warehouses = await allWarehouses(tx);
  const today = localDate(ctx.now, await zoneOf(tx));
  const from = dayAfter(today, -HISTORY_DAYS_MAX);
  const found = await demandOf(tx, skuIds, { from, to: today }, warehouses[0]?.id ?? null);
  const demand = new Map(found.map((d) => [`${d.sku_id}/${d.warehouse_id}`, d]));
  const pairs = new Map((await stockedPairs(tx, skuIds)).map((p) => [`${p.skuId}/${p.warehouseId}`, p]));
  for (const [key, d] of demand) pairs.set(key, { skuId: d.sku_id, warehouseId: d.warehouse_id });
  const skus = new Map((await skusByIds(tx, skuIds)).map((s) => [s.id, s]));
  const allRules = await rulesOf(tx, skuIds);
  const rules = Map.groupBy(allRules, (r) => r.sku_id);
  // a minimum is wanted before anything was ever there; one for all warehouses begins where stock is taken from first
  for (const { sku_id: skuId, warehouse_id, min_units } of allRules) {
    const warehouseId = warehouse_id ?? warehouses[0]?.id;
    if (min_units !== null && warehouseId !== undefined) pairs.set(`${skuId}/${warehouseId}`, { skuId, warehouseId });
  }
  const plans = [...pairs].map(([key, pair]): Omit<PlanRow, 'abc'> => {
    const units = Array.from({ length: HISTORY_DAYS_MAX }, () => 0);
    const days = demand.get(key);
    days?.nth.forEach((n, i) => (units[n] = days.units[i] as number));
    const sku = skus.get(pair.skuId);
    return plan(pair, units, {
      today,
      from,
      madeAt: ctx.now,
      onSale: sku?.status === 'on_sale',
      price: sku?.price_amount ?? 0,
      lastDay: days?.nth.at(-1),
      settings,
      terms: effectiveTerms(settings, rules.get(pair.skuId) ?? [], pair.warehouseId),
    });
  });
  await keepPlans(tx, skuIds, plans);
  await savePlans(tx, plans);
  return plans.length;
}

type Facts = {
  today: string;
  from: string;
  madeAt: Date;
  onSale: boolean;
  price: number;
  lastDay: number | undefined;
  settings: PlanningSettings;
  terms: ReturnType<typeof effectiveTerms>;
};

function plan(pair: Pair, units: readonly number[], f: Facts): Omit<PlanRow, 'abc'> {
  const { terms } = f;
  const made = forecast({ units, weekday: weekdayOf(f.from) });
  const levels = levelsOf(made, terms);
  const windowUnits = units.slice(-f.settings.abcWindowDays).reduce((a, b) => a + b, 0);
  return {
    sku_id: pair.skuId,
    warehouse_id: pair.warehouseId,
    made_on: f.today,
    made_at: f.madeAt,
    on_sale: f.onSale,
    method: made.method,
    days: [...made.days],
    per_day: made.perDay,
    week_error: made.weekError,
    weeks_tried: made.weeksTried,
    wape_ours: made.wape.ours,
    wape_naive: made.wape.naive,
    wape_seasonal: made.wape.seasonalNaive,
    bias: made.bias,
    lead_days: terms.leadDays,
    review_days: terms.reviewDays,
    service_percent: terms.servicePercent,
    pack_size: terms.packSize,
    order_min: terms.orderMin,
    min_units: terms.minUnits,
    max_units: terms.maxUnits,
    cover_days_max: terms.coverDaysMax,
    lead_units: levels.leadUnits,
    buffer_units: levels.bufferUnits,
    reorder_point: levels.reorderPoint,
    order_up_to: levels.orderUpTo,
    last_demand_on: f.lastDay === undefined ? null : dayAfter(f.from, f.lastDay),
    window_units: windowUnits,
    window_value: windowUnits * f.price,
  };
}

/** Sorts what lies in each warehouse into A, B and C. Prices of other currencies count as if they were of one. */
export async function classifyAll(tx: Tx): Promise<void> {
  const { abcBy, abcAPercent: a, abcBPercent: b } = await planningSettings.get(tx);
  const changed = [...Map.groupBy(await weights(tx, abcBy), (w) => w.warehouse_id)].flatMap(([warehouseId, own]) => {
    const classes = classify(
      own.map((w) => ({ id: w.sku_id, value: w.value })),
      { a, b },
    );
    return own.flatMap((w) => {
      const abc = classes.get(w.sku_id);
      return abc === undefined || abc === w.abc ? [] : [{ skuId: w.sku_id, warehouseId, abc }];
    });
  });
  await saveClasses(tx, changed);
}
