import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MINUTE_MS } from '#kernel/time.ts';
import { type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { anOrder, expectStatus, openShop, pay, place, problems, SHIP_TO } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
const ids: string[] = [];
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [{ sku: 'A', stock: { W1: 10_000 } }]);
  expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  for (let i = 0; i < 25; i += 1) {
    app.clock.pass(1000);
    ids.push(
      (
        await place(org, {
          shop: i % 5 === 0 ? 'S2' : 'S1',
          channel: i % 2 === 0 ? 'web' : 'app',
          externalNo: `EXT-${i}`,
        })
      ).id,
    );
  }
});
after(() => app.close());

type Item = { id: string; orderNo: string; shop: string; status: string; customer: { name: string; phone: string } };
const list = async (query: string, by: Sender = org): Promise<{ items: Item[]; nextCursor: string | null }> =>
  expectStatus(await by.get(`/orders?${query}`), 200);

/** Follows cursors to the end; `between` runs after each page. */
async function walk(query: string, between: () => Promise<unknown> = async () => undefined): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const page = await list(`${query}${cursor}`);
    seen.push(...page.items.map((i) => i.id));
    if (page.nextCursor === null) return seen;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    await between();
  }
}

test('PERF-4 pages follow one another without gap or repeat, also while orders come in', async () => {
  const newest = ids.toReversed();
  assert.deepEqual(await walk('limit=7'), newest);
  assert.deepEqual((await walk('limit=7&sort=createdAt')).slice(0, 25), ids);
  assert.deepEqual(await walk('limit=4', () => place(org)), newest, 'newer orders do not shift the pages below');
  assert.deepEqual((await walk('limit=25')).length, 31);
});

test('PERF-4 a page has at most 200 orders, and a cursor that is none of ours is refused', async () => {
  for (const bad of [
    'limit=0',
    'limit=201',
    'limit=x',
    'status=nope',
    'sort=phone',
    'createdFrom=yesterday',
    'held=perhaps',
  ])
    assert.equal((await org.get(`/orders?${bad}`)).status, 400, bad);
  const own = (await list('limit=1')).nextCursor as string;
  const forged = (values: unknown): string => Buffer.from(JSON.stringify(values)).toString('base64url');
  const cursors = [
    'x',
    `${own}x`,
    forged(['orders-createdAt']),
    forged(['orders-createdAt', 'x']),
    forged(['orders-createdAt', 1]),
    forged(['orders-createdAt', null]),
    forged(['orders-createdAt', "' or 1=1"]),
    forged({}),
    forged('x'),
    own.slice(3),
  ];
  for (const cursor of cursors) {
    const answer = await org.get(`/orders?cursor=${encodeURIComponent(cursor)}`);
    assert.deepEqual([answer.status, answer.body.code], [400, 'invalid_cursor'], cursor);
  }
  assert.equal(
    (await org.get(`/orders?sort=createdAt&cursor=${own}`)).body.code,
    'invalid_cursor',
    'a cursor belongs to its order',
  );
  for (const other of [
    '/products',
    '/shops',
    '/stock',
    '/stock/moves?sku=A',
    '/stock/documents',
    '/warehouses',
    '/payments',
  ])
    assert.equal(
      (await org.get(`${other}${other.includes('?') ? '&' : '?'}cursor=${own}`)).body.code,
      'invalid_cursor',
      other,
    );
});

test('ORD-1 filters by status, shop, channel, time and hold', async () => {
  const paid = await place(org);
  await pay(org, paid.id);
  assert.deepEqual(
    (await list('status=paid')).items.map((i) => i.id),
    [paid.id],
  );
  assert.equal(
    (await list('status=paid,pending_payment&limit=200')).items.length,
    (await list('limit=200')).items.length,
  );
  assert.deepEqual(
    (await list('shop=S2')).items.map((i) => i.id),
    [20, 15, 10, 5, 0].map((i) => ids[i]),
  );
  assert.deepEqual((await list('shop=NONE')).items, []);
  assert.equal((await list('channel=app&limit=200')).items.length, 12);
  const at = async (i: number): Promise<string> => (await org.get(`/orders/${ids[i]}`)).body.createdAt;
  assert.deepEqual(
    (await list(`createdFrom=${await at(3)}&createdTo=${await at(5)}`)).items.map((i) => i.id),
    [5, 4, 3].map((i) => ids[i]),
  );
  const held = await place(org, { lines: [{ sku: 'A', quantity: 1, unitPrice: 1 }] });
  assert.deepEqual(
    (await list('held=true')).items.map((i) => i.id),
    [held.id],
  );
  assert.deepEqual(
    (await list('hold=price_anomaly')).items.map((i) => i.id),
    [held.id],
  );
  assert.ok(!(await list('held=false&limit=200')).items.some((i) => i.id === held.id));
});

