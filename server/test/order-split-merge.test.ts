import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE_MS } from '#kernel/time.ts';
import type { Answer } from './support/app.ts';
import { type Changes, lineOf, openChanges } from './support/changes.ts';
import { expectStatus, orderOf, pay, place, problems, stockOf } from './support/shop.ts';

let shop: Changes;
let { app, org, parcels, buyer, paid, amend, now } = {} as Changes;
before(async () => {
  shop = await openChanges();
  ({ app, org, parcels, buyer, paid, amend, now } = shop);
});
after(() => shop.end());

type Body = Answer['body'];
const sum = (orders: Body[], of: (o: Body) => number): number => orders.reduce((n, o) => n + of(o), 0);

test('ORD-9 split by hand: units, money and reservations go on once; the order itself takes no commands', async () => {
  const to = buyer();
  const order = await paid(
    [
      { sku: 'A', quantity: 3 },
      { sku: 'B', quantity: 3 },
    ],
    to,
  );
  const [a, b] = [lineOf(order, 'A'), lineOf(order, 'B')];
  const before = await stockOf(org, 'A');
  const groups = [
    [
      { lineId: a.id, quantity: 1 },
      { lineId: b.id, quantity: 2 },
    ],
    { lines: [{ lineId: a.id, quantity: 1 }] },
  ];
  const preview = expectStatus(await org.post(`/orders/${order.id}/split`, { groups, preview: true }), 200);
  assert.deepEqual([preview.orders, preview.parts.map((p: Body) => p.total.amount)], [[], [1666, 1000, 1333]]);
  const done = expectStatus(await org.post(`/orders/${order.id}/split`, { groups }), 200);
  assert.deepEqual(
    done.orders.map((o: Body) => o.orderNo),
    [1, 2, 3].map((n) => `${order.orderNo}-${n}`),
  );
  assert.deepEqual(
    done.orders.map((o: Body) => o.total.amount),
    [1666, 1000, 1333],
  );
  for (const which of ['total', 'paid', 'goods', 'freight'])
    assert.equal(
      sum(done.orders, (o) => o[which].amount),
      order[which].amount,
      which,
    );
  assert.deepEqual(await stockOf(org, 'A'), before);
  assert.deepEqual(
    done.orders.map((o: Body) => o.lines.every((l: Body) => l.reserved === l.quantity)),
    [true, true, true],
  );
  assert.deepEqual([done.parent.superseded, done.parent.may], ['split', ['undo_split']]);
  for (const [path, body] of [
    ['cancel', { reason: 'x' }],
    ['hold', {}],
    ['amend', { remark: 'x' }],
    ['split', { groups }],
    ['payments', { channel: 'sandbox' }],
  ] as const)
    assert.equal((await org.post(`/orders/${order.id}/${path}`, body)).body.code, 'order_superseded', path);
  const listed = expectStatus(await org.get(`/orders?phone=${to.shipTo.phone}`), 200);
  assert.deepEqual(
    listed.items.map((o: Body) => o.orderNo).toSorted(),
    done.orders.map((o: Body) => o.orderNo),
    'the list shows what lives',
  );
  const byNumber = expectStatus(await org.get(`/orders?q=${order.orderNo}`), 200);
  assert.deepEqual(
    byNumber.items[0].supersededBy.map((l: Body) => l.orderNo),
    done.orders.map((o: Body) => o.orderNo),
  );
  assert.deepEqual(
    expectStatus(await org.get(`/orders?q=${order.orderNo}-2`), 200).items.map((o: Body) => o.id),
    [done.orders[1].id],
  );
  assert.deepEqual(await app.faults(), []);
});

