import type { Locale } from '#kernel/context.ts';
import { formatMoney, t } from '#kernel/i18n/index.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => ESCAPES[c] as string);

const STYLE = `body{margin:0;font:16px/1.6 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;background:#f5f6f8;color:#1f2329}
main{max-width:26rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:12px;box-shadow:0 2px 12px #0001}
h1{font-size:1.1rem;margin:0 0 1rem}.sum{font-size:2rem;font-weight:600;margin:.5rem 0}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:1rem 0}
dt{color:#646a73}dd{margin:0;overflow-wrap:anywhere}form{display:grid;gap:.75rem}button{font:inherit;min-height:48px;border-radius:8px;border:1px solid #d0d3d6;background:#fff;cursor:pointer}
button.pay{background:#0b7a3e;border-color:#0b7a3e;color:#fff}button:focus-visible,a:focus-visible{outline:3px solid #3370ff;outline-offset:2px}.note{color:#646a73;font-size:.875rem}`;

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
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${say('title')}</title><style>${STYLE}</style></head>
<body><main><h1>${say('title')}</h1><p class="sum">${sum}</p>
<dl><dt>${say('order')}</dt><dd>${escaped(page.orderNo)}</dd><dt>${say('payment')}</dt><dd>${escaped(page.no)}</dd>
<dt>${say('status')}</dt><dd role="status">${say(`status_${page.status}`)}</dd></dl>
${page.status === 'pending' ? buttons : ''}${back}<p class="note">${say('note')}</p></main></body></html>`;
}

/** Where the page may lead back to: a path of this server and nothing else. */
export function backPath(text: string | undefined): string | undefined {
  return text !== undefined && /^\/(?![/\\])[\w\-./?=&%#:]{0,300}$/.test(text) ? text : undefined;
}
