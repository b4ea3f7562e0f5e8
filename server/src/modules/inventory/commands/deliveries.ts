import type { z } from 'zod';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { DeliveryNotFound, DeliveryState, StockDocumentInvalid } from '../errors.ts';
import { DeliveryClosed, DeliveryExpected } from '../events.ts';
import { viewDeliveries } from '../queries/deliveries.ts';
import type { CloseDelivery, CreateDelivery, DeliveryView, ReceiveDelivery } from '../schema-documents.ts';
import { inventorySettings } from '../settings.ts';
import {
  addReceived,
  type DeliveryLineRow,
  deliveryLines,
  type DeliveryRow,
  insertDelivery,
  lockDelivery,
  saveDeliveryState,
} from '../store/deliveries.ts';
import { allWarehouses, type WarehouseRow } from '../store/warehouses.ts';
import { mayTouch, skuOf } from './document.ts';
import { createReceipt } from './receive-stock.ts';
import { resolveDocument } from './resolve-lines.ts';

type View = z.input<typeof DeliveryView>;
const only = async (tx: Tx, ctx: Ctx, row: DeliveryRow): Promise<View> =>
  (await viewDeliveries(tx, ctx, [row]))[0] as View;

/** Notes what a supplier is to bring. @throws StockDocumentInvalid, also for a SKU named twice. */
export async function createDelivery(tx: Tx, ctx: Ctx, input: CreateDelivery): Promise<View> {
  const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, input.lines);
  const warehouse = warehouses['warehouse'] as WarehouseRow;
  mayTouch(ctx, warehouse);
  const seen = new Set<string>();
  const twice = input.lines.flatMap((l, i): FieldProblem[] => {
    const again = seen.has(l.sku);
    seen.add(l.sku);
    return again ? [{ path: `lines[${i}].sku`, code: 'repeated', facts: { value: l.sku } }] : [];
  });
  if (twice.length > 0) throw new StockDocumentInvalid({}, twice);
  const row: DeliveryRow = {
    id: newId(),
    no: `DH${String(await nextNumber(tx, 'delivery')).padStart(7, '0')}`,
    warehouse_id: warehouse.id,
    supplier: input.supplier,
    reference: input.reference ?? null,
    expected_on: input.expectedOn ?? null,
    state: 'expected',
    created_at: ctx.now,
    created_by: ctx.actor.id,
    closed_at: null,
    version: 1,
  };
  const lines = input.lines.map((l, i) => ({
    line_no: i + 1,
    sku_id: skuOf(skus, l.sku).id,
    ordered: l.quantity,
    unit_cost: l.unitCost ?? null,
  }));
  await insertDelivery(tx, row, lines);
  await DeliveryExpected.emit(tx, ctx, row.id, {
    no: row.no,
    warehouse: warehouse.code,
    lines: lines.length,
    units: lines.reduce((n, l) => n + l.ordered, 0),
    reference: row.reference,
    supplier: row.supplier,
  });
  return only(tx, ctx, row);
}

async function lockSeen(tx: Tx, ctx: Ctx, deliveryId: string): Promise<{ row: DeliveryRow; warehouse: string }> {
  const row = await lockDelivery(tx, deliveryId);
  if (!row || !seesWarehouse(ctx, row.warehouse_id)) throw new DeliveryNotFound({ deliveryId });
  return { row, warehouse: (await allWarehouses(tx)).find((w) => w.id === row.warehouse_id)?.code ?? '' };
}

/**
 * Takes in what came of a delivery: a receipt that knows what was expected. More than ordered is taken as far as the settings
 * allow. @throws DeliveryState, StockDocumentInvalid naming goods that were not ordered and lines beyond the allowance.
 */
export async function receiveDelivery(tx: Tx, ctx: Ctx, input: z.output<typeof ReceiveDelivery>): Promise<View> {
  const { row, warehouse } = await lockSeen(tx, ctx, input.deliveryId);
  if (row.state === 'closed' || row.state === 'cancelled') throw new DeliveryState({ no: row.no, state: row.state });
  const { skus } = await resolveDocument(tx, {}, input.lines);
  const expected = new Map((await deliveryLines(tx, [row.id])).map((l) => [l.sku_id, l]));
  const units = new Map<string, number>();
  for (const l of input.lines) {
    const { id } = skuOf(skus, l.sku);
    units.set(id, (units.get(id) ?? 0) + l.quantity);
  }
  const { overReceiptPercent } = await inventorySettings.get(tx);
  const problems = input.lines.flatMap((l, i): FieldProblem[] => {
    const { id } = skuOf(skus, l.sku);
    const line = expected.get(id);
    if (!line) return [{ path: `lines[${i}].sku`, code: 'not_expected', facts: { sku: l.sku } }];
    const most = Math.floor((line.ordered * (100 + overReceiptPercent)) / 100);
    return line.received + (units.get(id) ?? 0) > most
      ? [
          {
            path: `lines[${i}].quantity`,
            code: 'more_than_expected',
            facts: { sku: l.sku, most: most - line.received },
          },
        ]
      : [];
  });
  if (problems.length > 0) throw new StockDocumentInvalid({}, problems);
  await createReceipt(
    tx,
    ctx,
    {
      warehouse,
      reference: row.no,
      lines: input.lines.map((l) => ({
        ...l,
        unitCost: l.unitCost ?? expected.get(skuOf(skus, l.sku).id)?.unit_cost ?? undefined,
      })),
    },
    row.id,
  );
  await addReceived(tx, row.id, units);
  const lines = await deliveryLines(tx, [row.id]);
  const complete = lines.every((l) => l.received >= l.ordered);
  if (!complete && !input.close) return only(tx, ctx, await saveDeliveryState(tx, row, 'partly', null));
  await tellClosed(tx, ctx, row, warehouse, lines);
  return only(tx, ctx, await saveDeliveryState(tx, row, complete ? 'received' : 'closed', ctx.now));
}

async function tellClosed(
  tx: Tx,
  ctx: Ctx,
  row: DeliveryRow,
  warehouse: string,
  lines: readonly DeliveryLineRow[],
): Promise<void> {
  await DeliveryClosed.emit(tx, ctx, row.id, {
    no: row.no,
    warehouse,
    supplier: row.supplier,
    over: lines.reduce((n, l) => n + Math.max(l.received - l.ordered, 0), 0),
    short: lines.reduce((n, l) => n + Math.max(l.ordered - l.received, 0), 0),
  });
}

/** Nothing more will come. @throws DeliveryState. */
export async function closeDelivery(tx: Tx, ctx: Ctx, input: z.output<typeof CloseDelivery>): Promise<View> {
  const { row, warehouse } = await lockSeen(tx, ctx, input.deliveryId);
  if (row.state !== 'expected' && row.state !== 'partly') throw new DeliveryState({ no: row.no, state: row.state });
  await tellClosed(tx, ctx, row, warehouse, await deliveryLines(tx, [row.id]));
  return only(tx, ctx, await saveDeliveryState(tx, row, 'closed', ctx.now));
}

/** It will not come at all. @throws DeliveryState when some of it has. */
export async function cancelDelivery(tx: Tx, ctx: Ctx, input: z.output<typeof CloseDelivery>): Promise<View> {
  const { row } = await lockSeen(tx, ctx, input.deliveryId);
  if (row.state !== 'expected') throw new DeliveryState({ no: row.no, state: row.state });
  return only(tx, ctx, await saveDeliveryState(tx, row, 'cancelled', ctx.now));
}
