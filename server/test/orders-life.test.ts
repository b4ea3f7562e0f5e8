import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS, MINUTE_MS } from '#kernel/time.ts';
import { recordDelivered, recordShipped } from '#modules/orders/index.ts';
import { shipReserved } from '#modules/inventory/index.ts';
import { shippableLines } from '#modules/orders/index.ts';
import { systemCtx } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, orderOf, pay, place, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [
    { sku: 'A', stock: { W1: 1000 } },
    { sku: 'LATER', reserveOn: 'payment', stock: { W1: 1 } },
  ]);
});
after(() => app.close());

const status = async (id: string): Promise<string> => (await orderOf(org, id)).status;
const types = async (id: string): Promise<string[]> =>
  expectStatus(await org.get(`/orders/${id}/timeline`), 200).items.map((i: { type: string }) =>
    i.type.replace(/^\w+\.(\w+)\.v1$/, '$1'),
  );

/** Everything still reserved goes out in one parcel, as the warehouse books it. */
async function shipAll(orderId: string): Promise<{ parcelId: string; lines: { lineId: string; quantity: number }[] }> {
  const parcelId = newId();
  const ctx = systemCtx(org.id, app.clock.now());
  const lines = await app.db.inTx(ctx, async (tx) => {
    const open = await shippableLines(tx, orderId);
    await recordShipped(tx, ctx, { orderId, parcelId, waybillNo: 'SB1', carrier: 'sandbox', lines: open });
    await shipReserved(tx, ctx, { orderId, docId: parcelId, lines: open });
    return open;
  });
  return { parcelId, lines };
}

async function paidOrder(over: Record<string, unknown> = {}): Promise<string> {
  const order = await place(org, over);
  assert.equal((await pay(org, order.id)).status, 'succeeded');
  await app.settleDown();
  return order.id;
}