test('ORD-9 parts ship, are cancelled and refunded by themselves, from the payment of the order they are of', async () => {
  const order = await paid([
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 1 },
  ]);
  const { orders } = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: lineOf(order, 'B').id, quantity: 1 }]] }),
    200,
  );
  const [b, a] = orders;
  await parcels.ship(b.id);
  assert.equal((await now(b.id)).status, 'shipped');
  expectStatus(await org.post(`/orders/${a.id}/cancel`, { reason: '不要了' }), 200);
  const gone = await now(a.id);
  assert.deepEqual([gone.status, gone.refunded.amount], ['cancelled', 2000]);
  assert.deepEqual(await parcels.refundsOf(order.payment.id), [2000]);
  assert.equal((await now(b.id)).refunded.amount, 0);
  assert.equal(
    (await org.post(`/orders/${b.id}/refunds`, { amount: 334, reason: 'x' })).body.code,
    'refund_exceeds_payment',
  );
  expectStatus(await org.post(`/orders/${b.id}/refunds`, { amount: 33, reason: '差评补偿' }), 201);
  assert.equal((await now(b.id)).refunded.amount, 33);
  assert.equal((await org.post(`/orders/${b.id}/undo-split`)).body.code, 'undo_refused');
  assert.deepEqual(await app.faults(), []);
});

test('ORD-9 a refund made on the payment itself is booked on those who hold it, oldest first, none beyond what it has', async () => {
  const order = await paid([
    { sku: 'A', quantity: 1 },
    { sku: 'B', quantity: 1 },
  ]);
  const { orders } = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: lineOf(order, 'B').id, quantity: 1 }]] }),
    200,
  );
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 500, reason: 'x' }), 201);
  await app.settleDown();
  assert.deepEqual([(await now(orders[0].id)).refunded.amount, (await now(orders[1].id)).refunded.amount], [333, 167]);
  assert.equal((await now(orders[0].id)).status, 'closed', 'all of its money has gone back');
  assert.equal(
    (await org.post(`/payments/${order.payment.id}/refunds`, { amount: 834, reason: 'x' })).body.code,
    'refund_exceeds_payment',
  );
});

test('ORD-9 split by warehouse and by what is there', async () => {
  const two = await paid([
    { sku: 'A', quantity: 2 },
    { sku: 'FAR', quantity: 1 },
  ]);
  assert.equal((await org.post(`/orders/${two.id}/split`, { by: 'availability' })).body.code, 'nothing_to_split');
  const byHouse = expectStatus(await org.post(`/orders/${two.id}/split`, { by: 'warehouse' }), 200);
  assert.deepEqual(
    byHouse.parts.map((p: Body) => p.lines.map((l: Body) => [l.sku, l.warehouses[0].warehouse])).toSorted(),
    [[['A', 'W1']], [['FAR', 'W2']]],
  );

  const order = await place(org, {
    lines: [
      { sku: 'LATER', quantity: 2 },
      { sku: 'A', quantity: 1 },
    ],
    ...buyer(),
  });
  const rival = await place(org, { lines: [{ sku: 'LATER', quantity: 1 }], ...buyer() });
  await pay(org, rival.id);
  await pay(org, order.id);
  const short = await now(order.id);
  assert.deepEqual(short.holds, ['shortage']);
  const { orders } = expectStatus(await org.post(`/orders/${order.id}/split`, { by: 'availability' }), 200);
  assert.deepEqual(
    orders.map((o: Body) => [o.lines.map((l: Body) => [l.sku, l.quantity]), o.holds]),
    [
      [[['A', 1]], []],
      [[['LATER', 2]], ['shortage']],
    ],
  );
  assert.ok((await now(orders[0].id)).confirmedAt, 'what is there is confirmed at once');
  assert.equal((await now(orders[1].id)).confirmedAt, null);
});

