import type { z } from 'zod';
import { defineApproval } from '#kernel/approvals/index.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { DocumentState } from '../errors.ts';
import { AdjustmentAsked, StockAdjusted } from '../events.ts';
import { presentDocument } from '../present.ts';
import type { CreateAdjustment, DocumentView } from '../schema.ts';
import { inventorySettings } from '../settings.ts';
import { type DocumentRow, lockDocument, saveDocumentState } from '../store/documents.ts';
import { type Move, postMoves } from '../store/post.ts';
import { allWarehouses, type WarehouseRow } from '../store/warehouses.ts';
import { mayTouch, newDocument, skuOf, told } from './document.ts';
import { placesFrom } from './places.ts';
import { resolveDocument } from './resolve-lines.ts';

/** Corrects stock. Above the limit in the settings it waits for another person's approval and moves nothing yet. */
export async function createAdjustment(
  tx: Tx,
  ctx: Ctx,
  input: CreateAdjustment,
): Promise<z.input<typeof DocumentView>> {
  const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, input.lines);
  const warehouse = warehouses['warehouse'] as WarehouseRow;
  mayTouch(ctx, warehouse);
  await placesFrom(tx, warehouse.id, input.lines, skus); // refused now, not when somebody has approved it
  const units = input.lines.reduce((n, l) => n + Math.abs(l.delta), 0);
  const waits = units > (await inventorySettings.get(tx)).adjustmentUnitsWithoutApproval && ctx.actor.kind !== 'system';
  const row = await newDocument(tx, ctx, {
    kind: 'adjustment',
    warehouse_id: warehouse.id,
    state: waits ? 'awaiting_approval' : 'posted',
    lines: input.lines,
    reference: input.reference ?? null,
    reason: input.reason,
  });
  if (waits) {
    await adjustmentApproval.request(tx, ctx, {
      subject: row.id,
      facts: { no: row.no, warehouse: warehouse.code, units },
    });
    await AdjustmentAsked.emit(tx, ctx, row.id, told(row, warehouse.code, units));
  } else await postAdjustment(tx, ctx, row, warehouse.code);
  return presentDocument(row, warehouse.code, null);
}

/** An adjustment above the limit: another person decides; then it is booked, or kept as rejected. */
export const adjustmentApproval = defineApproval({
  kind: 'inventory.adjustment',
  permission: 'inventory.adjustment.approve',
  fourEyes: true,
  expiresAfterMs: 7 * DAY_MS,
  onApproved: (tx, ctx, request) => decided(tx, ctx, request.subject, 'posted'),
  onRejected: (tx, ctx, request) => decided(tx, ctx, request.subject, 'rejected'),
});

async function decided(tx: Tx, ctx: Ctx, documentId: string, state: 'posted' | 'rejected'): Promise<void> {
  const row = await lockDocument(tx, documentId);
  if (!row || row.state !== 'awaiting_approval') throw new DocumentState({ documentId });
  await saveDocumentState(tx, row, state, ctx.now);
  if (state === 'rejected') return;
  const warehouse = (await allWarehouses(tx)).find((w) => w.id === row.warehouse_id);
  await postAdjustment(tx, ctx, row, present(warehouse, 'a document has its warehouse').code);
}

/** Books an adjustment's lines. Stock reserved for orders cannot be adjusted away. */
async function postAdjustment(tx: Tx, ctx: Ctx, row: DocumentRow, warehouse: string): Promise<void> {
  const lines = row.lines as CreateAdjustment['lines'];
  const { skus } = await resolveDocument(tx, {}, lines);
  const places = await placesFrom(tx, row.warehouse_id, lines, skus);
  const bucket = { on_hand: 'onHand', damaged: 'damaged', frozen: 'frozen' } as const;
  await postMoves(
    tx,
    ctx,
    lines.map((l, i): Move => ({
      skuId: skuOf(skus, l.sku).id,
      warehouseId: row.warehouse_id,
      kind: 'adjust',
      [bucket[l.bucket]]: l.delta,
      docId: row.id,
      binId: places[i]?.binId,
      batchId: places[i]?.batchId,
      reason: row.reason ?? '',
      path: `lines[${i}].delta`,
      sku: l.sku,
    })),
  );
  await StockAdjusted.emit(
    tx,
    ctx,
    row.id,
    told(
      row,
      warehouse,
      lines.reduce((n, l) => n + Math.abs(l.delta), 0),
    ),
  );
}
