import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, phoneOf, place, problems, SHIP_TO } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org('reviews');
  await openShop(org, [
    { sku: 'A', price: 1000, stock: { W1: 10_000 } },
    { sku: 'DEAR', price: 6_000_000, stock: { W1: 1000 } },
  ]);
});
after(() => app.close());

const big = { conditions: [{ field: 'units', operator: 'at_least', value: 50 }], action: { do: 'hold', hold: 'bulk' } };
const write = (over: Record<string, unknown> = {}) => ({ code: 'bulk', title: '大批量', ...big, ...over });
const rules = async (of = org) => expectStatus(await of.get('/review-rules'), 200).items;
const held = async (): Promise<Record<string, any>> => {
  const order = await place(org, { payment: 'prepaid' });
  expectStatus(await org.post(`/orders/${order.id}/hold`, { code: 'manual', note: '地址不清楚' }), 200);
  return order;
};

test('ORD-5 an organisation starts with rules: those that are on, and drafts to be tried', async () => {
  const items = await rules();
  const states = Object.fromEntries(items.map((r: { code: string; state: string }) => [r.code, r.state]));
  assert.deepEqual(
    Object.keys(states).filter((code) => states[code] === 'on'),
    ['blacklist', 'high_value', 'quantity_over_norm'],
  );
  assert.equal(states['scalper_phone'], 'draft');
  const high = items.find((r: { code: string }) => r.code === 'high_value');
  assert.deepEqual(high.words, { when: ['Order total is at least ¥20,000.00'], what: 'Hold: High value' });
});

test('ORD-5 a rule is written as a draft, changed by versions, switched, put in order; every change is a revision', async () => {
  const other = await app.org('rules');
  await openShop(other, []);
  const revision = async (): Promise<number> =>
    (
      await app.db.read({ orgId: other.id }, (tx) =>
        tx.query<{ n: number }>('select orders.review_revision($1) as n', [other.id]),
      )
    )[0]?.n ?? -1;
  assert.equal(await revision(), 0);
  const made = expectStatus(await other.post('/review-rules', write()), 201);
  assert.deepEqual([made.state, made.version, await revision()], ['draft', 1, 1]);
  assert.equal((await other.post('/review-rules', write())).body.code, 'review_rule_code_taken');
  const on = expectStatus(await other.post(`/review-rules/${made.id}/on`), 200);
  assert.deepEqual([on.state, on.version, await revision()], ['on', 2, 2]);
  const stale = await other.api('PATCH', `/review-rules/${made.id}`, { title: 'x' }, { 'if-match': '"1"' });
  assert.equal(stale.status, 412);
  const renamed = expectStatus(await other.api('PATCH', `/review-rules/${made.id}`, { title: '五十件以上' }), 200);
  assert.deepEqual([renamed.title, renamed.state, renamed.version], ['五十件以上', 'on', 3]);
  const before = await rules(other);
  const moved = expectStatus(await other.post('/review-rules/reorder', { ruleIds: [made.id] }), 200).items;
  assert.deepEqual(
    moved.map((r: { code: string }) => r.code),
    ['bulk', ...before.map((r: { code: string }) => r.code).filter((c: string) => c !== 'bulk')],
  );
  const off = expectStatus(await other.post(`/review-rules/${made.id}/off`), 200);
  assert.equal(off.state, 'off');
  const versions = await app.db.read({ orgId: other.id }, (tx) =>
    tx.query<{ version: number; state: string }>(
      'select version, state from orders.review_rules where id = $1 order by version',
      [made.id],
    ),
  );
  assert.deepEqual(
    versions.map((v) => v.state),
    ['draft', 'on', 'on', 'on', 'off'],
    'every version is kept',
  );
});

test('ORD-5 a rule about nothing is refused with every reason, and nothing is changed', async () => {
  const before = await rules();
  const empty = await org.post('/review-rules', write({ code: 'empty', conditions: [] }));
  assert.deepEqual(
    [empty.status, empty.body.code, ...problems(empty)],
    [422, 'review_rule_refused', 'conditions: rule_is_empty'],
  );
  const wrong = await org.post(
    '/review-rules',
    write({
      code: 'wrong',
      conditions: [
        { field: 'shop', operator: 'any_of', value: ['S1', 'NOWHERE'] },
        { field: 'colour', operator: 'is', value: true },
        { field: 'region', operator: 'starts_with_any', value: ['浙江省/南京市'] },
      ],
    }),
  );
  assert.deepEqual(problems(wrong), [
    'conditions[0].value[1]: unknown_shop',
    'conditions[1].field: unknown_field',
    'conditions[2].value[0]: unknown_division',
  ]);
  assert.match(JSON.stringify(wrong.body), /There is no shop “NOWHERE”/);
  assert.deepEqual(await rules(), before);
  assert.equal((await org.post('/review-rules/00000000-0000-7000-8000-000000000000/on')).status, 404);
});

