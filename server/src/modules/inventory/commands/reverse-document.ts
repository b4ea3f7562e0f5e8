import { present } from '#kernel/assert.ts';
import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { DocumentNotFound, NothingToReverse } from '../errors.ts';
import { presentDocument } from '../present.ts';
import type { DocumentView } from '../schema.ts';
import type { ReverseDocument } from '../schema-documents.ts';
import { lockDocument, reversalOf } from '../store/documents.ts';
import { allWarehouses } from '../store/warehouses.ts';
import { bookOrAsk } from './approve-document.ts';
import { mayTouch } from './document.ts';
import { movedBy } from './post-document.ts';

/**
 * Undoes a document by another one that moves everything back; the first stays as it was written. Above the limit in the
 * settings it waits for approval. @throws NothingToReverse, InsufficientStock when the goods have gone on since.
 */
export async function reverseDocument(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ReverseDocument>,
): Promise<z.input<typeof DocumentView>> {
  const original = await lockDocument(tx, input.documentId);
  if (!original) throw new DocumentNotFound({ documentId: input.documentId });
  const warehouses = new Map((await allWarehouses(tx)).map((w) => [w.id, w]));
  const warehouse = present(warehouses.get(original.warehouse_id), 'a document has its warehouse');
  mayTouch(ctx, warehouse);
  const open = ['posted', 'in_transit', 'received'].includes(original.state);
  if (!open || original.kind === 'reversal' || (await reversalOf(tx, original.id)))
    throw new NothingToReverse({ no: original.no });
  const moved = await movedBy(tx, original.id);
  const units = moved.reduce((n, m) => n + Math.max(Math.abs(m.on_hand), Math.abs(m.damaged), Math.abs(m.frozen)), 0);
  const names = new Map((await skusByIds(tx, [...new Set(moved.map((m) => m.sku_id))])).map((s) => [s.id, s.sku]));
  const row = await bookOrAsk(tx, ctx, warehouse, units, {
    kind: 'reversal',
    reverses: original.id,
    to_warehouse_id: original.to_warehouse_id,
    reference: original.no,
    reason: input.reason,
    lines: moved.map((m) => ({
      sku: names.get(m.sku_id) ?? m.sku_id,
      warehouse: warehouses.get(m.warehouse_id)?.code ?? '',
      onHand: -m.on_hand,
      damaged: -m.damaged,
      frozen: -m.frozen,
      inTransit: -m.in_transit,
    })),
  });
  return presentDocument(row, warehouse.code, warehouses.get(row.to_warehouse_id ?? '')?.code ?? null);
}
