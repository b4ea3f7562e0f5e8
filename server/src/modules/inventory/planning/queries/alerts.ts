import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { skusByIds, skusMatching } from '#modules/catalog/index.ts';
import { allWarehouses, type WarehouseRow } from '../../store/warehouses.ts';
import type { AlertCounts, AlertView, CountAlerts, ListAlerts } from '../schema.ts';
import { countAlerts, listAlerts } from '../store/alerts.ts';
import { alertText } from '../words.ts';

const SKUS_MATCHED_MAX = 500;

/** The part of the stock a list is about: warehouses of the actor's scope, and SKUs when they are searched for. */
async function scopeOf(
  tx: Tx,
  ctx: Ctx,
  input: { q?: string | undefined; warehouse?: string | undefined },
): Promise<{ warehouses: WarehouseRow[]; skuIds: string[] | null }> {
  const warehouses = (await allWarehouses(tx)).filter(
    (w) => (ctx.actor.warehouses?.has(w.id) ?? true) && (input.warehouse === undefined || w.code === input.warehouse),
  );
  const found = input.q === undefined ? null : await skusMatching(tx, input.q, SKUS_MATCHED_MAX);
  return { warehouses, skuIds: found?.map((s) => s.id) ?? null };
}

/** What deserves a look, or did, the newest first. */
export async function listStockAlerts(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListAlerts>,
): Promise<Page<z.input<typeof AlertView>>> {
  const { warehouses, skuIds } = await scopeOf(tx, ctx, input);
  const [beforeId = null] = input.cursor === undefined ? [] : (decodeCursor('alerts', input.cursor, 1) as string[]);
  const rows = await listAlerts(tx, {
    kind: input.kind ?? null,
    open: input.state === 'open',
    skuIds,
    warehouseIds: warehouses.map((w) => w.id),
    beforeId,
    limit: input.limit + 1,
  });
  const skus = new Map(
    (
      await skusByIds(
        tx,
        rows.map((r) => r.sku_id),
      )
    ).map((s) => [s.id, s]),
  );
  const codes = new Map(warehouses.map((w) => [w.id, w.code]));
  return pageOf(
    rows,
    input.limit,
    'alerts',
    (r) => [r.id],
    (r) => ({
      id: r.id,
      kind: r.kind,
      sku: skus.get(r.sku_id)?.sku ?? r.sku_id,
      title: skus.get(r.sku_id)?.title ?? '',
      warehouse: codes.get(r.warehouse_id) ?? '',
      says: alertText(ctx.locale, r.kind, r.facts),
      openedAt: r.opened_at.toISOString(),
      closedAt: r.closed_at?.toISOString() ?? null,
    }),
  );
}

/** How many are open of each kind. */
export async function countStockAlerts(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof CountAlerts>,
): Promise<z.input<typeof AlertCounts>> {
  const { warehouses, skuIds } = await scopeOf(tx, ctx, input);
  const counts = await countAlerts(tx, { skuIds, warehouseIds: warehouses.map((w) => w.id) });
  const of = (kind: 'low' | 'over' | 'slow' | 'expiring'): number => counts.get(kind) ?? 0;
  return { low: of('low'), over: of('over'), slow: of('slow'), expiring: of('expiring') };
}
