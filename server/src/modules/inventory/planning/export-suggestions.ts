import { z } from 'zod';
import { defineExport } from '#kernel/transfers/index.ts';
import { listSuggestions } from './queries/suggestions.ts';

const PAGE = 200;
const percent = (part: number | null | undefined): number | null =>
  part === null || part === undefined ? null : Math.round(part * 1000) / 10;

/** What to order now, for whoever writes the purchase orders; within the data scope of who asked. */
export const exportSuggestions = defineExport({
  kind: 'replenishment',
  permission: 'inventory.replenishment.read',
  filters: z
    .object({
      q: z.string().max(100).optional(),
      warehouse: z.string().max(60).optional(),
      supplier: z.string().max(200).optional(),
    })
    .strict(),
  columns: [
    'sku',
    'title',
    'warehouse',
    'supplier',
    'class',
    'suggested',
    'on_hand',
    'reserved',
    'safety',
    'in_transit',
    'waiting',
    'per_day',
    'cover_days',
    'reorder_point',
    'error_percent',
    'naive_error_percent',
    'why',
  ],
  async *pages({ db, ctx }, filters) {
    let cursor: string | undefined;
    for (;;) {
      const page = await db.read(ctx, (tx) =>
        listSuggestions(tx, ctx, { ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
      );
      yield page.items.map((s) => [
        s.sku,
        s.title,
        s.warehouse,
        s.supplier ?? '',
        s.abc ?? '',
        s.suggested,
        s.onHand,
        s.reserved,
        s.safety,
        s.inTransit,
        s.waiting,
        s.perDay,
        s.coverDays,
        s.reorderPoint,
        percent(s.wape),
        percent(s.wapeNaive),
        s.why,
      ]);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  },
});