test('ORD-10 an unpaid order is cancelled after 30 minutes and its stock released', async () => {
  const before = await stockOf(org, 'A');
  const order = await place(org, { lines: [{ sku: 'A', quantity: 7 }] });
  app.clock.pass(30 * MINUTE_MS - 1000);
  await app.settleDown();
  assert.equal(await status(order.id), 'pending_payment');
  app.clock.pass(1000);
  await app.settleDown();
  const cancelled = await orderOf(org, order.id);
  assert.deepEqual(
    [cancelled.status, cancelled.cancelledAt, cancelled.may.includes('pay')],
    ['cancelled', app.clock.now().toISOString(), false],
  );
  assert.deepEqual(await stockOf(org, 'A'), before);
  assert.deepEqual(
    await types(order.id),
    ['order_placed', 'order_cancelled'],
    'a timer is not told as a broken promise',
  );
  assert.equal((await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' })).body.code, 'nothing_due');
});

test('ORD-10 the timer and the stock survive a restart in between', async () => {
  const first = await testApp({ clock: app.clock });
  const shop = await first.org('restart');
  await openShop(shop, [{ sku: 'A', stock: { W1: 5 } }]);
  const body = anOrder({ lines: [{ sku: 'A', quantity: 5 }], externalNo: 'R-1' });
  const order = expectStatus(await shop.post('/orders', body, { 'idempotency-key': 'r1' }), 201);
  await first.stop(); // before any subscriber has seen the order
  first.clock.pass(31 * MINUTE_MS);
  const second = await testApp({ clock: first.clock, database: first.database });
  try {
    const again = second.bearing(shop.key);
    const replay = await again.post('/orders', body, { 'idempotency-key': 'r1' });
    assert.deepEqual(
      [replay.status, replay.body.id, replay.headers.get('idempotency-replayed')],
      [201, order.id, 'true'],
      'ORD-1 also across restarts',
    );
    assert.equal((await again.post('/orders', anOrder({ externalNo: 'R-1' }))).body.id, order.id);
    assert.equal((await stockOf(again, 'A')).available, 0);
    await second.settleDown();
    assert.equal((await orderOf(again, order.id)).status, 'cancelled');
    assert.equal((await stockOf(again, 'A')).available, 5);
    assert.deepEqual(await second.faults(), []);
  } finally {
    await second.close();
    await reconnect();
  }
});

/** The composition root connects modules once per process: the app of this file is opened anew. */
async function reconnect(): Promise<void> {
  await app.stop();
  app = await testApp({ clock: app.clock, database: app.database });
  org = { ...org, ...app.bearing(org.key) };
}

test('ORD-10 paid a second before the end wins, whatever the sweep does', async () => {
  const order = await place(org);
  app.clock.pass(30 * MINUTE_MS - 1000);
  assert.equal((await pay(org, order.id)).status, 'succeeded');
  app.clock.pass(5000);
  await app.settleDown();
  assert.equal(await status(order.id), 'paid');
});

test('PAY-2 paid after the order expired: the money goes back by itself', async () => {
  const order = await place(org);
  const payment = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' }), 201);
  app.clock.pass(31 * MINUTE_MS);
  await app.settleDown();
  expectStatus(await org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success' }), 200);
  await app.settleDown();
  const [refund] = (await org.get(`/payments/${payment.id}/refunds`)).body.items;
  assert.deepEqual(
    [await status(order.id), refund?.amount.amount ?? refund?.amount, refund?.status],
    ['cancelled', 1000, 'succeeded'],
  );
});

test('ORD-4 a paid order without holds is confirmed at once; its deadline is met', async () => {
  const id = await paidOrder();
  const order = await orderOf(org, id);
  assert.equal(order.confirmedAt, app.clock.now().toISOString());
  assert.equal(new Date(order.confirmBefore).getTime() - new Date(order.paidAt).getTime(), 30 * MINUTE_MS);
  app.clock.pass(60 * MINUTE_MS);
  await app.settleDown();
  assert.ok(!(await types(id)).includes('deadline_breached'));
});

test('ORD-4 a held order misses its deadline: warned at 80 %, then listed as missed, each once', async () => {
  const id = await paidOrder({ lines: [{ sku: 'A', quantity: 1, unitPrice: 1 }] });
  app.clock.pass(24 * MINUTE_MS - 1000);
  await app.settleDown();
  assert.ok(!(await types(id)).includes('deadline_warned'));
  app.clock.pass(1000);
  await app.settleDown();
  assert.equal((await types(id)).at(-1), 'deadline_warned');
  app.clock.pass(6 * MINUTE_MS);
  await app.settleDown();
  await app.settleDown();
  assert.deepEqual((await types(id)).slice(-2), ['deadline_warned', 'deadline_breached']);
  const { deadlinesAtRisk } = (await org.get('/dashboard')).body;
  assert.deepEqual(
    deadlinesAtRisk.map((d: { orderId: string; state: string }) => [d.orderId, d.state]),
    [[id, 'breached']],
  );
  expectStatus(await org.post(`/orders/${id}/review`, { decision: 'approve', note: 'ok' }), 200);
  assert.deepEqual((await org.get('/dashboard')).body.deadlinesAtRisk, []);
});

test('ORD-4 an order released before its clock was started is not called late', async () => {
  const order = await place(org, { payment: 'prepaid', lines: [{ sku: 'A', quantity: 1, unitPrice: 1 }] });
  const released = expectStatus(await org.post(`/orders/${order.id}/release`, { note: 'known buyer' }), 200);
  assert.ok(released.confirmedAt, 'paid and free of holds: confirmed');
  await app.settleDown(); // only now do subscribers hear of the order
  app.clock.pass(60 * MINUTE_MS);
  await app.settleDown();
  assert.deepEqual(
    (await types(order.id)).filter((t) => t.startsWith('deadline')),
    [],
  );
});

test('ORD-5 nothing held is confirmed or shipped; reject cancels and refunds, ask waits', async () => {
  const id = await paidOrder({ lines: [{ sku: 'A', quantity: 1, unitPrice: 1 }] });
  const held = await orderOf(org, id);
  assert.deepEqual([held.holds, held.confirmedAt, held.may.includes('ship')], [['price_anomaly'], null, false]);
  await assert.rejects(() => shipAll(id), /order_on_hold/);
  assert.deepEqual(expectStatus(await org.post(`/orders/${id}/review`, { decision: 'ask', note: '?' }), 200).holds, [
    'price_anomaly',
    'awaiting_customer',
  ]);
  assert.equal(
    expectStatus(await org.post(`/orders/${id}/review`, { decision: 'reject', note: 'no' }), 200).status,
    'cancelled',
  );
  await app.settleDown();
  assert.deepEqual((await orderOf(org, id)).refunded, { amount: 1, currency: 'CNY' });
  assert.equal((await org.post(`/orders/${id}/release`)).body.code, 'transition_refused');
  const free = await place(org);
  assert.equal((await org.post(`/orders/${free.id}/review`, { decision: 'approve' })).body.code, 'not_on_hold');
  assert.equal((await org.post(`/orders/${free.id}/release`, { codes: ['other'] })).body.code, 'not_on_hold');
});

test('INV-4 not enough left on payment: the order is held as short, and released only once stock is there', async () => {
  const orders = [
    await place(org, {
      lines: [
        { sku: 'LATER', quantity: 1 },
        { sku: 'A', quantity: 1 },
      ],
    }),
    await place(org, { lines: [{ sku: 'LATER', quantity: 1 }] }),
  ];
  for (const o of orders) await pay(org, o.id);
  await app.settleDown();
  const [first, second] = [await orderOf(org, orders[0].id), await orderOf(org, orders[1].id)];
  assert.deepEqual([first.holds, second.status, second.holds, second.confirmedAt], [[], 'paid', ['shortage'], null]);
  assert.ok((await types(second.id)).includes('order_short'));
  assert.deepEqual(await app.faults(), []);
  const refused = await org.post(`/orders/${second.id}/release`, { codes: ['shortage'] });
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.errors[0].sku],
    [422, 'insufficient_stock', 'LATER'],
  );
  assert.deepEqual((await orderOf(org, second.id)).holds, ['shortage']);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'LATER', quantity: 1 }] }), 201);
  const released = expectStatus(await org.post(`/orders/${second.id}/review`, { decision: 'approve' }), 200);
  assert.deepEqual([released.holds, released.lines[0].reserved], [[], 1]);
  assert.ok(released.confirmedAt);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-10 cancelling gives the stock and the money back; a second time is refused', async () => {
  const before = await stockOf(org, 'A');
  const id = await paidOrder({ lines: [{ sku: 'A', quantity: 3 }] });
  assert.equal(
    expectStatus(await org.post(`/orders/${id}/cancel`, { reason: 'changed my mind' }), 200).status,
    'cancelled',
  );
  await app.settleDown();
  const order = await orderOf(org, id);
  assert.deepEqual([order.refunded, order.paid, order.may], [order.total, order.total, []]);
  assert.deepEqual(await stockOf(org, 'A'), before);
  const again = await org.post(`/orders/${id}/cancel`, { reason: 'again' });
  assert.deepEqual([again.status, again.body.code, again.body.from], [409, 'transition_refused', 'cancelled']);
  assert.equal((await org.post(`/orders/${id}/cancel`, { reason: '' })).status, 400);
});

