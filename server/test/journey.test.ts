import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, pay, place, problems, SHIP_TO, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(
    org,
    [
      { sku: 'TEA', price: 12_800, barcode: '6901234567892', stock: { W1: 10 } },
      { sku: 'CUP', price: 3900, stock: { W1: 1, W2: 10 } },
    ],
    ['W1', 'W2'],
  );
});
after(() => app.close());

type Notice = { template: string; n: number };
const notices = (orderId: string): Promise<Notice[]> =>
  app.db.systemTx((tx) =>
    tx.query<Notice>(
      `select template, count(*)::int as n from kernel.notifications where org_id = $1 and data ->> 'orderId' = $2 group by 1 order by 1`,
      [org.id, orderId],
    ),
  );
const types = async (orderId: string): Promise<string[]> =>
  (await org.get(`/orders/${orderId}/timeline`)).body.items.map((i: { type: string }) => i.type.replace(/\.v1$/, ''));

/** Scans every piece a parcel asks for, by barcode where there is one. */
async function scanAll(who: Sender, parcel: { id: string; lines: { sku: string; quantity: number }[] }): Promise<void> {
  for (const line of parcel.lines)
    for (let i = 0; i < line.quantity; i += 1)
      expectStatus(
        await who.post(`/parcels/${parcel.id}/scan`, { code: line.sku === 'TEA' ? '6901234567892' : line.sku }),
        200,
      );
}

test('ORD-3 from placing to completion: every step once, however often it is asked for', async () => {
  const order = await place(org, {
    externalNo: 'TB-100',
    lines: [
      { sku: 'TEA', quantity: 2 },
      { sku: 'CUP', quantity: 1 },
    ],
    shipTo: { ...SHIP_TO, phone: '13512345678' },
  });
  await app.settleDown();
  assert.deepEqual(await notices(order.id), []);

  const payment = await pay(org, order.id, 2); // the channel calls back twice
  assert.deepEqual([payment.status, payment.amount], ['succeeded', 29_500]);
  await app.settleDown();
  const paid = await orderOf(org, order.id);
  assert.deepEqual([paid.status, paid.paid, paid.due.amount, paid.may.includes('ship')], ['paid', paid.total, 0, true]);
  assert.ok(paid.confirmedAt);

  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  const early = await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' });
  assert.deepEqual([early.status, early.body.code], [409, 'parcel_not_verified'], 'FUL-4 nothing leaves unscanned');
  await scanAll(org, parcel);
  const ships = await Promise.all([1, 2, 3].map(() => org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' })));
  assert.deepEqual(new Set(ships.map((s) => s.status)), new Set([200]), JSON.stringify(ships.map((s) => s.body)));
  await app.settleDown();
  assert.deepEqual(
    [(await orderOf(org, order.id)).status, await stockOf(org, 'TEA')],
    ['shipped', { onHand: 8, reserved: 0, available: 8 }],
  );

  const [shipment] = (await org.get(`/shipments?orderId=${order.id}`)).body.items;
  for (const to of ['delivered', 'in_transit', 'delivered'])
    expectStatus(await org.post(`/sandbox/shipments/${shipment.id}/advance`, { to }), 200); // late and repeated
  await app.settleDown();
  const delivered = await orderOf(org, order.id);
  assert.deepEqual(
    [delivered.status, delivered.fulfilment, delivered.lines.map((l: { delivered: number }) => l.delivered)],
    ['delivered', 'delivered', [2, 1]],
  );

  const { token } = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: '5678' }),
    201,
  );
  const customer = app.bearing(token);
  assert.equal(
    expectStatus(await customer.post(`/portal/orders/${order.id}/confirm-receipt`), 200).status,
    'completed',
  );
  assert.equal((await customer.post(`/portal/orders/${order.id}/confirm-receipt`)).body.code, 'transition_refused');
  await app.settleDown();

  assert.deepEqual(
    await notices(order.id),
    ['orders.confirmed', 'orders.delivered', 'orders.shipped'].map((template) => ({ template, n: 1 })),
  );
  const told = (await types(order.id)).filter((t) => t.startsWith('orders.'));
  assert.deepEqual(told, [
    'orders.order_placed',
    'orders.order_paid',
    'orders.order_confirmed',
    'orders.order_shipped',
    'orders.order_delivered',
    'orders.order_completed',
  ]);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-3 two parcels from two warehouses: shipped when both have gone, delivered when both have come', async () => {
  const order = await place(org, {
    payment: 'prepaid',
    lines: [
      { sku: 'TEA', quantity: 1 },
      { sku: 'CUP', quantity: 3 },
    ],
  });
  await app.settleDown();
  const reserved = (await orderOf(org, order.id)).lines.map((l: { reserved: number }) => l.reserved);
  assert.deepEqual(reserved, [1, 3]);
  const parcels = [];
  for (const warehouse of ['W1', 'W2'])
    parcels.push(expectStatus(await org.post('/parcels', { orderId: order.id, warehouse }), 201));
  for (const [i, parcel] of parcels.entries()) {
    await scanAll(org, parcel);
    expectStatus(await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
    await app.settleDown();
    const shown = await orderOf(org, order.id);
    assert.deepEqual([shown.status, shown.fulfilment], i === 0 ? ['paid', 'partial'] : ['shipped', 'shipped']);
  }
  const shipments = (await org.get(`/shipments?orderId=${order.id}`)).body.items as { id: string }[];
  for (const [i, { id }] of shipments.entries()) {
    expectStatus(await org.post(`/sandbox/shipments/${id}/advance`, { to: 'delivered' }), 200);
    await app.settleDown();
    assert.equal((await orderOf(org, order.id)).status, i === 0 ? 'shipped' : 'delivered');
  }
  assert.deepEqual(
    await notices(order.id),
    [
      { template: 'orders.confirmed', n: 1 },
      { template: 'orders.delivered', n: 2 },
      { template: 'orders.shipped', n: 2 },
    ],
    'one notice for each parcel',
  );
  assert.deepEqual(await app.faults(), []);
});

