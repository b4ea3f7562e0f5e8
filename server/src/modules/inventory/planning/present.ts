import type { z } from 'zod';
import type { SkuRow } from '#modules/catalog/index.ts';
import type { RuleView } from './schema.ts';
import type { RuleRow } from './store/rules.ts';

export const presentRule = (
  r: RuleRow,
  sku: Pick<SkuRow, 'sku' | 'title'> | undefined,
  warehouse: string | null,
): z.input<typeof RuleView> => ({
  id: r.id,
  sku: sku?.sku ?? r.sku_id,
  title: sku?.title ?? '',
  warehouse,
  leadDays: r.lead_days,
  reviewDays: r.review_days,
  servicePercent: r.service_percent,
  packSize: r.pack_size,
  orderMin: r.order_min,
  minUnits: r.min_units,
  maxUnits: r.max_units,
  coverDaysMax: r.cover_days_max,
  supplier: r.supplier,
  version: r.version,
  updatedAt: r.updated_at.toISOString(),
});
