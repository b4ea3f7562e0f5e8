import { z } from 'zod';
import { listInput } from '#kernel/http/list.ts';
import { MoneyView } from '#modules/catalog/index.ts';
import { ALERT_KINDS } from './store/alerts.ts';

const code = z.string().trim().min(1).max(80);
const UNITS_MAX = 100_000_000;

const ruleTerms = {
  leadDays: z.int().min(0).max(365).nullable(),
  reviewDays: z.int().min(1).max(365).nullable(),
  servicePercent: z.number().min(50).max(99.9).multipleOf(0.1).nullable(),
  packSize: z.int().min(1).max(1_000_000).nullable(),
  orderMin: z.int().min(1).max(UNITS_MAX).nullable(),
  minUnits: z.int().min(0).max(UNITS_MAX).nullable(),
  maxUnits: z.int().min(1).max(UNITS_MAX).nullable(),
  coverDaysMax: z.int().min(1).max(3650).nullable(),
  supplier: z.string().trim().max(200).nullable(),
};
const optional = <T extends z.ZodType>(type: T) => type.default(null as never);
/** How a SKU is bought. A field that is null or absent is inherited: of the SKU's rule for all warehouses, then of the settings. */
export const SetRule = z
  .object({
    sku: code,
    /** Null: in every warehouse without a rule of its own. */
    warehouse: z.string().max(60).nullable().default(null),
    leadDays: optional(ruleTerms.leadDays),
    reviewDays: optional(ruleTerms.reviewDays),
    servicePercent: optional(ruleTerms.servicePercent),
    packSize: optional(ruleTerms.packSize),
    orderMin: optional(ruleTerms.orderMin),
    minUnits: optional(ruleTerms.minUnits),
    maxUnits: optional(ruleTerms.maxUnits),
    coverDaysMax: optional(ruleTerms.coverDaysMax),
    supplier: optional(ruleTerms.supplier),
  })
  .meta({ id: 'SetReplenishmentRule' });
