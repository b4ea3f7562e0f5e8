import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden, PreconditionFailed } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { type SkuRow, skusByCode } from '#modules/catalog/index.ts';
import { WarehouseNotFound } from '../../errors.ts';
import { findWarehouse, type WarehouseRow } from '../../store/warehouses.ts';
import { mayTouch } from '../../commands/document.ts';
import { ReplenishmentInvalid, ReplenishmentRuleNotFound, StockSkuNotFound } from '../errors.ts';
import { ReplenishmentRuleDropped, ReplenishmentRuleSet } from '../events.ts';
import { presentRule } from '../present.ts';
import type { DropRule, RuleView, SetRule } from '../schema.ts';
import { deleteRule, lockRule, type RuleRow, type RuleTerms, saveRule } from '../store/rules.ts';
import { makePlans } from './make-plans.ts';

/** @throws StockSkuNotFound */
export async function skuNamed(tx: Tx, code: string): Promise<SkuRow> {
  const [sku] = await skusByCode(tx, [code]);
  if (!sku) throw new StockSkuNotFound({ sku: code });
  return sku;
}

/** The warehouse named, of the actor's data scope. @throws WarehouseNotFound, Forbidden */
export async function warehouseNamed(tx: Tx, ctx: Ctx, code: string): Promise<WarehouseRow> {
  const warehouse = await findWarehouse(tx, code);
  if (!warehouse) throw new WarehouseNotFound({ warehouse: code });
  mayTouch(ctx, warehouse);
  return warehouse;
}

/** A rule for all warehouses is for those who see all of them. */
async function placeNamed(tx: Tx, ctx: Ctx, code: string | null): Promise<WarehouseRow | null> {
  if (code !== null) return warehouseNamed(tx, ctx, code);
  if (ctx.actor.warehouses !== null) throw new Forbidden({ warehouse: '*' });
  return null;
}

const toTerms = (input: z.output<typeof SetRule>): RuleTerms => ({
  lead_days: input.leadDays,
  review_days: input.reviewDays,
  service_percent: input.servicePercent,
  pack_size: input.packSize,
  order_min: input.orderMin,
  min_units: input.minUnits,
  max_units: input.maxUnits,
  cover_days_max: input.coverDaysMax,
  supplier: input.supplier === '' ? null : input.supplier,
});

/** Says how a SKU is bought, for one warehouse or for all without a rule of their own. What it leaves open is inherited. Plans follow at once. */
export async function setRule(tx: Tx, ctx: Ctx, input: z.output<typeof SetRule>): Promise<z.input<typeof RuleView>> {
  const sku = await skuNamed(tx, input.sku);
  const warehouse = await placeNamed(tx, ctx, input.warehouse);
  const terms = toTerms(input);
  const [least, most] = [terms.min_units, terms.max_units];
  if (least !== null && most !== null && least >= most)
    throw new ReplenishmentInvalid({}, [{ path: 'maxUnits', code: 'max_not_above_min', facts: { min: least } }]);
  const before = await lockRule(tx, sku.id, warehouse?.id ?? null);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== (before?.version ?? 0))
    throw new PreconditionFailed({ version: before?.version ?? 0 });
  const row: RuleRow = {
    id: before?.id ?? newId(ctx.now.getTime()),
    sku_id: sku.id,
    warehouse_id: warehouse?.id ?? null,
    ...terms,
    version: (before?.version ?? 0) + 1,
    updated_at: ctx.now,
    updated_by: ctx.actor.id,
  };
  const changed = (Object.keys(terms) as (keyof RuleTerms)[]).filter((k) => terms[k] !== (before?.[k] ?? null));
  if (before && changed.length === 0) return presentRule(before, sku, warehouse?.code ?? null);
  await saveRule(tx, row);
  await ReplenishmentRuleSet.emit(tx, ctx, row.id, {
    sku: sku.sku,
    warehouse: warehouse?.code ?? null,
    was: Object.fromEntries(changed.map((k) => [k, before?.[k] ?? null])),
    now: Object.fromEntries(changed.map((k) => [k, terms[k]])),
  });
  await makePlans(tx, ctx, [sku.id]);
  return presentRule(row, sku, warehouse?.code ?? null);
}

/** Takes a rule back: what it said is inherited again. */
export async function dropRule(tx: Tx, ctx: Ctx, input: z.output<typeof DropRule>): Promise<Record<string, never>> {
  const sku = await skuNamed(tx, input.sku);
  const warehouse = await placeNamed(tx, ctx, input.warehouse ?? null);
  const rule = await lockRule(tx, sku.id, warehouse?.id ?? null);
  if (!rule) throw new ReplenishmentRuleNotFound({ sku: sku.sku });
  await deleteRule(tx, rule.id);
  await ReplenishmentRuleDropped.emit(tx, ctx, rule.id, { sku: sku.sku, warehouse: warehouse?.code ?? null });
  await makePlans(tx, ctx, [sku.id]);
  return {};
}