test('ORD-5 a rule is tried against past orders: how many, which, and why; nothing is changed by it', async () => {
  const tried = await app.org('trials');
  await openShop(tried, [{ sku: 'A', price: 1000, stock: { W1: 10_000 } }]);
  for (let i = 0; i < 6; i += 1)
    await place(tried, {
      lines: [{ sku: 'A', quantity: i < 2 ? 60 : 1 }],
      remark: i === 5 ? '请改地址' : '谢谢',
      shipTo: { ...SHIP_TO, phone: phoneOf(900_000 + (i % 2)) },
    });
  const trial = async (rule: unknown, over = {}) =>
    expectStatus(await tried.post('/review-rules/try', { rule, ...over }), 200);
  const many = await trial(write());
  assert.deepEqual([many.tried, many.hits, many.examples.length], [6, 2, 2]);
  assert.deepEqual(many.examples[0].why, ['Units is 60; the limit is 50']);
  assert.deepEqual(many.amount, [{ amount: 120_000, currency: 'CNY' }]);
  assert.equal((await trial(write(), { last: 3 })).tried, 3);
  const remark = await trial(write({ conditions: [{ field: 'remark', operator: 'contains_any', value: ['改地址'] }] }));
  assert.deepEqual([remark.hits, remark.examples[0].why[0]], [1, 'The remark mentions 改地址']);
  const window = await trial(write({ conditions: [], window: { by: 'phone', minutes: 10, count: 3 } }));
  assert.deepEqual([window.hits, window.tried], [2, 6], 'the third order of each of two numbers');
  assert.match(window.examples[0].why[0], /3 orders or more of one phone number within 10 minutes/);
  app.clock.pass(11 * 60_000);
  await place(tried, { shipTo: { ...SHIP_TO, phone: phoneOf(900_000) } });
  assert.equal(
    (await trial(write({ conditions: [], window: { by: 'phone', minutes: 10, count: 3 } }))).hits,
    2,
    'the window has passed',
  );
  const first = await trial(write({ conditions: [{ field: 'newCustomer', operator: 'is', value: true }] }));
  assert.equal(first.hits, 2);
  const coupon = await trial(write({ conditions: [{ field: 'couponUsed', operator: 'is', value: true }] }));
  assert.deepEqual([coupon.hits, coupon.unknowable], [0, []], 'the snapshots say that none was used');
  const existing = (await rules(tried)).find((r: { code: string }) => r.code === 'scalper_phone');
  assert.equal(expectStatus(await tried.post('/review-rules/try', { ruleId: existing.id }), 200).hits, 0);
  assert.equal((await tried.post('/review-rules/try', {})).status, 400);
  assert.equal(
    (await tried.post('/review-rules/try', { rule: write({ conditions: [] }) })).body.code,
    'review_rule_refused',
  );
});

test('ORD-5 the blacklist keeps hashes, shows masks, and takes keys from an order', async () => {
  const shipTo = { ...SHIP_TO, phone: '13911112222', address: '无名路 9 号' };
  const order = await place(org, { shipTo });
  const added = expectStatus(
    await org.post('/blacklist', { kinds: ['phone', 'address'], orderId: order.id, reason: '恶意拒收' }),
    201,
  ).items;
  assert.deepEqual(
    added.map((e: { kind: string; masked: string }) => [e.kind, e.masked]),
    [
      ['phone', '139****2222'],
      ['address', '浙江省杭州市西湖区****'],
    ],
  );
  const again = expectStatus(
    await org.post('/blacklist', { kinds: ['phone'], phone: '+86 139 1111 2222', reason: '又来' }),
    201,
  ).items;
  assert.equal(again[0].id, added[0].id, 'the same number is one entry');
  const same = expectStatus(
    await org.post('/blacklist', {
      kinds: ['address'],
      address: { province: '浙江', city: '杭州', district: '西湖', address: '无名路9号' },
      reason: '同一地址',
    }),
    201,
  ).items;
  assert.equal(same[0].id, added[1].id, 'the same address, written otherwise');
  const list = expectStatus(await org.get('/blacklist'), 200).items;
  assert.equal(list.length, 2);
  assert.ok(!JSON.stringify(list).includes('13911112222'));
  assert.equal(expectStatus(await org.get('/blacklist?phone=13911112222'), 200).items.length, 1);
  assert.equal(expectStatus(await org.get('/blacklist?phone=13911112223'), 200).items.length, 0);
  assert.equal(
    (await org.post('/blacklist', { kinds: ['device'], orderId: order.id, reason: 'x' })).body.code,
    'nothing_to_blacklist',
  );
  const theirs = await place(org, { shipTo: { ...shipTo, phone: '13911113333' } });
  assert.deepEqual(theirs.holds, ['blacklist'], 'the same address, another number');
  const why = expectStatus(await org.get(`/reviews/${theirs.id}`), 200).why;
  assert.deepEqual([why[0].words, why[0].rule], ['On the blacklist: address', 'blacklist']);
  const rule = write({ conditions: [{ field: 'blacklisted', operator: 'any_of', value: ['phone'] }] });
  assert.equal(expectStatus(await org.post('/review-rules/try', { rule }), 200).hits, 1);
  expectStatus(await org.api('DELETE', `/blacklist/${added[0].id}`), 200);
  expectStatus(await org.api('DELETE', `/blacklist/${added[1].id}`), 200);
  assert.equal((await org.api('DELETE', `/blacklist/${added[0].id}`)).status, 404);
  assert.deepEqual((await place(org, { shipTo: { ...shipTo, phone: '13911114444' } })).holds, [], 'it is off the list');
  assert.equal(expectStatus(await org.post('/review-rules/try', { rule }), 200).hits, 0);
});

