import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import sharp from 'sharp';
import { systemCtx } from '#kernel/context.ts';
import { makeMp4 } from '#kernel/files/testing/make-mp4.ts';
import { silentLog } from '#kernel/log.ts';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { archiveOrders } from '#modules/orders/index.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { type Customer, customerOf } from './support/portal.ts';
import { copyOrders } from './support/old-orders.ts';
import { expectStatus, openShop, orderOf, stockOf } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let on: Parcels;
let cs: Cases;
const meet = async (): Promise<void> => {
  org = await app.org();
  on = parcelsOf(app, org);
  cs = casesOf(org, on);
};
before(async () => {
  app = await testApp();
  await meet();
  await app.person('shop');
  await openShop(org, [
    { sku: 'A', price: 1000, stock: { W1: 1000 } },
    { sku: 'B', price: 600, stock: { W1: 1000 } },
  ]);
});
after(() => app.close());
afterEach(async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), [], 'every invariant holds after every test');
});

const put = async (values: object): Promise<void> => {
  expectStatus(await org.api('PUT', '/settings/aftersales', { values }), 200);
};
const line = (order: Body, quantity = 1) => ({ lineId: order.lines[0].id, quantity });
const debtsOf = (c: Body): [string, number, string][] => c.debts.map((d: Body) => [d.why, d.amount.amount, d.state]);

let buyers = 0;
async function bought(): Promise<{ order: Body; customer: Customer }> {
  buyers += 1;
  const externalId = `proves-${buyers}`;
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }], { customer: { externalId } });
  return { order, customer: await customerOf(app, org, externalId) };
}

/** An exchange whose other goods have gone before the old ones came. */
async function sentFirst(sku: string): Promise<{ opened: Body; order: Body }> {
  const { order } = await bought();
  const opened = await cs.open(order.id, 'exchange', [{ ...line(order), sku }]);
  const agreed = await cs.act(opened.id, 'approve');
  await app.settleDown();
  const { orderId } = agreed.replacement;
  assert.deepEqual((await orderOf(org, orderId)).holds, [], 'nothing keeps it from going');
  const parcel = await on.ship(orderId);
  await on.advance(parcel.shipmentId, 'delivered');
  await app.settleDown();
  return { opened, order };
}

test('AFT-6 sent ahead, the other goods are owed when the old ones are not sent, are lost, or are refused; else the exchange is done', async () => {
  await put({ advanceExchange: true });
  try {
    const good = await sentFirst('B');
    const early = await org.post(`/after-sales/${good.opened.id}/cancel`, {});
    assert.deepEqual([early.status, early.body.code], [409, 'replacement_sent']);
    await cs.comeBack(good.opened.id, [line(good.order)]);
    const done = await cs.act(good.opened.id, 'execute');
    assert.deepEqual([done.status, done.refund.amount.amount, debtsOf(done)], ['done', 400, []]);

    const never = await sentFirst('A');
    app.clock.pass(8 * DAY_MS);
    await app.settleDown();
    const expired = await cs.view(never.opened.id);
    assert.deepEqual([expired.status, debtsOf(expired)], ['expired', [['never_came', 1000, 'open']]]);
    assert.equal((await orderOf(org, expired.replacement.orderId)).status, 'delivered', 'what has gone stays gone');
    const again = await cs.open(never.order.id, 'return', [line(never.order)]);
    assert.equal(again.status, 'submitted', 'what they have still they may send back');

    const lost = await sentFirst('B');
    await cs.act(lost.opened.id, 'ship', { carrier: 'sf', waybillNo: 'SF1234567890123' });
    app.clock.pass(16 * DAY_MS);
    await app.settleDown();
    assert.deepEqual(debtsOf(await cs.view(lost.opened.id)), [['never_came', 600, 'open']]);
    const twice = await org.post('/after-sales', {
      orderId: lost.order.id,
      type: 'refund',
      lines: [line(lost.order, 2)],
      reason: 'missing',
    });
    assert.equal(twice.body.code, 'quantity_exceeded', 'what was lost was given other goods for');

    const refused = await sentFirst('A');
    await cs.act(refused.opened.id, 'ship', { carrier: 'sf', waybillNo: 'SF1234567890123' });
    await cs.act(refused.opened.id, 'receive', {});
    const { available } = await stockOf(org, 'A');
    const rejected = await cs.act(refused.opened.id, 'reject', { note: '不是原商品' });
    assert.deepEqual([rejected.status, debtsOf(rejected)], ['rejected', [['counted_less', 1000, 'open']]]);
    assert.equal((await stockOf(org, 'A')).available, available, 'nothing else is sent for them');
  } finally {
    await put({ advanceExchange: false });
  }
});

