import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { receiptClock } from '../clocks.ts';
import { ReceiptAlreadyExtended } from '../errors.ts';
import { ReceiptExtended } from '../events.ts';
import { lockOrder, type OrderRow, saveOrder } from '../store/orders.ts';

/** Gives the customer 3 or 7 more days before receipt counts as confirmed. Once per order (ORD-14). */
export async function extendReceipt(tx: Tx, ctx: Ctx, input: { orderId: string; days: 3 | 7 }): Promise<OrderRow> {
  const row = await lockOrder(tx, input.orderId);
  if ((row.status !== 'shipped' && row.status !== 'delivered') || !row.receipt_due_at) {
    throw new TransitionRefused({ from: row.status, event: 'extend_receipt', allowed: [] });
  }
  if (row.receipt_extended_days > 0) throw new ReceiptAlreadyExtended({ days: row.receipt_extended_days });
  const dueAt = after(row.receipt_due_at, input.days * DAY_MS);
  const saved = await saveOrder(tx, row, { receipt_due_at: dueAt, receipt_extended_days: input.days });
  await receiptClock.move(tx, ctx, row.id, dueAt);
  await ReceiptExtended.emit(tx, ctx, row.id, { orderNo: row.order_no, days: input.days, dueAt: dueAt.toISOString() });
  return saved;
}
