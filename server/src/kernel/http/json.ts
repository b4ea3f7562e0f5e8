import type { FastifyInstance } from 'fastify';
import { InvalidJson } from '../errors.ts';

const DEPTH_MAX = 100;
const UNCHECKED_CHARS = 4096; // so short a text cannot nest deep enough to exhaust the stack of whoever walks it

/** Whether brackets of JSON text nest deeper than anything we take. Those within texts do not count. */
export function nestsTooDeep(text: string): boolean {
  if (text.length <= UNCHECKED_CHARS) return false;
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (inText) {
      if (char === 0x5c) i += 1; // a backslash: whatever follows is text
      else if (char === 0x22) inText = false;
    } else if (char === 0x22) inText = true;
    else if (char === 0x5b || char === 0x7b) {
      depth += 1;
      if (depth > DEPTH_MAX) return true;
    } else if (char === 0x5d || char === 0x7d) depth -= 1;
  }
  return false;
}

/** Has request bodies refused that nest without end, before a schema, a fingerprint or a log walks them. */
export function limitJsonDepth(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (nestsTooDeep(body as string)) done(new InvalidJson());
    else parse(request, body as string, done);
  });
}