test('ORD-5 the queue: the order due first comes first, with why in words; decided orders leave it', async () => {
  const first = await held();
  app.clock.pass(60_000);
  const second = await held();
  const ids = async (view = 'open') =>
    expectStatus(await org.get(`/reviews?view=${view}&hold=manual`), 200).items.map((i: { id: string }) => i.id);
  assert.deepEqual(await ids(), [first['id'], second['id']]);
  const page = expectStatus(await org.get('/reviews?limit=1&hold=manual'), 200);
  assert.equal(page.items[0].why[0].words, 'Put on hold by hand; 地址不清楚');
  assert.equal(page.items[0].customer.name, '王*明');
  assert.deepEqual(
    expectStatus(await org.get(`/reviews?limit=1&hold=manual&cursor=${page.nextCursor}`), 200).items.map(
      (i: { id: string }) => i.id,
    ),
    [second['id']],
  );
  const counts = expectStatus(await org.get('/reviews/counts'), 200);
  expectStatus(await org.post(`/orders/${first['id']}/review`, { decision: 'ask', note: '请确认地址' }), 200);
  assert.deepEqual([await ids(), await ids('waiting')], [[second['id']], [first['id']]]);
  const now = expectStatus(await org.get('/reviews/counts'), 200);
  assert.deepEqual([now.open, now.waiting], [counts.open - 1, counts.waiting + 1]);
  expectStatus(await org.post(`/orders/${first['id']}/review`, { decision: 'approve' }), 200);
  assert.deepEqual((await orderOf(org, first['id'])).holds, []);
  const rejected = expectStatus(
    await org.post(`/orders/${second['id']}/review`, { decision: 'reject', note: '疑似黄牛' }),
    200,
  );
  assert.deepEqual([rejected.status, await ids('all')], ['cancelled', []]);
  const third = await held();
  app.clock.pass(31 * 60_000);
  assert.ok(expectStatus(await org.get('/reviews/counts'), 200).overdue >= 1, 'its confirmation is late');
  expectStatus(await org.post(`/orders/${third['id']}/review`, { decision: 'approve' }), 200);
  assert.equal((await org.post(`/orders/${third['id']}/review`, { decision: 'approve' })).body.code, 'not_on_hold');
});

test('ORD-5 beside a held order stand the customer’s other orders and those of the same phone and address', async () => {
  const shipTo = { ...SHIP_TO, phone: '13700001111', address: '另一条路 7 号' };
  const own = await place(org, { shipTo, customer: { externalId: 'c-7' } });
  const samePhone = await place(org, { shipTo, customer: { externalId: 'c-8' } });
  const order = await place(org, {
    shipTo,
    customer: { externalId: 'c-7' },
    lines: [{ sku: 'A', quantity: 3 }],
    payment: 'prepaid',
  });
  expectStatus(await org.post(`/orders/${order.id}/hold`, {}), 200);
  const view = expectStatus(await org.get(`/reviews/${order.id}`), 200);
  const by = (kind: string) =>
    view.others.find((o: { by: string }) => o.by === kind).items.map((i: { id: string }) => i.id);
  assert.deepEqual(by('customer'), [own.id]);
  assert.deepEqual(by('phone'), [samePhone.id]);
  assert.equal(view.order.shipTo.address, '****');
  assert.deepEqual(view.limit, { amount: 5_000_000, currency: 'CNY' });
  expectStatus(await org.post(`/orders/${order.id}/review`, { decision: 'approve' }), 200);
});

