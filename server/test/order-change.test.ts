import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE_MS } from '#kernel/time.ts';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import {
  expectStatus,
  openShop,
  orderOf,
  pay,
  phoneOf,
  place,
  problems,
  SHIP_TO,
  stockOf,
} from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
let parcels: Parcels;
let reviewer: Sender;
before(async () => {
  app = await testApp();
  org = await app.org();
  await app.person(org.code, ['admin']);
  reviewer = await app.person(org.code, ['order_reviewer']);
  parcels = parcelsOf(app, org);
  await openShop(
    org,
    [
      { sku: 'A', price: 1000, stock: { W1: 1000 } },
      { sku: 'B', price: 333, stock: { W1: 500 } },
      { sku: 'FAR', price: 700, stock: { W2: 100 } },
      { sku: 'FEW', price: 500, stock: { W1: 3 } },
      { sku: 'LATER', price: 900, reserveOn: 'payment', stock: { W1: 2 } },
    ],
    ['W1', 'W2'],
  );
});
after(async () => {
  try {
    await app.settleDown();
    assert.deepEqual(await app.faults(), [], 'every invariant holds after all of this');
  } finally {
    await app.close();
  }
});

type Body = Answer['body'];
let buyers = 50_000;
/** Where one buyer has things sent. */
const buyer = () => ({ shipTo: { ...SHIP_TO, phone: phoneOf((buyers += 1)) } });

async function paid(lines: { sku: string; quantity: number }[], over: object = {}): Promise<Body> {
  const order = await place(org, { lines, ...buyer(), ...over });
  const payment = await pay(org, order.id);
  await app.settleDown();
  return { ...(await orderOf(org, order.id)), payment };
}
const lineOf = (order: Body, sku: string): Body => order.lines.find((l: Body) => l.sku === sku && l.quantity > 0);
const amend = (id: string, body: object) => org.post(`/orders/${id}/amend`, body);
const types = async (id: string): Promise<string[]> =>
  expectStatus(await org.get(`/orders/${id}/timeline`), 200).items.map((i: { type: string }) =>
    i.type.replace(/^\w+\.(\w+)\.v1$/, '$1'),
  );
const sum = (orders: Body[], of: (o: Body) => number): number => orders.reduce((n, o) => n + of(o), 0);
/** After everything that is due has happened. */
const now = async (id: string): Promise<Body> => {
  await app.settleDown();
  return orderOf(org, id);
};

test('ORD-8 fewer units: the difference goes back at once, the units are free, the change is a version, and it is confirmed again', async () => {
  const before = await stockOf(org, 'A');
  const order = await paid([
    { sku: 'A', quantity: 5 },
    { sku: 'B', quantity: 2 },
  ]);
  assert.ok(order.confirmedAt);
  const line = lineOf(order, 'A');
  const answer = expectStatus(
    await amend(order.id, {
      lines: [
        { lineId: line.id, quantity: 3 },
        { sku: 'B', quantity: 2 },
      ],
      reason: '少要两件',
    }),
    200,
  );
  assert.deepEqual(
    [answer.change.before.amount, answer.change.after.amount, answer.change.refund.amount, answer.change.due.amount],
    [5666, 3666, 2000, 0],
  );
  assert.equal(answer.confirmedAt, null, 'to be confirmed again');
  const done = await now(order.id);
  assert.deepEqual([done.total.amount, done.paid.amount, done.refunded.amount], [3666, 5666, 2000]);
  assert.ok(done.confirmedAt, 'confirmed as changed');
  assert.equal((await stockOf(org, 'A')).available, before.available - 3);
  const { items } = expectStatus(await org.get(`/orders/${order.id}/versions`), 200);
  assert.equal(items.length, 1);
  assert.deepEqual(items[0].diff, [{ path: 'lines[A].quantity', from: 5, to: 3 }]);
  assert.deepEqual([items[0].reason, items[0].revision, items[0].refunded.amount], ['少要两件', 1, 2000]);
  const told = await types(order.id);
  assert.ok(told.includes('order_amended') && told.filter((t) => t === 'order_confirmed').length === 2);
});

