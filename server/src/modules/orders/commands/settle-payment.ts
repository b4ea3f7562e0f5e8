import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents, step } from '#kernel/flow.ts';
import { type Money, money } from '#kernel/money.ts';
import { after, MINUTE_MS } from '#kernel/time.ts';
import { InsufficientStock, releaseForOrder } from '#modules/inventory/index.ts';
import type { PaymentSubject } from '#modules/payments/index.ts';
import { orderFlow } from '../domain/flow.ts';
import { OrderClosed, OrderPaid, OrderRefunded, OrderShort } from '../events.ts';
import { orderSettings } from '../settings.ts';
import { orderPorts } from '../ports.ts';
import { lockOrder, type OrderRow, saveOrder } from '../store/orders.ts';
import { reserveMissing } from './reserve-missing.ts';

/** What is still to be paid: nothing once the order is no longer waiting for payment. */
export const dueOf = (row: OrderRow): Money =>
  money(
    row.status === 'pending_payment' ||
      (row.payment_method === 'cod' && row.cancelled_at === null && row.status !== 'closed')
      ? Math.max(row.total_amount - row.came_back_amount - row.paid_amount, 0)
      : 0,
    row.currency,
  );

/** How payments speak to orders, without knowing them. */
export const orderPaymentSubject: PaymentSubject = {
  async lock(tx, _ctx, orderId) {
    const row = await lockOrder(tx, orderId);
    const due = dueOf(row);
    return { no: row.order_no, due, payable: due.amount > 0 };
  },

  async paid(tx, ctx, orderId, payment) {
    const row = await lockOrder(tx, orderId);
    const due = dueOf(row);
    if (due.amount === 0 || payment.amount.currency !== due.currency || payment.amount.amount > due.amount)
      return 'unwanted';
    const paidAmount = row.paid_amount + payment.amount.amount;
    if (row.status !== 'pending_payment' || paidAmount < row.total_amount) {
      await saveOrder(tx, row, { paid_amount: paidAmount });
      return 'accepted';
    }
    const confirmBefore = after(ctx.now, (await orderSettings.get(tx)).confirmWithinMinutes * MINUTE_MS);
    const short = await reserveOnPayment(tx, ctx, row);
    await saveOrder(tx, row, {
      status: step(orderFlow, row.status, 'pay'),
      paid_amount: paidAmount,
      paid_at: payment.at,
      confirm_before: confirmBefore,
      holds: short.length > 0 ? [...row.holds, 'shortage'] : row.holds,
    });
    await OrderPaid.emit(tx, ctx, row.id, {
      orderNo: row.order_no,
      paymentId: payment.paymentId,
      channel: payment.channel,
      ...payment.amount,
      confirmBefore: confirmBefore.toISOString(),
    });
    if (short.length > 0) await OrderShort.emit(tx, ctx, row.id, { orderNo: row.order_no, skus: short });
    return 'accepted';
  },

  async refunded(tx, ctx, orderId, refund) {
    const row = await lockOrder(tx, orderId);
    const refundedAmount = row.refunded_amount + refund.amount.amount;
    // Late and duplicate payments go back without ever having counted as the order's money.
    if (refundedAmount > row.paid_amount) return;
    const closes =
      refundedAmount === row.paid_amount &&
      row.paid_amount + row.came_back_amount >= row.total_amount &&
      allowedEvents(orderFlow, row.status).includes('refund_all');
    if (closes && row.status === 'paid') {
      await orderPorts().stopFulfilment(tx, ctx, row.id); // what has not gone yet stays, and may be sold again
      await releaseForOrder(tx, ctx, row.id);
    }
    await saveOrder(tx, row, {
      refunded_amount: refundedAmount,
      ...(closes ? { status: step(orderFlow, row.status, 'refund_all') } : {}),
    });
    await OrderRefunded.emit(tx, ctx, row.id, {
      orderNo: row.order_no,
      refundId: refund.refundId,
      ...refund.amount,
      reason: refund.reason,
    });
    if (closes) await OrderClosed.emit(tx, ctx, row.id, { orderNo: row.order_no });
  },
};

/** Takes stock for the lines that wait for payment. Returns the SKUs there was not enough of: the order is then held. */
async function reserveOnPayment(tx: Tx, ctx: Ctx, row: OrderRow): Promise<string[]> {
  try {
    await reserveMissing(tx, ctx, row);
    return [];
  } catch (error) {
    // The function that takes stock refuses before it changes anything, so the payment can still be booked.
    if (error instanceof InsufficientStock) return (error.errors ?? []).map((e) => String(e.facts?.['sku']));
    throw error;
  }
}
