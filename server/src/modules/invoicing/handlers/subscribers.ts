import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { followOrder } from '../commands/follow-order.ts';
import { applyPreferred } from '../commands/apply-preferred.ts';
import { relativesOf } from '#modules/orders/index.ts';
import { invoicingSettings } from '../settings.ts';
import { ordersWithInvoices } from '../store/invoices.ts';

const COMPLETED = 'orders.order_completed.v1';
/** News after which an order's money, or whose it is, may be another. */
const MONEY = [
  'orders.order_paid.v1',
  'orders.balance_paid.v1',
  'orders.order_amended.v1',
  'orders.order_cancelled.v1',
  'orders.order_refunded.v1',
  'orders.goods_came_back.v1',
  'orders.order_split.v1',
  'orders.order_merged.v1',
  'orders.order_undone.v1',
  'payments.payment_succeeded.v1',
  'payments.refund_succeeded.v1',
  'payments.refund_failed.v1',
];

/** Keeps invoices in line with the money of their orders, and of those orders share money with. */
export const followMoney = defineSubscriber({
  name: 'invoicing.follow_money',
  types: MONEY,
  batchMax: 50, // each order stays locked until the batch commits
  run: async (tx, ctx, events) => {
    const concerned = await relativesOf(tx, [...new Set(events.map((e) => e.key))]);
    const withInvoices = await ordersWithInvoices(tx, concerned);
    if (withInvoices.length > 0) await fieldCrypto.load(ctx.orgId);
    for (const id of withInvoices) await followOrder(tx, ctx, id);
  },
});

async function applyFor(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  await tx.query('savepoint invoice');
  try {
    await applyPreferred(tx, ctx, { orderId });
    await tx.query('release savepoint invoice');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await tx.query('rollback to savepoint invoice'); // invoiced already, or nothing to invoice
  }
}

/** Where the organisation wants it, an order that is completed is invoiced without being asked. */
export const invoiceCompleted = defineSubscriber({
  name: 'invoicing.invoice_completed',
  types: [COMPLETED],
  batchMax: 50,
  run: async (tx, ctx, events) => {
    if (!(await invoicingSettings.get(tx)).issueOnCompletion) return;
    await fieldCrypto.load(ctx.orgId);
    for (const orderId of [...new Set(events.map((e) => e.key))].toSorted()) await applyFor(tx, ctx, orderId);
  },
});
