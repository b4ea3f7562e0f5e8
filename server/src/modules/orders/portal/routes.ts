import { z } from 'zod';
import { defineRoute, Nothing, type Route } from '#kernel/http/route.ts';
import { leavePortal } from '#modules/customers/index.ts';
import { openAtChannel, PaymentView, PayOptions, payOptionsOf } from '#modules/payments/index.ts';
import { amend } from '../change/routes.ts';
import { AmendedOrder, AmendMyOrder } from '../change/schema.ts';
import { cancelOrder } from '../commands/cancel-order.ts';
import { confirmReceipt } from '../commands/complete-order.ts';
import { extendReceipt } from '../commands/extend-receipt.ts';
import { interceptOrder } from '../commands/intercept-order.ts';
import { timelineOf, viewOrder, visibleOrder } from '../queries/order.ts';
import { onOrder, PayOrder, payOrder } from '../routes.ts';
import { CancelOrder, ExtendReceipt, InterceptOrder, OrderRef, OrderView, TimelineView } from '../schema.ts';
import { guarded } from './access.ts';
import { listMyOrders } from './my-orders.ts';
import {
  AskForCode,
  ListMyOrders,
  MyOrders,
  PortalOrderPass,
  PortalPass,
  PortalSessionView,
  SignInByCode,
  SignInByOrder,
  SignInByShop,
  WelcomeView,
} from './schema.ts';
import { requestCode, signInByCode, signInByOrder, signInByShop, viewSession, welcome } from './sign-in.ts';

const tags = ['portal'];
const permission = 'session';
const signIn: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/welcome',
    permission: 'public',
    tags,
    summary: 'Whose portal this is and how one may sign in; `org` may be left out where there is one organisation',
    ratePerMinute: 60,
    mode: 'raw',
    input: z.object({ org: z.string().trim().max(40).optional() }),
    output: WelcomeView,
    run: (env, _ctx, { org }) => welcome(env.db, org || undefined),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/sessions',
    permission: 'public',
    tags,
    summary: 'Find my order: its number and the telephone it was placed with',
    ratePerMinute: 10,
    mode: 'raw',
    input: SignInByOrder,
    output: PortalOrderPass,
    status: 201,
    run: (env, ctx, input) => signInByOrder(env.db, ctx, input),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/codes',
    permission: 'public',
    tags,
    summary: 'Send me a code to sign in with; the answer is the same whether the number is known or not',
    ratePerMinute: 60, // many share an address; what one number or address may ask for in an hour is counted in the database
    mode: 'raw',
    input: AskForCode,
    output: Nothing,
    status: 202,
    run: (env, ctx, input, request) => requestCode(env.db, ctx, input, request.ip),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/sessions/phone',
    permission: 'public',
    tags,
    summary: 'Sign in with the code sent to my telephone',
    ratePerMinute: 60,
    mode: 'raw',
    input: SignInByCode,
    output: PortalPass,
    status: 201,
    run: (env, ctx, input) => signInByCode(env.db, ctx, input),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/sessions/shop',
    permission: 'public',
    tags,
    summary: 'Sign in a customer a shop vouches for, by a token it has signed; good once',
    ratePerMinute: 120,
    mode: 'raw',
    input: SignInByShop,
    output: PortalPass,
    status: 201,
    run: (env, ctx, input) => signInByShop(env.db, ctx, input),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/session',
    permission,
    tags,
    summary: 'Who is signed in',
    input: z.object({}),
    output: PortalSessionView,
    run: (tx, ctx) => viewSession(tx, ctx),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/portal/session',
    permission,
    tags,
    summary: 'Sign out; the token opens nothing any more',
    input: z.object({}),
    output: Nothing,
    status: 204,
    run: async (tx, ctx) => {
      await leavePortal(tx, ctx);
      return {};
    },
  }),
];

const orders: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/orders',
    permission,
    tags,
    summary: 'My orders, the latest first',
    input: ListMyOrders,
    output: MyOrders,
    run: listMyOrders,
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}',
    permission,
    tags,
    summary: 'My order',
    input: OrderRef,
    output: OrderView,
    run: guarded(async (tx, ctx, { orderId }) => viewOrder(tx, ctx, await visibleOrder(tx, ctx, orderId))),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/timeline',
    permission,
    tags,
    summary: 'What happened to my order',
    input: OrderRef,
    output: TimelineView,
    run: guarded(async (tx, ctx, { orderId }) => timelineOf(tx, ctx, await visibleOrder(tx, ctx, orderId))),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/payments',
    permission,
    tags,
    summary: 'Pay my order',
    input: PayOrder,
    output: PaymentView,
    status: 201,
    run: guarded(payOrder),
    afterwards: openAtChannel,
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/payment-options',
    permission,
    tags,
    summary: 'How my order may be paid',
    input: OrderRef,
    output: PayOptions,
    run: guarded(async (tx, ctx, { orderId }) => payOptionsOf(tx, ctx, (await visibleOrder(tx, ctx, orderId)).id)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/cancel',
    permission,
    tags,
    summary: 'Cancel my order',
    input: CancelOrder,
    output: OrderView,
    run: guarded(onOrder(cancelOrder)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/amend',
    permission,
    tags,
    summary: 'Change where my order goes, or my remark, until the warehouse begins',
    input: AmendMyOrder,
    output: AmendedOrder,
    run: guarded(amend),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/intercept',
    permission,
    tags,
    summary: 'Have my parcels stopped on their way',
    input: InterceptOrder,
    output: OrderView,
    run: guarded(onOrder(interceptOrder)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/confirm-receipt',
    permission,
    tags,
    summary: 'I have received it',
    input: OrderRef,
    output: OrderView,
    run: guarded(onOrder(confirmReceipt)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/extend-receipt',
    permission,
    tags,
    summary: 'More time before receipt counts as confirmed',
    input: ExtendReceipt,
    output: OrderView,
    run: guarded(onOrder(extendReceipt)),
  }),
];

export const portalRoutes: Route[] = [...signIn, ...orders];
