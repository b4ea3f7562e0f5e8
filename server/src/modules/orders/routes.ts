import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { BANK_TRANSFER, createPayment, openAtChannel, PAY_METHODS, PaymentView } from '#modules/payments/index.ts';
import { viewArchived, visibleArchived } from './archive/view.ts';
import { cancelOrder } from './commands/cancel-order.ts';
import { confirmReceipt } from './commands/complete-order.ts';
import { waitForTransfer } from './commands/wait-for-transfer.ts';
import { extendReceipt } from './commands/extend-receipt.ts';
import { holdOrder } from './commands/hold-order.ts';
import { interceptOrder } from './commands/intercept-order.ts';
import { dueOf } from './commands/settle-payment.ts';
import { placeBatchRoute, placeOrderRoute } from './intake/routes.ts';
import { dashboard, DashboardView } from './queries/dashboard.ts';
import { countOrders, listOrders } from './queries/list-orders.ts';
import { timelineOf, viewOrder, visibleOrder } from './queries/order.ts';
import {
  CancelAsStaff,
  CountOrders,
  ExtendReceipt,
  HoldOrder,
  InterceptOrder,
  ListOrders,
  OrderCounts,
  OrderRef,
  OrderSummary,
  OrderView,
  ReleaseOrder,
  ReviewOrder,
  TimelineView,
} from './schema.ts';
import { expiryOf, whyNothingDue } from './presale/pay.ts';
import { orderSettings } from './settings.ts';
import { releaseByHand, reviewOrder, verifyIdentity } from './review/decide.ts';
import { reviewRoutes } from './review/routes.ts';
import { VerifyIdentity } from './review/schema.ts';
import { lockOrder, type OrderRow } from './store/orders.ts';

const tags = ['orders'];

/** Runs a command on an order of the caller's data scope and answers with the order as it is afterwards. */
export const onOrder =
  <I extends { orderId: string }>(command: (tx: Tx, ctx: Ctx, input: I) => Promise<OrderRow>) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<z.input<typeof OrderView>> => {
    const { id } = await visibleOrder(tx, ctx, input.orderId);
    return viewOrder(tx, ctx, await command(tx, ctx, { ...input, orderId: id }));
  };

/** How an order is to be paid. A method the channel offers, its usual one unless told; what a channel wants to know of the payer. */
export const PayOrder = OrderRef.extend({
  channel: z.string().min(1).max(40),
  method: z.enum(PAY_METHODS).optional(),
  openid: z.string().min(1).max(128).optional(),
  clientIp: z.union([z.ipv4(), z.ipv6()]).optional(),
});

/** Opens a payment for what is due on an order now: of a presale its deposit, or its balance. @throws BalanceNotOpen, BalanceOver, NothingDue */
export async function payOrder(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof PayOrder>,
): Promise<z.input<typeof PaymentView>> {
  const row = await lockOrder(tx, (await visibleOrder(tx, ctx, input.orderId)).id);
  const due = dueOf(row, ctx.now);
  if (due.amount === 0) throw whyNothingDue(row, ctx.now);
  // A difference owed after the order was paid has its own time: that of the order ran out long ago.
  const waits = row.status === 'pending_payment';
  const expiresAt = waits ? expiryOf(row, ctx.now, (await orderSettings.get(tx)).payWithinMinutes) : undefined;
  const payment = await createPayment(tx, ctx, {
    subjectId: row.id,
    channel: input.channel,
    amount: due,
    method: input.method,
    // a customer pays from where they ask; a shop's server says from where its customer does
    payer: { openid: input.openid, clientIp: input.clientIp ?? (ctx.actor.kind === 'customer' ? ctx.from : undefined) },
    ...(expiresAt ? { expiresAt } : {}),
  });
  if (payment.channel === BANK_TRANSFER) await waitForTransfer(tx, ctx, row, new Date(payment.expiresAt));
  return payment;
}

export const routes = [
  placeOrderRoute,
  placeBatchRoute,
  defineRoute({
    method: 'GET',
    path: '/orders',
    permission: 'orders.order.read',
    tags,
    summary: 'Orders, newest first; q finds by order number, external number, phone or name, in the archive too',
    input: ListOrders,
    output: listOf(OrderSummary),
    run: listOrders,
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/counts',
    permission: 'orders.order.read',
    tags,
    summary: 'How many orders are in each state, with the filters of the list; 1,000 means that or more',
    input: CountOrders,
    output: OrderCounts,
    run: countOrders,
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}',
    permission: 'orders.order.read',
    tags,
    summary: 'One order, by id or order number; an archived one is read from its file',
    input: OrderRef,
    output: OrderView,
    run: async (tx, ctx, { orderId }) => {
      const archived = await visibleArchived(tx, ctx, orderId);
      return archived ? viewArchived(tx, ctx, archived) : viewOrder(tx, ctx, await visibleOrder(tx, ctx, orderId));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/timeline',
    permission: 'orders.order.read',
    tags,
    summary: 'Everything that happened to the order',
    input: OrderRef,
    output: TimelineView,
    run: async (tx, ctx, { orderId }) => {
      const archived = await visibleArchived(tx, ctx, orderId); // its events stay on line
      return timelineOf(tx, ctx, archived ? { id: archived.order_id } : await visibleOrder(tx, ctx, orderId));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/cancel',
    permission: 'orders.order.cancel',
    tags,
    summary: 'Cancel: stock is released, what was paid goes back',
    input: CancelAsStaff,
    output: OrderView,
    run: onOrder(cancelOrder),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/intercept',
    permission: 'orders.order.intercept',
    tags,
    summary: 'Have the carriers asked to bring back the parcels under way; what comes back is refunded',
    input: InterceptOrder,
    output: OrderView,
    run: onOrder(interceptOrder),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/hold',
    permission: 'orders.order.hold',
    tags,
    summary: 'Stop an order before it ships',
    input: HoldOrder,
    output: OrderView,
    run: onOrder(holdOrder),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/release',
    permission: 'orders.order.release',
    tags,
    summary: 'Lift holds',
    input: ReleaseOrder,
    output: OrderView,
    run: onOrder(releaseByHand),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/review',
    permission: 'orders.order.review',
    tags,
    summary: 'Decide on a held order; above the review limit approving asks a second person, and the order stays held',
    input: ReviewOrder,
    output: OrderView,
    run: onOrder(reviewOrder),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/identity',
    permission: 'orders.order.review',
    tags,
    summary: 'Record that the buyer has shown who they are',
    input: VerifyIdentity,
    output: OrderView,
    run: onOrder(verifyIdentity),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/confirm-receipt',
    permission: 'orders.order.confirm_receipt',
    tags,
    summary: 'Confirm receipt: the order is completed',
    input: OrderRef,
    output: OrderView,
    run: onOrder(confirmReceipt),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/extend-receipt',
    permission: 'orders.order.confirm_receipt',
    tags,
    summary: 'Give the customer 3 or 7 more days, once',
    input: ExtendReceipt,
    output: OrderView,
    run: onOrder(extendReceipt),
  }),
  defineRoute({
    method: 'POST',
    path: '/orders/{orderId}/payments',
    permission: 'orders.payment.create',
    tags,
    summary: 'Open a payment for what is owed',
    input: PayOrder,
    output: PaymentView,
    status: 201,
    run: payOrder,
    afterwards: openAtChannel,
  }),
  defineRoute({
    method: 'GET',
    path: '/dashboard',
    permission: 'orders.order.read',
    tags,
    summary: 'The day so far',
    input: z.object({}),
    output: DashboardView,
    run: dashboard,
  }),
  ...reviewRoutes,
];
