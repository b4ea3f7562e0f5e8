import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { todayOf } from '#kernel/org-day.ts';
import { StockReceived } from '../events.ts';
import { presentDocument } from '../present.ts';
import type { CreateReceipt, DocumentView } from '../schema.ts';
import { type Move, postMoves } from '../store/post.ts';
import type { WarehouseRow } from '../store/warehouses.ts';
import { mayTouch, newDocument, skuOf, told } from './document.ts';
import { scheduleNightly } from '../jobs/nightly.ts';
import { type Place, placesInto } from './places.ts';
import { resolveDocument } from './resolve-lines.ts';

/**
 * Takes goods in: on hand grows at once, for the next order to see. Goods that name no bin stand on the floor until they are
 * put away; goods that have expired are frozen.
 */
export async function createReceipt(
  tx: Tx,
  ctx: Ctx,
  input: CreateReceipt,
  /** The delivery it is of. */ deliveryId: string | null = null,
): Promise<z.input<typeof DocumentView>> {
  const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, input.lines);
  const warehouse = warehouses['warehouse'] as WarehouseRow;
  mayTouch(ctx, warehouse);
  const row = await newDocument(tx, ctx, {
    kind: 'receipt',
    warehouse_id: warehouse.id,
    state: 'posted',
    lines: input.lines,
    reference: input.reference ?? null,
    delivery_id: deliveryId,
  });
  const places = await placesInto(tx, ctx, warehouse.id, input.lines, skus);
  const today = await todayOf(tx, ctx);
  await postMoves(
    tx,
    ctx,
    input.lines.map((l, i): Move => {
      const place = places[i] as Place;
      const expired = place.expiresOn !== null && place.expiresOn < today; // it is here, and not for sale
      return {
        skuId: skuOf(skus, l.sku).id,
        warehouseId: warehouse.id,
        kind: 'receive',
        [expired ? 'frozen' : 'onHand']: l.quantity,
        docId: row.id,
        ...place,
        expiresOn: place.expiresOn ?? undefined,
        unitCost: l.unitCost,
        reason: expired ? 'expired' : undefined,
        path: `lines[${i}].quantity`,
        sku: l.sku,
      };
    }),
  );
  if (places.some((p) => p.expiresOn !== null)) await scheduleNightly(tx, ctx);
  await StockReceived.emit(
    tx,
    ctx,
    row.id,
    told(
      row,
      warehouse.code,
      input.lines.reduce((n, l) => n + l.quantity, 0),
    ),
  );
  return presentDocument(row, warehouse.code, null);
}
