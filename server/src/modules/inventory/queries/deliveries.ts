import type { z } from 'zod';
import { can, type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { todayOf } from '#kernel/org-day.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { DeliveryNotFound } from '../errors.ts';
import type { DeliveryView, ListDeliveries } from '../schema-documents.ts';
import {
  type DeliveryRow,
  deliveryLines,
  findDelivery,
  listDeliveries as readDeliveries,
} from '../store/deliveries.ts';
import { receiptsOf } from '../store/documents.ts';
import { allWarehouses } from '../store/warehouses.ts';

type View = z.input<typeof DeliveryView>;

/** Deliveries as people see them, in the order given. */
export async function viewDeliveries(tx: Tx, ctx: Ctx, rows: readonly DeliveryRow[]): Promise<View[]> {
  const ids = rows.map((r) => r.id);
  const lines = Map.groupBy(await deliveryLines(tx, ids), (l) => l.delivery_id);
  const receipts = Map.groupBy(await receiptsOf(tx, ids), (d) => d.delivery_id);
  const skuIds = [...new Set([...lines.values()].flat().map((l) => l.sku_id))];
  const skus = new Map((await skusByIds(tx, skuIds)).map((s) => [s.id, s]));
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const today = await todayOf(tx, ctx);
  return rows.map((r): View => {
    const open = r.state === 'expected' || r.state === 'partly';
    return {
      id: r.id,
      no: r.no,
      warehouse: codes.get(r.warehouse_id) ?? '',
      supplier: r.supplier,
      reference: r.reference,
      expectedOn: r.expected_on,
      state: r.state,
      late: open && r.expected_on !== null && r.expected_on < today,
      lines: (lines.get(r.id) ?? []).map((l) => ({
        sku: skus.get(l.sku_id)?.sku ?? l.sku_id,
        title: skus.get(l.sku_id)?.title ?? '',
        ordered: l.ordered,
        received: l.received,
        over: Math.max(l.received - l.ordered, 0),
        short: Math.max(l.ordered - l.received, 0),
        unitCost: l.unit_cost,
      })),
      receipts: (receipts.get(r.id) ?? []).map((d) => ({ id: d.id, no: d.no, at: d.created_at.toISOString() })),
      createdAt: r.created_at.toISOString(),
      closedAt: r.closed_at?.toISOString() ?? null,
      may: mayWith(ctx, r),
      version: r.version,
    };
  });
}

function mayWith(ctx: Ctx, r: DeliveryRow): string[] {
  const receives = can(ctx, 'inventory.receipt.write');
  const plans = can(ctx, 'inventory.delivery.write');
  if (r.state === 'expected') return [...(receives ? ['receive'] : []), ...(plans ? ['close', 'cancel'] : [])];
  if (r.state === 'partly') return [...(receives ? ['receive'] : []), ...(plans ? ['close'] : [])];
  return r.state === 'received' && receives ? ['receive'] : []; // more may still come than was ordered
}

export async function showDelivery(tx: Tx, ctx: Ctx, input: { deliveryId: string }): Promise<View> {
  const row = await findDelivery(tx, input.deliveryId);
  if (!row || !seesWarehouse(ctx, row.warehouse_id)) throw new DeliveryNotFound({ deliveryId: input.deliveryId });
  return (await viewDeliveries(tx, ctx, [row]))[0] as View;
}

export async function listDeliveries(tx: Tx, ctx: Ctx, input: z.output<typeof ListDeliveries>): Promise<Page<View>> {
  const warehouses = (await allWarehouses(tx)).filter(
    (w) => seesWarehouse(ctx, w.id) && (input.warehouse === undefined || w.code === input.warehouse),
  );
  const [before = null] = input.cursor === undefined ? [] : (decodeCursor('deliveries', input.cursor, 1) as string[]);
  const rows = await readDeliveries(tx, {
    warehouseIds: warehouses.map((w) => w.id),
    state: input.state,
    q: input.q,
    before,
    limit: input.limit + 1,
  });
  const views = new Map((await viewDeliveries(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    input.limit,
    'deliveries',
    (r) => [r.id],
    (r) => views.get(r.id) as View,
  );
}
