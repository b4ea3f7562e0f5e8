import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { newId } from '#kernel/ids.ts';
import { DAY_MS } from '#kernel/time.ts';
import { carrierFaults } from '#modules/shipping/providers/sandbox/carrier.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, pay, phoneOf, place, SHIP_TO, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp({ poolMax: 30 });
  org = await app.org();
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

type Line = { lineId: string; quantity: number };
type Parcel = { id: string; shipmentId: string };
const MINUTE = 60_000;

/** Packs, scans and hands over; without lines all that is left. */
async function ship(orderId: string, lines?: Line[], carrier: object = { carrier: 'sandbox' }): Promise<Parcel> {
  const made = expectStatus(await org.post('/parcels', { orderId, ...(lines ? { lines } : {}) }), 201);
  for (const line of made.lines)
    expectStatus(await org.post(`/parcels/${made.id}/scan`, { code: line.sku, quantity: line.quantity }), 200);
  return expectStatus(await org.post(`/parcels/${made.id}/ship`, carrier), 200);
}

async function paidOrder(lines: { sku: string; quantity: number }[], over: object = {}) {
  const order = await place(org, { lines, ...over });
  const payment = await pay(org, order.id);
  await app.settleDown();
  return { ...order, payment };
}

const advance = async (shipmentId: string, to: string, more: object = {}) => {
  // Jobs go by the machine's clock: the carrier's next news is newer than what one of them has pushed.
  app.clock.at(new Date(Math.max(app.clock.now().getTime(), Date.now())));
  return expectStatus(await org.post(`/sandbox/shipments/${shipmentId}/advance`, { to, ...more }), 200);
};
const intercept = async (orderId: string, reason = 'changed my mind') =>
  expectStatus(await org.post(`/orders/${orderId}/intercept`, { reason }), 200);
const states = async (orderId: string): Promise<string[]> =>
  (await orderOf(org, orderId)).interceptions.map((i: { state: string }) => i.state);
const types = async (id: string): Promise<string[]> =>
  (await org.get(`/orders/${id}/timeline`)).body.items.map((i: { type: string }) => i.type.replace(/\.v1$/, ''));
const count = (all: string[], type: string): number => all.filter((t) => t === type).length;
const refundsOf = async (paymentId: string): Promise<number[]> =>
  (await org.get(`/payments/${paymentId}/refunds`)).body.items.map((r: { amount: number }) => r.amount);

test('ORD-10 after hand-over: the carrier is asked, the goods come back to stock, the money to the customer, the order is closed', async () => {
  const before = await stockOf(org, 'A');
  const order = await paidOrder([{ sku: 'A', quantity: 3 }]);
  const parcel = await ship(order.id);
  await advance(parcel.shipmentId, 'collected');
  const shipped = await orderOf(org, order.id);
  assert.deepEqual([shipped.may.includes('intercept'), shipped.may.includes('cancel')], [true, false]);
  const refused = await org.post(`/orders/${order.id}/cancel`, { reason: 'x' });
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.instead, refused.body.units],
    [409, 'order_already_shipped', 'intercept', 3],
  );
  assert.match(refused.body.detail ?? refused.body.title, /intercept/);

  const asked = await intercept(order.id);
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

  await advance(parcel.shipmentId, 'returned', { times: 3 });
  await app.settleDown();
  const closed = await orderOf(org, order.id);
  assert.deepEqual([closed.status, closed.refunded.amount, closed.fulfilment], ['closed', 3000, 'returned']);
  assert.deepEqual([closed.lines[0].shipped, closed.lines[0].returned, closed.lines[0].delivered], [3, 3, 0]);
  assert.deepEqual(await stockOf(org, 'A'), before);
  assert.deepEqual(await refundsOf(order.payment.id), [3000]);
  const back = expectStatus(await org.get(`/parcels/${parcel.id}`), 200);
  assert.deepEqual([back.status, typeof back.returnedAt], ['returned', 'string']);
  const moves = (await org.get('/stock/moves?sku=A')).body.items.filter(
    (m: { kind: string }) => m.kind === 'return_in',
  );
  assert.equal(moves.length, 1);
  const told = await types(order.id);
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
  const order = await paidOrder([{ sku: 'B', quantity: 7 }]);
  const parcel = await ship(order.id);
  await intercept(order.id);
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
  await advance(parcel.shipmentId, 'returned');
  await app.settleDown();
  const closed = await orderOf(org, order.id);
  assert.deepEqual([closed.status, closed.refunded.amount], ['closed', 2331]);
  assert.deepEqual(await refundsOf(order.payment.id), [2331]);
  assert.deepEqual(await stockOf(org, 'B'), before);
  assert.equal(count(await types(order.id), 'orders.goods_came_back'), 1);
});

