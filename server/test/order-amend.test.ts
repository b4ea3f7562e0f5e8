import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer } from './support/app.ts';
import { type Changes, lineOf, openChanges } from './support/changes.ts';
import { expectStatus, orderOf, pay, place, problems, stockOf } from './support/shop.ts';

let shop: Changes;
let { app, org, parcels, reviewer, buyer, paid, amend, now } = {} as Changes;
before(async () => {
  shop = await openChanges();
  ({ app, org, parcels, reviewer, buyer, paid, amend, now } = shop);
});
after(() => shop.end());

type Body = Answer['body'];
const types = async (id: string): Promise<string[]> =>
  expectStatus(await org.get(`/orders/${id}/timeline`), 200).items.map((i: { type: string }) =>
    i.type.replace(/^\w+\.(\w+)\.v1$/, '$1'),
  );

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

test('ORD-8 more units are owed and hold the order; taking them back before paying refunds nothing', async () => {
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

test('ORD-8 a difference can be paid for long after the order’s own time to pay is over', async () => {
  const order = await paid([{ sku: 'A', quantity: 1 }]);
  app.clock.pass(26 * 3_600_000);
  await app.settleDown();
  expectStatus(await amend(order.id, { lines: [{ sku: 'A', quantity: 2 }] }), 200);
  const payment = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' }), 201);
  await app.settleDown();
  expectStatus(await org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success' }), 200);
  const done = await now(order.id);
  assert.deepEqual([done.paid.amount, done.holds, done.refunded.amount], [2000, [], 0]);
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

async function offer(body: object): Promise<Body> {
  const now = app.clock.now().getTime();
  const when = { startsAt: new Date(now - 60_000).toISOString(), endsAt: new Date(now + 86_400_000).toISOString() };
  return expectStatus(await org.post('/offers', { title: '优惠', ...when, ...body }), 201);
}

test('ORD-8 PRO-3 offers are judged anew as they were when the order was placed, also when they are paused since', async () => {
  const made = await offer({
    code: 'MJ',
    kind: 'threshold_reduction',
    tiers: [{ spend: 2100, off: 210 }],
    scope: { skus: ['FAR'] },
  });
  const order = await paid([{ sku: 'FAR', quantity: 3 }]);
  assert.deepEqual([order.discount.amount, order.total.amount], [210, 1890]);
  app.clock.pass(60_000);
  expectStatus(await org.post(`/offers/${made.id}/pause`), 200);
  const fewer = expectStatus(await amend(order.id, { lines: [{ sku: 'FAR', quantity: 2 }] }), 200);
  assert.deepEqual([fewer.discount.amount, fewer.total.amount], [0, 1400], 'below the threshold nothing is off');
  const back = expectStatus(await amend(order.id, { lines: [{ sku: 'FAR', quantity: 3 }] }), 200);
  assert.deepEqual([back.discount.amount, back.total.amount, back.due.amount], [210, 1890, 490]);
});

test('ORD-8 PRO-3 a coupon’s part of a line stays with its units, and comes back with them to the cent', async () => {
  const coupon = await offer({ code: 'YHQ', kind: 'coupon', spend: 1000, off: 100, scope: { skus: ['B'] } });
  const { codes } = expectStatus(await org.post(`/offers/${coupon.id}/coupons`, { count: 1 }), 201);
  const order = await paid([{ sku: 'B', quantity: 7 }], { couponCodes: codes });
  assert.deepEqual([order.discount.amount, order.total.amount], [100, 2231]);
  const less = expectStatus(await amend(order.id, { lines: [{ sku: 'B', quantity: 3 }] }), 200);
  assert.deepEqual([less.discount.amount, less.total.amount, less.change.refund.amount], [42, 957, 1274]);
  const most = expectStatus(await amend(order.id, { lines: [{ sku: 'B', quantity: 5 }] }), 200);
  assert.equal(most.discount.amount, 71);
  const back = expectStatus(await amend(order.id, { lines: [{ sku: 'B', quantity: 7 }] }), 200);
  assert.deepEqual([back.discount.amount, back.total.amount, back.due.amount], [100, 2231, 1274]);
});
