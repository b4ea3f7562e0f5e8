import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { useMailer } from '#kernel/notifications/index.ts';
import { DAY_MS } from '#kernel/time.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { applyBody, setTaxCodes, TENCENT } from './support/invoices.ts';
import { expectStatus, openShop, pay, place } from './support/shop.ts';

/** A mail server of ours that keeps what it is given, line breaks of the encoding taken out. */
const mails: string[] = [];
const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData: (stream, _session, done) => {
    let raw = '';
    stream.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
    stream.on('end', () => {
      mails.push(raw.replaceAll('=\r\n', '').replaceAll('=3D', '='));
      done();
    });
  },
});
let app: TestApp;
let org: TestOrg;
let mailer: { close(): void };
before(async () => {
  await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening));
  app = await testApp();
  mailer = useMailer({
    url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`,
    from: 'shop@shop.example',
  });
  org = await app.org();
  await openShop(org);
  await setTaxCodes(org);
});
after(async () => {
  mailer.close();
  await new Promise<void>((closed) => smtp.close(closed));
  await app.close();
});

const linkIn = (mail: string): string =>
  /http:\/\/\S+\/api\/v1\/invoice-documents\/[\w-]+/.exec(decoded(mail))?.[0] ?? '';
/** The body may be in base64. */
function decoded(mail: string): string {
  const parts = mail.split('\r\n\r\n').map((p) => p.replaceAll(/\s/g, ''));
  return [mail, ...parts.map((p) => Buffer.from(p, 'base64').toString('utf8'))].join('\n');
}

test('IVC-1 the buyer is written to once, with a link that opens the document for 90 days and nothing else', async () => {
  const order = await place(org, {});
  await pay(org, order.id);
  await app.settleDown();
  const asked = applyBody(order.id, { title: TENCENT, email: 'fapiao@company.example' });
  const { id } = expectStatus(await org.post('/invoices', asked), 201);
  for (let i = 0; i < 3; i += 1) await app.settleDown();
  const mine = mails.filter((m) => m.includes('fapiao@company.example') && linkIn(m) !== '');
  assert.equal(mine.length, 1);
  const link = linkIn(mine[0] as string);
  const opened = await fetch(link);
  assert.deepEqual([opened.status, opened.headers.get('content-type')], [200, 'application/pdf']);
  const token = link.split('/').at(-1) as string;
  const forged = token.slice(0, -2) + (token.endsWith('AA') ? 'BB' : 'AA');
  assert.equal((await app.nobody.get(`/invoice-documents/${forged}`)).status, 404);
  assert.equal((await app.nobody.post(`/callbacks/invoices/sandbox/${token}`)).status, 404); // one kind never opens the other
  expectStatus(await org.post(`/invoices/${id}/send`, { email: 'boss@company.example' }), 200);
  await app.settleDown();
  assert.ok(mails.some((m) => m.includes('boss@company.example')));
  app.clock.pass(91 * DAY_MS);
  assert.equal((await app.nobody.get(`/invoice-documents/${token}`)).status, 404);
});
