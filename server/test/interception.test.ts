import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { newId } from '#kernel/ids.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, orderOf, phoneOf, place, SHIP_TO, stockOf } from './support/shop.ts';

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

const MINUTE = 60_000;
const count = (all: string[], type: string): number => all.filter((t) => t === type).length;

test('ORD-10 after hand-over: the carrier is asked, the goods come back to stock, the money to the customer, the order is closed', async () => {
  const before = await stockOf(org, 'A');
  const order = await on.paidOrder([{ sku: 'A', quantity: 3 }]);
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'collected');
  const shipped = await orderOf(org, order.id);
  assert.deepEqual([shipped.may.includes('intercept'), shipped.may.includes('cancel')], [true, false]);
  const refused = await org.post(`/orders/${order.id}/cancel`, { reason: 'x' });
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.instead, refused.body.units],
    [409, 'order_already_shipped', 'intercept', 3],
  );
  assert.match(refused.body.detail ?? refused.body.title, /intercept/);

  const asked = await on.intercept(order.id);
  assert.deepEqual(
    asked.interceptions.map((i: Record<string, unknown>) => [i['state'], i['shipmentId'], i['reason']]),
    [['requested', parcel.shipmentId, 'changed my mind']],
  );
  assert.equal(asked.may.includes('intercept'), false, 'it has been asked');
  await app.settleDown();
  const turned = await orderOf(org, order.id);
  assert.equal(turned.interceptions[0].state, 'accepted');
  assert.match(turned.interceptions[0].carrierRef, /^SBI/);
  assert.equal((await org.get(`/shipments/${parcel.shipmentId}`)).body.status, 'returning', 'the carrier pushed it');
  assert.deepEqual([turned.status, turned.refunded.amount], ['shipped', 0], 'nothing is given back before it is back');

  await on.advance(parcel.shipmentId, 'returned', { times: 3 });
  await app.settleDown();
  const closed = await orderOf(org, order.id);
  assert.deepEqual([closed.status, closed.refunded.amount, closed.fulfilment], ['closed', 3000, 'returned']);
  assert.deepEqual([closed.lines[0].shipped, closed.lines[0].returned, closed.lines[0].delivered], [3, 3, 0]);
  assert.deepEqual(await stockOf(org, 'A'), before);
  assert.deepEqual(await on.refundsOf(order.payment.id), [3000]);
  const back = expectStatus(await org.get(`/parcels/${parcel.id}`), 200);
  assert.deepEqual([back.status, typeof back.returnedAt], ['returned', 'string']);
  const moves = (await org.get('/stock/moves?sku=A')).body.items.filter(
    (m: { kind: string }) => m.kind === 'return_in',
  );
  assert.equal(moves.length, 1);
  const told = await on.told(order.id);
  for (const once of [
    'shipping.interception_requested',
    'shipping.interception_accepted',
    'shipping.parcel_brought_back',
    'orders.goods_came_back',
    'orders.order_refunded',
    'orders.order_closed',
  ])
    assert.equal(count(told, once), 1, once);
});

test('ORD-10 twenty pushes of the return at once, repeated and each anew, book goods and money once', async () => {
  const before = await stockOf(org, 'B');
  const order = await on.paidOrder([{ sku: 'B', quantity: 7 }]);
  const parcel = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  app.clock.pass(MINUTE);
  const news = (n: number) => new Date(app.clock.now().getTime() - n).toISOString();
  const [repeated, ...anew] = await Promise.all([
    org.post(`/sandbox/shipments/${parcel.shipmentId}/advance`, { to: 'returned', times: 20 }),
    ...Array.from({ length: 20 }, (_, n) =>
      org.post(`/sandbox/shipments/${parcel.shipmentId}/advance`, { to: 'returned', at: news(n) }),
    ),
    org.post(`/orders/${order.id}/intercept`, { reason: 'again' }),
  ]);
  assert.deepEqual(new Set(repeated?.body.pushes.map((p: { status: number }) => p.status)), new Set([200]));
  assert.ok(anew.every((a) => a.status === 200 || (a.status === 409 && a.body.code === 'nothing_to_intercept')));
  await app.settleDown();
  await on.advance(parcel.shipmentId, 'returned');
  await app.settleDown();
  const closed = await orderOf(org, order.id);
  assert.deepEqual([closed.status, closed.refunded.amount], ['closed', 2331]);
  assert.deepEqual(await on.refundsOf(order.payment.id), [2331]);
  assert.deepEqual(await stockOf(org, 'B'), before);
  assert.equal(count(await on.told(order.id), 'orders.goods_came_back'), 1);
});

