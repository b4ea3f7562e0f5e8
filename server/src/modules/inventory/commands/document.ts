import { present } from '#kernel/assert.ts';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber } from '#kernel/numbers.ts';
import type { SkuRow } from '#modules/catalog/index.ts';
import { type DocumentKind, type DocumentRow, insertDocument } from '../store/documents.ts';
import type { WarehouseRow } from '../store/warehouses.ts';

/** A SKU that resolveDocument has found. */
export const skuOf = (skus: ReadonlyMap<string, SkuRow>, code: string): SkuRow =>
  present(skus.get(code), 'the SKU was looked up');

/** @throws Forbidden when the warehouse is outside the actor's data scope. */
export function mayTouch(ctx: Ctx, warehouse: WarehouseRow): void {
  if (!seesWarehouse(ctx, warehouse.id)) throw new Forbidden({ warehouse: warehouse.code });
}

/** Pinyin initials of what the document is called in Chinese. */
const PREFIXES: Readonly<Record<DocumentKind, string>> = {
  receipt: 'RK',
  adjustment: 'TZ',
  transfer: 'DB',
  move: 'YK',
  freeze: 'DJ',
  unfreeze: 'JD',
  damage: 'CC',
  scrap: 'BF',
  kit: 'ZZ',
  unkit: 'CF',
  count: 'PY',
  reversal: 'HC',
};

/** Stores a document under the next readable number of its kind. */
export async function newDocument(
  tx: Tx,
  ctx: Ctx,
  over: Pick<DocumentRow, 'kind' | 'warehouse_id' | 'state' | 'lines'> & Partial<DocumentRow>,
): Promise<DocumentRow> {
  const row: DocumentRow = {
    id: newId(),
    no: `${PREFIXES[over.kind]}${String(await nextNumber(tx, over.kind)).padStart(7, '0')}`,
    to_warehouse_id: null,
    reference: null,
    reason: null,
    reverses: null,
    delivery_id: null,
    created_at: ctx.now,
    created_by: ctx.actor.id,
    posted_at: over.state === 'awaiting_approval' ? null : ctx.now,
    version: 1,
    ...over,
  };
  await insertDocument(tx, row);
  return row;
}

/** What its event tells about a document. */
export const told = (row: DocumentRow, warehouse: string, units: number) => ({
  no: row.no,
  warehouse,
  lines: row.lines.length,
  units,
  reference: row.reference,
});