test('AFT-11 a VIP’s case is somebody’s by name, is answered sooner, and stands first on the desk', async () => {
  const owner = await app.person('shop', ['agent']);
  await put({ vipOwner: owner.id, vipAnswerWithinHours: 2 });
  try {
    const plain = await cs
      .open((await bought()).order.id, 'return', [line((await bought()).order)])
      .catch(() => undefined);
    assert.equal(plain, undefined, 'lines of another order are none');
    const usual = await bought();
    const first = await cs.open(usual.order.id, 'return', [line(usual.order)]);
    const order = await cs.delivered([{ sku: 'A', quantity: 1 }], { customer: { externalId: 'very', level: 'vip' } });
    const vip = await cs.open(order.id, 'return', [line(order)]);
    assert.deepEqual([vip.vip, vip.owner.id, first.vip, first.owner], [true, owner.id, false, null]);
    const hours = (c: Body): number => (Date.parse(c.dueAt) - Date.parse(c.openedAt)) / HOUR_MS;
    assert.deepEqual([hours(vip), hours(first)], [2, 24]);
    const { items } = expectStatus(await org.get('/after-sales?view=open'), 200);
    assert.equal(items[0].id, vip.id, 'before those that wait longer');
    const mine = expectStatus(await owner.get('/after-sales?view=open&owner=me'), 200).items;
    assert.deepEqual(
      mine.map((c: Body) => c.id),
      [vip.id],
    );
    app.clock.pass(3 * HOUR_MS);
    await app.settleDown();
    assert.deepEqual([(await cs.view(vip.id)).overdue, (await cs.view(first.id)).overdue], [true, false]);
  } finally {
    await put({ vipOwner: '', vipAnswerWithinHours: 4 });
  }
});