test('ORD-8 FACTS 9 more units are owed and hold the order; taking them back before paying refunds nothing', async () => {
  const order = await paid([{ sku: 'A', quantity: 2 }]);
  const more = expectStatus(await amend(order.id, { lines: [{ sku: 'A', quantity: 4 }] }), 200);
  assert.deepEqual([more.due.amount, more.holds, more.change.refund.amount], [2000, ['balance_due'], 0]);
  assert.ok(more.may.includes('pay'));
  assert.equal((await org.post(`/orders/${order.id}/release`, { codes: ['balance_due'] })).body.code, 'balance_due');
  assert.equal(
    (await org.post(`/waves`, { warehouse: 'W1', orderIds: [order.id] })).status,
    409,
    'nothing ships unpaid',
  );
  const back = expectStatus(await amend(order.id, { lines: [{ sku: 'A', quantity: 2 }] }), 200);
  assert.deepEqual([back.due.amount, back.holds, back.change.refund.amount], [0, [], 0]);
  const done = await now(order.id);
  assert.deepEqual([done.paid.amount, done.refunded.amount, done.confirmedAt !== null], [2000, 0, true]);
  assert.deepEqual(await parcels.refundsOf(order.payment.id), [], 'no refund was ever asked for');
});

test('ORD-8 the difference is paid: the hold is lifted by it, and the order is confirmed as changed', async () => {
  const order = await paid([{ sku: 'A', quantity: 1 }]);
  expectStatus(
    await amend(order.id, {
      lines: [
        { sku: 'A', quantity: 1 },
        { sku: 'B', quantity: 3 },
      ],
    }),
    200,
  );
  await pay(org, order.id);
  const done = await now(order.id);
  assert.deepEqual([done.holds, done.paid.amount, done.total.amount, done.due.amount], [[], 1999, 1999, 0]);
  assert.ok(done.confirmedAt);
  assert.ok((await types(order.id)).includes('balance_paid'));
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: 'x' }), 200);
  const gone = await now(order.id);
  assert.deepEqual([gone.status, gone.refunded.amount], ['cancelled', 1999], 'both payments go back');
});

test('ORD-8 a preview tells exactly what would come of it and changes nothing', async () => {
  const order = await paid([{ sku: 'A', quantity: 2 }]);
  const body = {
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 1 },
    ],
  };
  const preview = expectStatus(await amend(order.id, { ...body, preview: true }), 200);
  assert.deepEqual(
    [preview.change.preview, preview.change.after.amount, preview.change.refund.amount],
    [true, 1333, 667],
  );
  const still = await now(order.id);
  assert.deepEqual([still.version, still.total.amount, still.lines.length], [order.version, 2000, 1]);
  const real = expectStatus(await amend(order.id, body), 200);
  assert.deepEqual({ ...real.change, preview: true }, preview.change, 'the preview and what is done agree');
});

test('ORD-8 a change that cannot be fulfilled is refused with the lines named, and nothing is changed', async () => {
  const order = await paid([{ sku: 'A', quantity: 1 }]);
  const before = [await stockOf(org, 'A'), await stockOf(org, 'FEW')];
  const refused = await amend(order.id, { lines: [{ sku: 'FEW', quantity: 4 }] });
  assert.deepEqual([refused.status, refused.body.code], [422, 'insufficient_stock']);
  assert.deepEqual(problems(refused), ['lines[0].quantity: insufficient_stock']);
  assert.deepEqual([await stockOf(org, 'A'), await stockOf(org, 'FEW')], before);
  assert.equal((await orderOf(org, order.id)).version, order.version);
});

test('ORD-8 every problem of a change is named at once', async () => {
  const order = await paid([{ sku: 'A', quantity: 1 }]);
  const refused = await amend(order.id, {
    shipTo: { phone: '123', province: '浙江省', city: '广州市' },
    lines: [
      { sku: 'NONE', quantity: 1 },
      { sku: 'B', quantity: 1.5 },
      { lineId: order.id, quantity: 1 },
    ],
  });
  assert.equal(refused.status, 422);
  const found = problems(refused);
  for (const p of [
    'lines[0].sku: unknown_sku',
    'lines[1].quantity: bad_quantity',
    'lines[2].lineId: unknown_line',
    'shipTo.phone: bad_phone',
  ])
    assert.ok(found.includes(p), `${p} in ${found.join(' | ')}`);
  assert.ok(
    found.some((p) => p.startsWith('shipTo.city') || p.startsWith('shipTo.district')),
    found.join(' | '),
  );
  assert.deepEqual(problems(await amend(order.id, { lines: [{ sku: 'A', quantity: 0 }] })), ['lines: nothing_left']);
  assert.equal((await amend(order.id, { lines: [{ sku: 'A', quantity: 1 }] })).body.code, 'nothing_changed');
  assert.equal((await amend(order.id, {})).body.code, 'nothing_changed');
});

