import type { Terms } from '../domain/reorder.ts';
import type { PlanningSettings } from './settings.ts';
import type { RuleRow } from './store/rules.ts';

/** What holds for a SKU in a warehouse: field by field of its own rule, else of the SKU's rule for all warehouses, else of the settings. */
export function effectiveTerms(
  settings: PlanningSettings,
  rules: readonly RuleRow[],
  warehouseId: string,
): Terms & { supplier: string | null } {
  const own = rules.find((r) => r.warehouse_id === warehouseId);
  const all = rules.find((r) => r.warehouse_id === null);
  const of = <K extends keyof RuleRow>(key: K): RuleRow[K] | null => own?.[key] ?? all?.[key] ?? null;
  return {
    leadDays: of('lead_days') ?? settings.leadDays,
    reviewDays: of('review_days') ?? settings.reviewDays,
    servicePercent: of('service_percent') ?? settings.servicePercent,
    packSize: of('pack_size') ?? 1,
    orderMin: of('order_min') ?? 1,
    minUnits: of('min_units'),
    maxUnits: of('max_units'),
    coverDaysMax: of('cover_days_max') ?? settings.coverDaysMax,
    supplier: of('supplier'),
  };
}
