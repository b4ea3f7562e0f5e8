import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { t } from '#kernel/i18n/index.ts';
import { HOUR_MS } from '#kernel/time.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [], ['W1']);
  for (const [sku, category] of [
    ['FRESH', '食品/生鲜/水果'],
    ['DRY', '日用/清洁'],
  ] as const) {
    const made = await addGoods(org, { sku });
    expectStatus(await org.api('PATCH', `/products/${made.id}`, { category }), 200);
    expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 1000 }] }), 201);
  }
});
after(() => app.close());

const prepaid = async (over: Record<string, unknown> = {}): Promise<Answer['body']> =>
  expectStatus(
    await org.post('/orders', anOrder({ payment: 'prepaid', lines: [{ sku: 'DRY', quantity: 1 }], ...over })),
    201,
  );

test('ORD-6 the confirmation names the expected ship date, the carrier and the risk, which grows with the backlog', async () => {
  const first = await prepaid();
  await app.settleDown();
  const { expected, promisedShipAt } = (await org.get(`/orders/${first.id}`)).body;
  assert.equal(expected.risk, 'low');
  assert.equal(expected.carrier, null, 'nothing has been sent with anybody yet');
  assert.ok(Date.parse(expected.shipsAt) <= Date.parse(promisedShipAt));
  expectStatus(
    await org.api('PUT', '/settings/orders', {
      values: { shipOrdersPerHour: 1, handlingHours: 23, usualCarrier: 'sf' },
    }),
    200,
  );
  const waiting = expectStatus(
    await org.post('/orders/batch', {
      orders: Array.from({ length: 5 }, () => anOrder({ payment: 'prepaid', lines: [{ sku: 'DRY', quantity: 1 }] })),
    }),
    200,
  ).results.map((r: Answer['body']) => r.order.id);
  await app.settleDown();
  const seen = await Promise.all(waiting.map(async (id: string) => (await org.get(`/orders/${id}`)).body.expected));
  assert.deepEqual([seen.at(-1).risk, seen.at(-1).carrier], ['high', 'sf']);
  assert.deepEqual(
    seen.map((e) => Date.parse(e.shipsAt)).toSorted((a, b) => a - b),
    seen.map((e) => Date.parse(e.shipsAt)),
    'each stands behind the ones before it',
  );
  const told = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ data: Record<string, unknown> }>(
      `select data from kernel.notifications where org_id = $1 and template = 'orders.confirmed' and data ->> 'orderId' = $2 and channel = 'in_app'`,
      [org.id, waiting.at(-1)],
    ),
  );
  assert.equal(told.length, 1);
  assert.match(
    t('zh-CN', 'notify.orders.confirmed.body', told[0]?.data),
    /预计 .+ 前由.+发出。当前待发订单较多.*，很可能晚于承诺时间/,
  );
  expectStatus(await org.api('PUT', '/settings/orders', { values: { shipOrdersPerHour: 100, handlingHours: 4 } }), 200);
});

test('ORD-7 the score is explained term by term, in words', async () => {
  const fresh = await prepaid({ lines: [{ sku: 'FRESH', quantity: 60 }] });
  const zh = { 'accept-language': 'zh-CN' };
  const { points, terms } = expectStatus(await org.api('GET', `/orders/${fresh.id}/priority`, undefined, zh), 200);
  const by = new Map<string, Answer['body']>(terms.map((t: Answer['body']) => [t.term, t]));
  assert.deepEqual([by.get('perishable').points, by.get('perishable').words], [30, '含易腐商品，须尽快发出']);
  assert.equal(by.get('amount').points, 12, '600 yuan of 1,000 for 20 points');
  assert.equal(
    points,
    terms.reduce((n: number, t: Answer['body']) => n + t.points, 0),
  );
  expectStatus(await org.api('PUT', '/settings/priority', { values: { perishablePoints: 5 } }), 200);
  assert.equal((await org.get(`/orders/${fresh.id}/priority`)).body.points, Math.round((points - 25) * 10) / 10);
  expectStatus(await org.api('PUT', '/settings/priority', { values: { perishablePoints: 30 } }), 200);
});

test('ORD-7 a wave takes what matters most first: what spoils and what is late before what is merely old', async () => {
  const old = await prepaid();
  app.clock.pass(60 * HOUR_MS);
  const ordinary = await prepaid();
  const fresh = await prepaid({ lines: [{ sku: 'FRESH', quantity: 1 }] });
  await app.settleDown();
  const wave = expectStatus(await org.post('/waves', { warehouse: 'W1', limit: 50 }), 201);
  const order = wave.picks.map((p: { orderId: string }) => p.orderId);
  const place = (o: { id: string }): number => order.indexOf(o.id);
  assert.ok(place(old) >= 0 && place(old) < place(fresh), 'the overdue one comes first');
  assert.ok(place(fresh) < place(ordinary), 'though it is younger');
});
