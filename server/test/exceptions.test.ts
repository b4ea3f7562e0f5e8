import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { type Answer, type Clock, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, expectStatus, openShop, orderOf, pay, phoneOf, place, SHIP_TO, stockOf } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let clock: Clock;
before(async () => {
  clock = stoppedClock();
  app = await testApp({ clock });
  org = await app.org();
  await openShop(org, [{ sku: 'PLENTY', price: 300, stock: { W1: 10_000 } }]);
});
after(() => app.close());

let n = 0;
/** Goods of which `there` are in stock, with a sibling that can stand in, of which there are plenty. */
async function goods(there: number, price = 1000, siblingPrice = 800): Promise<{ sku: string; sibling: string }> {
  n += 1;
  const [sku, sibling] = [`G${n}`, `G${n}-B`];
  const skuOf = (code: string, amount: number) => ({
    sku: code,
    price: { amount, currency: 'CNY' },
    reserveOn: 'payment',
  });
  expectStatus(
    await org.post('/products', {
      code: `PX-${n}`,
      title: `商品 ${n}`,
      category: '食品/生鲜',
      skus: [skuOf(sku, price), skuOf(sibling, siblingPrice)],
    }),
    201,
  );
  await receive(sku, there);
  await receive(sibling, 50);
  return { sku, sibling };
}
async function receive(sku: string, quantity: number): Promise<void> {
  if (quantity > 0)
    expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity }] }), 201);
}

/** An order that is paid and lacks all of `sku`: others took it between order and payment. */
async function shortOrder(
  sku: string,
  quantity: number,
  more: { sku: string; quantity: number }[] = [],
  customer: Record<string, unknown> = {},
): Promise<Body> {
  const phone = phoneOf(50_000 + (n += 1));
  const lines = [{ sku, quantity }, ...more];
  const order = await place(org, { lines, shipTo: { ...SHIP_TO, phone }, customer: { phone, ...customer } });
  const before = (await stockOf(org, sku)).available;
  if (before > 0) await place(org, { lines: [{ sku, quantity: before }], payment: 'prepaid' });
  await pay(org, order.id);
  await app.settleDown();
  return orderOf(org, order.id);
}
const openOf = async (orderId: string): Promise<Body> => {
  const { items } = expectStatus(await org.get(`/exceptions?orderId=${orderId}`), 200);
  assert.equal(items.length, 1, JSON.stringify(items));
  return expectStatus(await org.get(`/exceptions/${items[0].id}`), 200);
};
const exceptionOf = async (id: string): Promise<Body> => expectStatus(await org.get(`/exceptions/${id}`), 200);
const tokenOf = (link: string): string => link.split('/').at(-1) as string;
const choose = (link: string, choice: string, more: object = {}): Promise<Answer> =>
  app.nobody.post(`/portal/exceptions/${tokenOf(link)}`, { choice, ...more });
const offer = async (id: string, options: object[]): Promise<Body> =>
  expectStatus(await org.post(`/exceptions/${id}/offer`, { options }), 201);
const inDays = (days: number): string => new Date(clock.now().getTime() + days * 24 * HOUR_MS).toISOString();

