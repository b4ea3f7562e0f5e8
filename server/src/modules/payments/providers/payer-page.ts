import type { Locale } from '#kernel/context.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => ESCAPES[c] as string);

const STYLE = `body{margin:0;font:16px/1.6 system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;background:#f5f6f8;color:#1f2329}
main{max-width:26rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:12px;box-shadow:0 2px 12px #0001}
h1{font-size:1.1rem;margin:0 0 1rem}.sum{font-size:2rem;font-weight:600;margin:.5rem 0}dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:1rem 0}
dt{color:#646a73}dd{margin:0;overflow-wrap:anywhere}dd.copy{user-select:all;font-weight:600}form{display:grid;gap:.75rem}button{font:inherit;min-height:48px;border-radius:8px;border:1px solid #d0d3d6;background:#fff;cursor:pointer}
button.pay{background:#0b7a3e;border-color:#0b7a3e;color:#fff}button:focus-visible,a:focus-visible{outline:3px solid #3370ff;outline-offset:2px}.note{color:#646a73;font-size:.875rem}`;

/** The headers of such a page: it has no scripts and one style of its own; its buttons post to itself. */
export const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** A page a payer sees, without scripts, so that it works under the strictest content policy. `body` is HTML. */
export const payerPage = (locale: Locale, title: string, body: string): string => `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`;