test('ORD-10 twenty requests at once make one interception of each parcel', async () => {
  const order = await paidOrder([{ sku: 'A', quantity: 2 }]);
  const line = (await orderOf(org, order.id)).lines[0].id;
  await ship(order.id, [{ lineId: line, quantity: 1 }]);
  await ship(order.id);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => org.post(`/orders/${order.id}/intercept`, { reason: 'x' })),
  );
  assert.deepEqual(new Set(answers.map((a) => a.status)), new Set([200]));
  assert.deepEqual(await states(order.id), ['requested', 'requested']);
  await app.settleDown();
  assert.deepEqual(await states(order.id), ['accepted', 'accepted']);
});

test('ORD-10 one parcel back, one delivered: its share is refunded in whole cents and the order is delivered', async () => {
  const order = await paidOrder([{ sku: 'B', quantity: 3 }]);
  const line = (await orderOf(org, order.id)).lines[0].id;
  const first = await ship(order.id, [{ lineId: line, quantity: 1 }]);
  const second = await ship(order.id);
  await advance(second.shipmentId, 'delivered');
  const asked = await intercept(order.id);
  assert.equal(asked.interceptions.length, 1, 'what is delivered cannot be stopped');
  await app.settleDown();
  await advance(first.shipmentId, 'returned');
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount, done.fulfilment], ['delivered', 333, 'delivered']);
  assert.deepEqual([done.lines[0].shipped, done.lines[0].delivered, done.lines[0].returned], [3, 2, 1]);
  assert.equal((await org.post(`/orders/${order.id}/intercept`, { reason: 'x' })).body.code, 'nothing_to_intercept');
});

test('ORD-10 a courier at the door refuses; the parcel is delivered the normal way', async () => {
  const order = await paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await ship(order.id);
  await advance(parcel.shipmentId, 'out_for_delivery');
  await intercept(order.id);
  await app.settleDown();
  assert.deepEqual(await states(order.id), ['refused']);
  assert.ok((await orderOf(org, order.id)).may.includes('intercept'), 'it may be asked again');
  await advance(parcel.shipmentId, 'delivered');
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount, done.may.includes('intercept')], ['delivered', 0, false]);
});

test('ORD-10 a parcel delivered although the carrier had agreed: delivered anyway, and later news of a return change nothing', async () => {
  const order = await paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await ship(order.id);
  await intercept(order.id);
  await app.settleDown();
  await advance(parcel.shipmentId, 'delivered', { times: 5 });
  await app.settleDown();
  assert.deepEqual(await states(order.id), ['delivered_anyway']);
  assert.equal((await orderOf(org, order.id)).status, 'delivered');
  await advance(parcel.shipmentId, 'returned', { times: 5 });
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount, done.lines[0].returned], ['delivered', 0, 0]);
  assert.equal(count(await types(order.id), 'shipping.parcel_delivered_anyway'), 1);
});

test('ORD-10 late news of a delivery do not take back a parcel that is back', async () => {
  const order = await paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await ship(order.id);
  await intercept(order.id);
  await app.settleDown();
  await advance(parcel.shipmentId, 'returned');
  const at = new Date(app.clock.now().getTime() - MINUTE).toISOString();
  await advance(parcel.shipmentId, 'delivered', { at, times: 3 });
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.lines[0].delivered, done.lines[0].returned], ['closed', 0, 1]);
});

test('SHP-3 an answer that was lost is asked for under the same number before the carrier is told again', async () => {
  const order = await paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await ship(order.id);
  carrierFaults.errors = 1; // nothing is done
  carrierFaults.dropReplies = 2; // done, but not heard: the query, then the request
  await intercept(order.id);
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
  assert.equal(count(await types(order.id), 'shipping.interception_accepted'), 1);
  const nodes = (await org.get(`/shipments/${parcel.shipmentId}`)).body.nodes as { code: string }[];
  assert.equal(nodes.filter((n) => n.code === 'returning').length, 1);
});

test('ORD-10 the parcel is back before the carrier’s answer is known: booked once, and the answer changes nothing', async () => {
  const order = await paidOrder([{ sku: 'A', quantity: 1 }]);
  const parcel = await ship(order.id);
  carrierFaults.dropReplies = 1000; // the request is taken, and no answer to it or about it is heard
  await intercept(order.id);
  await app.settleDown();
  assert.deepEqual(await states(order.id), ['requested']);
  await advance(parcel.shipmentId, 'returned');
  carrierFaults.dropReplies = 0;
  app.clock.pass(DAY_MS);
  await app.settleDown();
  assert.deepEqual(await states(order.id), ['returned']);
  assert.equal((await orderOf(org, order.id)).status, 'closed');
});

