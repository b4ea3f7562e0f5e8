import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DocumentNotFound, DocumentState, WarehouseNotFound } from '../errors.ts';
import { TransferReceived, TransferSent } from '../events.ts';
import { presentDocument } from '../present.ts';
import type { CreateTransfer, DocumentView } from '../schema.ts';
import { lockDocument, saveDocumentState } from '../store/documents.ts';
import { type Move, postMoves } from '../store/post.ts';
import { allWarehouses, type WarehouseRow } from '../store/warehouses.ts';
import { mayTouch, newDocument, skuOf, told } from './document.ts';
import { resolveDocument } from './resolve-lines.ts';

/** Sends goods to another warehouse: they leave here and are in transit there until received. */
export async function createTransfer(tx: Tx, ctx: Ctx, input: CreateTransfer): Promise<z.input<typeof DocumentView>> {
  const { warehouses, skus } = await resolveDocument(tx, { from: input.from, to: input.to }, input.lines);
  const [from, to] = [warehouses['from'] as WarehouseRow, warehouses['to'] as WarehouseRow];
  mayTouch(ctx, from);
  if (from.id === to.id) throw new DocumentState({ reason: 'same_warehouse' });
  const row = await newDocument(tx, ctx, {
    kind: 'transfer',
    warehouse_id: from.id,
    to_warehouse_id: to.id,
    state: 'in_transit',
    lines: input.lines,
    reference: input.reference ?? null,
  });
  await postMoves(
    tx,
    ctx,
    input.lines.flatMap((l, i): Move[] => {
      const common = { skuId: skuOf(skus, l.sku).id, docId: row.id, path: `lines[${i}].quantity`, sku: l.sku };
      return [
        { ...common, warehouseId: from.id, kind: 'transfer_out', onHand: -l.quantity },
        { ...common, warehouseId: to.id, kind: 'transfer_out', inTransit: l.quantity },
      ];
    }),
  );
  await TransferSent.emit(tx, ctx, row.id, {
    ...told(
      row,
      from.code,
      input.lines.reduce((n, l) => n + l.quantity, 0),
    ),
    to: to.code,
  });
  return presentDocument(row, from.code, to.code);
}

/** Takes a transfer in at its destination. Once only. */
export async function receiveTransfer(
  tx: Tx,
  ctx: Ctx,
  input: { documentId: string },
): Promise<z.input<typeof DocumentView>> {
  const row = await lockDocument(tx, input.documentId);
  if (!row || row.kind !== 'transfer') throw new DocumentNotFound({ documentId: input.documentId });
  const byId = new Map((await allWarehouses(tx)).map((w) => [w.id, w]));
  const [from, to] = [byId.get(row.warehouse_id), byId.get(row.to_warehouse_id ?? '')];
  if (!from || !to) throw new WarehouseNotFound();
  mayTouch(ctx, to);
  if (row.state !== 'in_transit') throw new DocumentState({ state: row.state });
  const lines = row.lines as CreateTransfer['lines'];
  const { skus } = await resolveDocument(tx, {}, lines);
  await postMoves(
    tx,
    ctx,
    lines.map((l): Move => ({
      skuId: skuOf(skus, l.sku).id,
      warehouseId: to.id,
      kind: 'transfer_in',
      onHand: l.quantity,
      inTransit: -l.quantity,
      docId: row.id,
    })),
  );
  await saveDocumentState(tx, row, 'received', ctx.now);
  await TransferReceived.emit(tx, ctx, row.id, {
    ...told(
      row,
      from.code,
      lines.reduce((n, l) => n + l.quantity, 0),
    ),
    to: to.code,
  });
  return presentDocument({ ...row, state: 'received', version: row.version + 1 }, from.code, to.code);
}
