import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { requestRefund } from './commands/refund.ts';
import { resolveRefund, retryRefund } from './commands/resolve-refund.ts';
import { bankRoutes } from './bank/routes.ts';
import { UnknownChannel } from './errors.ts';
import { receiveCallback } from './handlers/receive-callback.ts';
import { askChannel } from './jobs/close-payment.ts';
import { financeRoutes } from './finance/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { findChannel } from './port.ts';
import { offlineRoutes } from './providers/offline/routes.ts';
import { sandboxRoutes } from './providers/sandbox/routes.ts';
import {
  listPayments,
  listRefunds,
  recordsOfPayment,
  refundsOfPayment,
  seenPayment,
  showPayment,
} from './queries/payments.ts';
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
];

const writes = [
  defineRoute({
    method: 'POST',
    path: '/payments/{paymentId}/refunds',
    permission: 'payments.refund.create',
    tags,
    summary: 'Refund part or all of a payment to where it came from',
    status: 201,
    input: CreateRefund,
    output: RefundView,
    run: async (tx, ctx, input) => {
      await seenPayment(tx, ctx, input.paymentId);
      return requestRefund(tx, ctx, input);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/refunds/{refundId}/retry',
    permission: 'payments.refund.resolve',
    tags,
    summary: 'Have the channel asked again about an abnormal refund',
    input: RefundId,
    output: RefundView,
    run: retryRefund,
  }),
  defineRoute({
    method: 'POST',
    path: '/refunds/{refundId}/resolve',
    permission: 'payments.refund.resolve',
    tags,
    summary: 'End an abnormal refund: paid to the customer by other means, or given up',
    input: ResolveRefund,
    output: RefundView,
    run: resolveRefund,
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
      await askChannel(env, ctx, input.paymentId);
      return env.db.read(ctx, (tx) => showPayment(tx, ctx, input));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/callbacks/payments/{channel}',
    permission: 'public',
    tags,
    summary: 'What a payment channel calls; signed in its own way',
    documented: false,
    mode: 'raw',
    rawBody: true,
    input: z.object({ channel: z.string().max(40) }),
    output: z.record(z.string(), z.unknown()),
    run: async (env, ctx, input, request) => {
      const channel = findChannel(input.channel);
      if (!channel) throw new UnknownChannel({ channel: input.channel });
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      await receiveCallback(
        { db: env.db, log: env.log, now: env.now(), requestId: ctx.requestId },
        channel,
        body,
        request.headers,
      );
      return channel.acknowledgement;
    },
  }),
];

export const routes = [
  ...reads,
  ...writes,
  ...ledgerRoutes,
  ...reconciliationRoutes,
  ...bankRoutes,
  ...storyRoutes,
  ...offlineRoutes,
  ...settlementRoutes,
  ...financeRoutes,
  ...sandboxRoutes,
];