test('ORD-8 an address changes in the fields named; nothing personal stands in the version or the timeline', async () => {
  const order = await paid([{ sku: 'A', quantity: 1 }]);
  const done = expectStatus(
    await amend(order.id, { shipTo: { phone: '13911112222', address: '新华路 9 号' }, remark: '放门口' }),
    200,
  );
  assert.equal(done.remark, '放门口');
  assert.match(done.shipTo.phone, /^139\*+2222$/);
  assert.equal(done.shipTo.city, '杭州市');
  const found = expectStatus(await org.get('/orders?phone=13911112222'), 200);
  assert.deepEqual(
    found.items.map((o: Body) => o.id),
    [order.id],
    'found by the new number',
  );
  const versions = JSON.stringify((await org.get(`/orders/${order.id}/versions`)).body);
  const timeline = JSON.stringify((await org.get(`/orders/${order.id}/timeline`)).body);
  for (const secret of ['13911112222', '新华路'])
    assert.ok(!versions.includes(secret) && !timeline.includes(secret), secret);
  assert.ok(!timeline.includes('放门口'));
});

test('ORD-8 a variant is exchanged: the line named with another SKU is replaced at today’s price', async () => {
  const order = await paid([{ sku: 'A', quantity: 2 }]);
  const line = lineOf(order, 'A');
  const done = expectStatus(await amend(order.id, { lines: [{ lineId: line.id, sku: 'B', quantity: 2 }] }), 200);
  assert.deepEqual([done.total.amount, done.change.refund.amount], [666, 1334]);
  assert.deepEqual(
    done.lines.map((l: Body) => [l.sku, l.quantity, l.payable.amount]),
    [
      ['A', 0, 0],
      ['B', 2, 666],
    ],
  );
  const back = expectStatus(await amend(order.id, { lines: [{ sku: 'A', quantity: 2 }] }), 200);
  assert.deepEqual([back.total.amount, back.due.amount], [2000, 1334], 'what went back is owed again');
});

test('ORD-8 an unpaid order changes what it costs; the payment opened for the old amount is not taken', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 3 }], ...buyer() });
  const payment = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' }), 201);
  const done = expectStatus(await amend(order.id, { lines: [{ sku: 'A', quantity: 1 }] }), 200);
  assert.deepEqual([done.due.amount, done.status, done.holds], [1000, 'pending_payment', []]);
  expectStatus(await org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success' }), 200);
  const unpaid = await now(order.id);
  assert.deepEqual([unpaid.status, unpaid.paid.amount], ['pending_payment', 0]);
  await pay(org, order.id);
  assert.equal((await now(order.id)).status, 'paid');
  assert.deepEqual(
    await parcels.refundsOf(payment.id).catch(() => []),
    (await org.get(`/payments/${payment.id}`)).body.received ? [3000] : [],
  );
});

test('ORD-8 once picking has begun a change waits for another person; approved, picks are stopped and it is done', async () => {
  const order = await paid([{ sku: 'A', quantity: 3 }]);
  const wave = expectStatus(await org.post('/waves', { warehouse: 'W1', orderIds: [order.id] }), 201);
  const agent = await app.person(org.code, ['agent']);
  const asked = expectStatus(
    await agent.post(`/orders/${order.id}/amend`, { lines: [{ sku: 'A', quantity: 1 }], reason: '客户要求' }),
    200,
  );
  assert.deepEqual([asked.total.amount, asked.change.after.amount], [3000, 1000], 'nothing is changed yet');
  assert.ok(asked.change.approvalId && asked.pendingChange.approvalId === asked.change.approvalId);
  assert.equal((await amend(order.id, { lines: [{ sku: 'A', quantity: 2 }] })).body.code, 'approval_pending');
  const approval = `/approvals/${asked.change.approvalId}`;
  assert.equal((await agent.post(`${approval}/approve`)).status, 403);
  expectStatus(await reviewer.post(`${approval}/approve`), 200);
  const done = await now(order.id);
  assert.deepEqual([done.total.amount, done.refunded.amount, done.pendingChange], [1000, 2000, null]);
  const pick = expectStatus(await org.get(`/picks/${wave.picks[0].id}`), 200);
  assert.equal(pick.status, 'cancelled');
  const facts = JSON.stringify((await org.get('/approvals?view=all')).body);
  assert.ok(facts.includes('lines') && !facts.includes('客户要求'));
});

