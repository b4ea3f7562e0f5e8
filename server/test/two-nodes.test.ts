import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { allSubscribers } from '#app/wiring.ts';
import { SubscriberRunner } from '#kernel/outbox/subscribers.ts';
import { type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, stockOf } from './support/shop.ts';

let first: TestApp;
let second: TestApp;
let org: TestOrg;
let nodes: Sender[];
before(async () => {
  first = await testApp();
  org = await first.org();
  await openShop(
    org,
    [
      { sku: 'A', stock: { W1: 60, W2: 40 } },
      { sku: 'B', stock: { W1: 500 } },
    ],
    ['W1', 'W2'],
  );
  second = await testApp({ database: first.database, clock: first.clock });
  nodes = [org, second.bearing(org.key)];
});
after(async () => {
  await second.stop();
  await first.close();
});

const node = (i: number): Sender => nodes[i % 2] as Sender;

test('ORD-18 200 buyers at two servers for 100 units: exactly 100 orders', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => node(i).post('/orders', anOrder({ lines: [{ sku: 'A', quantity: 1 }] }))),
  );
  const taken = answers.filter((a) => a.status === 201);
  assert.equal(taken.length, 100);
  assert.equal(new Set(taken.map((a) => a.body.orderNo)).size, 100, 'order numbers never collide between servers');
  assert.ok(answers.every((a) => a.status === 201 || a.body.code === 'insufficient_stock'));
  assert.equal((await stockOf(org, 'A')).available, 0);
});

test('ORD-1 the same orders sent to both servers at once, in opposite order, are each taken once', async () => {
  const bodies = Array.from({ length: 40 }, (_, i) =>
    anOrder({ externalNo: `N-${i}`, lines: [{ sku: 'B', quantity: 1 }] }),
  );
  const send = (to: Sender, list: unknown[]) =>
    to
      .post('/orders/batch', { orders: list })
      .then((a) => expectStatus(a, 200).results as { status: number; order: { id: string; externalNo: string } }[]);
  const [a, b] = await Promise.all([send(node(0), bodies), send(node(1), bodies.toReversed())]);
  assert.ok(
    [...a, ...b].every((r) => r.status === 201),
    JSON.stringify([...a, ...b].find((r) => r.status !== 201)),
  );
  const ids = (results: typeof a): Map<string, string> => new Map(results.map((r) => [r.order.externalNo, r.order.id]));
  const [of, and] = [ids(a), ids(b)];
  for (const [no, id] of of) assert.equal(and.get(no), id);
  assert.equal((await stockOf(org, 'B')).reserved, 40);
});

test('ORD-1 one Idempotency-Key at two servers at once has one effect', async () => {
  for (let i = 0; i < 10; i += 1) {
    const body = anOrder({ lines: [{ sku: 'B', quantity: 1 }] });
    const [a, b] = await Promise.all(nodes.map((n) => n.post('/orders', body, { 'idempotency-key': `two-${i}` })));
    assert.deepEqual([a?.status, b?.status, b?.body.id], [201, 201, a?.body.id]);
  }
  assert.equal((await stockOf(org, 'B')).reserved, 50);
});

test('ORD-2 a price changed at one server is the price at the other', async () => {
  const product = await addGoods(org, { sku: 'PRICE', price: 100 });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'PRICE', quantity: 9 }] }), 201);
  const order = () => anOrder({ lines: [{ sku: 'PRICE', quantity: 1 }] });
  assert.equal((await node(1).post('/orders', order())).body.total.amount, 100);
  expectStatus(
    await node(0).api('PATCH', `/products/${product.id}`, {
      skus: [{ sku: 'PRICE', price: { amount: 300, currency: 'CNY' } }],
    }),
    200,
  );
  assert.equal(
    (await node(1).post('/orders', { ...order(), total: { amount: 300, currency: 'CNY' } })).status,
    201,
    'and a total of the new price is no mismatch',
  );
  assert.equal((await node(1).post('/orders', order())).body.total.amount, 300);
});

test('ORD-13 subscribers at both servers at once have each effect once', async () => {
  const runners = [first, second].map((n) => new SubscriberRunner(n.db, allSubscribers, n.app.log));
  for (const runner of runners) runner.start();
  const orders = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      node(i).post('/orders', anOrder({ payment: 'prepaid', lines: [{ sku: 'B', quantity: 1 }] })),
    ),
  );
  await Promise.all(runners.map((r) => r.stop()));
  await first.settleDown();
  const confirmed = await first.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ key: string; n: number }>(
      `select key, count(*) as n from kernel.outbox where type = 'orders.order_confirmed.v1' group by key`,
    ),
  );
  assert.equal(confirmed.length, 60);
  assert.ok(confirmed.every((c) => c.n === 1));
  const told = await first.db.systemTx((tx) =>
    tx.query<{ n: number }>(`select count(*)::int as n from kernel.notifications`),
  );
  assert.equal(told[0]?.n, orders.length, 'one confirmation for each order');
  assert.deepEqual(await first.faults(), []);
});
