import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { releaseForOrder } from '#modules/inventory/index.ts';
import { closePending, moved, pendingOf, postEntry } from '#modules/payments/index.ts';
import { releaseUses } from '#modules/promotions/index.ts';
import { refundOrder } from '../../commands/refund-order.ts';
import { orderFlow } from '../../domain/flow.ts';
import { OrderCancelled } from '../../events.ts';
import { lockAnyOrder, type OrderRow, saveOrder } from '../../store/orders.ts';
import { stageOf } from '../domain/stage.ts';
import { DepositForfeited } from '../events.ts';
import { depositToKeep } from '../rule.ts';

const REASON = 'balance_unpaid';

/**
 * Ends a presale whose balance was not paid in its time: the deposit stays or goes back by the rule, the quota is free
 * again. Does nothing when it was paid meanwhile. While a payment opened in time has no outcome the order waits for that:
 * it is paid by it, or given up when the payment is closed.
 */
export async function giveUpBalance(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const row = await lockAnyOrder(tx, orderId);
  if (stageOf(row, ctx.now) !== 'balance_due' || row.balance_to === null || ctx.now < row.balance_to) return;
  if ((await pendingOf(tx, row.id)).length > 0) return closePending(tx, ctx, row.id);
  const kept = await depositToKeep(tx, ctx, row, 'timeout');
  const saved = await saveOrder(tx, row, {
    status: step(orderFlow, row.status, 'expire'),
    cancelled_at: ctx.now,
    holds: [],
    forfeited_amount: kept,
  });
  await releaseForOrder(tx, ctx, row.id);
  await releaseUses(tx, row.id);
  const facts = { orderNo: row.order_no, reason: REASON };
  await OrderCancelled.emit(tx, ctx, row.id, { ...facts, how: 'timeout', forfeited: kept });
  await keepDeposit(tx, ctx, saved, REASON);
  await refundOrder(tx, ctx, saved, { most: paidBack(saved), reason: REASON, kind: 'cancel' });
}

/** What of what was paid goes back when the order has ended. */
export const paidBack = (row: OrderRow): number => row.paid_amount - row.refunded_amount - row.forfeited_amount;

/** Books and tells that the shop keeps the deposit, when it does. */
export async function keepDeposit(tx: Tx, ctx: Ctx, row: OrderRow, reason: string): Promise<void> {
  if (row.forfeited_amount === 0) return;
  await postEntry(tx, ctx, {
    kind: 'deposit_kept',
    subject: row.id,
    about: row.id,
    at: ctx.now,
    lines: moved('prepayments', 'forfeited_deposits', { amount: row.forfeited_amount, currency: row.currency }),
  });
  await DepositForfeited.emit(tx, ctx, row.id, {
    orderNo: row.order_no,
    amount: row.forfeited_amount,
    currency: row.currency,
    reason,
  });
}
