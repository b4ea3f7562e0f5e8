import { createHash } from 'node:crypto';
import type { Locale } from '#kernel/context.ts';
import { t } from '#kernel/i18n/index.ts';
import type { Shown } from './queries/shown.ts';

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.6 system-ui,sans-serif;margin:0;padding:.75rem 1rem;color:#1f2329;background:#fff}
h2{font-size:1.05rem;margin:0 0 .5rem}ul{list-style:none;margin:0;padding:0}li{padding:.5rem 0;border-top:1px solid #dee0e3}
p{margin:0}.for{color:#51565d;font-size:.85rem}b{font-weight:600}
@media (prefers-color-scheme:dark){body{color:#e8eaed;background:#1b1d20}li{border-color:#3a3d42}.for{color:#b0b4ba}}`;

/** The page may be framed by any shop; nothing in it runs, and nothing is loaded or kept. */
export const EMBED_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors *`,
  'cross-origin-resource-policy': 'cross-origin',
};

const words = (locale: Locale, kind: 'types' | 'reasons', codes: readonly string[]): string =>
  codes.map((c) => t(locale, `aftersales.${kind}.${c === '*' ? 'any' : c}`)).join(locale === 'en' ? ', ' : '、');

/** A clause is told once, with all it is for: its text says the terms. */
function told(clauses: Shown['clauses']): Pick<Shown['clauses'][number], 'allowed' | 'text' | 'types' | 'reasons'>[] {
  return [...Map.groupBy(clauses, (c) => `${c.allowed} ${c.clause} ${c.text}`).values()].flatMap(([first, ...more]) =>
    first === undefined
      ? []
      : [
          {
            ...first,
            types: [...new Set([first, ...more].flatMap((c) => c.types))],
            reasons: [...new Set([first, ...more].flatMap((c) => c.reasons))],
          },
        ],
  );
}

/** The policy of goods as a page for the shop's own, in a frame. */
export function embedPage(shown: Shown, locale: Locale): string {
  const clauses = told(shown.clauses).map(
    (c) =>
      `<li><p>${c.allowed ? '' : `<b>${escape(t(locale, 'aftersales.policy.not_for'))}</b> `}${escape(c.text)}</p>` +
      `<p class="for">${escape(words(locale, 'types', c.types))} · ${escape(words(locale, 'reasons', c.reasons))}</p></li>`,
  );
  const title = escape(t(locale, 'aftersales.policy.title'));
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h2>${title}</h2><ul>${clauses.join('')}</ul></main></body></html>`;
}