test('ORD-9 a split is undone from any of the orders: all is as before, to the unit and the cent', async () => {
  const order = await paid([{ sku: 'A', quantity: 4 }]);
  const before = await stockOf(org, 'A');
  const line = lineOf(order, 'A');
  const { orders } = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: line.id, quantity: 1 }]] }),
    200,
  );
  assert.ok(orders[0].may.includes('undo_split'));
  const done = expectStatus(await org.post(`/orders/${orders[1].id}/undo-split`), 200);
  assert.deepEqual(
    done.orders.map((o: Body) => o.id),
    [order.id],
  );
  const whole = await now(order.id);
  assert.deepEqual(
    [whole.superseded, whole.total, whole.paid, whole.refunded, whole.holds, whole.lines],
    [null, order.total, order.paid, order.refunded, order.holds, order.lines],
  );
  assert.deepEqual(await stockOf(org, 'A'), before);
  const part = await now(orders[0].id);
  assert.deepEqual(
    [part.superseded, part.may, part.supersededBy.map((l: Body) => l.orderNo)],
    ['undone', [], [order.orderNo]],
  );
  assert.equal((await org.post(`/orders/${orders[0].id}/undo-split`)).body.code, 'undo_refused');
  const again = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: line.id, quantity: 2 }]] }),
    200,
  );
  assert.deepEqual(
    again.orders.map((o: Body) => o.orderNo),
    [`${order.orderNo}-3`, `${order.orderNo}-4`],
    'numbers are never used twice',
  );
  expectStatus(await org.post('/waves', { warehouse: 'W1', orderIds: [again.orders[0].id] }), 201);
  const refused = await org.post(`/orders/${order.id}/undo-split`);
  assert.deepEqual([refused.body.code, problems(refused)], ['undo_refused', ['orderId: picking_begun']]);
});

test('ORD-9 what cannot be split says why', async () => {
  const one = await paid([{ sku: 'A', quantity: 2 }]);
  const line = lineOf(one, 'A').id;
  const split = (id: string, body: object) => org.post(`/orders/${id}/split`, body);
  assert.deepEqual(
    problems(await split(one.id, { groups: [[{ lineId: line, quantity: 3 }], [{ lineId: one.id, quantity: 1 }]] })),
    ['groups[0].lines[0].quantity: more_than_left', 'groups[1].lines[0].lineId: unknown_line'],
  );
  assert.equal((await split(one.id, { groups: [[{ lineId: line, quantity: 2 }]] })).body.code, 'nothing_to_split');
  assert.equal((await split(one.id, {})).status, 400);
  assert.equal((await split(one.id, { groups: [[]], by: 'warehouse' })).status, 400);
  const unpaid = await place(org, { lines: [{ sku: 'A', quantity: 2 }], ...buyer() });
  assert.deepEqual((await split(unpaid.id, { by: 'warehouse' })).body.why, 'order_not_paid');
  expectStatus(await amend(one.id, { lines: [{ sku: 'A', quantity: 3 }] }), 200);
  assert.equal((await split(one.id, { groups: [[{ lineId: line, quantity: 1 }]] })).body.why, 'balance_due');
});

test('ORD-9 ORD-10 cash on delivery and marketplace orders are split too', async () => {
  for (const payment of ['cod', 'prepaid']) {
    const order = await place(org, { lines: [{ sku: 'A', quantity: 3 }], payment, ...buyer() });
    await app.settleDown();
    const { orders } = expectStatus(
      await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: order.lines[0].id, quantity: 1 }]] }),
      200,
    );
    assert.deepEqual(
      orders.map((o: Body) => [o.total.amount, o.due.amount, o.paid.amount]),
      payment === 'cod'
        ? [
            [1000, 1000, 0],
            [2000, 2000, 0],
          ]
        : [
            [1000, 0, 1000],
            [2000, 0, 2000],
          ],
    );
    expectStatus(await org.post(`/orders/${orders[0].id}/cancel`, { reason: 'x' }), 200);
    assert.equal((await now(orders[0].id)).status, 'cancelled');
  }
});

async function two(over: object = {}, second: object = {}): Promise<[Body, Body]> {
  const to = buyer();
  const first = await paid([{ sku: 'A', quantity: 1 }], { ...to, ...over });
  const next = await paid([{ sku: 'B', quantity: 2 }], { ...to, ...over, ...second });
  return [first, next];
}

