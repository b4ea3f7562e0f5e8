import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { useMailer } from '#kernel/notifications/index.ts';
import { MINUTE_MS } from '#kernel/time.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { anOrder, expectStatus, openShop, pay, phoneOf, place, problems, SHIP_TO } from './support/shop.ts';

type Mail = { to: string; subject: string; language: string };
const mails: Mail[] = [];

/** A real mail server that keeps what it is given. */
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, session, done) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    stream.on('end', () => {
      const [head = ''] = text.split('\r\n\r\n');
      const header = (name: string): string =>
        new RegExp(`^${name}: (.*)$`, 'im').exec(head.replaceAll(/\r\n\s+/g, ' '))?.[1] ?? '';
      mails.push({
        to: session.envelope.rcptTo.map((r) => r.address).join(),
        subject: decoded(header('Subject')),
        language: header('Content-Language'),
      });
      done();
    });
  },
});

/** Encoded words of a header, read. */
const decoded = (text: string): string =>
  text.replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/=\?utf-8\?(b|q)\?([^?]*)\?=/gi, (_all, how: string, body: string) =>
    how.toLowerCase() === 'b'
      ? Buffer.from(body, 'base64').toString()
      : Buffer.from(
          body
            .replaceAll('_', ' ')
            .replaceAll(/=([0-9A-F]{2})/g, (_m, hex: string) => String.fromCharCode(parseInt(hex, 16))),
          'latin1',
        ).toString(),
  );

let app: TestApp;
let org: TestOrg;
let on: Parcels;
let mailer: { close(): void };
before(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as { port: number };
  app = await testApp({ poolMax: 20 });
  mailer = useMailer({ url: `smtp://127.0.0.1:${port}`, from: '掌柜 <no-reply@shop.example>' });
  org = await app.org();
  on = parcelsOf(app, org);
  await openShop(org, [{ sku: 'A', price: 1000, stock: { W1: 100 } }]);
});
after(async () => {
  mailer.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await app.close();
});
beforeEach(() => void (mails.length = 0));

const NAMES: readonly (readonly [what: string, subject: RegExp])[] = [
  ['confirmed', /已确认/],
  ['shipped', /已发货/],
  ['delivered', /签收|送达/],
  ['refunded', /退款/],
  ['cancelled', /已取消/],
  ['interception accepted', /正在退回/],
  ['interception refused', /未能拦截/],
];
/** What the customer was told, in order of the list above; each as often as it came. */
const told = (to: string): string[] =>
  NAMES.flatMap(([what, subject]) => mails.filter((m) => m.to === to && subject.test(m.subject)).map(() => what));

async function paid(email: string, over: object = {}) {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }], { customer: { email }, ...over });
  return { id: order.id as string, paymentId: order.payment.id as string };
}

const ship = async (orderId: string): Promise<string> => (await on.ship(orderId)).shipmentId;

async function advance(shipmentId: string, to: string): Promise<void> {
  await on.advance(shipmentId, to, { times: 3 });
  await app.settleDown();
}

test('PLT-2 the customer is told by e-mail of confirmation, shipment, delivery and refund, once each', async () => {
  const { id, paymentId } = await paid('wang@example.com');
  await advance(await ship(id), 'delivered');
  expectStatus(await org.post(`/payments/${paymentId}/refunds`, { amount: 100, reason: 'gesture' }), 201);
  await app.settleDown();
  await app.settleDown();
  assert.deepEqual(told('wang@example.com'), ['confirmed', 'shipped', 'delivered', 'refunded']);
  assert.equal(mails.length, 4, JSON.stringify(mails));
});

test('PLT-2 ORD-10 of a cancellation with its refund, and of one for want of payment', async () => {
  const { id } = await paid('li@example.com');
  expectStatus(await org.post(`/orders/${id}/cancel`, { reason: '不想要了' }), 200);
  await app.settleDown();
  assert.deepEqual(told('li@example.com'), ['confirmed', 'refunded', 'cancelled']);
  await place(org, { customer: { email: 'late@example.com' } });
  await app.settleDown();
  app.clock.pass(31 * MINUTE_MS);
  await app.settleDown();
  assert.deepEqual(told('late@example.com'), ['cancelled']);
});

