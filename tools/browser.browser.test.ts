import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test from 'node:test';
import { openBrowser } from './browser.ts';
import { ROOT } from './files.ts';

const FONT = path.join(ROOT, 'node_modules/@fontsource-variable/noto-sans-sc');

test('the browser from npm shows a page, and Chinese with the font that we serve', async (t) => {
  const server = createServer((request, reply) => {
    const file = /^\/font\/([\w./-]+)$/.exec(request.url ?? '')?.[1];
    reply.setHeader(
      'content-type',
      file?.endsWith('.css') ? 'text/css' : file ? 'font/woff2' : 'text/html; charset=utf-8',
    );
    const page = `<link rel="stylesheet" href="/font/index.css"><p style="font-family:'Noto Sans SC Variable'">掌柜 ¥199.00</p>`;
    reply.end(file ? readFileSync(path.join(FONT, file)) : page);
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  const browser = await openBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  assert.equal(await page.textContent('p'), '掌柜 ¥199.00');
  const loaded = await page.evaluate<number>(
    `document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'loaded').length)`,
  );
  assert.ok(loaded > 0);
  assert.ok((await page.screenshot()).length > 1000);
});