test('ORD-9 orders of one buyer to one address become one, and are what they were when it is undone', async () => {
  const [a, b] = await two({}, { remark: '请快点' });
  const orderIds = [a.id, b.orderNo];
  const preview = expectStatus(await org.post('/orders/merge', { orderIds }), 200);
  assert.deepEqual(
    [preview.allowed, preview.problems, preview.after.total.amount, preview.order],
    [true, [], 1666, null],
  );
  const done = expectStatus(await org.post('/orders/merge', { orderIds, confirm: true }), 200);
  const merged = await now(done.id);
  assert.deepEqual(
    [merged.total.amount, merged.paid.amount, merged.derived, merged.status, merged.remark],
    [1666, 1666, 'merged', 'paid', '请快点'],
  );
  assert.deepEqual(
    merged.lines.map((l: Body) => [l.sku, l.quantity, l.reserved]),
    [
      ['A', 1, 1],
      ['B', 2, 2],
    ],
  );
  assert.deepEqual(
    merged.madeOf.map((l: Body) => l.orderNo),
    [a.orderNo, b.orderNo],
  );
  assert.deepEqual((await now(a.id)).supersededBy, [{ id: merged.id, orderNo: merged.orderNo }]);
  const undone = expectStatus(await org.post(`/orders/${b.id}/undo-merge`), 200);
  assert.deepEqual(
    undone.orders.map((o: Body) => o.id),
    [a.id, b.id],
  );
  for (const was of [a, b]) {
    const is = await now(was.id);
    assert.deepEqual(
      [is.superseded, is.total, is.paid, is.lines, is.holds],
      [null, was.total, was.paid, was.lines, was.holds],
    );
  }
  assert.equal((await now(merged.id)).superseded, 'undone');
  assert.deepEqual(await app.faults(), []);
});

test('ORD-9 a merged order ships once and refunds each payment for its own part', async () => {
  const [a, b] = await two();
  const { id } = expectStatus(await org.post('/orders/merge', { orderIds: [a.id, b.id], confirm: true }), 200);
  await app.settleDown();
  expectStatus(await org.post(`/orders/${id}/refunds`, { amount: 1200, reason: 'x' }), 201);
  await app.settleDown();
  assert.deepEqual([await parcels.refundsOf(a.payment.id), await parcels.refundsOf(b.payment.id)], [[1000], [200]]);
  expectStatus(await org.post(`/orders/${id}/cancel`, { reason: 'x' }), 200);
  const gone = await now(id);
  assert.deepEqual([gone.status, gone.refunded.amount], ['cancelled', 1666]);
  assert.equal((await org.post(`/orders/${id}/undo-merge`)).body.code, 'undo_refused');
});

test('ORD-9 a merge of unlike orders is refused with every reason of each, and nothing is changed', async () => {
  const [a] = await two();
  const other = await paid([{ sku: 'FAR', quantity: 1 }]);
  const unpaid = await place(org, { lines: [{ sku: 'A', quantity: 1 }], ...buyer() });
  expectStatus(await org.post(`/orders/${unpaid.id}/hold`, { code: 'manual' }), 200);
  const orderIds = [a.id, other.id, unpaid.id];
  const preview = expectStatus(await org.post('/orders/merge', { orderIds }), 200);
  const reasons = preview.problems.map((p: Body) => `${p.path} ${p.code}`);
  assert.deepEqual(reasons, [
    'orderIds[1] different_customer',
    'orderIds[1] different_address',
    'orderIds[1] different_warehouse',
    'orderIds[2] is_on_hold',
    'orderIds[2] different_customer',
    'orderIds[2] different_status',
    'orderIds[2] different_address',
  ]);
  assert.ok(
    preview.problems.every((p: Body) => p.message.includes(p.orderNo)),
    JSON.stringify(preview.problems),
  );
  const refused = await org.post('/orders/merge', { orderIds, confirm: true });
  assert.deepEqual(
    [refused.status, refused.body.code, refused.body.errors.length],
    [422, 'merge_refused', reasons.length],
  );
  assert.equal((await orderOf(org, a.id)).version, a.version);
  assert.equal((await org.post('/orders/merge', { orderIds: [a.id] })).status, 400);
  assert.equal((await org.post('/orders/merge', { orderIds: [a.id, a.id], confirm: true })).status, 422);
});