test('ORD-10 twenty requests at once make one interception of each parcel', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 2 }]);
  const line = (await orderOf(org, order.id)).lines[0].id;
  await on.ship(order.id, [{ lineId: line, quantity: 1 }]);
  await on.ship(order.id);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => org.post(`/orders/${order.id}/intercept`, { reason: 'x' })),
  );
  assert.deepEqual(new Set(answers.map((a) => a.status)), new Set([200]));
  assert.deepEqual(await on.interceptions(order.id), ['requested', 'requested']);
  await app.settleDown();
  assert.deepEqual(await on.interceptions(order.id), ['accepted', 'accepted']);
});

test('ORD-10 one parcel back, one delivered: its share is refunded in whole cents and the order is delivered', async () => {
  const order = await on.paidOrder([{ sku: 'B', quantity: 3 }]);
  const line = (await orderOf(org, order.id)).lines[0].id;
  const first = await on.ship(order.id, [{ lineId: line, quantity: 1 }]);
  const second = await on.ship(order.id);
  await on.advance(second.shipmentId, 'delivered');
  const asked = await on.intercept(order.id);
  assert.equal(asked.interceptions.length, 1, 'what is delivered cannot be stopped');
  await app.settleDown();
  await on.advance(first.shipmentId, 'returned');
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount, done.fulfilment], ['delivered', 333, 'delivered']);
  assert.deepEqual([done.lines[0].shipped, done.lines[0].delivered, done.lines[0].returned], [3, 2, 1]);
  assert.equal((await org.post(`/orders/${order.id}/intercept`, { reason: 'x' })).body.code, 'nothing_to_intercept');
});

test('ORD-10 a courier at the door refuses; the parcel is delivered the normal way', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'out_for_delivery');
  await on.intercept(order.id);
  await app.settleDown();
  assert.deepEqual(await on.interceptions(order.id), ['refused']);
  assert.ok((await orderOf(org, order.id)).may.includes('intercept'), 'it may be asked again');
  await on.advance(parcel.shipmentId, 'delivered');
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount, done.may.includes('intercept')], ['delivered', 0, false]);
});

test('ORD-10 a parcel delivered although the carrier had agreed: delivered anyway, and later news of a return change nothing', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  await on.advance(parcel.shipmentId, 'delivered', { times: 5 });
  await app.settleDown();
  assert.deepEqual(await on.interceptions(order.id), ['delivered_anyway']);
  assert.equal((await orderOf(org, order.id)).status, 'delivered');
  await on.advance(parcel.shipmentId, 'returned', { times: 5 });
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount, done.lines[0].returned], ['delivered', 0, 0]);
  assert.equal(count(await on.told(order.id), 'shipping.parcel_delivered_anyway'), 1);
});

test('ORD-10 late news of a delivery do not take back a parcel that is back', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await on.ship(order.id);
  await on.intercept(order.id);
  await app.settleDown();
  await on.advance(parcel.shipmentId, 'returned');
  const at = new Date(app.clock.now().getTime() - MINUTE).toISOString();
  await on.advance(parcel.shipmentId, 'delivered', { at, times: 3 });
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.lines[0].delivered, done.lines[0].returned], ['closed', 0, 1]);
});