test('ORD-10 cancel and payment at once end in one of two consistent ways', async () => {
  for (let i = 0; i < 8; i += 1) {
    const order = await place(org);
    const payment = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' }), 201);
    const [cancel] = await Promise.all([
      org.post(`/orders/${order.id}/cancel`, { reason: 'race' }),
      org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success', times: 2 }),
    ]);
    assert.equal(cancel.status, 200, 'paid and unshipped can be cancelled as well as unpaid');
    await app.settleDown();
    const { received, refunded } = await moneyOf(payment.id);
    assert.deepEqual([await status(order.id), refunded], ['cancelled', received], 'what came in went back');
  }
  assert.deepEqual(await app.faults(), []);
});

async function moneyOf(paymentId: string): Promise<{ received: number; refunded: number }> {
  const payment = (await org.get(`/payments/${paymentId}`)).body;
  const refunds = (await org.get(`/payments/${paymentId}/refunds`)).body.items as { status: string; amount: number }[];
  return {
    received: payment.status === 'succeeded' ? payment.amount : 0,
    refunded: refunds.filter((r) => r.status === 'succeeded').reduce((n, r) => n + r.amount, 0),
  };
}

test('ORD-3 a paid order refunded in full before shipment is closed and gives its stock back', async () => {
  const before = await stockOf(org, 'A');
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }] });
  const payment = await pay(org, order.id);
  await app.settleDown();
  expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: 500, reason: 'half' }), 201);
  await app.settleDown();
  assert.equal(await status(order.id), 'paid', 'a partial refund is a quantity of money, not a state');
  expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: 1500, reason: 'rest' }), 201);
  await app.settleDown();
  assert.equal(await status(order.id), 'closed');
  assert.deepEqual(await stockOf(org, 'A'), before);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-14 receipt counts as confirmed ten days after shipment', async () => {
  const id = await paidOrder();
  await shipAll(id);
  await app.settleDown();
  assert.equal(await status(id), 'shipped');
  app.clock.pass(10 * DAY_MS - 1000);
  await app.settleDown();
  assert.equal(await status(id), 'shipped');
  app.clock.pass(1000);
  await app.settleDown();
  assert.equal(await status(id), 'completed');
  assert.equal((await types(id)).filter((t) => t === 'order_completed').length, 1);
});

