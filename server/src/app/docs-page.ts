type Schema = Record<string, unknown>;
type Operation = {
  summary?: string;
  tags?: string[];
  'x-permission'?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
type Document = {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const json = (value: unknown): string => `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`;

const STYLE = `body{font:15px/1.6 system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem;color:#1f2329}code,pre{font:13px/1.5 ui-monospace,monospace}
pre{background:#f5f6f7;padding:.75rem;overflow:auto;border-radius:6px}summary{cursor:pointer;padding:.35rem 0}b.m{display:inline-block;width:4.5rem}table{border-collapse:collapse}
td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top}h2{margin-top:2rem;border-bottom:1px solid #dee0e3}nav a{margin-right:1rem}`;

function operation(method: string, url: string, op: Operation): string {
  const rows = (op.parameters ?? []).map(
    (p) =>
      `<tr><td><code>${escape(p.name)}</code></td><td>${p.in}${p.required ? ', required' : ''}</td><td><code>${escape(JSON.stringify(p.schema ?? {}))}</code></td></tr>`,
  );
  const bodies = Object.entries(op.requestBody?.content ?? {}).map(
    ([type, { schema }]) => `<p>${type}</p>${json(schema)}`,
  );
  const answers = Object.entries(op.responses)
    .filter(([status]) => status !== 'default')
    .map(
      ([status, r]) =>
        `<p>${status}</p>${Object.values(r.content ?? {})
          .map((c) => json(c.schema))
          .join('')}`,
    );
  return `<details><summary><b class="m">${method.toUpperCase()}</b> <code>${escape(url)}</code> ${escape(op.summary ?? '')}</summary>
<p>Permission: <code>${escape(op['x-permission'] ?? '')}</code></p>${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}${bodies.join('')}<h4>Answer</h4>${answers.join('')}</details>`;
}

/** The API for human eyes: no script, so that it needs no exception from the content policy. */
export function docsPage(document: Document): string {
  const byTag = new Map<string, string[]>();
  for (const [url, methods] of Object.entries(document.paths)) {
    for (const [method, op] of Object.entries(methods)) {
      const tag = op.tags?.[0] ?? 'other';
      byTag.set(tag, [...(byTag.get(tag) ?? []), operation(method, url, op)]);
    }
  }
  const tags = [...byTag.keys()].toSorted();
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) =>
      `<details id="${escape(name)}"><summary><code>${escape(name)}</code></summary>${json(schema)}</details>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(document.info.title)} API</title><style>${STYLE}</style>
<h1>${escape(document.info.title)} API ${escape(document.info.version)}</h1>
<p>Base <code>/api/v1</code>. Machine-readable: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1). Authenticate with <code>Authorization: Bearer &lt;api key&gt;</code>.
Money is whole minor units with a currency. Lists page by <code>cursor</code>. Errors are <code>application/problem+json</code> with a stable <code>code</code>.</p>
<nav>${tags.map((t) => `<a href="#tag-${escape(t)}">${escape(t)}</a>`).join('')}<a href="#schemas">schemas</a></nav>
${tags.map((t) => `<h2 id="tag-${escape(t)}">${escape(t)}</h2>${(byTag.get(t) ?? []).join('')}`).join('')}
<h2 id="schemas">schemas</h2>${schemas.join('')}</html>`;
}