test('ORD-11 a shortage found at payment opens an exception with its clock, and asks purchasing', async () => {
  const { sku } = await goods(2);
  const order = await shortOrder(sku, 2);
  assert.deepEqual(order.holds, ['shortage']);
  const e = await openOf(order.id);
  assert.deepEqual([e.kind, e.state, e.sku, e.units, e.missing, e.worth.amount], ['shortage', 'open', sku, 2, 2, 2000]);
  assert.equal(Date.parse(e.dueAt) - Date.parse(e.openedAt), 24 * HOUR_MS);
  assert.equal(e.substitutes[0].sku, `${sku}-B`);
  const wanted = expectStatus(await org.get('/replenishments'), 200).items.find((i: Body) => i.sku === sku);
  assert.deepEqual([wanted.units, wanted.orders, wanted.expectedAt], [2, 1, null]);
  const day = inDays(3);
  expectStatus(await org.post(`/replenishments/${sku}/expect`, { expectedAt: day, note: '供应商已发' }), 200);
  assert.equal((await exceptionOf(e.id)).expectedAt, day);
  await app.settleDown();
  assert.equal(expectStatus(await org.get(`/exceptions?orderId=${order.id}`), 200).items.length, 1, 'once');
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 the link is looked at as often as one likes and answered once; a refund takes the units out to the cent', async () => {
  const { sku } = await goods(3, 1999);
  const order = await shortOrder(sku, 3, [{ sku: 'PLENTY', quantity: 1 }]);
  const e = await openOf(order.id);
  const { link, exception } = await offer(e.id, [{ kind: 'wait', expectedAt: inDays(3) }, { kind: 'refund' }]);
  assert.equal(exception.state, 'offered');
  for (let i = 0; i < 3; i += 1) {
    const seen = expectStatus(await app.nobody.get(`/portal/exceptions/${tokenOf(link)}`), 200);
    assert.deepEqual([seen.state, seen.missing, seen.options[1].refund.amount], ['open', 3, 5997]);
    assert.ok(!JSON.stringify(seen).includes(SHIP_TO.name), 'nothing personal behind a link');
  }
  assert.equal((await exceptionOf(e.id)).state, 'offered', 'looking is no answer');
  const raced = await Promise.all(Array.from({ length: 8 }, (_x, i) => choose(link, i % 2 === 0 ? 'refund' : 'wait')));
  const won = raced.filter((a) => a.status === 200);
  assert.ok(won.length === 4 && raced.every((a) => a.status === 200 || a.body.code === 'offer_answered'));
  const choice = won[0]?.body.answer.kind;
  assert.equal(new Set(won.map((a) => a.body.answer.kind)).size, 1);
  if (choice === 'wait')
    expectStatus(await org.post(`/exceptions/${e.id}/answer`, { answer: { kind: 'refund' } }), 200);
  await app.settleDown();
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.status, now.holds, now.refunded.amount, now.due.amount], ['paid', [], 5997, 0]);
  assert.deepEqual(
    now.lines.map((l: Body) => [l.cancelled, l.reserved]),
    [
      [3, 0],
      [0, 1],
    ],
  );
  assert.ok(now.confirmedAt, 'what is left is confirmed');
  assert.equal((await exceptionOf(e.id)).resolution, 'refunded');
  const zh = await org.api('GET', `/orders/${order.id}/timeline`, undefined, { 'accept-language': 'zh-CN' });
  const said = expectStatus(zh, 200).items.map((i: Body) => i.summary);
  for (const line of ['已向客户提供处理方案：等待到货、退款', '已选择处理方式：退款'])
    assert.ok(said.includes(line), said.join('\n'));
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 an order of which nothing is left to send is cancelled with all its money', async () => {
  const { sku } = await goods(1, 1234);
  const order = await shortOrder(sku, 1);
  const e = await openOf(order.id);
  const { link } = await offer(e.id, [{ kind: 'refund' }]);
  expectStatus(await choose(link, 'refund'), 200);
  await app.settleDown();
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.status, now.refunded.amount], ['cancelled', order.total.amount]);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 a substitute is sent at the lower of both prices; a dearer one costs no more', async () => {
  for (const [siblingPrice, back] of [
    [800, 400],
    [1500, 0],
  ] as const) {
    const { sku, sibling } = await goods(2, 1000, siblingPrice);
    const order = await shortOrder(sku, 2);
    const e = await openOf(order.id);
    const { link } = await offer(e.id, [{ kind: 'substitute', sku: sibling }, { kind: 'refund' }]);
    const seen = expectStatus(await app.nobody.get(`/portal/exceptions/${tokenOf(link)}`), 200);
    assert.deepEqual([seen.options[0].refund.amount, seen.options[0].available], [back, true]);
    const refused = await choose(link, 'substitute', { sku: 'PLENTY' });
    assert.deepEqual([refused.status, refused.body.code], [422, 'option_not_offered']);
    expectStatus(await choose(link, 'substitute', { sku: sibling }), 200);
    await app.settleDown();
    const now = await orderOf(org, order.id);
    assert.deepEqual([now.holds, now.status, now.refunded.amount, now.due.amount], [[], 'paid', back, 0]);
    assert.deepEqual(
      now.lines.map((l: Body) => [l.sku, l.quantity, l.cancelled, l.reserved, l.payable.amount]),
      [
        [sku, 2, 2, 0, 2000],
        [sibling, 2, 0, 2, 2000 - back],
      ],
    );
  }
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 a substitute that is sold out meanwhile is refused, and nothing is changed', async () => {
  const { sku, sibling } = await goods(2);
  const order = await shortOrder(sku, 2);
  const e = await openOf(order.id);
  const { link } = await offer(e.id, [{ kind: 'substitute', sku: sibling }, { kind: 'refund' }]);
  await place(org, { lines: [{ sku: sibling, quantity: 50 }], payment: 'prepaid' });
  const gone = await choose(link, 'substitute', { sku: sibling });
  assert.deepEqual([gone.status, gone.body.code], [409, 'substitute_gone']);
  const seen = expectStatus(await app.nobody.get(`/portal/exceptions/${tokenOf(link)}`), 200);
  assert.deepEqual([seen.state, seen.options[0].available], ['open', false]);
  assert.equal((await exceptionOf(e.id)).state, 'offered');
  expectStatus(await choose(link, 'refund'), 200);
});