test('ORD-10 cancelled while it is being packed: the parcel is taken apart, stock and money go back, the customer is told', async () => {
  const before = await stockOf(org, 'TEA');
  const order = await place(org, { lines: [{ sku: 'TEA', quantity: 2 }] });
  await pay(org, order.id);
  await app.settleDown();
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  await scanAll(org, parcel);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: 'customer asked' }), 200);
  assert.equal(
    (await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' })).status,
    409,
    'and nothing of it ships',
  );
  await app.settleDown();
  const shown = await orderOf(org, order.id);
  assert.deepEqual([shown.status, shown.refunded, await stockOf(org, 'TEA')], ['cancelled', shown.total, before]);
  assert.deepEqual(await notices(order.id), [
    { template: 'orders.cancelled', n: 1 },
    { template: 'orders.confirmed', n: 1 },
    { template: 'orders.refunded', n: 1 },
  ]);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-3 refunded in full while packed: closed, unpacked, back in stock', async () => {
  const before = await stockOf(org, 'TEA');
  const order = await place(org, { lines: [{ sku: 'TEA', quantity: 1 }] });
  const payment = await pay(org, order.id);
  await app.settleDown();
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  await scanAll(org, parcel);
  expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: payment.amount, reason: 'all of it' }), 201);
  await app.settleDown();
  assert.deepEqual([(await orderOf(org, order.id)).status, await stockOf(org, 'TEA')], ['closed', before]);
  assert.equal((await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' })).status, 409);
  assert.deepEqual(await app.faults(), []);
});

test('CMP-2 a warehouse operator ships what the reviewer released, and may do neither’s other work', async () => {
  const [operator, reviewer] = [await app.person('shop', ['warehouse']), await app.person('shop', ['order_reviewer'])];
  const order = await place(org, { payment: 'prepaid', lines: [{ sku: 'TEA', quantity: 1, unitPrice: 1 }] });
  await app.settleDown();
  assert.equal((await operator.post('/parcels', { orderId: order.id })).body.code, 'order_on_hold');
  assert.equal((await operator.post(`/orders/${order.id}/review`, { decision: 'approve' })).status, 403);
  expectStatus(await reviewer.post(`/orders/${order.id}/review`, { decision: 'approve', note: 'promised' }), 200);
  assert.equal((await reviewer.post('/parcels', { orderId: order.id })).status, 403);
  const parcel = expectStatus(await operator.post('/parcels', { orderId: order.id }), 201);
  await scanAll(operator, parcel);
  expectStatus(await operator.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
  assert.deepEqual(problems(await operator.post('/orders', {})), []);
});

test('PLT-4 health, readiness, metrics and the description are there for everybody', async () => {
  assert.deepEqual(
    [(await app.nobody.get('/healthz')).body, (await app.nobody.get('/readyz')).status],
    [{ status: 'ok' }, 200],
  );
  const metrics = (await app.nobody.get('/metrics')).body as string;
  for (const name of [
    'zhanggui_http_request_seconds',
    'zhanggui_intake_batch_orders',
    'zhanggui_subscriber_lag_seconds',
  ])
    assert.ok(metrics.includes(name), name);
  assert.equal((await app.nobody.get('/api/v1/openapi.json')).body.openapi, '3.1.0');
  assert.match((await app.nobody.get('/docs')).body as string, /<h1>/);
});
