import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openRefunds, RefundExceedsPayment, refundSubject, type RefundView } from '#modules/payments/index.ts';
import type { z } from 'zod';
import { fundsOf } from '../change/store/funds.ts';
import { excessOf } from '../domain/money-owed.ts';
import { type OrderRow, saveOrder } from '../store/orders.ts';

type Made = z.input<typeof RefundView>;
type Asked = { amount?: number; most?: number; reason: string; kind?: 'manual' | 'cancel' | 'repriced' };

/** What is on its way back of each payer's money the order lives on. */
async function onTheirWay(tx: Tx, row: OrderRow, payerId: string): Promise<number> {
  const open = await openRefunds(tx, payerId);
  return (open.get(row.id) ?? 0) + (payerId === row.id ? (open.get(null) ?? 0) : 0);
}

/** Whether money of the order is on its way back, or waits for a person to decide. */
export async function isRefunding(tx: Tx, row: OrderRow): Promise<boolean> {
  for (const fund of await fundsOf(tx, row)) if ((await onTheirWay(tx, row, fund.payer_order_id)) > 0) return true;
  return false;
}

/** How much of what was paid for the order can still be given back here, in minor units: nothing of what others hold. */
export const refundableOf = async (tx: Tx, row: OrderRow): Promise<number> =>
  row.payment_method === 'online' ? leftOfFunds(tx, row) : 0;

/** How much of the payments the order lives on is neither given back nor on its way. */
export async function leftOfFunds(tx: Tx, row: OrderRow): Promise<number> {
  let left = 0;
  for (const fund of await fundsOf(tx, row))
    left += Math.max(fund.amount - fund.refunded - (await onTheirWay(tx, row, fund.payer_order_id)), 0);
  return left;
}

/**
 * Gives `amount` of what was paid for an order back, of `most` as much as is left, or all that is left: from payment to
 * payment in the order they came, those made for the orders it was made of too, never more than is its own of them. The
 * caller holds the order's lock. @throws RefundExceedsPayment when `amount` is more than is left.
 */
export async function refundOrder(tx: Tx, ctx: Ctx, row: OrderRow, asked: Asked): Promise<Made[]> {
  if (row.derived === null) return refundSubject(tx, ctx, row.id, asked);
  const made: Made[] = [];
  let rest = asked.amount ?? asked.most ?? Number.MAX_SAFE_INTEGER;
  for (const fund of await fundsOf(tx, row)) {
    const left = fund.amount - fund.refunded - (await onTheirWay(tx, row, fund.payer_order_id));
    const most = Math.min(rest, left);
    if (most <= 0) continue;
    const refunds = await refundSubject(tx, ctx, fund.payer_order_id, {
      most,
      reason: asked.reason,
      kind: asked.kind ?? 'manual',
      ...(fund.payer_order_id === row.id ? {} : { onBehalfOf: row.id }),
    });
    made.push(...refunds);
    rest -= refunds.reduce((n, r) => n + r.amount, 0);
  }
  if (asked.amount !== undefined && rest > 0)
    throw new RefundExceedsPayment({ left: { amount: asked.amount - rest, currency: row.currency } }); // rolls back
  return made;
}

/** What was paid and is no longer owed goes back: only money that came in, and only once. */
export async function refundExcess(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  reason: string,
): Promise<{ row: OrderRow; refunded: number; made: Made[] }> {
  const most = excessOf(row);
  if (most === 0) return { row, refunded: 0, made: [] };
  const made = await refundOrder(tx, ctx, row, { most, reason, kind: 'repriced' });
  const refunded = made.reduce((n, r) => n + r.amount, 0);
  if (refunded === 0) return { row, refunded, made };
  return { row: await saveOrder(tx, row, { repriced_amount: row.repriced_amount + refunded }), refunded, made };
}