test('ORD-9 unpaid orders become one with the earliest time to pay; late money for one of them goes back', async () => {
  const to = buyer();
  const first = await place(org, { lines: [{ sku: 'A', quantity: 1 }], ...to });
  app.clock.pass(5 * MINUTE_MS);
  const second = await place(org, { lines: [{ sku: 'B', quantity: 1 }], ...to });
  const old = expectStatus(await org.post(`/orders/${first.id}/payments`, { channel: 'sandbox' }), 201);
  const { id, order } = expectStatus(
    await org.post('/orders/merge', { orderIds: [first.id, second.id], confirm: true }),
    200,
  );
  assert.deepEqual([order.status, order.due.amount, order.payBefore], ['pending_payment', 1333, first.payBefore]);
  expectStatus(await org.post(`/sandbox/payments/${old.id}/settle`, { outcome: 'success' }), 200);
  await app.settleDown();
  const late = (await org.get(`/payments/${old.id}`)).body;
  assert.ok(
    late.status === 'closed' || (late.accepted === false && late.refundedAmount === 1000),
    JSON.stringify(late),
  );
  app.clock.pass(26 * MINUTE_MS);
  const expired = await now(id);
  assert.equal(expired.status, 'cancelled', 'its own clock runs');
  assert.deepEqual(
    [(await orderOf(org, first.id)).status, (await orderOf(org, second.id)).status],
    ['pending_payment', 'pending_payment'],
    'theirs do not',
  );
});

test('ORD-9 one freight is paid for all: what it saves goes back when the order ships, and not when it is undone', async () => {
  expectStatus(
    await org.api('PUT', '/settings/orders', { values: { freightAmount: 800, freightFreeFrom: null } }),
    200,
  );
  try {
    const [a, b] = await two();
    assert.deepEqual([a.freight.amount, a.total.amount, b.total.amount], [800, 1800, 1466]);
    const merge = async () =>
      expectStatus(await org.post('/orders/merge', { orderIds: [a.id, b.id], confirm: true }), 200);
    const first = await merge();
    assert.deepEqual(
      [first.freightSaved.amount, first.order.total.amount, first.order.overpaid.amount],
      [800, 2466, 800],
    );
    expectStatus(await org.post(`/orders/${first.id}/undo-merge`), 200);
    await app.settleDown();
    assert.deepEqual([await parcels.refundsOf(a.payment.id), await parcels.refundsOf(b.payment.id)], [[], []]);
    const second = await merge();
    await app.settleDown();
    await parcels.ship(second.id);
    const shipped = await now(second.id);
    assert.deepEqual([shipped.status, shipped.refunded.amount, shipped.overpaid.amount], ['shipped', 800, 0]);
  } finally {
    expectStatus(await org.api('PUT', '/settings/orders', { values: { freightAmount: 0 } }), 200);
  }
});

test('ORD-9 parts of a split are merged again, and split again: chains keep every cent', async () => {
  const order = await paid([
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 3 },
  ]);
  const first = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: lineOf(order, 'B').id, quantity: 2 }]] }),
    200,
  );
  await app.settleDown();
  const merged = expectStatus(
    await org.post('/orders/merge', { orderIds: first.orders.map((o: Body) => o.id), confirm: true }),
    200,
  );
  await app.settleDown();
  assert.deepEqual(
    [merged.order.total.amount, merged.order.funds.map((f: Body) => [f.orderNo, f.amount.amount])],
    [order.total.amount, [[order.orderNo, order.total.amount]]],
  );
  const again = expectStatus(
    await org.post(`/orders/${merged.id}/split`, { groups: [[{ lineId: merged.order.lines[0].id, quantity: 1 }]] }),
    200,
  );
  await app.settleDown();
  expectStatus(await org.post(`/orders/${again.orders[0].id}/cancel`, { reason: 'x' }), 200);
  const gone = await now(again.orders[0].id);
  assert.equal(gone.refunded.amount, gone.paid.amount);
  assert.deepEqual(await parcels.refundsOf(order.payment.id), [gone.paid.amount]);
  assert.deepEqual(await app.faults(), []);
});

