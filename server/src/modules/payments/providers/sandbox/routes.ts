import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { defineRoute, type HttpEnv } from '#kernel/http/route.ts';
import { AMOUNT_MAX } from '#kernel/money.ts';
import { PaymentNotFound } from '../../errors.ts';
import { PAYMENT_STATES } from '../../domain/payment-flow.ts';
import { paymentSettings } from '../../settings.ts';
import { locateId } from '../../store/callbacks.ts';
import { findPayment, type PaymentRow } from '../../store/payments.ts';
import { toChannel } from '../../store/to-channel.ts';
import { PAGE_HEADERS } from '../payer-page.ts';
import { backPath, payPage } from './page.ts';
import { sendCallback, type Settle, settleAtPeer } from './peer.ts';

const TIMES_MAX = 50;

/** The sandbox's side of a payment. Nobody is signed in here: the payer is. @throws PaymentNotFound, also when the sandbox is off. */
async function sandboxPayment(env: HttpEnv, paymentId: string): Promise<{ orgId: string; row: PaymentRow }> {
  const place = await locateId(env.db, 'sandbox', paymentId);
  const row =
    place &&
    (await env.db.read(place, async (tx) =>
      (await paymentSettings.get(tx)).sandboxEnabled ? findPayment(tx, paymentId) : undefined,
    ));
  if (!place || !row) throw new PaymentNotFound({ paymentId });
  return { orgId: place.orgId, row };
}

/** Pays or fails the payment at the sandbox, which then calls back `times` times at once. Answers the statuses it got. */
async function settleAndTell(env: HttpEnv, paymentId: string, how: Settle, times: number): Promise<number[]> {
  const { orgId, row } = await sandboxPayment(env, paymentId);
  const says = await settleAtPeer(env, toChannel(orgId, row), how);
  return Promise.all(Array.from({ length: times }, () => sendCallback(env, says, env.now())));
}

async function show(
  env: HttpEnv,
  ctx: Ctx,
  reply: FastifyReply,
  paymentId: string,
  back: string | undefined,
): Promise<FastifyReply> {
  const { row } = await sandboxPayment(env, paymentId);
  const suffix = back === undefined ? '' : `?back=${encodeURIComponent(back)}`;
  const page = payPage(ctx.locale, {
    no: row.no,
    orderNo: row.subject_no,
    amount: row.amount,
    currency: row.currency,
    status: row.status,
    action: `/sandbox/pay/${row.id}${suffix}`,
    back,
  });
  return reply.type('text/html; charset=utf-8').headers(PAGE_HEADERS).send(page);
}

export const sandboxRoutes = [
  defineRoute({
    method: 'POST',
    path: '//sandbox/payments/{paymentId}/settle',
    permission: 'public',
    tags: ['sandbox'],
    summary: 'Have the sandbox channel settle a payment and send its signed callback',
    mode: 'raw',
    input: z.object({
      paymentId: z.uuid(),
      outcome: z.enum(['success', 'failure']),
      times: z.int().min(1).max(TIMES_MAX).default(1),
      /** What the payer paid instead of what was asked, to try the handling of wrong amounts. */
      amount: z.int().min(1).max(AMOUNT_MAX).optional(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .optional(),
    }),
    output: z.object({
      paymentId: z.uuid(),
      status: z.enum(PAYMENT_STATES),
      callbacks: z.array(z.object({ status: z.int() })),
    }),
    run: async (env, _ctx, input) => {
      const callbacks = await settleAndTell(env, input.paymentId, input, input.times);
      const { row } = await sandboxPayment(env, input.paymentId);
      return { paymentId: row.id, status: row.status, callbacks: callbacks.map((status) => ({ status })) };
    },
  }),
  defineRoute({
    method: 'GET',
    path: '//sandbox/pay/{paymentId}',
    permission: 'public',
    tags: ['sandbox'],
    summary: 'The page on which a payer settles a sandbox payment',
    documented: false,
    mode: 'raw',
    input: z.object({ paymentId: z.uuid(), back: z.string().max(300).optional() }),
    output: z.unknown(),
    run: (env, ctx, input, _request, reply) => show(env, ctx, reply, input.paymentId, backPath(input.back)),
  }),
  defineRoute({
    method: 'POST',
    path: '//sandbox/pay/{paymentId}',
    permission: 'public',
    tags: ['sandbox'],
    summary: 'The buttons of the sandbox page',
    documented: false,
    mode: 'raw',
    rawBody: true,
    input: z.object({ paymentId: z.uuid() }),
    output: z.unknown(),
    run: async (env, _ctx, input, request, reply) => {
      const form = new URLSearchParams((request.body as Buffer | undefined)?.toString('utf8') ?? '');
      const outcome = form.get('outcome') === 'success' ? 'success' : 'failure';
      await settleAndTell(env, input.paymentId, { outcome }, 1);
      const back = backPath((request.query as { back?: string }).back);
      return reply.redirect(
        `/sandbox/pay/${input.paymentId}${back === undefined ? '' : `?back=${encodeURIComponent(back)}`}`,
        303,
      );
    },
  }),
];
