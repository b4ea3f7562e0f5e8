import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { bankRoutes } from './bank/routes.ts';
import { accountRoutes } from './accounts/routes.ts';
import { askRefund } from './commands/ask-refund.ts';
import { resolveRefund, retryRefund, takeRefund } from './commands/resolve-refund.ts';
import { UnknownChannel } from './errors.ts';
import { heard } from './heard.ts';
import { receiveCallback } from './handlers/receive-callback.ts';
import { askChannel } from './jobs/close-payment.ts';
import { financeRoutes } from './finance/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { findChannel } from './port.ts';
import { unionpayRoutes } from './providers/unionpay/routes.ts';
import { offlineRoutes } from './providers/offline/routes.ts';
import { sandboxRoutes } from './providers/sandbox/routes.ts';
import { listPayments, listRefunds, recordsOfPayment, refundsOfPayment, showPayment } from './queries/payments.ts';
import { showRefund, viewRefund } from './queries/refunds.ts';
import { seenPayment } from './queries/seen.ts';
import { storyRoutes } from './story/routes.ts';
import { reconciliationRoutes } from './reconciliation/routes.ts';
import { settlementRoutes } from './settlement/routes.ts';
import {
  CreateRefund,
  ListPayments,
  ListRefunds,
  PaymentId,
  PaymentList,
  PaymentRecordView,
  PaymentView,
  RefundId,
  RefundList,
  RefundView,
  RefundWorkView,
  ResolveRefund,
} from './schema.ts';

const tags = ['payments'];

const reads = [
  defineRoute({
    method: 'GET',
    path: '/payments',
    permission: 'payments.payment.read',
    tags,
    summary: 'Payments, newest first; of one order with `subject`',
    input: ListPayments,
    output: PaymentList,
    run: listPayments,
  }),
  defineRoute({
    method: 'GET',
    path: '/payments/{paymentId}',
    permission: 'payments.payment.read',
    tags,
    summary: 'One payment',
    input: PaymentId,
    output: PaymentView,
    run: showPayment,
  }),
  defineRoute({
    method: 'GET',
    path: '/payments/{paymentId}/records',
    permission: 'payments.payment.read',
    tags,
    summary: 'Everything the channel said about a payment, with the verdict on it',
    input: PaymentId,
    output: z.object({ items: z.array(PaymentRecordView) }),
    run: recordsOfPayment,
  }),
  defineRoute({
    method: 'GET',
    path: '/payments/{paymentId}/refunds',
    permission: 'payments.payment.read',
    tags,
    summary: 'Refunds of a payment, newest first',
    input: PaymentId,
    output: RefundList,
    run: refundsOfPayment,
  }),
  defineRoute({
    method: 'GET',
    path: '/refunds',
    permission: 'payments.refund.read',
    tags,
    summary: 'Refunds, newest first; `status=abnormal` is the work list',
    input: ListRefunds,
    output: RefundList,
    run: listRefunds,
  }),
  defineRoute({
    method: 'GET',
    path: '/refunds/{refundId}',
    permission: 'payments.refund.read',
    tags,
    summary: 'One refund, with its order, payment and payout',
    input: RefundId,
    output: RefundWorkView,
    run: showRefund,
  }),
];

/** Public: whoever calls is judged by what they sign. The answer is the channel's own word, given after the commit. */
const callbackRoute = (path: `/${string}`) =>
  defineRoute({
    method: 'POST',
    path,
    permission: 'public',
    tags,
    summary: 'What a payment channel calls; signed in its own way',
    documented: false,
    mode: 'raw',
    rawBody: true,
    input: z.object({ channel: z.string().max(40), accountId: z.uuid().optional() }),
    output: z.unknown(),
    run: async (env, ctx, input, request, reply) => {
      const channel = findChannel(input.channel);
      if (!channel) throw new UnknownChannel({ channel: input.channel });
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await receiveCallback({ db: env.db, log: env.log, now: env.now(), requestId: ctx.requestId }, channel, {
        body,
        headers: request.headers,
        accountId: input.accountId,
      });
      return reply.type(channel.acknowledgement.type).send(channel.acknowledgement.body);
    },
  });

const writes = [
  defineRoute({
    method: 'POST',
    path: '/payments/{paymentId}/refunds',
    permission: 'payments.refund.create',
    tags,
    summary:
      'Refund part or all of a payment to where it came from; above the caller’s limit a second person agrees first',
    status: 201,
    input: CreateRefund,
    output: RefundView,
    run: async (tx, ctx, input) => {
      await seenPayment(tx, ctx, input.paymentId);
      return askRefund(tx, ctx, input);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/refunds/{refundId}/retry',
    permission: 'payments.refund.resolve',
    tags,
    summary: 'Have the channel asked again about an abnormal refund',
    input: RefundId,
    output: RefundWorkView,
    run: async (tx, ctx, input) => viewRefund(tx, ctx, await retryRefund(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/refunds/{refundId}/take',
    permission: 'payments.refund.resolve',
    tags,
    summary: 'Look after an abnormal refund oneself',
    input: RefundId,
    output: RefundWorkView,
    run: async (tx, ctx, input) => viewRefund(tx, ctx, await takeRefund(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/refunds/{refundId}/resolve',
    permission: 'payments.refund.resolve',
    tags,
    summary:
      'End an abnormal refund: paid to the customer by bank transfer (above the caller’s limit once confirmed), or given up',
    input: ResolveRefund,
    output: RefundWorkView,
    run: async (tx, ctx, input) => viewRefund(tx, ctx, await resolveRefund(tx, ctx, input)),
  }),
  defineRoute({
    method: 'POST',
    path: '/payments/{paymentId}/query',
    permission: 'payments.payment.query',
    tags,
    summary: 'Ask the channel about an open payment now',
    mode: 'raw',
    input: PaymentId,
    output: PaymentView,
    run: async (env, ctx, input) => {
      await env.db.read(ctx, (tx) => seenPayment(tx, ctx, input.paymentId));
      await heard(askChannel(env, ctx, input.paymentId));
      return env.db.read(ctx, (tx) => showPayment(tx, ctx, input));
    },
  }),
  callbackRoute('/callbacks/payments/{channel}'),
  callbackRoute('/callbacks/payments/{channel}/{accountId}'),
];

export const routes = [
  ...reads,
  ...writes,
  ...accountRoutes,
  ...ledgerRoutes,
  ...reconciliationRoutes,
  ...bankRoutes,
  ...storyRoutes,
  ...offlineRoutes,
  ...unionpayRoutes,
  ...settlementRoutes,
  ...financeRoutes,
  ...sandboxRoutes,
];
