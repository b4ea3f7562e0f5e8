import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents, step } from '#kernel/flow.ts';
import { type Money, money } from '#kernel/money.ts';
import { after, DAY_MS, MINUTE_MS } from '#kernel/time.ts';
import { InsufficientStock, releaseForOrder } from '#modules/inventory/index.ts';
import { moved, openRefunds, type PaymentSubject, postEntry } from '#modules/payments/index.ts';
import { addOwnFunds, addRefunded, fundsOf, holdersOf } from '../change/store/funds.ts';
import { relativesOf } from '../change/store/family.ts';
import { BACKORDER_HOLD, BALANCE_HOLD, SHORTAGE_HOLD } from '../domain/holds.ts';
import { orderFlow } from '../domain/flow.ts';
import { keptOf, owed } from '../domain/money-owed.ts';
import { BalancePaid, OrderClosed, OrderPaid, OrderRefunded, OrderShort } from '../events.ts';
import { orderSettings } from '../settings.ts';
import { orderPorts } from '../ports.ts';
import { lockOrRestore } from '../archive/restore.ts';
import { findOrder, type LineRow, lockAnyOrder, type OrderRow, saveOrder } from '../store/orders.ts';
import { stopBalanceClocks } from '../presale/clocks.ts';
import { bookDeposit } from '../presale/commands/book-deposit.ts';
import { backorderClock } from '../backorder/clock.ts';
import { endWaiting } from '../backorder/store.ts';
import { dueNow, expected, isPresaleOpen } from '../presale/domain/stage.ts';
import { reserveMissing } from './reserve-missing.ts';
import { endParts, takeBack } from '../refunds/store.ts';
import { settleBack, settleLateMoney } from './settle-order.ts';

/** What can be paid at this moment: of a presale the deposit, nothing, or the balance; of any other order all that is owed. */
export const dueOf = (row: OrderRow, now: Date): Money => money(dueNow(row, now), row.currency);

/** How payments speak to orders, without knowing them. */
export const orderPaymentSubject: PaymentSubject = {
  async lock(tx, ctx, orderId) {
    const row = await lockOrRestore(tx, ctx, orderId);
    // What was paid for it may be others' by now: they are locked before the payment is, as their own commands do.
    if (row.superseded) for (const { order_id: id } of await holdersOf(tx, row.id)) await lockAnyOrder(tx, id);
    const due = dueOf(row, ctx.now);
    return { no: row.order_no, due, payable: due.amount > 0 };
  },

  async shopOf(tx, _ctx, orderId) {
    return (await findOrder(tx, orderId))?.shop_id ?? null;
  },

  async paid(tx, ctx, orderId, payment) {
    const row = await lockOrRestore(tx, ctx, orderId);
    const due = expected(row, ctx.now);
    const { amount, currency } = payment.amount;
    // The parts of a presale are paid whole: a deposit paid twice is no part of the balance.
    const fits = isPresaleOpen(row) ? amount === due : amount <= due;
    if (due === 0 || currency !== row.currency || !fits) return 'unwanted';
    await addOwnFunds(tx, row, payment.amount.amount);
    const paidAmount = row.paid_amount + payment.amount.amount;
    if (row.status === 'pending_payment' && amount === owed(row))
      await becomePaid(tx, ctx, row, { ...payment, paidAmount });
    else if (isPresaleOpen(row)) await bookDeposit(tx, ctx, row, { ...payment, paidAmount });
    else {
      await settleBalance(tx, ctx, await saveOrder(tx, row, { paid_amount: paidAmount }), payment);
      await settleLateMoney(tx, ctx, row, { paymentId: payment.paymentId, amount: payment.amount.amount });
    }
    return 'accepted';
  },

  async refunded(tx, ctx, orderId, refund) {
    const row = await lockOrRestore(tx, ctx, refund.onBehalfOf ?? orderId);
    await endParts(tx, refund.refundId, 'paid');
    if (!row.superseded) return bookRefund(tx, ctx, row, { ...refund, payerId: orderId });
    let rest = refund.amount.amount;
    const open = await openRefunds(tx, orderId);
    for (const holder of await liveHolders(tx, orderId)) {
      const left = holder.amount - holder.refunded - (open.get(holder.order_id) ?? 0);
      const amount = Math.min(left, rest);
      if (amount <= 0) continue;
      await bookRefund(tx, ctx, await lockAnyOrder(tx, holder.order_id), {
        ...refund,
        amount: { ...refund.amount, amount },
        payerId: orderId,
      });
      rest -= amount;
    }
    assert(rest === 0, 'money that goes back is some order’s');
  },

  async givenUp(tx, ctx, orderId, refund) {
    const row = await lockOrRestore(tx, ctx, refund.onBehalfOf ?? orderId);
    await giveUpParts(tx, row, refund.refundId);
    if (refund.kind !== 'repriced' || row.superseded) return;
    await saveOrder(tx, row, { repriced_amount: Math.max(row.repriced_amount - refund.amount, 0) });
  },
};