test('ORD-11 who waits is served when stock comes, first paid first, and each with as much as there is', async () => {
  const { sku } = await goods(4);
  const first = await shortOrder(sku, 4);
  clock.pass(MINUTE_MS);
  const secondPlaced = await (async () => {
    await receive(sku, 0);
    const phone = phoneOf(80_000 + (n += 1));
    return place(org, { lines: [{ sku, quantity: 2 }], shipTo: { ...SHIP_TO, phone } }).catch(
      (error: unknown) => error,
    );
  })();
  assert.ok(secondPlaced instanceof Error, 'what is not there cannot be ordered');
  const e = await openOf(first.id);
  const day = inDays(5);
  const { link } = await offer(e.id, [{ kind: 'wait', expectedAt: day }, { kind: 'refund' }]);
  expectStatus(await choose(link, 'wait'), 200);
  await app.settleDown();
  let now = await orderOf(org, first.id);
  assert.deepEqual([now.holds, now.promisedShipAt], [['shortage'], day]);
  assert.equal((await exceptionOf(e.id)).dueAt, day);
  await receive(sku, 3);
  await app.settleDown();
  now = await orderOf(org, first.id);
  assert.deepEqual([now.holds, now.lines[0].reserved], [['shortage'], 3]);
  assert.equal((await exceptionOf(e.id)).missing, 1);
  await receive(sku, 3);
  await app.settleDown();
  now = await orderOf(org, first.id);
  assert.deepEqual([now.holds, now.lines[0].reserved], [[], 4]);
  assert.equal((await exceptionOf(e.id)).resolution, 'restocked');
  assert.equal((await stockOf(org, sku)).available, 2);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 a link expires, is replaced by the next, and cannot be made up', async () => {
  const { sku } = await goods(1);
  const order = await shortOrder(sku, 1);
  const e = await openOf(order.id);
  const first = await offer(e.id, [{ kind: 'refund' }]);
  const second = await offer(e.id, [{ kind: 'refund' }]);
  assert.equal((await choose(first.link, 'refund')).body.code, 'offer_unknown');
  const token = tokenOf(second.link);
  const forged = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
  for (const wrong of [forged, 'nonsense', `${token}x`, encodeURIComponent('../../orders')])
    assert.equal((await app.nobody.get(`/portal/exceptions/${wrong}`)).status, 404, wrong);
  const stored = await app.db.read({ orgId: org.id }, (tx) => tx.query('select * from orders.exceptions'));
  assert.ok(!JSON.stringify(stored).includes(token), 'only its hash is kept');
  clock.pass(49 * HOUR_MS);
  assert.equal(expectStatus(await app.nobody.get(`/portal/exceptions/${token}`), 200).state, 'expired');
  assert.equal((await choose(second.link, 'refund')).body.code, 'offer_expired');
});

