import type { Ctx } from '#kernel/context.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { moneyHeld, settleRefund, settleSale, settlesAfterShipping, type SoldOrder } from '#modules/payments/index.ts';
import { fundsOf } from '../change/store/funds.ts';
import { linesOf, lockAnyOrder, type OrderRow } from '../store/orders.ts';

/** Lines weigh with what of them was kept; the freight with all of it. */
async function soldOf(tx: Tx, row: OrderRow): Promise<SoldOrder> {
  const lines = (await linesOf(tx, row.id)).filter((l) => l.payable > 0);
  const skus = await skusByIds(
    tx,
    lines.map((l) => l.sku_id),
  );
  const categories = new Map(skus.map((s) => [s.id, s.category]));
  return {
    orderId: row.id,
    orderNo: row.order_no,
    shopId: row.shop_id,
    currency: row.currency,
    agreedAt: row.placed_at,
    sold: {
      lines: lines.map((l) => ({
        category: categories.get(l.sku_id) ?? '',
        amount: Math.floor((l.payable * Math.max(l.quantity - l.cancelled - l.came_back, 0)) / Math.max(l.quantity, 1)),
      })),
      freight: row.freight_amount,
    },
  };
}

/** Of what was paid for an order: what we hold, and what a marketplace or a courier does, which is not in our books. */
async function moneyOf(tx: Tx, row: OrderRow): Promise<{ ours: number; others: number }> {
  if (row.payment_method === 'online') return { ours: row.paid_amount - row.refunded_amount, others: 0 };
  const ours = await moneyHeld(tx, row.id);
  const worth = row.total_amount - row.cancelled_amount - row.came_back_amount;
  return { ours, others: Math.max(worth - ours, 0) };
}

/**
 * The shop has earned what was paid for an order: when it is completed, or some days after it was shipped, whichever comes first.
 * Once. Orders taken over from elsewhere were settled there.
 */
export async function settleOrder(tx: Tx, ctx: Ctx, row: OrderRow): Promise<void> {
  if (row.historical || row.superseded) return;
  const { ours, others } = await moneyOf(tx, row);
  if (ours <= 0 && others <= 0) return;
  const payers = (await fundsOf(tx, row)).map((f) => f.payer_order_id);
  await settleSale(tx, ctx, await soldOf(tx, row), { subject: row.id, amount: ours, payers, othersMoney: others });
}

/** Money that came when the order was completed already, such as what is paid at the door: the shop's at once. */
export async function settleLateMoney(
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  payment: { paymentId: string; amount: number },
): Promise<void> {
  if (row.status !== 'completed' || row.historical) return;
  await settleSale(tx, ctx, await soldOf(tx, row), {
    subject: payment.paymentId,
    amount: payment.amount,
    payers: [row.id],
  });
}

/** Money that went back: of a sale that was recognised, the shop gives it back. */
export const settleBack = (
  tx: Tx,
  ctx: Ctx,
  row: OrderRow,
  refund: { refundId: string; payerId: string; amount: number },
): Promise<void> => settleRefund(tx, ctx, { orderId: row.id, orderNo: row.order_no, currency: row.currency }, refund);

/** With some shops it is agreed that an order is settled some days after it was shipped. */
export const settleClock = defineDeadline({
  kind: 'orders.settle_shipped',
  told: false,
  onBreach: async (tx, ctx, orderId) => {
    const row = await lockAnyOrder(tx, orderId);
    if (row.status === 'shipped' || row.status === 'delivered') await settleOrder(tx, ctx, row);
  },
});

/** Starts that clock, where it was agreed. */
export async function expectSettlement(tx: Tx, ctx: Ctx, row: OrderRow): Promise<void> {
  const days = await settlesAfterShipping(tx, row.shop_id, row.placed_at);
  if (days === null) return;
  await settleClock.open(tx, ctx, [{ subject: row.id, startsAt: ctx.now, dueAt: after(ctx.now, days * DAY_MS) }]);
}
