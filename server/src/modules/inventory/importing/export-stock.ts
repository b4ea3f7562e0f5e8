import { z } from 'zod';
import { defineExport } from '#kernel/transfers/index.ts';
import { listStock } from '../queries/stock.ts';

const PAGE = 200;

/** Balances by SKU and warehouse, within the data scope of who asked. */
export const exportStock = defineExport({
  kind: 'stock',
  permission: 'inventory.stock.read',
  filters: z
    .object({
      sku: z.string().max(80).optional(),
      warehouse: z.string().max(60).optional(),
      q: z.string().max(100).optional(),
      lowOnly: z.boolean().optional(),
    })
    .strict(),
  columns: [
    'sku',
    'title',
    'warehouse',
    'on_hand',
    'reserved',
    'available',
    'in_transit',
    'damaged',
    'frozen',
    'safety',
  ],
  async *pages({ db, ctx }, filters) {
    let cursor: string | undefined;
    for (;;) {
      const page = await db.read(ctx, (tx) =>
        listStock(tx, ctx, { ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
      );
      yield page.items.map((s) => [
        s.sku,
        s.title,
        s.warehouse,
        s.onHand,
        s.reserved,
        s.available,
        s.inTransit,
        s.damaged,
        s.frozen,
        s.safety,
      ]);
      if (page.nextCursor === null) return;
      cursor = page.nextCursor;
    }
  },
});
