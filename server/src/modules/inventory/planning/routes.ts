import { z } from 'zod';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute, Nothing } from '#kernel/http/route.ts';
import { setLevels } from './commands/set-levels.ts';
import { dropRule, setRule } from './commands/set-rule.ts';
import { planningJob } from './nightly.ts';
import { countStockAlerts, listStockAlerts } from './queries/alerts.ts';
import { listReplenishmentRules } from './queries/rules.ts';
import { readDemand, readSku } from './queries/sku.ts';
import { slottingSuggestions } from './queries/slotting.ts';
import { listSuggestions } from './queries/suggestions.ts';
import {
  AlertCounts,
  AlertView,
  CountAlerts,
  DemandView,
  DropRule,
  ListAlerts,
  ListRules,
  ListSuggestions,
  ReadDemand,
  RuleView,
  SetLevels,
  SetRule,
  SkuStockView,
  SuggestionView,
  SwapView,
} from './schema.ts';

const tags = ['inventory'];
const write = 'inventory.replenishment.write';
const read = 'inventory.replenishment.read';

export const planningRoutes = [
  defineRoute({
    method: 'GET',
    path: '/stock/slotting',
    permission: read,
    tags,
    summary: 'Goods that should change places, so that what is picked often lies near',
    input: z.object({ warehouse: z.string().trim().min(1).max(60) }),
    output: z.object({ items: z.array(SwapView) }),
    run: slottingSuggestions,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/skus/{sku}',
    permission: 'inventory.stock.read',
    tags,
    summary: 'A SKU by warehouse: stock, forecast with its error, reorder point with its calculation, rules',
    input: z.object({ sku: z.string().trim().min(1).max(80) }),
    output: SkuStockView,
    run: readSku,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/skus/{sku}/demand',
    permission: 'inventory.stock.read',
    tags,
    summary: 'What was asked of a SKU in a warehouse, day by day up to yesterday',
    input: ReadDemand,
    output: DemandView,
    run: readDemand,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/suggestions',
    permission: read,
    tags,
    summary: 'What to order now and how much, the shortest cover first',
    input: ListSuggestions,
    output: listOf(SuggestionView),
    run: listSuggestions,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock/plan',
    permission: write,
    tags,
    summary: 'Count demand, forecast and look for alerts now instead of at night',
    input: z.object({}),
    output: Nothing,
    status: 202,
    run: async (tx, ctx) => {
      await planningJob.enqueue(tx, ctx, { at: ctx.now.toISOString() }, { key: 'plan' });
      return {};
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/rules',
    permission: read,
    tags,
    summary: 'How SKUs are bought where it is not as usual',
    input: ListRules,
    output: listOf(RuleView),
    run: listReplenishmentRules,
  }),
  defineRoute({
    method: 'PUT',
    path: '/stock/rules',
    permission: write,
    tags,
    summary: 'Say how a SKU is bought, in one warehouse or in all; absent fields are inherited',
    input: SetRule,
    output: RuleView,
    run: setRule,
  }),
  defineRoute({
    method: 'DELETE',
    path: '/stock/rules/{sku}',
    permission: write,
    tags,
    summary: 'Take a rule of a SKU back: for a warehouse, or the one for all',
    input: DropRule,
    output: Nothing,
    run: dropRule,
  }),
  defineRoute({
    method: 'PUT',
    path: '/stock/levels',
    permission: write,
    tags,
    summary: 'Set the safety stock of SKUs in warehouses: units no order may take',
    input: SetLevels,
    output: z.object({ changed: z.int() }),
    run: setLevels,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/alerts',
    permission: 'inventory.stock.read',
    tags,
    summary: 'Stock that is low, too much, slow-moving or near expiry, the newest first',
    input: ListAlerts,
    output: listOf(AlertView),
    run: listStockAlerts,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock/alerts/counts',
    permission: 'inventory.stock.read',
    tags,
    summary: 'How many alerts of each kind are open',
    input: CountAlerts,
    output: AlertCounts,
    run: countStockAlerts,
  }),
];
