import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { StockChanged } from '../events.ts';
import { presentDocument } from '../present.ts';
import type { DocumentView } from '../schema.ts';
import type { ChangeState, ScrapStock } from '../schema-documents.ts';
import { type Bucket, type Move, postMoves } from '../store/post.ts';
import type { WarehouseRow } from '../store/warehouses.ts';
import { bookOrAsk } from './approve-document.ts';
import { mayTouch, newDocument, skuOf, told } from './document.ts';
import { placesFrom } from './places.ts';
import { resolveDocument } from './resolve-lines.ts';

type Change = 'freeze' | 'unfreeze' | 'damage';
const STEPS: Readonly<Record<Change, readonly [Bucket, Bucket]>> = {
  freeze: ['onHand', 'frozen'],
  unfreeze: ['frozen', 'onHand'],
  damage: ['onHand', 'damaged'],
};

/**
 * Goods change their state where they stand: frozen for sale, released again, or damaged. What orders are promised cannot be
 * frozen away. @throws InsufficientStock, StockDocumentInvalid.
 */
const changeState =
  (kind: Change) =>
  async (tx: Tx, ctx: Ctx, input: ChangeState): Promise<z.input<typeof DocumentView>> => {
    const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, input.lines);
    const warehouse = warehouses['warehouse'] as WarehouseRow;
    mayTouch(ctx, warehouse);
    const places = await placesFrom(tx, warehouse.id, input.lines, skus);
    const row = await newDocument(tx, ctx, {
      kind,
      warehouse_id: warehouse.id,
      state: 'posted',
      lines: input.lines,
      reference: input.reference ?? null,
      reason: input.reason,
    });
    const [from, to] = STEPS[kind];
    await postMoves(
      tx,
      ctx,
      input.lines.map((l, i): Move => ({
        skuId: skuOf(skus, l.sku).id,
        warehouseId: warehouse.id,
        kind,
        [from]: -l.quantity,
        [to]: l.quantity,
        docId: row.id,
        binId: places[i]?.binId,
        batchId: places[i]?.batchId,
        reason: input.reason,
        path: `lines[${i}].quantity`,
        sku: l.sku,
      })),
    );
    const units = input.lines.reduce((n, l) => n + l.quantity, 0);
    await StockChanged.emit(tx, ctx, row.id, { ...told(row, warehouse.code, units), kind });
    return presentDocument(row, warehouse.code, null);
  };

export const freezeStock = changeState('freeze');
export const unfreezeStock = changeState('unfreeze');
export const damageStock = changeState('damage');

/** Throws goods away. Above the limit in the settings it waits for another person's approval, as a correction does. */
export async function scrapStock(tx: Tx, ctx: Ctx, input: ScrapStock): Promise<z.input<typeof DocumentView>> {
  const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, input.lines);
  const warehouse = warehouses['warehouse'] as WarehouseRow;
  mayTouch(ctx, warehouse);
  await placesFrom(tx, warehouse.id, input.lines, skus);
  const units = input.lines.reduce((n, l) => n + l.quantity, 0);
  const row = await bookOrAsk(tx, ctx, warehouse, units, {
    kind: 'scrap',
    lines: input.lines,
    reference: input.reference ?? null,
    reason: input.reason,
  });
  return presentDocument(row, warehouse.code, null);
}
