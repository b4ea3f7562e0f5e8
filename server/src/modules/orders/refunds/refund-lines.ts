import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { RefundExceedsPayment } from '#modules/payments/index.ts';
import { leftOfFunds, refundOrder } from '../commands/refund-order.ts';
import { layOverLines, type Share } from '../domain/refund-parts.ts';
import { shareBack } from '../domain/share-back.ts';
import { linesOf, type LineRow, type OrderRow } from '../store/orders.ts';
import { LineRefundExceeds } from './errors.ts';
import { ExternalRefundDue } from './events.ts';
import { addParts, externalDue, freightRefunded, insertExternal } from './store.ts';

/** What goes back for named lines of an order, in minor units of its currency; `freight` of what was paid for sending it, and of what belongs to no line. */
export type LineRefund = {
  lines: readonly { lineId: string; amount: number }[];
  freight?: number;
  reason: string;
};

/** One way the money goes: a refund of ours, or one that who holds the money has to make. */
export type RefundLeg = { refundId: string; amount: number; external: boolean };

/** What is still there of a line's price: neither cancelled, come back undelivered, nor given back. */
export const lineLeft = (row: OrderRow, line: LineRow): number =>
  Math.max(line.payable - shareOfGone(row, line) - line.refunded_amount, 0);

const shareOfGone = (row: OrderRow, line: LineRow): number =>
  shareBack(
    { quantity: line.quantity, payable: line.payable, cameBack: 0 },
    line.cancelled + line.came_back,
    row.currency,
  );

/**
 * What is still there of what belongs to no line: the freight, and what units that were cancelled left behind because a threshold was
 * missed without them.
 */
export async function restLeft(tx: Tx, row: OrderRow): Promise<{ freight: number; withheld: number }> {
  const fellAway = (await linesOf(tx, row.id)).reduce((n, l) => n + shareOfGone(row, l), 0);
  const withheld = Math.max(fellAway - row.cancelled_amount - row.came_back_amount, 0);
  const left = Math.max(row.freight_amount + withheld - (await freightRefunded(tx, row.id)), 0);
  const kept = Math.min(withheld, left);
  return { freight: Math.min(row.freight_amount, left - kept), withheld: kept };
}

/** Whether somebody else holds what was paid for an order: a marketplace. What is paid online or at the door is in our books. */
export const heldByOthers = (row: OrderRow): boolean => row.payment_method === 'prepaid';

/** How much of what was paid for the order can still be given back, by us or by who holds it: a deposit that was kept cannot. */
export async function moneyLeft(tx: Tx, row: OrderRow): Promise<number> {
  const left = heldByOthers(row)
    ? row.paid_amount - row.refunded_amount - (await externalDue(tx, row.id))
    : await leftOfFunds(tx, row);
  return Math.max(left - row.forfeited_amount, 0);
}

/**
 * Gives money of named lines back, and of the freight: never more than is left of each, nor of what was paid. Our own money goes
 * from payment to payment; money somebody else holds is written down as due from them. A refund that is given up gives the lines
 * their money back. The caller holds the order's lock and has decided that the actor may.
 * @throws LineRefundExceeds naming each line and what is left of it, RefundExceedsPayment.
 */
export async function refundLines(tx: Tx, ctx: Ctx, row: OrderRow, asked: LineRefund): Promise<RefundLeg[]> {
  const freight = asked.freight ?? 0;
  await mustBeLeft(tx, row, asked);
  const shares: Share[] = [
    ...asked.lines.map((l) => ({ lineId: l.lineId, amount: l.amount })),
    { lineId: null, amount: freight },
  ].filter((s) => s.amount > 0);
  const amount = shares.reduce((n, s) => n + s.amount, 0);
  if (amount === 0) return []; // a refund of nothing is none
  const left = await moneyLeft(tx, row);
  if (amount > left) throw new RefundExceedsPayment({ left: { amount: left, currency: row.currency } });
  const legs = heldByOthers(row)
    ? [await askOthers(tx, ctx, row, amount, { reason: asked.reason })]
    : (await refundOrder(tx, ctx, row, { amount, reason: asked.reason, kind: 'manual' })).map((r): RefundLeg => ({
        refundId: r.id,
        amount: r.amount,
        external: false,
      }));
  const laid = layOverLines(
    legs.map((l) => l.amount),
    shares,
  );
  for (const [i, leg] of legs.entries()) {
    const parts = laid[i] ?? [];
    assert(parts.reduce((n, p) => n + p.amount, 0) === leg.amount, 'the parts of a refund add up to it');
    await addParts(tx, ctx, row.id, { id: leg.refundId, reason: asked.reason, parts });
  }
  return legs;
}

async function mustBeLeft(tx: Tx, row: OrderRow, asked: LineRefund): Promise<void> {
  const lines = new Map((await linesOf(tx, row.id)).map((l) => [l.id, l]));
  const sums = new Map<string, number>();
  for (const l of asked.lines) sums.set(l.lineId, (sums.get(l.lineId) ?? 0) + l.amount);
  const problems = asked.lines.flatMap(({ lineId, amount }, i) => {
    assert(amount >= 0, 'no line gives back less than nothing');
    const line = lines.get(lineId);
    const left = line ? lineLeft(row, line) : 0;
    if ((sums.get(lineId) ?? 0) <= left) return [];
    return [{ path: `lines[${i}].amount`, code: 'too_big', facts: { maximum: left } }];
  });
  const { freight, withheld } = await restLeft(tx, row);
  if ((asked.freight ?? 0) > freight + withheld)
    problems.push({ path: 'freight', code: 'too_big', facts: { maximum: freight + withheld } });
  if (problems.length > 0) throw new LineRefundExceeds({ orderNo: row.order_no }, problems);
}

/** Writes down that who holds the money of an order is to give some of it back. */
export async function askOthers(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  amount: number,
  why: { reason: string; ofUnits?: boolean },
): Promise<RefundLeg> {
  const refundId = await insertExternal(tx, ctx, { orderId: row.id, amount, currency: row.currency, ...why });
  await ExternalRefundDue.emit(tx, ctx, row.id, { orderNo: row.order_no, refundId, amount, currency: row.currency });
  return { refundId, amount, external: true };
}