test('ORD-11 unresolved past its deadline, the customer gets points worth 30 % of the line, once', async () => {
  const { sku } = await goods(2, 3333);
  const order = await shortOrder(sku, 2);
  const e = await openOf(order.id);
  clock.pass(23 * HOUR_MS);
  await app.settleDown();
  assert.equal((await exceptionOf(e.id)).compensatedPoints, null);
  clock.pass(HOUR_MS);
  await app.settleDown();
  await app.settleDown();
  const now = await exceptionOf(e.id);
  assert.deepEqual([now.state, now.compensatedPoints, now.overdue], ['compensated', 1999, true]);
  const points = expectStatus(await org.get(`/customers/${order.customer.id}/points`), 200);
  assert.deepEqual(
    [points.balance, points.entries.map((x: Body) => [x.kind, x.points, x.orderId])],
    [1999, [['compensate', 1999, order.id]]],
  );
  const { items } = expectStatus(await org.get(`/orders/${order.id}/timeline`), 200);
  assert.equal(items.filter((i: Body) => i.type === 'orders.exception_compensated.v1').length, 1);
  const { link } = await offer(e.id, [{ kind: 'refund' }]);
  expectStatus(await choose(link, 'refund'), 200);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).status, 'cancelled');
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 a pick that came up short is held, its units belong to nobody, and the order lives on without them', async () => {
  const order = await place(org, { lines: [{ sku: 'PLENTY', quantity: 5 }] });
  await pay(org, order.id);
  await app.settleDown();
  const before = await stockOf(org, 'PLENTY');
  const lineId = (await orderOf(org, order.id)).lines[0].id;
  const e = expectStatus(
    await org.post('/exceptions', { orderId: order.orderNo, kind: 'shortage', lineId, units: 2, note: '货位空' }),
    201,
  );
  assert.deepEqual([e.missing, e.units, e.worth.amount], [2, 2, 600]);
  await app.settleDown();
  const after = await stockOf(org, 'PLENTY');
  assert.deepEqual(
    [after.onHand, after.reserved, after.available],
    [before.onHand - 2, before.reserved - 2, before.available],
  );
  // the next receipt is not what was lost, but it is what the order waits for
  expectStatus(await org.post(`/exceptions/${e.id}/answer`, { answer: { kind: 'refund' } }), 200);
  await app.settleDown();
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.holds, now.status, now.refunded.amount, now.lines[0].cancelled], [[], 'paid', 600, 2]);
  const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
  expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: 'PLENTY', quantity: 3 }), 200);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 an address problem opens a contact task at once: who nobody answers is called again, who answers is sent to', async () => {
  const order = await place(org, { lines: [{ sku: 'PLENTY', quantity: 1 }], payment: 'prepaid' });
  await app.settleDown();
  const e = expectStatus(
    await org.post('/exceptions', { orderId: order.id, kind: 'address', note: '门牌号不存在' }),
    201,
  );
  assert.deepEqual([e.kind, e.nextContactAt], ['address', clock.now().toISOString()]);
  assert.match(e.script, new RegExp(order.orderNo));
  assert.match(e.customer.phone, /\*{4}/);
  let at = clock.now().getTime();
  for (const minutes of [30, 120, 480, 1440, 1440]) {
    const tried = expectStatus(await org.post(`/exceptions/${e.id}/contact`, { result: 'unreachable' }), 200);
    assert.equal(Date.parse(tried.nextContactAt) - at, minutes * MINUTE_MS);
    clock.at(new Date(tried.nextContactAt));
    at = clock.now().getTime();
  }
  const late = await org.post(`/exceptions/${e.id}/contact`, { result: 'call_back', nextAt: new Date(at - 1) });
  assert.equal(late.status, 400);
  const done = expectStatus(
    await org.post(`/exceptions/${e.id}/contact`, { result: 'confirmed', note: '就是这里' }),
    200,
  );
  assert.deepEqual([done.state, done.resolution, done.contacts.length], ['resolved', 'confirmed', 6]);
  assert.deepEqual((await orderOf(org, order.id)).holds, []);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 an order whose address nobody knows has its contact task before anybody looks', async () => {
  const shipTo = { ...SHIP_TO, phone: phoneOf(95_000), district: '云边区' };
  const order = await place(org, { lines: [{ sku: 'PLENTY', quantity: 1 }], shipTo, payment: 'prepaid' });
  assert.deepEqual(order.holds, ['address']);
  await app.settleDown();
  const e = await openOf(order.id);
  assert.deepEqual([e.kind, e.nextContactAt !== null], ['address', true]);
  expectStatus(await org.post(`/orders/${order.id}/release`, { note: '核实过' }), 200);
  await app.settleDown();
  assert.equal((await exceptionOf(e.id)).resolution, 'released');
});

