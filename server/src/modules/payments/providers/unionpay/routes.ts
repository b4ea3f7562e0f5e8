import { z } from 'zod';
import { defineRoute, type HttpEnv } from '#kernel/http/route.ts';
import { formatMoney, t } from '#kernel/i18n/index.ts';
import { PaymentNotFound } from '../../errors.ts';
import { locateId } from '../../store/callbacks.ts';
import { getPayment, type PaymentRow } from '../../store/payments.ts';
import { toChannel } from '../../store/to-channel.ts';
import { escaped, PAGE_HEADERS, payerPage } from '../payer-page.ts';
import { hostsOf, unionpayAccountOf } from './account.ts';
import { FRONT } from './api.ts';
import { frontForm } from './payments.ts';

async function found(env: HttpEnv, paymentId: string): Promise<{ orgId: string; row: PaymentRow }> {
  const place = await locateId(env.db, 'unionpay', paymentId);
  if (!place) throw new PaymentNotFound({ paymentId });
  return { orgId: place.orgId, row: await env.db.read(place, (tx) => getPayment(tx, paymentId)) };
}

/** The form that opens UnionPay's page, and where it goes; undefined while nothing can be paid. */
async function formOf(env: HttpEnv, orgId: string, row: PaymentRow, now: Date) {
  if (row.status !== 'pending' || row.expires_at <= now) return undefined;
  const account = await unionpayAccountOf(env, orgId);
  const to = hostsOf(account).gateway;
  // the gateway leads on to another host of UnionPay's, which the browser counts as part of the form's way
  const ways = to.endsWith('.95516.com') ? `${to} https://*.95516.com` : to;
  return { to, ways, fields: frontForm(account, toChannel(orgId, row)) };
}

const hidden = ([name, value]: [string, string]): string =>
  `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`;

/** The step between the order and UnionPay's page. Nobody is signed in here: the payer is, who was given the address. */
export const unionpayRoutes = [
  defineRoute({
    method: 'GET',
    path: '//pay/unionpay/{paymentId}',
    permission: 'public',
    documented: false,
    tags: ['payments'],
    summary: 'On to UnionPay’s page',
    mode: 'raw',
    input: z.object({ paymentId: z.uuid() }),
    output: z.unknown(),
    run: async (env, ctx, { paymentId }, _request, reply) => {
      const { orgId, row } = await found(env, paymentId);
      const form = await formOf(env, orgId, row, ctx.now);
      const say = (key: string): string => escaped(t(ctx.locale, `payments.unionpay.${key}`));
      const sum = escaped(formatMoney(ctx.locale, { amount: row.amount, currency: row.currency }));
      const action = form
        ? `<form method="post" action="${escaped(form.to + FRONT)}" accept-charset="utf-8">${Object.entries(form.fields).map(hidden).join('')}
<button class="pay" type="submit" autofocus>${say('go')}</button></form><p class="note">${say('note')}</p>`
        : `<p class="note" role="status">${say(`status_${row.status}`)}</p>`;
      const body = `<p class="sum">${sum}</p><dl><dt>${say('order')}</dt><dd>${escaped(row.subject_no)}</dd></dl>${action}`;
      const policy = PAGE_HEADERS['content-security-policy'];
      return reply
        .type('text/html; charset=utf-8')
        .headers({
          ...PAGE_HEADERS,
          'content-security-policy': form ? policy.replace("form-action 'self'", `form-action ${form.ways}`) : policy,
        })
        .send(payerPage(ctx.locale, t(ctx.locale, 'payments.unionpay.title'), body));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '//pay/unionpay/{paymentId}/back',
    permission: 'public',
    documented: false,
    tags: ['payments'],
    summary: 'Where UnionPay sends the payer back to; what it says here is not believed',
    mode: 'raw',
    rawBody: true,
    input: z.object({ paymentId: z.uuid() }),
    output: z.unknown(),
    run: async (env, _ctx, { paymentId }, _request, reply) => {
      await found(env, paymentId);
      return reply.redirect(`/pay/unionpay/${paymentId}`, 303);
    },
  }),
];
