import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { warehouseOf } from '../../commands/bins.ts';
import type { AbcClass } from '../../domain/abc.ts';
import { suggestSwaps, type SlottedItem } from '../../domain/slotting.ts';
import type { SwapView } from '../schema.ts';

const PLACES_MAX = 20_000;
const METRE_MM = 1_000;

type Row = {
  sku_id: string;
  bin_id: string;
  bin: string;
  zone: string | null;
  x_mm: number;
  y_mm: number;
  abc: AbcClass;
  per_day: number;
};

/**
 * Which goods should change places (INV-7): often asked ones that lie far from where picking begins, and seldom asked ones in better
 * places of the same zone. What a SKU is asked for is shared evenly over its bins.
 */
export async function slottingSuggestions(
  tx: Tx,
  ctx: Ctx,
  input: { warehouse: string },
): Promise<{ items: z.input<typeof SwapView>[] }> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const { layout } = warehouse;
  if (!layout) return { items: [] };
  const rows = await tx.query<Row>(
    `with places as (
       select s.sku_id, s.bin_id, b.code as bin, z.code as zone, b.x_mm, b.y_mm from inventory.bin_stock s
         join inventory.bins b on b.org_id = s.org_id and b.id = s.bin_id and b.kind = 'storage' and b.x_mm is not null
         left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
        where s.org_id = $1 and s.warehouse_id = $2 and s.state = 'good' and s.quantity > 0
        group by 1, 2, 3, 4, 5, 6 limit ${PLACES_MAX})
     select p.*, n.abc, n.per_day / count(*) over (partition by p.sku_id) as per_day
       from places p join inventory.plans n on n.org_id = $1 and n.sku_id = p.sku_id and n.warehouse_id = $2 and n.abc is not null`,
    [tx.orgId, warehouse.id],
  );
  const depot = {
    xMm: layout.aislesMm[layout.depot.aisle] ?? 0,
    yMm: layout.depot.end === 'front' ? (layout.crossAislesMm[0] ?? 0) : (layout.crossAislesMm.at(-1) ?? 0),
  };
  // goods stay in their zone: it keeps them as cold as they need it
  const swaps = [...Map.groupBy(rows, (r) => r.zone)].flatMap(([, here]) =>
    suggestSwaps(
      here.map((r): SlottedItem => ({ skuId: r.sku_id, binId: r.bin_id, abc: r.abc, picksPerDay: r.per_day })),
      [...new Map(here.map((r) => [r.bin_id, { id: r.bin_id, xMm: r.x_mm, yMm: r.y_mm }])).values()],
      { depot, savedMmMin: METRE_MM },
    ),
  );
  const bins = new Map(rows.map((r) => [r.bin_id, r]));
  const skus = new Map(
    (await skusByIds(tx, [...new Set(swaps.flatMap((s) => [s.far.skuId, s.near.skuId]))])).map((s) => [s.id, s]),
  );
  const show = (item: SlottedItem) => ({
    sku: skus.get(item.skuId)?.sku ?? item.skuId,
    title: skus.get(item.skuId)?.title ?? '',
    bin: bins.get(item.binId)?.bin ?? '',
    perDay: Math.round(item.picksPerDay * 100) / 100,
  });
  return {
    items: swaps
      .toSorted((a, b) => b.savedMmPerDay - a.savedMmPerDay)
      .map((s) => ({
        often: show(s.far),
        seldom: show(s.near),
        zone: bins.get(s.far.binId)?.zone ?? null,
        savedMetresPerDay: Math.round(s.savedMmPerDay / METRE_MM),
      })),
  };
}