/** Who has what was paid for an order: those made of it, or itself when it is whole again. */
async function liveHolders(tx: Tx, payerId: string): Promise<{ order_id: string; amount: number; refunded: number }[]> {
  const holders = await holdersOf(tx, payerId);
  const payer = await lockAnyOrder(tx, payerId);
  if (payer.superseded || holders.some((h) => h.order_id === payerId)) return holders;
  return [{ order_id: payer.id, amount: payer.paid_amount, refunded: payer.refunded_amount }, ...holders];
}

type Paying = { paymentId: string; amount: Money; channel: string; at: Date; paidAmount: number };

/** An order nothing is owed on any more waits for payment no longer. */
export async function becomePaid(tx: Tx, ctx: Ctx, row: OrderRow, payment: Paying): Promise<OrderRow> {
  const { short, waits } = await reserveOnPayment(tx, ctx, row);
  const usual = after(ctx.now, (await orderSettings.get(tx)).confirmWithinMinutes * MINUTE_MS);
  // What waits for goods is confirmed when they have come.
  const confirmBefore = waits && row.promised_ship_at && row.promised_ship_at > usual ? row.promised_ship_at : usual;
  const saved = await saveOrder(tx, row, {
    status: step(orderFlow, row.status, 'pay'),
    paid_amount: payment.paidAmount,
    paid_at: payment.at,
    confirm_before: confirmBefore,
    holds: [
      ...row.holds.filter((h) => h !== BACKORDER_HOLD),
      ...(waits ? [BACKORDER_HOLD] : []),
      ...(short.length > 0 ? [SHORTAGE_HOLD] : []),
    ],
  });
  await OrderPaid.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    paymentId: payment.paymentId,
    channel: payment.channel,
    ...payment.amount,
    confirmBefore: confirmBefore.toISOString(),
  });
  if (short.length > 0) await OrderShort.emit(tx, ctx, row.id, { orderNo: row.order_no, skus: short });
  await stopBalanceClocks(tx, ctx, row, 'met');
  return saved;
}

/** What a change made dearer is paid: nothing holds the order for it any more. */
async function settleBalance(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  payment: { paymentId: string; amount: Money },
): Promise<void> {
  if (!row.holds.includes(BALANCE_HOLD) || owed(row) > 0) return;
  await saveOrder(tx, row, { holds: row.holds.filter((h) => h !== BALANCE_HOLD) });
  await BalancePaid.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    paymentId: payment.paymentId,
    ...payment.amount,
  });
}

/** The lines get back what was to go back for them: those of the orders the order goes on in, where it does. */
export async function giveUpParts(tx: Tx, row: OrderRow, refundId: string): Promise<void> {
  const parts = await endParts(tx, refundId, 'given_up');
  if (parts.length === 0) return;
  if (row.superseded)
    for (const id of (await relativesOf(tx, [row.id])).toSorted()) if (id !== row.id) await lockAnyOrder(tx, id);
  for (const part of parts) await takeBack(tx, part);
}