test('ORD-5 a claim keeps two reviewers from the same order for five minutes, and keeps nobody from deciding', async () => {
  const order = await held();
  const [anna, bert] = [await app.person('reviews'), await app.person('reviews')];
  expectStatus(await anna.post(`/reviews/${order['id']}/claim`), 200);
  expectStatus(await anna.post(`/reviews/${order['id']}/claim`), 200);
  const refused = await bert.post(`/reviews/${order['id']}/claim`);
  assert.deepEqual([refused.status, refused.body.code], [409, 'review_claimed']);
  const item = (who: typeof anna) => who.get(`/reviews/${order['id']}`).then((a) => expectStatus(a, 200).claim);
  assert.deepEqual([(await item(anna)).mine, (await item(bert)).mine], [true, false]);
  app.clock.pass(5 * 60_000);
  expectStatus(await bert.post(`/reviews/${order['id']}/claim`), 200);
  assert.equal((await anna.post(`/reviews/${order['id']}/claim`)).status, 409);
  expectStatus(await bert.post(`/reviews/${order['id']}/unclaim`), 200);
  expectStatus(await anna.post(`/reviews/${order['id']}/claim`), 200);
  expectStatus(await bert.post(`/orders/${order['id']}/review`, { decision: 'approve' }), 200);
});

test('ORD-5 of twenty who claim at once one has it', async () => {
  const order = await held();
  const people = await Promise.all(Array.from({ length: 5 }, () => app.person('reviews')));
  const answers = await Promise.all(people.flatMap((p) => [p, p]).map((p) => p.post(`/reviews/${order['id']}/claim`)));
  assert.equal(answers.filter((a) => a.status === 200).length, 2, 'one person asked twice');
  assert.ok(answers.every((a) => a.status === 200 || a.status === 409));
  expectStatus(await org.post(`/orders/${order['id']}/review`, { decision: 'approve' }), 200);
});

test('ORD-5 four eyes: above the limit the order stays held until a second person agrees', async () => {
  const order = await place(org, { lines: [{ sku: 'DEAR', quantity: 1 }], payment: 'prepaid' });
  assert.deepEqual(order.holds, ['high_value']);
  const [anna, bert] = [await app.person('reviews'), await app.person('reviews')];
  const asked = expectStatus(
    await anna.post(`/orders/${order.id}/review`, { decision: 'approve', note: '已电话确认' }),
    200,
  );
  assert.deepEqual(asked.holds, ['high_value']);
  assert.equal((await anna.post(`/orders/${order.id}/review`, { decision: 'approve' })).body.code, 'approval_pending');
  const view = expectStatus(await anna.get(`/reviews/${order.id}`), 200);
  assert.ok(view.approval.id);
  const waiting = expectStatus(await anna.get('/reviews?view=waiting'), 200).items;
  assert.ok(waiting.some((i: { id: string }) => i.id === order.id));
  expectStatus(await org.post(`/orders/${order.id}/hold`, { code: 'later', note: 'came after the question' }), 200);
  assert.equal((await anna.post(`/approvals/${view.approval.id}/approve`)).body.code, 'four_eyes');
  expectStatus(await bert.post(`/approvals/${view.approval.id}/approve`), 200);
  assert.deepEqual(
    (await orderOf(org, order.id)).holds,
    ['later'],
    'what came after the question nobody has looked at',
  );
  expectStatus(await org.api('PUT', '/settings/orders', { values: { reviewLimit: 6_000_000 } }), 200);
  const done = expectStatus(await anna.post(`/orders/${order.id}/review`, { decision: 'approve' }), 200);
  assert.deepEqual(done.holds, [], 'the limit itself is within the limit');
});

