import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { t } from '#kernel/i18n/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { reservationsOfOrder } from '#modules/inventory/index.ts';
import { receiptClock } from '../clocks.ts';
import { orderFlow } from '../domain/flow.ts';
import { OrderOnHold } from '../errors.ts';
import { OrderDelivered, OrderShipped } from '../events.ts';
import { orderSettings } from '../settings.ts';
import { collectCash } from './collect-cash.ts';
import { refundExcess } from './refund-order.ts';
import { expectSettlement } from './settle-order.ts';
import { addToLines, isEnded, linesOf, lockOrder, type LineRow, saveOrder } from '../store/orders.ts';

export type ShippableLine = {
  lineId: string;
  skuId: string;
  sku: string;
  title: string;
  barcode: string | null;
  warehouseId: string;
  quantity: number;
};

/** What of an order is reserved and not yet shipped, by warehouse. */
export async function shippableLines(tx: Tx, orderId: string): Promise<ShippableLine[]> {
  const lines = new Map((await linesOf(tx, orderId)).map((l) => [l.id, l]));
  const held = await reservationsOfOrder(tx, orderId);
  const barcodes = new Map(
    (
      await skusByIds(
        tx,
        held.map((r) => r.sku_id),
      )
    ).map((s) => [s.id, s.barcode]),
  );
  return held.flatMap((r) => {
    const line = lines.get(r.line_id);
    if (!line) return [];
    return [
      {
        lineId: line.id,
        skuId: line.sku_id,
        sku: line.sku,
        title: line.title,
        barcode: barcodes.get(line.sku_id) ?? null,
        warehouseId: r.warehouse_id,
        quantity: r.quantity,
      },
    ];
  });
}

const open = (l: LineRow): number => l.quantity - l.cancelled - l.shipped;

/** Books a parcel's units as shipped; the order is shipped once nothing is left to send. The caller holds no other lock. */
export async function recordShipped(
  tx: Tx,
  ctx: Ctx,
  input: {
    orderId: string;
    parcelId: string;
    waybillNo: string;
    carrier: string;
    lines: readonly { lineId: string; quantity: number }[];
  },
): Promise<void> {
  let row = await lockOrder(tx, input.orderId);
  if (row.holds.length > 0) throw new OrderOnHold({ orderNo: row.order_no, holds: row.holds });
  if (row.status !== 'paid') throw new TransitionRefused({ from: row.status, event: 'ship', allowed: [] });
  await addToLines(tx, row.id, 'shipped', input.lines);
  // A merge that saved freight can be undone until now; from now on the money is the customer’s.
  ({ row } = await refundExcess(tx, ctx, row, t(ctx.locale, 'refunds.freight_saved')));
  const complete = (await linesOf(tx, row.id)).every((l) => open(l) === 0);
  if (complete) {
    const dueAt = after(ctx.now, (await orderSettings.get(tx)).receiptDays * DAY_MS);
    await saveOrder(tx, row, {
      status: step(orderFlow, row.status, 'ship'),
      shipped_at: ctx.now,
      receipt_due_at: dueAt,
    });
    await receiptClock.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt }]);
    await expectSettlement(tx, ctx, row);
  }
  const units = input.lines.reduce((n, l) => n + l.quantity, 0);
  await OrderShipped.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    parcelId: input.parcelId,
    waybillNo: input.waybillNo,
    carrier: input.carrier,
    units,
    complete,
  });
}

/** Books a parcel's units as delivered; the order is delivered once every unit is. Later repeats change nothing. */
export async function recordDelivered(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; parcelId: string; lines: readonly { lineId: string; quantity: number }[] },
): Promise<void> {
  const row = await lockOrder(tx, input.orderId);
  await addToLines(tx, row.id, 'delivered', input.lines);
  const lines = await linesOf(tx, row.id);
  const complete = isEnded(lines);
  if (complete && row.status === 'shipped') {
    const delivered = await saveOrder(tx, row, {
      status: step(orderFlow, row.status, 'deliver'),
      delivered_at: ctx.now,
    });
    await collectCash(tx, ctx, delivered);
  }
  await OrderDelivered.emit(tx, ctx, row.id, { orderNo: row.order_no, parcelId: input.parcelId, complete });
}
