import type { Locale } from '#kernel/context.ts';
import { formatMoney, t } from '#kernel/i18n/index.ts';
import { escaped, payerPage } from '../payer-page.ts';

export type PayPage = {
  no: string;
  orderNo: string;
  amount: number;
  currency: string;
  status: 'pending' | 'succeeded' | 'failed' | 'closed';
  action: string;
  /** A path of this server to go back to. */
  back: string | undefined;
};

/** The sandbox's cash desk: no scripts, so it works under the strictest content policy. */
export function payPage(locale: Locale, page: PayPage): string {
  const say = (key: string): string => escaped(t(locale, `payments.sandbox.${key}`));
  const sum = escaped(formatMoney(locale, { amount: page.amount, currency: page.currency }));
  const buttons = `<form method="post" action="${escaped(page.action)}">
<button class="pay" name="outcome" value="success">${say('succeed')}</button>
<button name="outcome" value="failure">${say('fail')}</button></form>`;
  const back = page.back === undefined ? '' : `<p><a href="${escaped(page.back)}">${say('back')}</a></p>`;
  return payerPage(
    locale,
    t(locale, 'payments.sandbox.title'),
    `<p class="sum">${sum}</p>
<dl><dt>${say('order')}</dt><dd>${escaped(page.orderNo)}</dd><dt>${say('payment')}</dt><dd>${escaped(page.no)}</dd>
<dt>${say('status')}</dt><dd role="status">${say(`status_${page.status}`)}</dd></dl>
${page.status === 'pending' ? buttons : ''}${back}<p class="note">${say('note')}</p>`,
  );
}

/** Where the page may lead back to: a path of this server and nothing else. */
export function backPath(text: string | undefined): string | undefined {
  return text !== undefined && /^\/(?![/\\])[\w\-./?=&%#:]{0,300}$/.test(text) ? text : undefined;
}