test('ORD-1 one search field finds by order number, external number, telephone and name', async () => {
  const order = await place(org, {
    externalNo: 'TB 77/1',
    shipTo: { ...SHIP_TO, name: '欧阳 娜娜', phone: '+86 139-1111-2222' },
  });
  const found = async (q: string): Promise<string[]> =>
    (await list(`q=${encodeURIComponent(q)}`)).items.map((i) => i.id);
  for (const q of [
    order.orderNo,
    `${order.orderNo.slice(0, 6)} ${order.orderNo.slice(6)}`,
    'TB 77/1',
    '13911112222',
    '139 1111 2222',
    '欧阳娜娜',
    '欧阳 娜娜',
  ])
    assert.deepEqual(await found(q), [order.id], q);
  assert.deepEqual(
    (await list('phone=13911112222')).items.map((i) => i.id),
    [order.id],
  );
  for (const q of ['1391111222', '欧阳', "'; drop table orders.orders; --", '%', '%00'])
    assert.deepEqual(await found(q), [], q);
  assert.equal((await org.get('/orders?q=%00')).status, 400, 'a zero character is refused, not a failure');
  const [shown] = (await list(`q=${order.orderNo}`)).items;
  assert.ok(
    shown?.customer.phone.includes('****') && !JSON.stringify(shown).includes('1111'),
    'the list shows no personal data',
  );
});

test('CMP-2 who is limited to a shop sees and touches its orders only', async () => {
  const shops = (await org.get('/shops')).body.items as { id: string; code: string }[];
  const agent = await app.person('shop', ['admin'], { shops: [shops.find((s) => s.code === 'S2')?.id as string] });
  assert.deepEqual(
    (await list('limit=200', agent)).items.map((i) => i.shop),
    ['S2', 'S2', 'S2', 'S2', 'S2'],
  );
  assert.deepEqual((await list('shop=S1', agent)).items, []);
  assert.deepEqual((await list('q=EXT-1', agent)).items, []);
  assert.equal((await list('q=EXT-5', agent)).items.length, 1);
  const foreign = ids[1] as string;
  for (const path of ['', '/timeline'])
    assert.equal((await agent.get(`/orders/${foreign}${path}`)).body.code, 'order_not_found');
  const bodies: Record<string, unknown> = {
    cancel: { reason: 'x' },
    hold: {},
    release: {},
    review: { decision: 'approve' },
    'confirm-receipt': {},
    'extend-receipt': { days: 3 },
    payments: { channel: 'sandbox' },
  };
  for (const [action, body] of Object.entries(bodies))
    assert.equal((await agent.post(`/orders/${foreign}/${action}`, body)).body.code, 'order_not_found', action);
  assert.equal((await agent.get('/dashboard')).body.today.orders, 5);
  assert.deepEqual(problems(await agent.post('/orders', anOrder())), ['shop: shop_out_of_scope']);
});

test('CMP-2 who is limited to a warehouse sees its stock and documents only', async () => {
  expectStatus(await org.post('/warehouses', { code: 'W2', name: '二号仓' }), 201);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W2', lines: [{ sku: 'A', quantity: 3 }] }), 201);
  const { items } = (await org.get('/warehouses')).body as { items: { id: string; code: string }[] };
  const keeper = await app.person('shop', ['admin'], {
    warehouses: [items.find((w) => w.code === 'W2')?.id as string],
  });
  assert.deepEqual(
    (await keeper.get('/warehouses')).body.items.map((w: { code: string }) => w.code),
    ['W2'],
  );
  assert.deepEqual(
    (await keeper.get('/stock')).body.items.map((s: { warehouse: string; onHand: number }) => [s.warehouse, s.onHand]),
    [['W2', 3]],
  );
  assert.equal((await keeper.get('/stock/moves?sku=A')).body.items.length, 1);
  assert.deepEqual(
    (await keeper.get('/stock/documents')).body.items.map((d: { warehouse: string }) => d.warehouse),
    ['W2'],
  );
  assert.equal(
    (await keeper.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'A', quantity: 1 }] })).status,
    403,
  );
});

