import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { SkuNotFound, skusByCode } from '#modules/catalog/index.ts';
import { AllotmentChanged } from '../events.ts';
import type { AllotmentView, SetAllotment } from '../schema-allotments.ts';
import { dropAllotment, lockAllotment } from '../store/allotments.ts';
import { postMoves } from '../store/post.ts';
import { addReservations, consumeReservations, reservationsOfOrder } from '../store/reservations.ts';
import { warehouseOf } from './bins.ts';

/**
 * Keeps units of a SKU for one sales channel: orders of other channels cannot have them, orders of this one take them first.
 * The number is what is kept from now on; 0 keeps nothing any more. @throws InsufficientStock when fewer are free.
 */
export async function setAllotment(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof SetAllotment>,
): Promise<z.input<typeof AllotmentView>> {
  const warehouse = await warehouseOf(tx, ctx, input.warehouse);
  const [sku] = await skusByCode(tx, [input.sku]);
  if (!sku) throw new SkuNotFound({ sku: input.sku });
  const row = await lockAllotment(tx, {
    id: newId(),
    sku_id: sku.id,
    warehouse_id: warehouse.id,
    channel: input.channel,
    created_at: ctx.now,
    version: 1,
  });
  const was = (await reservationsOfOrder(tx, row.id)).reduce((n, r) => n + r.quantity, 0);
  const change = input.quantity - was;
  const held = { order_id: row.id, line_id: row.id, warehouse_id: warehouse.id, sku_id: sku.id };
  if (change !== 0) {
    await postMoves(tx, ctx, [
      {
        skuId: sku.id,
        warehouseId: warehouse.id,
        kind: change > 0 ? 'reserve' : 'release',
        reserved: change,
        docId: row.id,
        lineId: row.id,
        reason: input.channel,
        path: 'quantity',
        sku: sku.sku,
      },
    ]);
    if (change > 0) await addReservations(tx, [{ ...held, quantity: change }]);
    else await consumeReservations(tx, [{ ...held, quantity: -change }]);
  }
  if (input.quantity === 0) await dropAllotment(tx, row.id);
  const shown = { sku: sku.sku, warehouse: warehouse.code, channel: input.channel, quantity: input.quantity };
  if (change !== 0) await AllotmentChanged.emit(tx, ctx, sku.id, { ...shown, was });
  return { ...shown, title: sku.title };
}