async function upload(who: Customer, name: string, bytes: Buffer): Promise<Answer> {
  const made = expectStatus(await who.post('/uploads', { name, size: bytes.length }), 201);
  const sent = await fetch(`${app.url}/api/v1/uploads/${made.id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${who.token}`,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    },
    body: new Uint8Array(bytes),
  });
  if (sent.status !== 204) return { status: sent.status, body: await sent.json(), headers: sent.headers };
  return who.post(`/uploads/${made.id}/finish`);
}
const bytesAt = (token: string, path: string): Promise<Response> =>
  fetch(`${app.url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } });

test('AFT-1 a film shows what is wrong: what it is, its content says, and customer and staff see it with the case', async () => {
  const { order, customer } = await bought();
  const { film, picture } = makeMp4('isom', 20_000);
  const { id: filmId } = expectStatus(await upload(customer, '开箱.mp4', film), 200);
  const fake = await upload(customer, 'film.mp4', Buffer.from('this is no film at all, whatever it is called'));
  assert.equal(fake.status, 422, 'what it is, its content says');
  const photo = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#36c' } })
    .png()
    .toBuffer();
  const { id: photoId } = expectStatus(await upload(customer, 'a.png', photo), 200);
  const asked = { type: 'return', reason: 'quality', lines: [line(order)], evidence: [filmId, photoId] };
  const opened = expectStatus(await customer.post(`/portal/orders/${order.id}/after-sales`, asked), 201);
  const shown = opened.evidence.find((e: Body) => e.fileId === filmId);
  assert.deepEqual([shown.mediaType, shown.by], ['video/mp4', 'customer']);
  for (const [token, path] of [
    [customer.token, `/portal/after-sales/${opened.id}/evidence/${filmId}`],
    [org.key, `/after-sales/${opened.id}/evidence/${filmId}`],
  ] as const) {
    const got = await bytesAt(token, path);
    assert.deepEqual([got.status, got.headers.get('content-type')], [200, 'video/mp4']);
    assert.ok(Buffer.from(await got.arrayBuffer()).includes(picture), 'its pictures are whole');
  }
});

test('AFT-4 a customer ships, has fetched, answers offers and quotes over the portal; another customer is told nothing', async () => {
  const stranger = (await bought()).customer;
  const post = async (who: Customer, id: string, path: string, body: object): Promise<Answer> =>
    who.post(`/portal/after-sales/${id}/${path}`, body);
  const bothAsk = async (who: Customer, id: string, path: string, body: object): Promise<Body> => {
    const refused = await post(stranger, id, path, body);
    assert.deepEqual([refused.status, refused.body.code], [404, 'case_not_found'], path);
    return expectStatus(await post(who, id, path, body), 200);
  };
  const opened = async (who: { order: Body; customer: Customer }, type: string): Promise<string> => {
    const { id } = await cs.open(who.order.id, type, [line(who.order)], { reason: 'quality' });
    return id;
  };

  const sends = await bought();
  const first = await opened(sends, 'return');
  const early = await post(sends.customer, first, 'ship', { waybillNo: 'SF1234567890123' });
  assert.equal(early.status, 403, 'not before it is agreed to');
  await cs.act(first, 'approve');
  const shipped = await bothAsk(sends.customer, first, 'ship', { waybillNo: 'SF1234567890123' });
  assert.deepEqual([shipped.status, shipped.returning.waybillNo], ['in_transit', 'SF1234567890123']);

  const fetched = await bought();
  const second = await opened(fetched, 'return');
  await cs.act(second, 'approve');
  const at = (hours: number): string => new Date(app.clock.now().getTime() + hours * HOUR_MS).toISOString();
  const window = { carrier: 'sf', from: at(24), until: at(26) };
  const booked = await bothAsk(fetched.customer, second, 'pickup', window);
  assert.equal(booked.returning.pickup.carrier, 'sf');
  assert.equal((await post(fetched.customer, second, 'pickup', window)).status, 403, 'it is booked already');

  const offered = await bought();
  const third = await opened(offered, 'return');
  const none = await post(offered.customer, third, 'answer-offer', { answer: 'accept' });
  assert.equal(none.status, 403, 'nothing was proposed');
  await cs.act(third, 'offers', { kind: 'refund', amount: 300 });
  const taken = await bothAsk(offered.customer, third, 'answer-offer', { answer: 'accept' });
  assert.deepEqual([taken.type, taken.status], ['refund', 'approved']);

  const mended = await bought();
  const fourth = await opened(mended, 'repair');
  await cs.act(fourth, 'approve');
  await cs.comeBack(fourth, [line(mended.order)], { disposition: 'repair' });
  await cs.act(fourth, 'quote', { amount: 250 });
  const declined = await bothAsk(mended.customer, fourth, 'answer-quote', { answer: 'decline' });
  assert.equal(declined.status, 'declined');
  for (const [who, id] of [
    [sends, first],
    [fetched, second],
    [offered, third],
    [mended, fourth],
  ] as const) {
    assert.equal((await stranger.get(`/portal/after-sales/${id}`)).body.code, 'case_not_found');
    expectStatus(await who.customer.get(`/portal/after-sales/${id}`), 200);
  }
});

test('AFT-3 every timer goes on after the server was started anew: answer, agreement, reminder, expiry, follow-up', async () => {
  await put({ agreeWhenUnanswered: true });
  const opened = async (over: object = {}): Promise<{ id: string; order: Body }> => {
    const { order } = await bought();
    return { id: (await cs.open(order.id, 'return', [line(order)], { ...over })).id, order };
  };
  const agrees = await opened();
  const beyond = await opened({ reason: 'no_reason' });
  const unsent = await opened();
  await cs.act(unsent.id, 'approve');
  const done = await opened();
  await cs.act(done.id, 'approve');
  await cs.comeBack(done.id, [line(done.order)]);
  await cs.act(done.id, 'execute');
  await app.settleDown();
  const restart = async (): Promise<void> => {
    const { database, clock } = app;
    await app.stop();
    app = await testApp({ database, clock });
    await meet();
  };
  const timer = async (id: string, kind: string): Promise<string> =>
    (await cs.view(id)).timers.find((t: Body) => t.kind === `aftersales.${kind}`).state;
  await restart();
  assert.deepEqual(
    [await timer(agrees.id, 'answer'), await timer(unsent.id, 'return_reminder'), await timer(done.id, 'follow_up')],
    ['open', 'open', 'open'],
  );
  app.clock.pass(25 * HOUR_MS);
  await app.settleDown();
  assert.equal((await cs.view(agrees.id)).status, 'approved', 'nobody answered: it counts as agreed');
  const late = await cs.view(beyond.id);
  assert.deepEqual([late.status, late.overdue, await timer(beyond.id, 'answer')], ['submitted', true, 'breached']);
  await restart();
  app.clock.pass(24 * HOUR_MS);
  await app.settleDown();
  assert.equal(await timer(unsent.id, 'return_reminder'), 'breached', 'the customer was reminded');
  assert.equal(await timer(done.id, 'follow_up'), 'breached');
  const calls = expectStatus(await org.get('/after-sales?view=follow_up'), 200).items;
  assert.ok(calls.some((c: Body) => c.id === done.id && c.overdue));
  await restart();
  app.clock.pass(6 * DAY_MS);
  await app.settleDown();
  assert.equal((await cs.view(unsent.id)).status, 'expired');
  await put({ agreeWhenUnanswered: false });
});

test('AFT-8 what an arbiter decided, and what it rests on, is read after the order went into the archive', async () => {
  const { order: template } = await bought();
  const [orderId = ''] = await copyOrders(app.db, org.id, template.id, [{ at: new Date('2023-05-14T03:04:05.678Z') }]);
  const order = await orderOf(org, orderId);
  const admin = await app.person('shop');
  const { film, picture } = makeMp4('isom');
  const report = new FormData();
  report.set('file', new Blob([new Uint8Array(film)]), '检测.mp4');
  const { id: filmId } = expectStatus(await admin.post('/files', report), 201);
  const asked = { orderId, type: 'refund', reason: 'quality', lines: [line(order)], evidence: [filmId] };
  const opened = expectStatus(await admin.post('/after-sales', asked), 201);
  await cs.act(opened.id, 'reject', { note: '人为损坏' });
  await cs.act(opened.id, 'escalate', { note: '请仲裁' });
  await cs.act(opened.id, 'arbitrate', { verdict: 'overrule', note: '检测报告：人为损坏' });
  const done = await archiveOrders({ db: app.db, log: silentLog }, systemCtx(org.id, new Date()));
  assert.equal(done.orders, 1);
  assert.equal(expectStatus(await org.get(`/orders/${orderId}`), 200).archived, true);
  const kept = await cs.view(opened.id);
  assert.deepEqual([kept.status, kept.verdict.note, kept.evidence.length], ['rejected', '检测报告：人为损坏', 1]);
  const later = await bytesAt(org.key, `/after-sales/${opened.id}/evidence/${filmId}`);
  assert.ok(Buffer.from(await later.arrayBuffer()).includes(picture));
  const { items } = expectStatus(await org.get(`/after-sales?orderId=${orderId}`), 200);
  assert.deepEqual(
    items.map((c: Body) => c.no),
    [opened.no],
  );
});