test('ORD-14 the customer gets 3 or 7 more days, once', async () => {
  const id = await paidOrder();
  assert.equal((await org.post(`/orders/${id}/extend-receipt`, { days: 3 })).status, 409, 'not before it has shipped');
  await shipAll(id);
  await app.settleDown();
  assert.equal((await org.post(`/orders/${id}/extend-receipt`, { days: 5 })).status, 400);
  const extended = expectStatus(await org.post(`/orders/${id}/extend-receipt`, { days: 7 }), 200);
  assert.equal(new Date(extended.receiptDueAt).getTime() - app.clock.now().getTime(), 17 * DAY_MS);
  assert.equal((await org.post(`/orders/${id}/extend-receipt`, { days: 3 })).body.code, 'receipt_already_extended');
  app.clock.pass(11 * DAY_MS);
  await app.settleDown();
  assert.equal(await status(id), 'shipped');
  app.clock.pass(6 * DAY_MS);
  await app.settleDown();
  assert.equal(await status(id), 'completed');
});

test('ORD-14 an order extended before its clock was started keeps the longer time', async () => {
  const id = await paidOrder();
  await shipAll(id);
  expectStatus(await org.post(`/orders/${id}/extend-receipt`, { days: 3 }), 200);
  await app.settleDown();
  app.clock.pass(10 * DAY_MS + 1000);
  await app.settleDown();
  assert.equal(await status(id), 'shipped');
});

test('ORD-3 delivered, confirmed by hand, and nothing afterwards', async () => {
  const id = await paidOrder({ lines: [{ sku: 'A', quantity: 2 }] });
  assert.equal((await org.post(`/orders/${id}/confirm-receipt`)).body.code, 'transition_refused');
  const parcel = await shipAll(id);
  const ctx = systemCtx(org.id, app.clock.now());
  await app.db.inTx(ctx, (tx) => recordDelivered(tx, ctx, { orderId: id, ...parcel }));
  const delivered = await orderOf(org, id);
  assert.deepEqual([delivered.status, delivered.fulfilment], ['delivered', 'delivered']);
  assert.equal((await org.post(`/orders/${id}/cancel`, { reason: 'late' })).body.code, 'transition_refused');
  assert.equal(expectStatus(await org.post(`/orders/${id}/confirm-receipt`), 200).status, 'completed');
  assert.equal((await org.post(`/orders/${id}/confirm-receipt`)).body.code, 'transition_refused');
  await app.settleDown();
  app.clock.pass(20 * DAY_MS);
  await app.settleDown();
  assert.equal((await types(id)).filter((t) => t === 'order_completed').length, 1);
});

test('ORD-12 no unit of an order line ships twice', async () => {
  const id = await paidOrder();
  const { parcelId, lines } = await shipAll(id);
  const ctx = systemCtx(org.id, app.clock.now());
  await assert.rejects(
    () =>
      app.db.inTx(ctx, (tx) => recordShipped(tx, ctx, { orderId: id, parcelId, waybillNo: 'x', carrier: 'x', lines })),
    /transition_refused/,
  );
  await assert.rejects(
    () =>
      app.db.inTx(ctx, (tx) =>
        tx.query('update orders.lines set shipped = shipped + 1 where org_id = $1 and order_id = $2', [org.id, id]),
      ),
    /never_shipped_twice/,
  );
});

test('ORD-10 half shipped: no longer cancelled by the button', async () => {
  await addGoods(org, { sku: 'TWO' });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'TWO', quantity: 2 }] }), 201);
  const id = await paidOrder({ lines: [{ sku: 'TWO', quantity: 2 }] });
  const ctx = systemCtx(org.id, app.clock.now());
  await app.db.inTx(ctx, async (tx) => {
    const lines = (await shippableLines(tx, id)).map((l) => ({ ...l, quantity: 1 }));
    await recordShipped(tx, ctx, { orderId: id, parcelId: newId(), waybillNo: 'SB', carrier: 'sandbox', lines });
    await shipReserved(tx, ctx, { orderId: id, docId: newId(), lines });
  });
  const half = await orderOf(org, id);
  assert.deepEqual(
    [half.status, half.fulfilment, half.lines[0].shipped, half.lines[0].reserved],
    ['paid', 'partial', 1, 1],
    'ORD-3 derived from lines',
  );
  assert.equal((await org.post(`/orders/${id}/cancel`, { reason: 'x' })).body.code, 'order_already_shipped');
});

test('ORD-3 after all of this every invariant holds', async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), []);
  assert.deepEqual(app.logged, []);
});