test('ORD-10 a carrier without an interface is telephoned, and what it says is written down', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  await on.ship(order.id, undefined, { carrier: 'sf', waybillNo: 'SF1234567890123' });
  const [asked] = (await on.intercept(order.id)).interceptions;
  await app.settleDown();
  assert.deepEqual(await on.interceptions(order.id), ['requested']);
  const open = expectStatus(await org.get(`/interceptions?state=requested&order=${order.id}`), 200).items;
  assert.deepEqual(
    open.map((i: { id: string }) => i.id),
    [asked.id],
  );
  const answer = (body: object) => org.post(`/interceptions/${asked.id}/answer`, body);
  assert.equal(expectStatus(await answer({ outcome: 'accepted', carrierRef: 'T-1' }), 200).state, 'accepted');
  assert.equal((await answer({ outcome: 'refused' })).body.code, 'transition_refused');
  const back = await Promise.all(Array.from({ length: 5 }, () => answer({ outcome: 'returned' })));
  assert.deepEqual(back.map((a) => a.status).toSorted(), [200, 409, 409, 409, 409]);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).status, 'closed');
  const sandbox = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  await on.ship(sandbox.id);
  const [own] = (await on.intercept(sandbox.id)).interceptions;
  const byHand = await org.post(`/interceptions/${own.id}/answer`, { outcome: 'returned' });
  assert.deepEqual([byHand.status, byHand.body.code], [409, 'answered_by_carrier']);
});

test('ORD-10 who may: the customer in the portal and whoever holds the permission, for own orders only', async () => {
  const phone = phoneOf(900_001);
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }], { shipTo: { ...SHIP_TO, phone } });
  assert.equal((await org.post(`/orders/${order.id}/intercept`, { reason: 'x' })).body.code, 'nothing_to_intercept');
  assert.equal((await org.post(`/orders/${order.id}/intercept`, { reason: '' })).status, 400);
  assert.equal((await org.post(`/orders/${newId()}/intercept`, { reason: 'x' })).status, 404);
  await on.ship(order.id);
  const reader = await app.org('shop', ['orders.order.read']);
  assert.equal((await reader.post(`/orders/${order.id}/intercept`, { reason: 'x' })).status, 403);
  assert.equal((await reader.get(`/orders/${order.id}`)).body.may.includes('intercept'), false);
  const { token } = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: phone.slice(-4) }),
    201,
  );
  const customer = app.bearing(token);
  assert.ok(expectStatus(await customer.get(`/portal/orders/${order.id}`), 200).may.includes('intercept'));
  const asked = expectStatus(await customer.post(`/portal/orders/${order.id}/intercept`, { reason: '不想要了' }), 200);
  assert.equal(asked.interceptions.length, 1);
  const other = await place(org);
  assert.equal((await customer.post(`/portal/orders/${other.id}/intercept`, { reason: 'x' })).status, 403);
  await app.settleDown();
  const seen = (await customer.get(`/portal/orders/${order.id}/timeline`)).body.items.map(
    (i: { type: string }) => i.type,
  );
  assert.ok(seen.includes('shipping.interception_requested.v1') && seen.includes('shipping.interception_accepted.v1'));
});

test('ORD-10 PLT-1 another organisation can neither stop a parcel nor answer for its carrier', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  await on.ship(order.id, undefined, { carrier: 'sf', waybillNo: 'SF1234567890129' });
  const [asked] = (await on.intercept(order.id)).interceptions;
  const other = await app.org('other');
  const answers = await Promise.all([
    other.post(`/orders/${order.id}/intercept`, { reason: 'x' }),
    other.post(`/interceptions/${asked.id}/answer`, { outcome: 'returned' }),
  ]);
  assert.deepEqual(
    answers.map((a) => [a.status, a.body.code]),
    [
      [404, 'order_not_found'],
      [404, 'interception_not_found'],
    ],
  );
  assert.deepEqual((await other.get(`/interceptions?order=${order.id}`)).body.items, []);
  assert.deepEqual(await on.interceptions(order.id), ['requested']);
});

test('ORD-10 nothing was logged as gone wrong', () => assert.deepEqual(app.logged, []));