test('ORD-11 who has taken an exception is reminded before it is due', async () => {
  const { sku } = await goods(1);
  const order = await shortOrder(sku, 1);
  const e = await openOf(order.id);
  await app.person('shop');
  const agent = await app.person('shop', ['agent']);
  expectStatus(await agent.post(`/exceptions/${e.id}/assign`, { ownerId: 'me' }), 200);
  clock.pass(20 * HOUR_MS);
  await app.settleDown();
  const { items } = expectStatus(await agent.get('/notifications'), 200);
  assert.equal(items.filter((i: Body) => i.template === 'orders.exception_due').length, 1, JSON.stringify(items));
});

test('ORD-11 a corrected address is where the order goes, and the order goes on; one that is still wrong is refused whole', async () => {
  const order = await place(org, { lines: [{ sku: 'PLENTY', quantity: 1 }], payment: 'prepaid' });
  await app.settleDown();
  const e = expectStatus(await org.post('/exceptions', { orderId: order.id, kind: 'address', note: '查无此路' }), 201);
  const say = (shipTo: object) => org.post(`/exceptions/${e.id}/contact`, { result: 'corrected', shipTo });
  assert.equal((await org.post(`/exceptions/${e.id}/contact`, { result: 'corrected' })).status, 400);
  assert.equal((await say({ city: '苏州市' })).status, 422);
  assert.equal((await exceptionOf(e.id)).contacts.length, 0, 'a refusal leaves nothing behind');
  const done = expectStatus(await say({ district: '滨江区', address: '江南大道 99 号' }), 200);
  assert.deepEqual([done.state, done.resolution], ['resolved', 'corrected']);
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.holds, now.shipTo.district], [[], '滨江区']);
  await app.settleDown();
  assert.ok((await orderOf(org, order.id)).confirmedAt);
  assert.deepEqual(await app.faults(), []);
});

test('ORD-11 the queue has VIPs first, then the nearest deadline; an exception ends with its order', async () => {
  const { sku } = await goods(1);
  const plain = await shortOrder(sku, 1);
  clock.pass(HOUR_MS);
  const { sku: other } = await goods(1);
  const vip = await shortOrder(other, 1, [], { level: 'vip' });
  const { items } = expectStatus(await org.get('/exceptions?limit=200'), 200);
  const at = (id: string): number => items.findIndex((i: Body) => i.orderId === id);
  assert.ok(at(vip.id) >= 0 && at(vip.id) < at(plain.id));
  assert.equal(items[at(vip.id)].customer.member.vip, true);
  const page = expectStatus(await org.get('/exceptions?limit=1'), 200);
  const next = expectStatus(await org.get(`/exceptions?limit=1&cursor=${page.nextCursor}`), 200);
  assert.deepEqual([page.items[0].id, next.items[0].id], [items[0].id, items[1].id]);
  const e = await openOf(plain.id);
  expectStatus(await org.post(`/orders/${plain.id}/cancel`, { reason: 'changed my mind' }), 200);
  await app.settleDown();
  const ended = await exceptionOf(e.id);
  assert.deepEqual([ended.state, ended.resolution], ['closed', 'order_cancelled']);
  const refused = await org.post(`/exceptions/${e.id}/offer`, { options: [{ kind: 'refund' }] });
  assert.equal(refused.status, 409);
});

test('ORD-17 who asked to be told of goods is told once, when they can be ordered again', async () => {
  await addGoods(org, { sku: 'GONE', price: 500 });
  const ask = { sku: 'GONE', customer: { email: 'an@example.com', name: '安' } };
  const first = expectStatus(await org.post('/back-in-stock', ask), 201);
  assert.equal(expectStatus(await org.post('/back-in-stock', ask), 201).id, first.id, 'asking again changes nothing');
  assert.deepEqual([first.email, first.name], ['a***@example.com', '安*']);
  expectStatus(
    await app.nobody.post('/portal/back-in-stock', { ...ask, org: org.code, customer: { phone: '13900001111' } }),
    202,
  );
  assert.equal((await app.nobody.post('/portal/back-in-stock', { ...ask, org: 'nobody' })).status, 404);
  assert.equal((await app.nobody.post('/portal/back-in-stock', { ...ask, org: org.code, customer: {} })).status, 400);
  const counts = async () =>
    expectStatus(await org.get('/back-in-stock'), 200).items.find((i: Body) => i.sku === 'GONE');
  assert.deepEqual([(await counts()).waiting, (await counts()).available], [2, 0]);
  await receive('GONE', 1);
  await app.settleDown();
  assert.equal(await counts(), undefined);
  const { items } = expectStatus(await org.get('/back-in-stock/GONE'), 200);
  assert.ok(items.every((i: Body) => i.state === 'told'));
  await receive('GONE', 1);
  await app.settleDown();
  const told = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query(`select 1 from kernel.notifications where template = 'orders.back_in_stock' and channel = 'in_app'`),
  );
  assert.equal(told.length, 2);
  assert.ok(
    !JSON.stringify(
      await app.db.read({ orgId: org.id }, (tx) => tx.query('select * from orders.back_in_stock')),
    ).includes('an@'),
  );
});

