import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { skusByIds, skusMatching } from '#modules/catalog/index.ts';
import { quantityToOrder } from '../../domain/reorder.ts';
import { allWarehouses, type WarehouseRow } from '../../store/warehouses.ts';
import { waitingUnits } from '../ports.ts';
import type { ListSuggestions, SuggestionView } from '../schema.ts';
import type { PlanRow } from '../store/plans.ts';
import { reason } from '../words.ts';

const SKUS_MATCHED_MAX = 500;

type Row = Omit<PlanRow, 'made_on' | 'made_at' | 'days' | 'last_demand_on'> & {
  on_hand: number;
  reserved: number;
  safety: number;
  in_transit: number;
  waiting: number;
  cover: number;
  supplier: string | null;
};

// Goods orders wait for are wanted where stock is taken from first. Cover counts whole days; who has no forecast comes first, by a minimum.
const SUGGESTIONS = `
with waiting as (select s as sku_id, n as units from unnest($2::uuid[], $3::bigint[]) as u (s, n)),
t as (
  select p.sku_id, p.warehouse_id, p.on_sale, p.method, p.per_day, p.week_error, p.weeks_tried, p.wape_ours, p.wape_naive, p.wape_seasonal, p.bias, p.lead_days,
         p.review_days, p.service_percent::float8 as service_percent, p.pack_size, p.order_min, p.min_units, p.max_units, p.cover_days_max, p.lead_units,
         p.buffer_units, p.reorder_point, p.order_up_to, p.window_units, p.window_value, p.abc,
         coalesce(b.on_hand, 0) as on_hand, coalesce(b.reserved, 0) as reserved, coalesce(b.safety, 0) as safety, coalesce(b.in_transit, 0) as in_transit,
         coalesce(w.units, 0) as waiting, coalesce(own.supplier, every.supplier) as supplier
    from inventory.plans p
    left join inventory.balances b on b.org_id = p.org_id and b.sku_id = p.sku_id and b.warehouse_id = p.warehouse_id
    left join waiting w on w.sku_id = p.sku_id and p.warehouse_id = $4
    left join inventory.replenishment_rules own on own.org_id = p.org_id and own.sku_id = p.sku_id and own.warehouse_id = p.warehouse_id
    left join inventory.replenishment_rules every on every.org_id = p.org_id and every.sku_id = p.sku_id and every.warehouse_id is null
   where p.org_id = $1 and p.on_sale and p.reorder_point is not null and p.warehouse_id = any ($5) and ($6::uuid[] is null or p.sku_id = any ($6))),
found as (
  select *, case when per_day > 0 then least(floor(greatest(on_hand - reserved - safety, 0) / per_day), 99999)::integer else 0 end as cover from t
   where on_hand - reserved - safety + in_transit - waiting <= reorder_point and ($7::text is null or supplier = $7)
     and (max_units is null or on_hand - reserved - safety + in_transit - waiting + pack_size <= max_units))
select * from found where $8::integer is null or (cover, sku_id, warehouse_id) > ($8, $9::uuid, $10::uuid) order by cover, sku_id, warehouse_id limit $11`;

/** What to order now, the shortest cover first, within the actor's data scope. */
export async function listSuggestions(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListSuggestions>,
): Promise<Page<z.input<typeof SuggestionView>>> {
  const warehouses = await allWarehouses(tx);
  const wanted = warehouses.filter(
    (w) => (ctx.actor.warehouses?.has(w.id) ?? true) && (input.warehouse === undefined || w.code === input.warehouse),
  );
  const found = input.q === undefined ? null : await skusMatching(tx, input.q, SKUS_MATCHED_MAX);
  const waiting = await waitingUnits(tx);
  const after = input.cursor === undefined ? [null, null, null] : decodeCursor('suggestions', input.cursor, 3);
  const rows = await tx.query<Row>(SUGGESTIONS, [
    tx.orgId,
    [...waiting.keys()],
    [...waiting.values()],
    warehouses[0]?.id ?? null,
    wanted.map((w) => w.id),
    found?.map((s) => s.id) ?? null,
    input.supplier ?? null,
    ...after,
    input.limit + 1,
  ]);
  const skus = new Map(
    (
      await skusByIds(
        tx,
        rows.map((r) => r.sku_id),
      )
    ).map((s) => [s.id, s]),
  );
  const byId = new Map(warehouses.map((w) => [w.id, w]));
  return pageOf(
    rows,
    input.limit,
    'suggestions',
    (r) => [r.cover, r.sku_id, r.warehouse_id],
    (r) => present(ctx, r, skus.get(r.sku_id), byId.get(r.warehouse_id)),
  );
}

function present(
  ctx: Ctx,
  r: Row,
  sku: { sku: string; title: string } | undefined,
  warehouse: WarehouseRow | undefined,
): z.input<typeof SuggestionView> {
  const available = r.on_hand - r.reserved - r.safety;
  const position = available + r.in_transit - r.waiting;
  const suggested = quantityToOrder(
    position,
    { reorderPoint: r.reorder_point, orderUpTo: r.order_up_to },
    { packSize: r.pack_size, orderMin: r.order_min, maxUnits: r.max_units },
  );
  const naive = [r.wape_naive, r.wape_seasonal].filter((w) => w !== null);
  return {
    key: `${r.sku_id} ${r.warehouse_id}`,
    sku: sku?.sku ?? r.sku_id,
    title: sku?.title ?? '',
    warehouse: warehouse?.code ?? '',
    supplier: r.supplier,
    abc: r.abc,
    onHand: r.on_hand,
    reserved: r.reserved,
    safety: r.safety,
    inTransit: r.in_transit,
    waiting: r.waiting,
    perDay: Math.round(r.per_day * 100) / 100,
    coverDays: r.per_day > 0 ? r.cover : null,
    reorderPoint: r.reorder_point ?? 0,
    suggested,
    wape: r.wape_ours,
    wapeNaive: naive.length === 0 ? null : Math.min(...naive),
    why: reason(ctx.locale, r, { available, inTransit: r.in_transit, waiting: r.waiting, position, suggested }),
  };
}
