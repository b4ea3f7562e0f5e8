import type { z } from 'zod';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { WarehouseNotFound } from '../../errors.ts';
import { inventorySettings } from '../../settings.ts';
import { findWarehouse } from '../../store/warehouses.ts';
import type { BinDueView, DueReason, FindDue } from '../schema.ts';
import { WALK } from '../store/bins.ts';
import { classesOf, valuesOf } from './scope.ts';

type Standing = {
  bin_id: string;
  bin: string;
  zone: string | null;
  since: Date;
  counted_at: Date | null;
  skus: string[];
  units: number[];
  aside: boolean;
  refused: boolean;
};

/** What asks most for a count comes first. */
const WEIGHT: Readonly<Record<DueReason, number>> = { short_pick: 16, refused: 8, high_value: 4, class_a: 2, stale: 1 };

/**
 * Bins that are due to be counted: after a short pick or a count that could not be booked at once, where what sells best or is
 * worth most stands after some days, all others after more. Those in a count already are left out.
 */
export async function findDue(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof FindDue>,
): Promise<{ items: z.input<typeof BinDueView>[] }> {
  const warehouse = await findWarehouse(tx, input.warehouse);
  if (!warehouse || !seesWarehouse(ctx, warehouse.id)) throw new WarehouseNotFound({ warehouse: input.warehouse });
  const settings = await inventorySettings.get(tx);
  const [often, seldom] = [settings.countOftenDays * DAY_MS, settings.countSeldomDays * DAY_MS];
  const classes = await classesOf(tx, warehouse.id, ctx.now);
  const bins = await standing(tx, warehouse.id);
  const values = await valuesOf(
    tx,
    bins.flatMap((b) => b.skus),
  );
  const due = bins.flatMap((b) => {
    const age = ctx.now.getTime() - b.since.getTime();
    const worth = b.skus.reduce((n, sku, i) => n + (b.units[i] ?? 0) * (values.get(sku) ?? 0), 0);
    const reasons: DueReason[] = [
      ...(b.aside ? (['short_pick'] as const) : []),
      ...(b.refused ? (['refused'] as const) : []),
      ...(age >= often && worth >= settings.countOftenValue ? (['high_value'] as const) : []),
      ...(age >= often && b.skus.some((sku) => classes.get(sku) === 'A') ? (['class_a'] as const) : []),
      ...(age >= seldom ? (['stale'] as const) : []),
    ];
    return reasons.length === 0 ? [] : [{ bin: b, age, reasons }];
  });
  const weight = (reasons: readonly DueReason[]): number => reasons.reduce((n, r) => n + WEIGHT[r], 0);
  return {
    items: due
      .toSorted((a, b) => weight(b.reasons) - weight(a.reasons) || b.age - a.age)
      .slice(0, input.limit)
      .map(({ bin, reasons }) => ({
        bin: bin.bin,
        zone: bin.zone,
        reasons,
        skus: new Set(bin.skus).size,
        lastCountedAt: bin.counted_at?.toISOString() ?? null,
      })),
  };
}

const BINS_MAX = 50_000;

/** Bins with goods that no count has at the moment, with when each was counted last, or made. */
async function standing(tx: Tx, warehouseId: string): Promise<Standing[]> {
  return tx.query<Standing>(
    `select b.id as bin_id, b.code as bin, z.code as zone, coalesce(c.at, b.created_at) as since, c.at as counted_at, s.skus, s.units,
            s.frozen and exists (
              select from inventory.moves m where m.org_id = $1 and m.sku_id = any (s.skus) and m.bin_id = b.id and m.kind = 'freeze' and m.line_id is not null
                 and m.at > coalesce(c.at, '-infinity')) as aside,
            exists (select from inventory.stock_take_lines l join inventory.stock_takes t on t.org_id = l.org_id and t.id = l.take_id
               where l.org_id = $1 and l.bin_id = b.id and l.outcome = 'refused' and t.ended_at >= coalesce(c.at, '-infinity')) as refused
       from inventory.bins b left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
       join lateral (select array_agg(sku_id) as skus, array_agg(quantity) as units, bool_or(state = 'frozen') as frozen from inventory.bin_stock s
         where s.org_id = $1 and s.bin_id = b.id and s.quantity > 0) s on s.skus is not null
       left join lateral (select max(h.done_at) as at from inventory.stock_take_bins h join inventory.stock_takes t on t.org_id = h.org_id and t.id = h.take_id
         where h.org_id = $1 and h.bin_id = b.id and t.state = 'posted') c on true
      where b.org_id = $1 and b.warehouse_id = $2 and b.kind in ('storage', 'floor', 'quarantine')
        and not exists (select from inventory.stock_take_bins h where h.org_id = $1 and h.bin_id = b.id and h.held)
      order by ${WALK} limit ${BINS_MAX}`,
    [tx.orgId, warehouseId],
  );
}