/** Books money somebody else held and has given back. The order is locked, in whatever it goes on. */
export async function bookExternalRefund(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  refund: { refundId: string; amount: Money; reason: string },
): Promise<void> {
  if (row.superseded || row.derived === null)
    return orderPaymentSubject.refunded(tx, ctx, row.id, { ...refund, paymentId: refund.refundId, onBehalfOf: null });
  await endParts(tx, refund.refundId, 'paid');
  let rest = refund.amount.amount;
  for (const fund of await fundsOf(tx, row)) {
    const amount = Math.min(rest, fund.amount - fund.refunded);
    if (amount <= 0) continue;
    const of = { ...refund, amount: { ...refund.amount, amount }, payerId: fund.payer_order_id };
    await bookRefund(tx, ctx, await lockAnyOrder(tx, row.id), of);
    rest -= amount;
  }
  assert(rest === 0, 'money that goes back was paid');
}

/** Books money gone back on the order it was of. All of it gone, the order is closed. */
async function bookRefund(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  refund: { refundId: string; amount: Money; reason: string; payerId: string },
): Promise<void> {
  const refundedAmount = row.refunded_amount + refund.amount.amount;
  // Late and duplicate payments go back without ever having counted as the order's money.
  if (refundedAmount > row.paid_amount) return;
  await addRefunded(tx, row.id, refund.payerId, refund.amount.amount);
  const kept = keptOf(row);
  const closes =
    refundedAmount === row.paid_amount &&
    kept > 0 && // an order that costs nothing any more goes on
    kept + row.came_back_amount + row.cancelled_amount >= row.total_amount &&
    allowedEvents(orderFlow, row.status).includes('refund_all');
  if (closes && row.status === 'paid') {
    await orderPorts().stopFulfilment(tx, ctx, row.id); // what has not gone yet stays, and may be sold again
    await releaseForOrder(tx, ctx, row.id);
  }
  const forfeited = Math.min(row.forfeited_amount, row.paid_amount - refundedAmount);
  await giveDepositBack(tx, ctx, row, { refundId: refund.refundId, amount: row.forfeited_amount - forfeited });
  await saveOrder(tx, row, {
    refunded_amount: refundedAmount,
    forfeited_amount: forfeited,
    ...(closes ? { status: step(orderFlow, row.status, 'refund_all') } : {}),
  });
  await settleBack(tx, ctx, row, { ...refund, amount: refund.amount.amount });
  await OrderRefunded.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    refundId: refund.refundId,
    ...refund.amount,
    reason: refund.reason,
  });
  if (closes) await OrderClosed.emit(tx, ctx, row.id, { orderNo: row.order_no });
}

/** A deposit given back after all is kept no longer. */
async function giveDepositBack(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  back: { refundId: string; amount: number },
): Promise<void> {
  if (back.amount === 0) return;
  await postEntry(tx, ctx, {
    kind: 'deposit_given_back',
    subject: back.refundId,
    about: row.id,
    at: ctx.now,
    lines: moved('forfeited_deposits', 'prepayments', { amount: back.amount, currency: row.currency }),
  });
}

/** Takes stock for the lines that wait for payment: the SKUs there was not enough of, and whether lines wait for their goods. */
async function reserveOnPayment(tx: Tx, ctx: Ctx, row: OrderRow): Promise<{ short: string[]; waits: boolean }> {
  if (!row.holds.includes(BACKORDER_HOLD)) return { short: await reserveLines(tx, ctx, row, () => true), waits: false };
  const short = await reserveLines(tx, ctx, row, (l) => l.reserve_on !== 'arrival');
  const waits = (await reserveLines(tx, ctx, row, (l) => l.reserve_on === 'arrival')).length > 0;
  if (!waits) await endWaiting(tx, row.id);
  else {
    const dueAt = after(ctx.now, (await orderSettings.get(tx)).backorderMaxDays * DAY_MS);
    await backorderClock.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt }]);
  }
  return { short, waits };
}

/** The SKUs there was not enough of: nothing was taken then. */
async function reserveLines(tx: Tx, ctx: Ctx, row: OrderRow, which: (l: LineRow) => boolean): Promise<string[]> {
  try {
    await reserveMissing(tx, ctx, row, which);
    return [];
  } catch (error) {
    // The function that takes stock refuses before it changes anything, so the payment can still be booked.
    if (error instanceof InsufficientStock) return (error.errors ?? []).map((e) => String(e.facts?.['sku']));
    throw error;
  }
}