test('ORD-5 what a rule found above the limit is not released by one person either; a shortage is not a reviewer’s', async () => {
  expectStatus(await org.api('PUT', '/settings/orders', { values: { reviewLimit: 5_000_000 } }), 200);
  const order = await place(org, { lines: [{ sku: 'DEAR', quantity: 1 }], payment: 'prepaid' });
  assert.deepEqual(order.holds, ['high_value']);
  const why = expectStatus(await org.get(`/reviews/${order.id}`), 200).why;
  assert.equal(why[0].words, 'Order total is ¥60,000.00; the limit is ¥20,000.00');
  const refused = await org.post(`/orders/${order.id}/release`, {});
  assert.deepEqual([refused.status, refused.body.code], [409, 'second_review_needed']);
  expectStatus(await org.post(`/orders/${order.id}/hold`, { code: 'manual' }), 200);
  const released = expectStatus(await org.post(`/orders/${order.id}/release`, { codes: ['manual'] }), 200);
  assert.deepEqual(released.holds, ['high_value'], 'what a person set a person lifts');
  expectStatus(await org.post(`/orders/${order.id}/hold`, { code: 'shortage' }), 200);
  expectStatus(await org.api('PUT', '/settings/orders', { values: { reviewLimit: 6_000_000 } }), 200);
  const approved = expectStatus(await org.post(`/orders/${order.id}/review`, { decision: 'approve' }), 200);
  assert.deepEqual(approved.holds, ['shortage']);
  expectStatus(await org.post(`/orders/${order.id}/release`, {}), 200);
  const proof = await held();
  expectStatus(await org.post(`/orders/${proof['id']}/review`, { decision: 'require_id' }), 200);
  assert.equal((await org.post(`/orders/${proof['id']}/release`, {})).body.code, 'identity_not_verified');
  expectStatus(await org.post(`/orders/${proof['id']}/review`, { decision: 'reject', note: 'x' }), 200);
});

test('ORD-5 identity: the order waits for proof, approving before is refused, the document is sealed', async () => {
  const order = await held();
  const asked = expectStatus(
    await org.post(`/orders/${order['id']}/review`, { decision: 'require_id', note: '' }),
    200,
  );
  assert.deepEqual(asked.holds, ['manual', 'identity']);
  assert.equal(
    (await org.post(`/orders/${order['id']}/review`, { decision: 'approve' })).body.code,
    'identity_not_verified',
  );
  const shown = expectStatus(
    await org.post(`/orders/${order['id']}/identity`, { method: 'id_card', documentEnd: '702X', note: '视频核对' }),
    200,
  );
  assert.deepEqual(shown.holds, ['manual']);
  const view = expectStatus(await org.get(`/reviews/${order['id']}`), 200);
  assert.equal(view.identity[0].method, 'id_card');
  assert.ok(!JSON.stringify(view).includes('702X'));
  const [kept] = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ end: Buffer }>('select document_end as end from orders.identity_checks'),
  );
  await fieldCrypto.load(org.id);
  assert.equal(fieldCrypto.open(org.id, kept?.end as Buffer, 'orders.identity_document'), '702X');
  expectStatus(await org.post(`/orders/${order['id']}/review`, { decision: 'approve' }), 200);
  assert.equal((await org.post(`/orders/${order['id']}/identity`, { method: 'palm' })).status, 400);
});

test('ORD-5 nothing in review ships, and who may not review sees no queue', async () => {
  const order = await held();
  await app.settleDown();
  assert.equal((await org.post('/parcels', { orderId: order['id'] })).body.code, 'order_on_hold');
  const clerk = await app.person('reviews', ['warehouse']);
  assert.equal((await clerk.get('/reviews')).status, 403);
  assert.equal((await clerk.get('/review-rules')).status, 403);
  assert.equal((await clerk.get('/blacklist')).status, 403);
  const scoped = await app.person('reviews', ['order_reviewer'], { shops: [(await otherShop()).id] });
  assert.deepEqual(
    expectStatus(await scoped.get('/reviews?view=all'), 200).items,
    [],
    'other shops’ orders are not theirs',
  );
  assert.equal((await scoped.get(`/reviews/${order['id']}`)).status, 404);
  assert.equal((await scoped.post(`/reviews/${order['id']}/claim`)).status, 404);
});

test('ORD-2 a pasted address comes back as fields; nothing of it is stored', async () => {
  const found = expectStatus(
    await org.post('/orders/split-address', { text: '张三 13800138000-1234 杭州西湖区文三路 90 号' }),
    200,
  );
  const { parts, confidence, ...fields } = found;
  assert.deepEqual(fields, {
    name: '张三',
    phone: '13800138000',
    extension: '1234',
    province: '浙江省',
    city: '杭州市',
    district: '西湖区',
    address: '文三路 90 号',
    rest: '',
  });
  assert.ok(confidence.phone > 0.9 && parts.length > 5);
  assert.equal((await org.post('/orders/split-address', { text: 'x'.repeat(1001) })).status, 400);
  const reader = await app.person('reviews', ['readonly']);
  assert.equal((await reader.post('/orders/split-address', { text: 'x' })).status, 403);
});

const otherShop = async () => expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
