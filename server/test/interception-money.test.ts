import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { DAY_MS } from '#kernel/time.ts';
import { carrierFaults } from '#modules/shipping/providers/sandbox/carrier.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, orderOf, place, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
let on: Parcels;
before(async () => {
  app = await testApp({ poolMax: 30 });
  org = await app.org();
  on = parcelsOf(app, org);
  await openShop(org, [
    { sku: 'A', price: 1000, stock: { W1: 1000 } },
    { sku: 'B', price: 333, stock: { W1: 1000 } },
  ]);
});
after(() => app.close());
afterEach(async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), [], 'every invariant holds after every test');
});

const count = (all: string[], type: string): number => all.filter((t) => t === type).length;

test('SHP-3 an answer that was lost is asked for under the same number before the carrier is told again', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await on.ship(order.id);
  carrierFaults.errors = 1; // nothing is done
  carrierFaults.dropReplies = 2; // done, but not heard: the query, then the request
  await on.intercept(order.id);
  for (let i = 0; i < 6; i += 1) {
    await app.settleDown();
    app.clock.pass(30_000);
  }
  const asked = (await orderOf(org, order.id)).interceptions[0];
  assert.equal(asked.state, 'accepted');
  const peer = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ request_no: string; ref: string }>(
      'select i.request_no, i.ref from shipping.sandbox_intercepts i join shipping.shipments s on s.org_id = i.org_id and s.waybill_no = i.waybill_no where s.id = $1',
      [parcel.shipmentId],
    ),
  );
  assert.deepEqual(peer, [{ request_no: asked.id, ref: asked.carrierRef }], 'one request in the carrier’s books');
  assert.equal(count(await on.told(order.id), 'shipping.interception_accepted'), 1);
  const nodes = (await org.get(`/shipments/${parcel.shipmentId}`)).body.nodes as { code: string }[];
  assert.equal(nodes.filter((n) => n.code === 'returning').length, 1);
});

test('ORD-10 the parcel is back before the carrier’s answer is known: booked once, and the answer changes nothing', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await on.ship(order.id);
  carrierFaults.dropReplies = 1000; // the request is taken, and no answer to it or about it is heard
  await on.intercept(order.id);
  await app.settleDown();
  assert.deepEqual(await on.interceptions(order.id), ['requested']);
  await on.advance(parcel.shipmentId, 'returned');
  carrierFaults.dropReplies = 0;
  app.clock.pass(DAY_MS);
  await app.settleDown();
  assert.deepEqual(await on.interceptions(order.id), ['returned']);
  assert.equal((await orderOf(org, order.id)).status, 'closed');
});

test('ORD-10 half shipped: the rest is held, and is cancelled once what had gone is back', async () => {
  const before = await stockOf(org, 'A');
  const order = await on.paidOrder([{ sku: 'A', quantity: 4 }]);
  const line = (await orderOf(org, order.id)).lines[0].id;
  const parcel = await on.ship(order.id, [{ lineId: line, quantity: 1 }]);
  assert.deepEqual((await on.intercept(order.id)).holds, ['interception']);
  assert.equal((await org.post('/parcels', { orderId: order.id })).status, 409, 'nothing more goes out');
  await app.settleDown();
  await on.advance(parcel.shipmentId, 'returned');
  await app.settleDown();
  const half = await orderOf(org, order.id);
  assert.deepEqual([half.status, half.refunded.amount], ['paid', 1000]);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: 'all of it' }), 200);
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount], ['cancelled', 4000]);
  assert.deepEqual(await stockOf(org, 'A'), before);
});

test('ORD-10 a refund given before never makes the parts exceed the payment', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 2 }]);
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 1500, reason: 'gesture' }), 201);
  const line = (await orderOf(org, order.id)).lines[0].id;
  const first = await on.ship(order.id, [{ lineId: line, quantity: 1 }]);
  const second = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  await on.advance(first.shipmentId, 'returned');
  await app.settleDown();
  assert.deepEqual((await on.refundsOf(order.payment.id)).toSorted(), [1500, 500]);
  await on.advance(second.shipmentId, 'returned');
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount], ['closed', 2000]);
  assert.deepEqual(await stockOf(org, 'A', 'W1').then((s) => s.reserved), 0);
});

test('ORD-10 cash on delivery, nothing collected: what came back is not owed, and the order is closed', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }], payment: 'cod' });
  await app.settleDown();
  const line = (await orderOf(org, order.id)).lines[0].id;
  const first = await on.ship(order.id, [{ lineId: line, quantity: 1 }]);
  const second = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  await on.advance(first.shipmentId, 'returned');
  assert.equal((await orderOf(org, order.id)).due.amount, 1000);
  await on.advance(second.shipmentId, 'returned');
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.due.amount, done.refunded.amount], ['closed', 0, 0]);
  app.clock.pass(11 * DAY_MS);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).status, 'closed', 'its receipt is not confirmed by itself');
});

test('ORD-10 paid at a marketplace and wholly back: closed, the goods in stock, the money is the marketplace’s to give', async () => {
  const before = await stockOf(org, 'B');
  const order = await place(org, { lines: [{ sku: 'B', quantity: 2 }], payment: 'prepaid' });
  await app.settleDown();
  const parcel = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  await on.advance(parcel.shipmentId, 'returned', { times: 20 });
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount], ['closed', 0]);
  assert.deepEqual(await stockOf(org, 'B'), before);
});

test('ORD-10 the goods come back after everything was refunded by hand: stock is taken back, no money moves', async () => {
  const before = await stockOf(org, 'A');
  const order = await on.paidOrder([{ sku: 'A', quantity: 2 }]);
  const parcel = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 2000, reason: 'gesture' }), 201);
  await Promise.all([on.advance(parcel.shipmentId, 'returned', { times: 10 }), app.settleDown()]);
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount], ['closed', 2000]);
  assert.deepEqual(await on.refundsOf(order.payment.id), [2000]);
  assert.deepEqual(await stockOf(org, 'A'), before);
});

test('ORD-10 doctor finds a return that is booked in one book and not in the other', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 2 }]);
  const parcel = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  await on.advance(parcel.shipmentId, 'returned');
  await app.settleDown();
  assert.deepEqual(await app.faults(), []);
  const set = (sql: string) => app.db.systemTx((tx) => tx.query(sql, [order.id]));
  const bent: [bend: string, mend: string, found: RegExp][] = [
    [
      'update orders.lines set came_back = came_back - 1 where order_id = $1',
      'update orders.lines set came_back = came_back + 1 where order_id = $1',
      /orders_know_what_came_back/,
    ],
    [
      'update orders.orders set came_back_amount = came_back_amount - 1 where id = $1',
      'update orders.orders set came_back_amount = came_back_amount + 1 where id = $1',
      /takes its share of the total along/,
    ],
    [
      `update inventory.moves set on_hand_d = on_hand_d - 1 where kind = 'return_in' and doc_id in (select id from fulfilment.parcels where order_id = $1)`,
      `update inventory.moves set on_hand_d = on_hand_d + 1 where kind = 'return_in' and doc_id in (select id from fulfilment.parcels where order_id = $1)`,
      /returned_goods_are_in_stock/,
    ],
  ];
  for (const [bend, mend, found] of bent) {
    await set(bend);
    assert.match((await app.faults()).join('\n'), found);
    await set(mend);
    assert.deepEqual(await app.faults(), []);
  }
});

test('ORD-10 nothing was logged as gone wrong', () => assert.deepEqual(app.logged, []));