export const DropRule = z.object({ sku: code, warehouse: z.string().max(60).optional() });
export const ListRules = z.object({
  ...listInput,
  q: z.string().trim().max(100).optional(),
  sku: code.optional(),
});
export const RuleView = z
  .object({
    id: z.uuid(),
    sku: z.string(),
    title: z.string(),
    warehouse: z.string().nullable(),
    ...ruleTerms,
    version: z.int(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'ReplenishmentRule' });

export const LEVELS_MAX = 500;
export const SetLevels = z
  .object({
    items: z
      .array(
        z.object({ sku: code, warehouse: z.string().trim().min(1).max(60), safety: z.int().min(0).max(UNITS_MAX) }),
      )
      .min(1)
      .max(LEVELS_MAX),
  })
  .meta({ id: 'SetStockLevels' });

const abc = z.enum(['A', 'B', 'C']).nullable();
const part = z.number().nullable();

/** What is forecast for a SKU in a warehouse, how well it would have done, and when to order by it. */
export const PlanView = z
  .object({
    /** The first day forecast. */
    from: z.iso.date(),
    madeAt: z.iso.datetime(),
    method: z.string(),
    /** Units on each of the next days. */
    days: z.array(z.number()),
    perDay: z.number(),
    /** Half the width of the band in which a day lies with the service level, on either side. */
    dayError: z.number().nullable(),
    weekError: z.number().nullable(),
    weeksTried: z.int(),
    /** Weighted absolute percentage errors of weeks, as parts of one; null when nothing was asked for in the weeks tried. */
    wape: z.object({ ours: part, naive: part, seasonalNaive: part }),
    bias: part,
    leadDays: z.int(),
    reviewDays: z.int(),
    servicePercent: z.number(),
    packSize: z.int(),
    orderMin: z.int(),
    minUnits: z.int().nullable(),
    maxUnits: z.int().nullable(),
    coverDaysMax: z.int(),
    supplier: z.string().nullable(),
    leadUnits: z.number(),
    bufferUnits: z.int(),
    reorderPoint: z.int().nullable(),
    orderUpTo: z.int().nullable(),
    /** Sellable, in transit, less what orders wait for. */
    position: z.int(),
    waiting: z.int(),
    coverDays: z.int().nullable(),
    suggested: z.int(),
    /** The calculation in words, in the caller's language. */
    why: z.array(z.string()),
  })
  .meta({ id: 'StockPlan' });
export const SkuStockView = z
  .object({
    sku: z.string(),
    title: z.string(),
    status: z.enum(['on_sale', 'off_sale']),
    productId: z.uuid(),
    pictureUrl: z.string().nullable(),
    price: MoneyView,
    warehouses: z.array(
      z.object({
        warehouse: z.string(),
        onHand: z.int(),
        reserved: z.int(),
        available: z.int(),
        inTransit: z.int(),
        damaged: z.int(),
        frozen: z.int(),
        safety: z.int(),
        abc,
        plan: PlanView.nullable(),
      }),
    ),
    rules: z.array(RuleView),
    may: z.array(z.enum(['set_rule', 'set_levels'])),
  })
  .meta({ id: 'SkuStock' });
export const DEMAND_DAYS_MAX = 730;
export const ReadDemand = z.object({
  sku: code,
  warehouse: z.string().max(60),
  days: z.coerce.number().int().min(7).max(DEMAND_DAYS_MAX).default(182),
});
export const DemandView = z
  .object({
    /** The first day; the last is yesterday on the organisation's calendar. */
    from: z.iso.date(),
    units: z.array(z.int()),
  })
  .meta({ id: 'SkuDemand' });

export const ListSuggestions = z.object({
  ...listInput,
  q: z.string().trim().max(100).optional(),
  warehouse: z.string().max(60).optional(),
  supplier: z.string().trim().max(200).optional(),
});
export const SuggestionView = z
  .object({
    key: z.string(),
    sku: z.string(),
    title: z.string(),
    warehouse: z.string(),
    supplier: z.string().nullable(),
    abc,
    onHand: z.int(),
    reserved: z.int(),
    safety: z.int(),
    inTransit: z.int(),
    waiting: z.int(),
    perDay: z.number(),
    coverDays: z.int().nullable(),
    reorderPoint: z.int(),
    suggested: z.int(),
    /** Error of the forecast on the weeks before, and of the better one of the naive ones. */
    wape: part,
    wapeNaive: part,
    why: z.string(),
  })
  .meta({ id: 'ReplenishmentSuggestion' });

export const ListAlerts = z.object({
  ...listInput,
  kind: z.enum(ALERT_KINDS).optional(),
  state: z.enum(['open', 'closed']).default('open'),
  warehouse: z.string().max(60).optional(),
  q: z.string().trim().max(100).optional(),
});
export const AlertView = z
  .object({
    id: z.uuid(),
    kind: z.enum(ALERT_KINDS),
    sku: z.string(),
    title: z.string(),
    warehouse: z.string(),
    /** What it is about, in the caller's language. */
    says: z.string(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'StockAlert' });
export const CountAlerts = ListAlerts.pick({ warehouse: true, q: true });
export const AlertCounts = z
  .object({ low: z.int(), over: z.int(), slow: z.int(), expiring: z.int() })
  .meta({ id: 'StockAlertCounts' });

const SlottedView = z.object({ sku: z.string(), title: z.string(), bin: z.string(), perDay: z.number() });
export const SwapView = z
  .object({
    /** Asked for often, far from where picking begins. */
    often: SlottedView,
    /** Asked for seldom, in a better place. */
    seldom: SlottedView,
    zone: z.string().nullable(),
    /** An upper bound: who picks several goods on one walk saves less. */
    savedMetresPerDay: z.int(),
  })
  .meta({ id: 'SlottingSwap' });