test('PLT-2 ORD-10 of a parcel that is stopped, and of one that is not', async () => {
  const stopped = await paid('zhao@example.com');
  const shipment = await ship(stopped.id);
  expectStatus(await org.post(`/orders/${stopped.id}/intercept`, { reason: 'x' }), 200);
  await app.settleDown();
  await advance(shipment, 'returned');
  assert.deepEqual(told('zhao@example.com'), ['confirmed', 'shipped', 'refunded', 'interception accepted']);
  const missed = await paid('qian@example.com');
  const other = await ship(missed.id);
  await advance(other, 'out_for_delivery');
  expectStatus(await org.post(`/orders/${missed.id}/intercept`, { reason: 'x' }), 200);
  await app.settleDown();
  assert.deepEqual(told('qian@example.com'), ['confirmed', 'shipped', 'interception refused']);
});

test('PLT-2 a customer known before is written to where this order says, else where the first one said', async () => {
  const shipTo = { ...SHIP_TO, phone: phoneOf(770_001) };
  await paid('first@example.com', { shipTo });
  await paid('second@example.com', { shipTo, lines: [{ sku: 'A', quantity: 2 }] }); // other goods: no duplicate
  const silent = await place(org, { shipTo, lines: [{ sku: 'A', quantity: 3 }] });
  await pay(org, silent.id);
  await app.settleDown();
  assert.deepEqual(told('second@example.com'), ['confirmed']);
  assert.deepEqual(told('first@example.com'), ['confirmed', 'confirmed']);
});

test('PLT-2 in the organisation’s language; without an address only the app tells', async () => {
  await app.db.systemTx((tx) => tx.query(`update kernel.orgs set locale = 'en' where id = $1`, [org.id]));
  const { id } = await paid('jones@example.com');
  await app.db.systemTx((tx) => tx.query(`update kernel.orgs set locale = 'zh-CN' where id = $1`, [org.id]));
  assert.deepEqual(
    mails.map((m) => [m.to, m.language, /^Order \S+ is confirmed$/.test(m.subject)]),
    [['jones@example.com', 'en', true]],
  );
  mails.length = 0;
  const other = await place(org);
  await pay(org, other.id);
  await app.settleDown();
  assert.deepEqual(mails, []);
  const rows = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ channel: string }>(
      `select channel from kernel.notifications where org_id = $1 and data ->> 'orderId' = $2`,
      [org.id, other.id],
    ),
  );
  assert.deepEqual(rows, [{ channel: 'in_app' }]);
  assert.ok(id);
});

test('CMP-1 the address is refused when it is none, sealed when it is one, and revealed with a reason', async () => {
  for (const email of [
    'x',
    'a@b',
    'a b@example.com',
    'a@example.com, b@example.com',
    'a@example.com\nBcc: b@example.com',
    '',
  ]) {
    const refused = await org.post('/orders', anOrder({ customer: { email } }));
    assert.deepEqual([refused.status, problems(refused)], [422, ['customer.email: bad_email']], email);
  }
  const order = await place(org, { customer: { email: 'sealed-7f3c@example.com' } });
  const person = await app.person('shop');
  const seen = JSON.stringify([
    (await org.get(`/orders/${order.id}`)).body,
    (await org.get(`/orders/${order.id}/timeline`)).body,
  ]);
  assert.equal(seen.includes('sealed-7f3c'), false);
  const shown = expectStatus(
    await person.post('/personal-data/reveal', { kind: 'order', id: order.id, reason: 'the customer telephones' }),
    200,
  );
  assert.match(JSON.stringify(shown), /sealed-7f3c@example\.com/);
  const stored = await app.db.systemTx((tx) =>
    tx.query<{ hit: boolean }>(
      `select position('sealed-7f3c'::bytea in o.personal) > 0 or position('sealed-7f3c'::bytea in c.personal) > 0 as hit
         from orders.orders o join customers.customers c on c.org_id = o.org_id and c.id = o.customer_id where o.id = $1`,
      [order.id],
    ),
  );
  assert.deepEqual(stored, [{ hit: false }]);
});

test('PLT-2 nothing was logged as gone wrong, and every invariant holds', async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), []);
  assert.deepEqual(app.logged, []);
});
