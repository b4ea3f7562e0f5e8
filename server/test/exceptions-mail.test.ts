import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { useMailer } from '#kernel/notifications/index.ts';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type Clock, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

const mails: { to: string; text: string }[] = [];
/** A real mail server that keeps what it is given, read. */
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, session, done) => {
    let raw = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (raw += chunk));
    stream.on('end', () => {
      const cut = raw.indexOf('\r\n\r\n');
      const base64 = /^content-transfer-encoding: base64$/im.test(raw.slice(0, cut));
      const body = raw.slice(cut + 4);
      const text = base64 ? Buffer.from(body, 'base64').toString() : quoted(body);
      mails.push({ to: session.envelope.rcptTo.map((r) => r.address).join(), text });
      done();
    });
  },
});
const quoted = (body: string): string =>
  Buffer.from(
    body
      .replaceAll('=\r\n', '')
      .replaceAll(/=([0-9A-F]{2})/g, (_m, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();

let app: TestApp;
let org: TestOrg;
let clock: Clock;
let mailer: { close(): void };
before(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as { port: number };
  clock = stoppedClock();
  app = await testApp({ clock });
  mailer = useMailer({ url: `smtp://127.0.0.1:${port}`, from: '掌柜 <no-reply@shop.example>' });
  org = await app.org();
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 100 } }]);
});
after(async () => {
  mailer.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await app.close();
});

const to = (address: string): string[] => mails.filter((m) => m.to === address).map((m) => m.text);
const linkIn = (text: string | undefined): string => /https?:\/\/\S+\/portal\/\S+/.exec(text ?? '')?.[0] ?? '';
const stored = (): Promise<string> =>
  app.db
    .systemTx(async (tx) => [
      await tx.query('select * from kernel.notifications'),
      await tx.query('select * from kernel.idempotency'),
      await tx.query('select * from kernel.outbox'),
      await tx.query('select * from orders.exceptions'),
      await tx.query('select payload::text from graphile_worker._private_jobs'),
    ])
    .then((rows) => JSON.stringify(rows, (_k, v: unknown) => (Buffer.isBuffer(v) ? v.toString('latin1') : v)));

/** Safety stock: with more than there is, nothing can be ordered. */
const keepBack = (units: number): Promise<unknown> =>
  app.db.inTx({ orgId: org.id }, (tx) => tx.query('update inventory.balances set safety = $1', [units]));

test('ORD-11 the link comes by mail, works, and stands nowhere in the database', async () => {
  const email = 'short@example.com';
  const phone = phoneOf(70_001);
  const order = await place(org, {
    lines: [{ sku: 'A', quantity: 2 }],
    shipTo: { ...SHIP_TO, phone },
    customer: { phone, email },
  });
  await pay(org, order.id);
  await app.settleDown();
  const lineId = (await orderOf(org, order.id)).lines[0].id;
  const e = expectStatus(await org.post('/exceptions', { orderId: order.id, kind: 'shortage', lineId, units: 1 }), 201);
  const once = { 'idempotency-key': 'the console sends one' };
  const offered = await org.post(`/exceptions/${e.id}/offer`, { options: [{ kind: 'refund' }] }, once);
  const made = expectStatus(offered, 201);
  assert.equal(made.sent, true);
  await app.settleDown();
  const link = linkIn(to(email).find((text) => text.includes('/portal/offer/')));
  assert.equal(link, made.link);
  const token = link.split('/').at(-1) as string;
  assert.ok(!(await stored()).includes(token));
  expectStatus(await app.nobody.post(`/portal/exceptions/${token}`, { choice: 'refund' }), 200);
  const quiet = expectStatus(
    await org.post('/exceptions', { orderId: order.id, kind: 'shortage', lineId, units: 1 }),
    201,
  );
  const unsent = await org.post(`/exceptions/${quiet.id}/offer`, { options: [{ kind: 'refund' }], send: false });
  assert.equal(expectStatus(unsent, 201).sent, false);
  clock.pass(24 * HOUR_MS);
  await app.settleDown();
  assert.ok(
    to(email).some((text) => /3000 积分|3,000 积分/.test(text)),
    'told of the points',
  );
});

test('ORD-17 who asked for a notice gets a link to take it back, and no notice after that', async () => {
  const ask = (email: string) => org.post('/back-in-stock', { sku: 'A', customer: { email } });
  await keepBack(1000);
  expectStatus(await ask('third@example.com'), 201);
  expectStatus(await ask('fourth@example.com'), 201);
  await app.settleDown();
  const link = linkIn(to('third@example.com')[0]);
  const token = link.split('/').at(-1) as string;
  assert.equal(expectStatus(await app.nobody.get(`/portal/back-in-stock/${token}`), 200).state, 'waiting');
  assert.equal(
    expectStatus(await app.nobody.get(`/portal/back-in-stock/${token}`), 200).state,
    'waiting',
    'looking is free',
  );
  assert.equal(expectStatus(await app.nobody.post(`/portal/back-in-stock/${token}/withdraw`), 200).state, 'withdrawn');
  assert.equal((await app.nobody.get(`/portal/exceptions/${token}`)).status, 404, 'a link is for one thing');
  mails.length = 0;
  await keepBack(0);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'A', quantity: 1 }] }), 201);
  await app.settleDown();
  assert.deepEqual([to('third@example.com').length, to('fourth@example.com').length], [0, 1]);
});

test('ORD-17 a wish for a notice ends after ninety days', async () => {
  await keepBack(1000);
  expectStatus(await org.post('/back-in-stock', { sku: 'A', customer: { email: 'late@example.com' } }), 201);
  await app.settleDown();
  clock.pass(91 * DAY_MS);
  mails.length = 0;
  await keepBack(0);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'A', quantity: 1 }] }), 201);
  await app.settleDown();
  assert.deepEqual(to('late@example.com'), []);
  const { items } = expectStatus(await org.get('/back-in-stock/A'), 200);
  assert.equal(items[0].state, 'expired');
});

test('PRO-6 the night expires points and warns of those that will, each once', async () => {
  const phone = phoneOf(70_002);
  const email = 'points@example.com';
  const order = await place(org, {
    lines: [{ sku: 'A', quantity: 1 }],
    shipTo: { ...SHIP_TO, phone },
    customer: { phone, email },
  });
  const { id } = (await orderOf(org, order.id)).customer;
  expectStatus(await org.post(`/customers/${id}/points/compensate`, { points: 250, reason: '慢' }), 201);
  const read = async () => expectStatus(await org.get(`/customers/${id}/points`), 200);
  const { at } = (await read()).nextExpiry;
  clock.at(new Date(Date.parse(at) - 40 * DAY_MS));
  await app.settleDown();
  mails.length = 0;
  for (let day = 0; day < 20; day += 1) {
    clock.pass(DAY_MS);
    await app.settleDown();
  }
  assert.equal(to(email).filter((text) => text.includes('250')).length, 1, mails.map((m) => m.text).join('\n'));
  clock.at(new Date(Date.parse(at) + 2 * DAY_MS));
  await app.settleDown();
  const after = await read();
  assert.equal(after.balance, 0);
  assert.deepEqual(
    after.entries.map((x: { kind: string; points: number }) => [x.kind, x.points]),
    [
      ['expire', -250],
      ['compensate', 250],
    ],
  );
  assert.deepEqual(await app.faults(), []);
});
