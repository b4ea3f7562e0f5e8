import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, listOf, pageOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import type { z } from 'zod';
import { skusByCode, skusByIds } from '#modules/catalog/index.ts';
import { setAllotment } from './commands/set-allotment.ts';
import { AllotmentView, ListAllotments, SetAllotment } from './schema-allotments.ts';
import { listAllotments } from './store/allotments.ts';
import { allWarehouses } from './store/warehouses.ts';

async function showAllotments(tx: Tx, ctx: Ctx, input: z.output<typeof ListAllotments>) {
  const warehouses = (await allWarehouses(tx)).filter(
    (w) => seesWarehouse(ctx, w.id) && (input.warehouse === undefined || w.code === input.warehouse),
  );
  const [before = null] = input.cursor === undefined ? [] : (decodeCursor('allotments', input.cursor, 1) as string[]);
  const rows = await listAllotments(tx, {
    channel: input.channel,
    skuIds: input.sku === undefined ? null : (await skusByCode(tx, [input.sku])).map((s) => s.id),
    warehouseIds: warehouses.map((w) => w.id),
    before,
    limit: input.limit + 1,
  });
  const skus = new Map((await skusByIds(tx, [...new Set(rows.map((r) => r.sku_id))])).map((s) => [s.id, s]));
  const codes = new Map(warehouses.map((w) => [w.id, w.code]));
  return pageOf(
    rows,
    input.limit,
    'allotments',
    (r) => [r.id],
    (r) => ({
      sku: skus.get(r.sku_id)?.sku ?? r.sku_id,
      title: skus.get(r.sku_id)?.title ?? '',
      warehouse: codes.get(r.warehouse_id) ?? '',
      channel: r.channel,
      quantity: r.quantity,
    }),
  );
}

export const allotmentRoutes = [
  defineRoute({
    method: 'GET',
    path: '/stock/allotments',
    permission: 'inventory.stock.read',
    tags: ['inventory'],
    summary: 'Units kept for sales channels',
    input: ListAllotments,
    output: listOf(AllotmentView),
    run: showAllotments,
  }),
  defineRoute({
    method: 'PUT',
    path: '/stock/allotments',
    permission: 'inventory.allotment.write',
    tags: ['inventory'],
    summary: 'Keep units of a SKU for one sales channel',
    input: SetAllotment,
    output: AllotmentView,
    run: setAllotment,
  }),
];
