import { defineApproval } from '#kernel/approvals/index.ts';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { DocumentState } from '../errors.ts';
import { AdjustmentAsked } from '../events.ts';
import { inventorySettings } from '../settings.ts';
import { type DocumentRow, lockDocument, saveDocumentState } from '../store/documents.ts';
import { allWarehouses, type WarehouseRow } from '../store/warehouses.ts';
import { newDocument, told } from './document.ts';
import { postDocument } from './post-document.ts';

/** A document above the limit: another person decides; then it is booked, or kept as rejected. */
export const documentApproval = defineApproval({
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
  await postDocument(tx, ctx, row, present(warehouse, 'a document has its warehouse').code);
}

/**
 * Makes a document that gains or loses stock and books it at once, or, above the limit in the settings, asks for another
 * person's approval and moves nothing yet.
 */
export async function bookOrAsk(
  tx: Tx,
  ctx: Ctx,
  warehouse: WarehouseRow,
  units: number,
  over: Pick<DocumentRow, 'kind' | 'lines'> & Partial<DocumentRow>,
): Promise<DocumentRow> {
  const waits = units > (await inventorySettings.get(tx)).adjustmentUnitsWithoutApproval && ctx.actor.kind !== 'system';
  const row = await newDocument(tx, ctx, {
    ...over,
    warehouse_id: warehouse.id,
    state: waits ? 'awaiting_approval' : 'posted',
  });
  if (waits) {
    const facts = { no: row.no, kind: row.kind, warehouse: warehouse.code, units };
    await documentApproval.request(tx, ctx, { subject: row.id, facts });
    await AdjustmentAsked.emit(tx, ctx, row.id, told(row, warehouse.code, units));
  } else await postDocument(tx, ctx, row, warehouse.code);
  return row;
}
