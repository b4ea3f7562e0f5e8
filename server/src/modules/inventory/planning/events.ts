import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const where = { sku: z.string(), warehouse: z.string().nullable() };
const terms = z.record(z.string(), z.union([z.number(), z.string(), z.null()]));

export const SafetyStockSet = defineEvent(
  'inventory.safety_stock_set.v1',
  z.object({ ...where, warehouse: z.string(), was: z.int(), now: z.int() }),
);
/** `was` and `now` hold the terms that changed. */
export const ReplenishmentRuleSet = defineEvent(
  'inventory.replenishment_rule_set.v1',
  z.object({ ...where, was: terms, now: terms }),
);
export const ReplenishmentRuleDropped = defineEvent('inventory.replenishment_rule_dropped.v1', z.object(where));
/** What a night found anew, and what it found no more. */
export const StockAlertsChecked = defineEvent(
  'inventory.stock_alerts_checked.v1',
  z.object({ opened: z.int(), closed: z.int(), open: z.int() }),
);