test('CMP-2 without the permission nobody splits, merges or changes; other organisations’ orders are not there', async () => {
  const order = await paid([{ sku: 'A', quantity: 2 }]);
  const reader = await app.person(org.code, ['readonly']);
  for (const path of [
    `/orders/${order.id}/split`,
    `/orders/${order.id}/amend`,
    `/orders/${order.id}/undo-split`,
    `/orders/${order.id}/undo-merge`,
  ])
    assert.equal((await reader.post(path, { by: 'warehouse' })).status, 403, path);
  assert.equal((await reader.post('/orders/merge', { orderIds: [order.id, order.id] })).status, 403);
  const stranger = await app.org('elsewhere');
  assert.equal((await stranger.post(`/orders/${order.id}/split`, { by: 'warehouse' })).status, 404);
  assert.equal((await stranger.post('/orders/merge', { orderIds: [order.id, order.orderNo] })).status, 404);
});

test('ORD-1 ORD-9 a split repeated with its key answers the same and makes nothing anew', async () => {
  const order = await paid([{ sku: 'A', quantity: 2 }]);
  const body = { groups: [[{ lineId: lineOf(order, 'A').id, quantity: 1 }]] };
  const [first, second] = [
    await org.post(`/orders/${order.id}/split`, body, { 'idempotency-key': 'split-1' }),
    await org.post(`/orders/${order.id}/split`, body, { 'idempotency-key': 'split-1' }),
  ];
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual(
    second.body.orders.map((o: Body) => o.id),
    first.body.orders.map((o: Body) => o.id),
  );
});

test('ORD-10 PRO-3 a coupon is free again when all parts of the order it was used for are cancelled, and not before', async () => {
  const at = app.clock.now().getTime();
  const when = { startsAt: new Date(at - 60_000).toISOString(), endsAt: new Date(at + 86_400_000).toISOString() };
  const body = { code: 'PARTS', title: '券', kind: 'coupon', spend: 1000, off: 100, scope: { skus: ['A'] }, ...when };
  const offer = expectStatus(await org.post('/offers', body), 201);
  const { codes } = expectStatus(await org.post(`/offers/${offer.id}/coupons`, { count: 1 }), 201);
  const to = buyer();
  const order = await paid([{ sku: 'A', quantity: 2 }], { couponCodes: codes, ...to });
  const { orders } = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: lineOf(order, 'A').id, quantity: 1 }]] }),
    200,
  );
  assert.deepEqual(
    orders.map((o: Body) => [o.discount.amount, o.total.amount]),
    [
      [50, 950],
      [50, 950],
    ],
  );
  const again = () =>
    org.post('/orders', {
      shop: 'S1',
      channel: 'web',
      customer: {},
      ...to,
      lines: [{ sku: 'A', quantity: 3 }],
      couponCodes: codes,
    });
  expectStatus(await org.post(`/orders/${orders[0].id}/cancel`, { reason: 'x' }), 200);
  assert.equal((await again()).status, 422, 'a part of the order lives');
  expectStatus(await org.post(`/orders/${orders[1].id}/cancel`, { reason: 'x' }), 200);
  await app.settleDown();
  assert.equal((await again()).status, 201);
});

test('ORD-9 the customer finds a part of a split order by its own number, and from the whole where it goes on', async () => {
  const to = buyer();
  const order = await paid([{ sku: 'A', quantity: 2 }], to);
  const { orders } = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: lineOf(order, 'A').id, quantity: 1 }]] }),
    200,
  );
  const { phone } = to.shipTo;
  for (const [orderNo, id] of [
    [order.orderNo, order.id],
    [orders[1].orderNo, orders[1].id],
  ]) {
    const session = expectStatus(await app.nobody.post('/portal/sessions', { orderNo, phone }), 201);
    assert.equal(session.orderId, id);
  }
  const session = expectStatus(await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone }), 201);
  const mine = expectStatus(await app.bearing(session.token).get(`/portal/orders/${order.id}`), 200);
  assert.deepEqual(
    [mine.superseded, mine.supersededBy.map((l: Body) => l.orderNo), mine.may],
    ['split', orders.map((o: Body) => o.orderNo), []],
  );
});
