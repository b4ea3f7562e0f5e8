import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { NO_BATCH } from '../domain/choose-stock.ts';
import { DocumentNotFound, DocumentState, WarehouseNotFound } from '../errors.ts';
import { TransferReceived, TransferSent } from '../events.ts';
import { presentDocument } from '../present.ts';
import type { CreateTransfer, DocumentView } from '../schema.ts';
import { lockDocument, saveDocumentState } from '../store/documents.ts';
import { type Move, postMoves } from '../store/post.ts';
import { allWarehouses, type WarehouseRow } from '../store/warehouses.ts';
import { mayTouch, newDocument, skuOf, told } from './document.ts';
import { type From, placesFrom } from './places.ts';
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
  const places = await placesFrom(tx, from.id, input.lines, skus);
  await postMoves(
    tx,
    ctx,
    input.lines.flatMap((l, i): Move[] => {
      const common = { skuId: skuOf(skus, l.sku).id, docId: row.id, path: `lines[${i}].quantity`, sku: l.sku };
      const { binId, batchId } = places[i] as From;
      return [
        { ...common, warehouseId: from.id, kind: 'transfer_out', onHand: -l.quantity, binId, batchId },
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

/** What has left with a transfer, by SKU and batch: goods keep their batch on the way. */
async function sentUnits(
  tx: Tx,
  documentId: string,
  fromId: string,
): Promise<{ sku_id: string; batch_id: string; quantity: number }[]> {
  return tx.query(
    `select sku_id, coalesce(batch_id, $4) as batch_id, -sum(on_hand_d)::bigint as quantity from inventory.moves
      where org_id = $1 and doc_id = $2 and warehouse_id = $3 and on_hand_d < 0 group by 1, 2 order by 1, 2`,
    [tx.orgId, documentId, fromId, NO_BATCH],
  );
}

/** Takes a transfer in at its destination, onto the floor. Once only. */
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
  await postMoves(
    tx,
    ctx,
    (await sentUnits(tx, row.id, from.id)).map((sent): Move => ({
      skuId: sent.sku_id,
      warehouseId: to.id,
      kind: 'transfer_in',
      onHand: sent.quantity,
      inTransit: -sent.quantity,
      batchId: sent.batch_id,
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