test('ORD-10 half shipped: the rest is held, and is cancelled once what had gone is back', async () => {
  const before = await stockOf(org, 'A');
  const order = await paidOrder([{ sku: 'A', quantity: 4 }]);
  const line = (await orderOf(org, order.id)).lines[0].id;
  const parcel = await ship(order.id, [{ lineId: line, quantity: 1 }]);
  assert.deepEqual((await intercept(order.id)).holds, ['interception']);
  assert.equal((await org.post('/parcels', { orderId: order.id })).status, 409, 'nothing more goes out');
  await app.settleDown();
  await advance(parcel.shipmentId, 'returned');
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
  const order = await paidOrder([{ sku: 'A', quantity: 2 }]);
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 1500, reason: 'gesture' }), 201);
  const line = (await orderOf(org, order.id)).lines[0].id;
  const first = await ship(order.id, [{ lineId: line, quantity: 1 }]);
  const second = await ship(order.id);
  await intercept(order.id);
  await app.settleDown();
  await advance(first.shipmentId, 'returned');
  await app.settleDown();
  assert.deepEqual((await refundsOf(order.payment.id)).toSorted(), [1500, 500]);
  await advance(second.shipmentId, 'returned');
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount], ['closed', 2000]);
  assert.deepEqual(await stockOf(org, 'A', 'W1').then((s) => s.reserved), 0);
});

test('ORD-10 cash on delivery, nothing collected: what came back is not owed, and the order is closed', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }], payment: 'cod' });
  await app.settleDown();
  const line = (await orderOf(org, order.id)).lines[0].id;
  const first = await ship(order.id, [{ lineId: line, quantity: 1 }]);
  const second = await ship(order.id);
  await intercept(order.id);
  await app.settleDown();
  await advance(first.shipmentId, 'returned');
  assert.equal((await orderOf(org, order.id)).due.amount, 1000);
  await advance(second.shipmentId, 'returned');
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.due.amount, done.refunded.amount], ['closed', 0, 0]);
  app.clock.pass(11 * DAY_MS);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).status, 'closed', 'its receipt is not confirmed by itself');
});

test('ORD-10 a carrier without an interface is telephoned, and what it says is written down', async () => {
  const order = await paidOrder([{ sku: 'A', quantity: 1 }]);
  await ship(order.id, undefined, { carrier: 'sf', waybillNo: 'SF1234567890123' });
  const [asked] = (await intercept(order.id)).interceptions;
  await app.settleDown();
  assert.deepEqual(await states(order.id), ['requested']);
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
  const sandbox = await paidOrder([{ sku: 'A', quantity: 1 }]);
  await ship(sandbox.id);
  const [own] = (await intercept(sandbox.id)).interceptions;
  const byHand = await org.post(`/interceptions/${own.id}/answer`, { outcome: 'returned' });
  assert.deepEqual([byHand.status, byHand.body.code], [409, 'answered_by_carrier']);
});

test('ORD-10 who may: the customer in the portal and whoever holds the permission, for own orders only', async () => {
  const phone = phoneOf(900_001);
  const order = await paidOrder([{ sku: 'A', quantity: 1 }], { shipTo: { ...SHIP_TO, phone } });
  assert.equal((await org.post(`/orders/${order.id}/intercept`, { reason: 'x' })).body.code, 'nothing_to_intercept');
  assert.equal((await org.post(`/orders/${order.id}/intercept`, { reason: '' })).status, 400);
  assert.equal((await org.post(`/orders/${newId()}/intercept`, { reason: 'x' })).status, 404);
  await ship(order.id);
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
  const order = await paidOrder([{ sku: 'A', quantity: 1 }]);
  await ship(order.id, undefined, { carrier: 'sf', waybillNo: 'SF1234567890129' });
  const [asked] = (await intercept(order.id)).interceptions;
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
  assert.deepEqual(await states(order.id), ['requested']);
});

test('ORD-10 paid at a marketplace and wholly back: closed, the goods in stock, the money is the marketplace’s to give', async () => {
  const before = await stockOf(org, 'B');
  const order = await place(org, { lines: [{ sku: 'B', quantity: 2 }], payment: 'prepaid' });
  await app.settleDown();
  const parcel = await ship(order.id);
  await intercept(order.id);
  await app.settleDown();
  await advance(parcel.shipmentId, 'returned', { times: 20 });
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount], ['closed', 0]);
  assert.deepEqual(await stockOf(org, 'B'), before);
});

test('ORD-10 the goods come back after everything was refunded by hand: stock is taken back, no money moves', async () => {
  const before = await stockOf(org, 'A');
  const order = await paidOrder([{ sku: 'A', quantity: 2 }]);
  const parcel = await ship(order.id);
  await intercept(order.id);
  await app.settleDown();
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 2000, reason: 'gesture' }), 201);
  await Promise.all([advance(parcel.shipmentId, 'returned', { times: 10 }), app.settleDown()]);
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.refunded.amount], ['closed', 2000]);
  assert.deepEqual(await refundsOf(order.payment.id), [2000]);
  assert.deepEqual(await stockOf(org, 'A'), before);
});

test('ORD-10 nothing was logged as gone wrong', () => assert.deepEqual(app.logged, []));