test('ORD-8 of a partly shipped order only the rest changes, by approval, and never below what has gone', async () => {
  const order = await paid([{ sku: 'A', quantity: 5 }]);
  const line = lineOf(order, 'A');
  await parcels.ship(order.id, [{ lineId: line.id, quantity: 2 }]);
  assert.deepEqual(problems(await amend(order.id, { lines: [{ sku: 'A', quantity: 1 }] })), [
    'lines[0].quantity: below_shipped',
  ]);
  const asked = expectStatus(await amend(order.id, { lines: [{ sku: 'A', quantity: 4 }] }), 200);
  expectStatus(await reviewer.post(`/approvals/${asked.change.approvalId}/approve`), 200);
  const done = await now(order.id);
  assert.deepEqual(
    [done.lines[0].quantity, done.lines[0].shipped, done.refunded.amount, done.status],
    [4, 2, 1000, 'paid'],
  );
  await parcels.ship(order.id);
  assert.equal((await now(order.id)).status, 'shipped');
  assert.equal((await amend(order.id, { remark: 'x' })).body.code, 'transition_refused');
});

test('ORD-8 a rejected change leaves the order and its picking alone', async () => {
  const order = await paid([{ sku: 'A', quantity: 2 }]);
  const wave = expectStatus(await org.post('/waves', { warehouse: 'W1', orderIds: [order.id] }), 201);
  const asked = expectStatus(await amend(order.id, { remark: '礼品包装' }), 200);
  expectStatus(await reviewer.post(`/approvals/${asked.change.approvalId}/reject`, { note: '已拣货' }), 200);
  const still = await now(order.id);
  assert.deepEqual([still.remark, still.pendingChange, still.version], [null, null, order.version]);
  assert.equal((await org.get(`/picks/${wave.picks[0].id}`)).body.status, 'picking');
});

test('ORD-8 the customer changes where it goes until the warehouse begins, and never what it costs', async () => {
  const place_ = buyer();
  const order = await paid([{ sku: 'A', quantity: 1 }], place_);
  const session = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: place_.shipTo.phone }),
    201,
  );
  const me = app.bearing(session.token);
  assert.ok((await me.get(`/portal/orders/${order.id}`)).body.may.includes('amend'));
  const done = expectStatus(
    await me.post(`/portal/orders/${order.id}/amend`, { shipTo: { address: '文一路 8 号' }, remark: '周末送' }),
    200,
  );
  assert.equal(done.remark, '周末送');
  assert.equal(
    (await me.post(`/portal/orders/${order.id}/amend`, { remark: 'x', lines: [{ sku: 'A', quantity: 9 }] })).body.total
      ?.amount ?? 1000,
    1000,
  );
  expectStatus(await org.post('/waves', { warehouse: 'W1', orderIds: [(await now(order.id)).id] }), 201);
  assert.equal((await me.post(`/portal/orders/${order.id}/amend`, { remark: 'y' })).body.code, 'order_being_picked');
  assert.ok(!(await me.get(`/portal/orders/${order.id}`)).body.may.includes('amend'));
});

test('ORD-8 a stale version is refused', async () => {
  const order = await paid([{ sku: 'A', quantity: 1 }]);
  const stale = await org.post(`/orders/${order.id}/amend`, { remark: 'x' }, { 'if-match': `"${order.version + 7}"` });
  assert.equal(stale.status, 412);
});

test('ORD-9 split by hand: units, money and reservations go on once; the order itself takes no commands', async () => {
  const order = await paid([
    { sku: 'A', quantity: 3 },
    { sku: 'B', quantity: 3 },
  ]);
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
  const listed = expectStatus(await org.get(`/orders?phone=${encodeURIComponent(phoneOf(buyers))}`), 200);
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
