import { z } from 'zod';
import { defineExport } from '#kernel/transfers/index.ts';
import { skusByCode, skusByIds } from '#modules/catalog/index.ts';
import { allWarehouses } from '../store/warehouses.ts';

const PAGE = 500;

type Row = {
  sku_id: string;
  bin_id: string;
  batch_id: string;
  state: string;
  warehouse_id: string;
  quantity: number;
  allocated: number;
  zone: string | null;
  bin: string;
  batch: string | null;
  produced_on: string | null;
  expires_on: string | null;
};

/** What stands where, by bin and batch, within the data scope of who asked. */
export const exportStockBins = defineExport({
  kind: 'stock-bins',
  permission: 'inventory.stock.read',
  filters: z
    .object({
      sku: z.string().max(80).optional(),
      warehouse: z.string().max(60).optional(),
      zone: z.string().max(40).optional(),
      bin: z.string().max(60).optional(),
      state: z.enum(['good', 'damaged', 'frozen']).optional(),
      /** Batches that expire on or before this day. */
      expiresBy: z.iso.date().optional(),
    })
    .strict(),
  columns: [
    'sku',
    'title',
    'warehouse',
    'zone',
    'bin',
    'batch',
    'produced_on',
    'expires_on',
    'state',
    'quantity',
    'allocated',
  ],
  async *pages({ db, ctx }, filters) {
    let after: Row | undefined;
    for (;;) {
      const page = await db.read(ctx, async (tx) => {
        const warehouses = (await allWarehouses(tx)).filter(
          (w) => (ctx.actor.warehouses?.has(w.id) ?? true) && (filters.warehouse ?? w.code) === w.code,
        );
        const skus = filters.sku === undefined ? null : (await skusByCode(tx, [filters.sku])).map((s) => s.id);
        const rows: Row[] = await tx.query<Row>(
          `select s.sku_id, s.bin_id, s.batch_id, s.state, s.warehouse_id, s.quantity, s.allocated, z.code as zone, b.code as bin, x.batch_no as batch,
                  x.produced_on::text as produced_on, x.expires_on::text as expires_on
             from inventory.bin_stock s join inventory.bins b on b.org_id = s.org_id and b.id = s.bin_id
             left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
             left join inventory.batches x on x.org_id = s.org_id and x.id = s.batch_id
            where s.org_id = $1 and s.quantity > 0 and s.warehouse_id = any ($2) and ($3::uuid[] is null or s.sku_id = any ($3))
              and ($4::text is null or z.code = $4) and ($5::text is null or b.code = $5) and ($6::text is null or s.state = $6)
              and ($7::date is null or x.expires_on <= $7)
              and ($8::uuid is null or (s.sku_id, s.bin_id, s.batch_id, s.state) > ($8, $9::uuid, $10::uuid, $11::text))
            order by s.sku_id, s.bin_id, s.batch_id, s.state limit $12`,
          [
            tx.orgId,
            warehouses.map((w) => w.id),
            skus,
            filters.zone ?? null,
            filters.bin ?? null,
            filters.state ?? null,
            filters.expiresBy ?? null,
            after?.sku_id ?? null,
            after?.bin_id ?? null,
            after?.batch_id ?? null,
            after?.state ?? null,
            PAGE,
          ],
        );
        const named = new Map((await skusByIds(tx, [...new Set(rows.map((r) => r.sku_id))])).map((s) => [s.id, s]));
        const codes = new Map(warehouses.map((w) => [w.id, w.code]));
        return { rows, named, codes };
      });
      if (page.rows.length === 0) return;
      yield page.rows.map((r) => [
        page.named.get(r.sku_id)?.sku ?? r.sku_id,
        page.named.get(r.sku_id)?.title ?? '',
        page.codes.get(r.warehouse_id) ?? '',
        r.zone,
        r.bin,
        r.batch,
        r.produced_on,
        r.expires_on,
        r.state,
        r.quantity,
        r.allocated,
      ]);
      after = page.rows.at(-1);
    }
  },
});
