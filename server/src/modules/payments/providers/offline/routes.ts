import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { formatMoney, t } from '#kernel/i18n/index.ts';
import { payeeFor } from '../../bank/store/accounts.ts';
import { broughtFor } from '../../bank/store/matches.ts';
import { PaymentNotFound } from '../../errors.ts';
import { locateId } from '../../store/callbacks.ts';
import { getPayment } from '../../store/payments.ts';
import { escaped, PAGE_HEADERS, payerPage } from '../payer-page.ts';
import { BANK_TRANSFER } from './channel.ts';

/** Where to transfer to, how much, and what to write. Nobody is signed in here: the payer is, who was given the address. */
export const offlineRoutes = [
  defineRoute({
    method: 'GET',
    path: '//pay/transfer/{paymentId}',
    permission: 'public',
    documented: false,
    tags: ['payments'],
    summary: 'How to pay by bank transfer',
    mode: 'raw',
    input: z.object({ paymentId: z.uuid() }),
    output: z.unknown(),
    run: async (env, ctx, { paymentId }, _request, reply) => {
      const place = await locateId(env.db, BANK_TRANSFER, paymentId);
      if (!place) throw new PaymentNotFound({ paymentId });
      const { row, payee, brought } = await env.db.read(place, async (tx) => {
        const payment = await getPayment(tx, paymentId);
        return {
          row: payment,
          payee: await payeeFor(tx, payment.currency),
          brought: await broughtFor(tx, payment.id),
        };
      });
      const say = (key: string, facts?: Record<string, string>): string =>
        escaped(t(ctx.locale, `payments.transfer.${key}`, facts));
      const missing = row.status === 'succeeded' ? 0 : row.amount - brought;
      const sum = escaped(formatMoney(ctx.locale, { amount: missing || row.amount, currency: row.currency }));
      const facts: [string, string][] = [
        ['payee', payee?.name ?? ''],
        ['bank', payee?.bank ?? ''],
        ['account', payee?.account_no ?? ''],
        ['reference', row.no],
      ];
      const open = row.status === 'pending' && payee !== undefined;
      const body = `<p class="sum">${sum}</p><dl>
${open ? facts.map(([key, value]) => `<dt>${say(key)}</dt><dd class="copy">${escaped(value)}</dd>`).join('') : ''}
<dt>${say('order')}</dt><dd>${escaped(row.subject_no)}</dd><dt>${say('status')}</dt><dd role="status">${say(`status_${row.status}`)}</dd></dl>
<p class="note">${open ? say('note', { reference: row.no }) : say('closed')}</p>`;
      return reply
        .type('text/html; charset=utf-8')
        .headers(PAGE_HEADERS)
        .send(payerPage(ctx.locale, t(ctx.locale, 'payments.transfer.title'), body));
    },
  }),
];