test('PRO-6 points come with the completed order, by the level, and go with the refund', async () => {
  const phone = phoneOf(90_001);
  const buy = async (quantity: number): Promise<Body> => {
    const order = await place(org, {
      lines: [{ sku: 'PLENTY', quantity }],
      shipTo: { ...SHIP_TO, phone },
      customer: { phone },
    });
    const payment = await pay(org, order.id);
    await app.settleDown();
    const parcel = expectStatus(await org.post('/parcels', { orderId: order.id }), 201);
    expectStatus(await org.post(`/parcels/${parcel.id}/scan`, { code: 'PLENTY', quantity }), 200);
    expectStatus(await org.post(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' }), 200);
    expectStatus(await org.post(`/orders/${order.id}/confirm-receipt`), 200);
    await app.settleDown();
    return { ...order, paymentId: payment.id, customerId: (await orderOf(org, order.id)).customer.id };
  };
  const first = await buy(350); // 1,050 yuan: silver from now on
  const id = first.customerId;
  const points = async () => expectStatus(await org.get(`/customers/${id}/points`), 200);
  assert.equal((await points()).balance, 1050);
  const customer = expectStatus(await org.get(`/customers/${id}`), 200);
  assert.deepEqual([customer.level.code, customer.membership.source, customer.spent], ['silver', 'computed', 105_000]);
  assert.deepEqual([customer.membership.next.level.code, customer.membership.next.missingSpent], ['gold', 395_000]);
  const second = await buy(10); // 30 yuan at 110 %
  assert.equal((await points()).balance, 1083);
  expectStatus(await org.post(`/payments/${first.paymentId}/refunds`, { amount: 52_500, reason: 'half' }), 201);
  await app.settleDown();
  assert.equal((await points()).balance, 1083 - 525);
  expectStatus(await org.post(`/customers/${id}/points/spend`, { points: 558, reason: '兑换' }), 201);
  const poor = await org.post(`/customers/${id}/points/spend`, { points: 1, reason: '兑换' });
  assert.deepEqual([poor.status, poor.body.code], [422, 'insufficient_points']);
  expectStatus(await org.post(`/payments/${second.paymentId}/refunds`, { amount: 3000, reason: 'all' }), 201);
  await app.settleDown();
  assert.deepEqual([(await points()).balance, (await points()).debt], [0, 33]);
  assert.deepEqual(await app.faults(), []);
});

test('PRO-6 points above the limit and corrections wait for another person', async () => {
  const order = await place(org, { lines: [{ sku: 'PLENTY', quantity: 1 }] });
  const { id } = (await orderOf(org, order.id)).customer;
  const [agent, chief] = [await app.person('shop', ['agent']), await app.person('shop', ['agent_supervisor'])];
  const small = expectStatus(
    await agent.post(`/customers/${id}/points/compensate`, { points: 1000, reason: '慢' }),
    201,
  );
  assert.deepEqual([small.state, small.balance], ['done', 1000]);
  const big = expectStatus(
    await agent.post(`/customers/${id}/points/compensate`, { points: 1001, reason: '很慢' }),
    201,
  );
  assert.equal(big.state, 'awaiting_approval');
  assert.equal((await agent.post(`/approvals/${big.approvalId}/approve`)).status, 403);
  expectStatus(await chief.post(`/approvals/${big.approvalId}/approve`), 200);
  assert.equal(expectStatus(await org.get(`/customers/${id}/points`), 200).balance, 2001);
  const down = expectStatus(await chief.post(`/customers/${id}/points/adjust`, { points: -1, reason: '更正' }), 201);
  assert.deepEqual(
    [down.state, (await chief.post(`/approvals/${down.approvalId}/approve`)).status],
    ['awaiting_approval', 403],
  );
});