test('ORD-13 the timeline tells staff everything, in their language, and the customer what is theirs', async () => {
  const order = await place(org, { shipTo: { ...SHIP_TO, phone: '13722223333' } });
  expectStatus(await org.post(`/orders/${order.id}/hold`, { note: 'internal doubt' }), 200);
  await pay(org, order.id);
  await app.settleDown();
  expectStatus(await org.post(`/orders/${order.id}/release`), 200);
  await app.settleDown();
  const staff = (await org.get(`/orders/${order.id}/timeline`)).body.items as {
    type: string;
    summary: string;
    actor: { id: string };
  }[];
  assert.deepEqual(
    staff.map((i) => i.type).filter((t) => t.startsWith('orders.')),
    [
      'orders.order_placed.v1',
      'orders.order_held.v1',
      'orders.order_paid.v1',
      'orders.order_released.v1',
      'orders.order_confirmed.v1',
    ],
  );
  assert.ok(
    staff.every((i) => i.summary.length > 0 && !i.summary.includes('{') && !i.summary.startsWith('events.')),
    JSON.stringify(staff.map((i) => i.summary)),
  );
  const zh = (await org.api('GET', `/orders/${order.id}/timeline`, undefined, { 'accept-language': 'zh-CN' })).body
    .items[0].summary;
  assert.match(zh, /[\u4e00-\u9fff]/);
  const session = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: '13722223333' }),
    201,
  );
  const customer = app.bearing(session.token);
  const theirs = expectStatus(await customer.get(`/portal/orders/${order.id}/timeline`), 200).items as {
    type: string;
    actor: { id: string };
  }[];
  assert.deepEqual(
    theirs.map((i) => i.type).filter((t) => t.startsWith('orders.')),
    ['orders.order_placed.v1', 'orders.order_paid.v1', 'orders.order_confirmed.v1'],
  );
  assert.ok(!JSON.stringify(theirs).includes('internal doubt') && theirs.every((i) => i.actor.id === ''));
});

test('ORD-13 a portal session opens one order, with its number and telephone, for twelve hours', async () => {
  const [mine, other] = [
    await place(org, { shipTo: { ...SHIP_TO, phone: '13700001234' } }),
    await place(org, { shipTo: { ...SHIP_TO, phone: '13700001234' } }),
  ];
  const open = (orderNo: string, phone: string) => app.nobody.post('/portal/sessions', { orderNo, phone });
  for (const [no, phone] of [
    [mine.orderNo, '13700001235'],
    ['99999999999999', '13700001234'],
    [mine.orderNo, '1235'],
    [mine.orderNo, '00001234'],
  ])
    assert.deepEqual([(await open(no, phone as string)).body.code], ['portal_refused']);
  const { token } = expectStatus(await open(mine.orderNo, '1234'), 201);
  const customer = app.bearing(token);
  assert.equal(expectStatus(await customer.get(`/portal/orders/${mine.id}`), 200).may.includes('pay'), true);
  assert.equal(
    (await customer.get(`/portal/orders/${other.id}`)).status,
    403,
    'one order only, though the buyer is the same',
  );
  assert.equal((await customer.get(`/orders/${mine.id}`)).status, 403, 'staff routes are not for customers');
  assert.equal((await app.bearing(`${token}x`).get(`/portal/orders/${mine.id}`)).status, 401);
  assert.equal((await org.get(`/portal/orders/${mine.id}`)).status, 403, 'nor the portal for keys');
  assert.equal(
    expectStatus(await customer.post(`/portal/orders/${mine.id}/cancel`, { reason: 'no longer' }), 200).status,
    'cancelled',
  );
  app.clock.pass(12 * 60 * MINUTE_MS + 1000);
  assert.equal((await customer.get(`/portal/orders/${mine.id}`)).status, 401);
});
