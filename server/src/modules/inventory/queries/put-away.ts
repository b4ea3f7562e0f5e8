import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { warehouseOf } from '../commands/bins.ts';
import { NO_BATCH } from '../domain/choose-stock.ts';
import type { PutAwayView } from '../schema-bins.ts';

const LINES_MAX = 500;

type Line = {
  sku_id: string;
  bin: string;
  batch_id: string;
  batch: string | null;
  expires_on: string | null;
  state: 'good' | 'damaged' | 'frozen';
  quantity: number;
  same: string | null;
  empty: string | null;
};

/**
 * What stands on the floor, or was picked and is wanted no more, and where to put it: to the same goods, else into the empty
 * bin nearest to the depot that keeps them as cold as they need it.
 */
export async function putAwayList(
  tx: Tx,
  ctx: Ctx,
  input: { warehouse: string },
): Promise<{ items: z.input<typeof PutAwayView>[] }> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const ids = await tx.query<{ sku_id: string }>(
    `select distinct s.sku_id from inventory.bin_stock s join inventory.bins b on b.org_id = s.org_id and b.id = s.bin_id
      where s.org_id = $1 and s.warehouse_id = $2 and b.kind in ('floor', 'staging') and s.quantity > s.allocated`,
    [tx.orgId, warehouse.id],
  );
  const skus = new Map(
    (
      await skusByIds(
        tx,
        ids.map((r) => r.sku_id),
      )
    ).map((s) => [s.id, s]),
  );
  const depot = warehouse.layout?.aislesMm[warehouse.layout.depot.aisle] ?? 0;
  const front = warehouse.layout?.depot.end === 'back' ? (warehouse.layout.crossAislesMm.at(-1) ?? 0) : 0;
  const rows = await tx.query<Line>(
    `with goods as (select * from unnest($3::uuid[], $4::text[]) g (sku_id, storage))
     select s.sku_id, b.code as bin, s.batch_id, x.batch_no as batch, x.expires_on::text as expires_on, s.state, s.quantity - s.allocated as quantity,
            (select o.code from inventory.bin_stock t join inventory.bins o on o.org_id = t.org_id and o.id = t.bin_id
              where t.org_id = s.org_id and t.sku_id = s.sku_id and t.warehouse_id = s.warehouse_id and t.quantity > 0 and t.state = s.state and o.kind = 'storage' and not o.closed
              order by t.batch_id = s.batch_id desc, t.quantity, o.code limit 1) as same,
            (select o.code from inventory.bins o left join inventory.zones z on z.org_id = o.org_id and z.id = o.zone_id
              where o.org_id = s.org_id and o.warehouse_id = s.warehouse_id and o.kind = 'storage' and not o.closed
                and (z.id is null or z.temperature = g.storage or (g.storage = 'ambient' and z.temperature = 'chilled'))
                and not exists (select from inventory.bin_stock t where t.org_id = o.org_id and t.bin_id = o.id and t.quantity > 0)
              order by coalesce(z.temperature = g.storage, true) desc, abs(o.x_mm - $5) + abs(o.y_mm - $6) nulls last, o.level nulls last, o.code limit 1) as empty
       from inventory.bin_stock s join inventory.bins b on b.org_id = s.org_id and b.id = s.bin_id join goods g on g.sku_id = s.sku_id
       left join inventory.batches x on x.org_id = s.org_id and x.id = s.batch_id
      where s.org_id = $1 and s.warehouse_id = $2 and b.kind in ('floor', 'staging') and s.quantity > s.allocated
      order by b.kind, s.sku_id, s.batch_id, s.state limit ${LINES_MAX}`,
    [tx.orgId, warehouse.id, [...skus.keys()], [...skus.values()].map((s) => s.storage), depot, front],
  );
  return {
    items: rows.map((r) => ({
      sku: skus.get(r.sku_id)?.sku ?? r.sku_id,
      barcode: skus.get(r.sku_id)?.barcode ?? null,
      title: skus.get(r.sku_id)?.title ?? '',
      storage: skus.get(r.sku_id)?.storage ?? 'ambient',
      bin: r.bin,
      batch: r.batch_id === NO_BATCH ? null : r.batch,
      expiresOn: r.expires_on,
      state: r.state,
      quantity: r.quantity,
      to: r.same ?? r.empty,
      why: r.same === null ? (r.empty === null ? null : 'nearest_empty') : 'same_goods',
    })),
  };
}
