import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#kernel/ids.ts';
import { DAY_MS } from '#kernel/time.ts';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { parcelsOf } from './support/parcels.ts';
import { addGoods, expectStatus, openShop, orderOf, problems } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [{ sku: 'FRESH', price: 2_000, stock: { W1: 1_000 } }]);
  const skus = [{ sku: 'COAT', price: { amount: 30_000, currency: 'CNY' } }];
  expectStatus(await org.post('/products', { code: 'P-COAT', title: '大衣', category: '服装/女装', skus }), 201);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'COAT', quantity: 1_000 }] }), 201);
});
after(() => app.close());

const both = [
  { sku: 'FRESH', quantity: 1 },
  { sku: 'COAT', quantity: 2 },
];
async function received(lines = both): Promise<Body> {
  const parcels = parcelsOf(app, org);
  const order = await parcels.paidOrder(lines);
  const { shipmentId } = await parcels.ship(order.id);
  await parcels.advance(shipmentId, 'delivered');
  await app.settleDown();
  return orderOf(org, order.id);
}
const check = async (order: Body, over: object, skus = ['COAT'], as: Sender = org): Promise<Body> =>
  expectStatus(
    await as.post('/after-sales/policy-check', {
      orderId: order.id,
      lines: order.lines.filter((l: Body) => skus.includes(l.sku)).map((l: Body) => ({ lineId: l.id, quantity: 1 })),
      type: 'return',
      reason: 'no_reason',
      ...over,
    }),
    200,
  );
const later = (days: number): string => new Date(app.clock.now().getTime() + days * DAY_MS).toISOString();

test('AFT-2 policy-check answers as the contract says, naming the clause, for each line and for all', async () => {
  const order = await received();
  assert.ok(order.deliveredAt);
  const coat = await check(order, {});
  assert.deepEqual(
    [coat.allowed, coat.clause, coat.freight, coat.evidence, coat.instant, coat.version, coat.refusedBecause],
    [true, 'general.no_reason', 'buyer', 'none', true, 0, null],
  );
  assert.match(coat.text, /^Seven days without a reason/);
  const all = await check(order, {}, ['FRESH', 'COAT']);
  assert.deepEqual([all.allowed, all.clause, all.refusedBecause], [false, 'fresh.no_reason', 'clause']);
  assert.deepEqual(
    all.lines.map((l: Body) => [l.category, l.allowed, l.clause]),
    [
      ['食品/生鲜', false, 'fresh.no_reason'],
      ['服装/女装', true, 'general.no_reason'],
    ],
  );
  const late = await check(order, { at: later(9) });
  assert.deepEqual([late.allowed, late.refusedBecause], [false, 'window_closed']);
  const fault = await check(order, { reason: 'quality', at: later(9) });
  assert.deepEqual([fault.allowed, fault.freight, fault.evidence, fault.instant], [true, 'seller', 'photo', false]);
});

test('AFT-2 the category a line was bought under decides, whatever the catalogue calls it later', async () => {
  const skus = [{ sku: 'MUG', price: { amount: 5_000, currency: 'CNY' } }];
  const product = expectStatus(
    await org.post('/products', { code: 'P-MUG', title: '杯子', category: '家居/杯子', skus }),
    201,
  );
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'MUG', quantity: 10 }] }), 201);
  const order = await received([{ sku: 'MUG', quantity: 1 }]);
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { category: '家居/定制' }), 200);
  assert.equal((await check(order, {}, ['MUG'])).clause, 'general.no_reason');
  const next = await received([{ sku: 'MUG', quantity: 1 }]);
  assert.equal((await check(next, {}, ['MUG'])).clause, 'custom.no_reason');
});

test('AFT-2 parts of a split order are answered by what the whole was bought under', async () => {
  await addGoods(org, { sku: 'FISH', price: 3_000 });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'FISH', quantity: 10 }] }), 201);
  const lines = [
    { sku: 'FISH', quantity: 1 },
    { sku: 'COAT', quantity: 1 },
  ];
  const order = await parcelsOf(app, org).paidOrder(lines);
  const groups = order.lines.map((l: Body) => [{ lineId: l.id, quantity: 1 }]);
  const split = expectStatus(await org.post(`/orders/${order.id}/split`, { groups }), 200);
  const parts = await Promise.all(split.orders.map((o: Body) => orderOf(org, o.id)));
  const fish = parts.find((o) => o.lines[0].sku === 'FISH');
  expectStatus(
    await org.api('PATCH', `/products/${(await org.get('/products?q=FISH')).body.items[0].id}`, { category: '宠物' }),
    200,
  );
  assert.equal((await check(fish, {}, ['FISH'])).clause, 'fresh.no_reason');
});

test('AFT-2 lines of another order and unknown codes are refused, all of them at once', async () => {
  const order = await received([{ sku: 'COAT', quantity: 1 }]);
  const body = { orderId: order.id, type: 'return', reason: 'no_reason' };
  const lines = [newId(), order.lines[0].id, newId()].map((lineId) => ({ lineId, quantity: 1 }));
  const refused = await org.post('/after-sales/policy-check', { ...body, lines });
  assert.equal(refused.status, 422);
  assert.deepEqual(problems(refused), ['lines[0].lineId: unknown_line', 'lines[2].lineId: unknown_line']);
  const wrong = await org.post('/after-sales/policy-check', { ...body, lines: [], type: 'x', reason: 'y' });
  assert.equal(wrong.status, 400);
  assert.deepEqual(
    problems(wrong).map((p) => p.split(':')[0]),
    ['lines', 'reason', 'type'],
  );
  expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const elsewhere = await app.person(org.code, ['agent'], { shops: ['S2'] });
  const [line] = order.lines;
  const theirs = await elsewhere.post('/after-sales/policy-check', {
    ...body,
    lines: [{ lineId: line.id, quantity: 1 }],
  });
  assert.deepEqual([theirs.status, theirs.body.code], [404, 'order_not_found']);
});
