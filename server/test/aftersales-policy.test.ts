import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#kernel/ids.ts';
import { DAY_MS } from '#kernel/time.ts';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { parcelsOf } from './support/parcels.ts';
import { addGoods, expectStatus, openShop, orderOf, problems } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await app.person(org.code);
  await openShop(org, [{ sku: 'FRESH', price: 2_000, stock: { W1: 1_000 } }]);
  const skus = [{ sku: 'COAT', price: { amount: 30_000, currency: 'CNY' } }];
  expectStatus(await org.post('/products', { code: 'P-COAT', title: '大衣', category: '服装/女装', skus }), 201);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'COAT', quantity: 1_000 }] }), 201);
});
after(() => app.close());

const both = [
  { sku: 'FRESH', quantity: 1 },
  { sku: 'COAT', quantity: 2 },
];
async function received(lines = both): Promise<Body> {
  const parcels = parcelsOf(app, org);
  const order = await parcels.paidOrder(lines);
  const { shipmentId } = await parcels.ship(order.id);
  await parcels.advance(shipmentId, 'delivered');
  await app.settleDown();
  return orderOf(org, order.id);
}
const check = async (order: Body, over: object, skus = ['COAT'], as: Sender = org): Promise<Body> =>
  expectStatus(
    await as.post('/after-sales/policy-check', {
      orderId: order.id,
      lines: order.lines.filter((l: Body) => skus.includes(l.sku)).map((l: Body) => ({ lineId: l.id, quantity: 1 })),
      type: 'return',
      reason: 'no_reason',
      ...over,
    }),
    200,
  );
const later = (days: number): string => new Date(app.clock.now().getTime() + days * DAY_MS).toISOString();

test('AFT-2 policy-check answers as the contract says, naming the clause, for each line and for all', async () => {
  const order = await received();
  assert.ok(order.deliveredAt);
  const coat = await check(order, {});
  assert.deepEqual(
    [coat.allowed, coat.clause, coat.freight, coat.evidence, coat.instant, coat.policyVersion, coat.refusedBecause],
    [true, 'general.no_reason', 'buyer', 'none', true, 0, null],
  );
  assert.match(coat.text, /^Seven days without a reason/);
  const all = await check(order, {}, ['FRESH', 'COAT']);
  assert.deepEqual([all.allowed, all.clause, all.refusedBecause], [false, 'fresh.no_reason', 'clause']);
  assert.deepEqual(
    all.lines.map((l: Body) => [l.category, l.allowed, l.clause]),
    [
      ['食品/生鲜', false, 'fresh.no_reason'],
      ['服装/女装', true, 'general.no_reason'],
    ],
  );
  const late = await check(order, { at: later(9) });
  assert.deepEqual([late.allowed, late.refusedBecause], [false, 'window_closed']);
  const fault = await check(order, { reason: 'quality', at: later(9) });
  assert.deepEqual([fault.allowed, fault.freight, fault.evidence, fault.instant], [true, 'seller', 'photo', false]);
});

test('AFT-2 the category a line was bought under decides, whatever the catalogue calls it later', async () => {
  const skus = [{ sku: 'MUG', price: { amount: 5_000, currency: 'CNY' } }];
  const product = expectStatus(
    await org.post('/products', { code: 'P-MUG', title: '杯子', category: '家居/杯子', skus }),
    201,
  );
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'MUG', quantity: 10 }] }), 201);
  const order = await received([{ sku: 'MUG', quantity: 1 }]);
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { category: '家居/定制' }), 200);
  assert.equal((await check(order, {}, ['MUG'])).clause, 'general.no_reason');
  const next = await received([{ sku: 'MUG', quantity: 1 }]);
  assert.equal((await check(next, {}, ['MUG'])).clause, 'custom.no_reason');
});

test('AFT-2 parts of a split order are answered by what the whole was bought under', async () => {
  await addGoods(org, { sku: 'FISH', price: 3_000 });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'FISH', quantity: 10 }] }), 201);
  const lines = [
    { sku: 'FISH', quantity: 1 },
    { sku: 'COAT', quantity: 1 },
  ];
  const order = await parcelsOf(app, org).paidOrder(lines);
  const groups = order.lines.map((l: Body) => [{ lineId: l.id, quantity: 1 }]);
  const split = expectStatus(await org.post(`/orders/${order.id}/split`, { groups }), 200);
  const parts = await Promise.all(split.orders.map((o: Body) => orderOf(org, o.id)));
  const fish = parts.find((o) => o.lines[0].sku === 'FISH');
  expectStatus(
    await org.api('PATCH', `/products/${(await org.get('/products?q=FISH')).body.items[0].id}`, { category: '宠物' }),
    200,
  );
  assert.equal((await check(fish, {}, ['FISH'])).clause, 'fresh.no_reason');
});

test('AFT-2 lines of another order and unknown codes are refused, all of them at once', async () => {
  const order = await received([{ sku: 'COAT', quantity: 1 }]);
  const body = { orderId: order.id, type: 'return', reason: 'no_reason' };
  const lines = [newId(), order.lines[0].id, newId()].map((lineId) => ({ lineId, quantity: 1 }));
  const refused = await org.post('/after-sales/policy-check', { ...body, lines });
  assert.equal(refused.status, 422);
  assert.deepEqual(problems(refused), ['lines[0].lineId: unknown_line', 'lines[2].lineId: unknown_line']);
  const wrong = await org.post('/after-sales/policy-check', { ...body, lines: [], type: 'x', reason: 'y' });
  assert.equal(wrong.status, 400);
  assert.deepEqual(
    problems(wrong).map((p) => p.split(':')[0]),
    ['lines', 'reason', 'type'],
  );
  const other = expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const elsewhere = await app.person(org.code, ['agent'], { shops: [other.id] });
  const [line] = order.lines;
  const theirs = await elsewhere.post('/after-sales/policy-check', {
    ...body,
    lines: [{ lineId: line.id, quantity: 1 }],
  });
  assert.deepEqual([theirs.status, theirs.body.code], [404, 'order_not_found']);
});

/** The draft with its general rule for returns without a reason changed. */
async function draftWith(over: object, note = ''): Promise<Body> {
  const draft = expectStatus(await org.post('/after-sales/policies', { note }), 201);
  const rules = draft.rules.map((r: Body) =>
    r.category === '' && r.type === 'return' && r.reason === 'no_reason' ? { ...r, ...over } : r,
  );
  return expectStatus(await org.api('PUT', '/after-sales/policies/draft', { note, rules }), 200);
}
const publish = async (body: object = {}): Promise<Body> =>
  expectStatus(await org.post('/after-sales/policies/draft/publish', body), 200);
const days = (count: number) => ({ window: { count, unit: 'day', from: 'receipt' } });

test('AFT-2 a version in force when the order was placed decides; a newer one only where it is better, and only if the shop wants', async () => {
  const old = await received([{ sku: 'COAT', quantity: 1 }]);
  await draftWith({ ...days(3), clause: 'shop.three_days' }, 'shorter');
  const shorter = await publish();
  assert.deepEqual([shorter.state, shorter.inForce, shorter.may], ['published', false, []]);
  assert.equal(Math.floor((Date.parse(shorter.effectiveFrom) - app.clock.now().getTime()) / 1000), 300); // as long as pages may be kept
  app.clock.pass(10 * 60_000);
  assert.equal((await check(old, {})).clause, 'general.no_reason'); // shorter is not better
  const young = await received([{ sku: 'COAT', quantity: 1 }]);
  assert.deepEqual(
    [(await check(young, {})).clause, (await check(young, {})).policyVersion],
    ['shop.three_days', shorter.no],
  );
  await draftWith({ ...days(30), clause: 'shop.thirty_days' });
  const longer = await publish();
  assert.equal((await check(young, {})).clause, 'shop.three_days'); // not yet in force
  app.clock.pass(10 * 60_000);
  assert.deepEqual(
    [(await check(young, {})).clause, (await check(young, {})).policyVersion],
    ['shop.thirty_days', longer.no],
  );
  expectStatus(await org.api('PUT', '/settings/aftersales_policy', { values: { newerWhenBetter: false } }), 200);
  assert.equal((await check(young, {})).clause, 'shop.three_days');
  assert.equal((await check(old, {})).clause, 'general.no_reason');
  expectStatus(await org.api('PUT', '/settings/aftersales_policy', { values: { newerWhenBetter: true } }), 200);
  const snapshot = expectStatus(await org.get(`/orders/${young.id}/snapshot`), 200);
  assert.deepEqual(snapshot.policies.afterSales, { version: shorter.no, effectiveFrom: shorter.effectiveFrom });
});

test('AFT-2 a published version is changed by nothing, in the database either; drafts come and go, one at a time', async () => {
  const { items } = expectStatus(await org.get('/after-sales/policies'), 200);
  const [newest] = items;
  assert.deepEqual([items.at(-1).no, newest.inForce], [0, true]);
  await assert.rejects(
    app.db.inTx({ orgId: org.id }, (tx) =>
      tx.query('update aftersales.policy_rules set allowed = false where org_id = $1', [org.id]),
    ),
    /permission denied/,
  );
  const changed = await app.db.inTx({ orgId: org.id }, async (tx) => [
    await tx.query(`update aftersales.policy_versions set note = 'x' where org_id = $1 returning 1`, [org.id]),
    await tx.query(`delete from aftersales.policy_rules where org_id = $1 returning 1`, [org.id]),
    await tx.query(`delete from aftersales.policy_versions where org_id = $1 returning 1`, [org.id]),
  ]);
  assert.deepEqual(changed, [[], [], []]);
  await assert.rejects(
    app.db.inTx({ orgId: org.id }, (tx) =>
      tx.query(
        `insert into aftersales.policy_rules select r.org_id, r.version_id, 'x', r.type, r.reason, r.allowed, r.window_count, r.window_unit, r.window_from,
           r.freight, r.evidence, r.review, r.clause, r.text_zh, r.text_en from aftersales.policy_rules r where org_id = $1 limit 1`,
        [org.id],
      ),
    ),
    /row-level security/,
  );
  const draft = expectStatus(await org.post('/after-sales/policies', { basedOn: 0 }), 201);
  assert.equal(draft.basedOn, 0);
  assert.equal((await org.post('/after-sales/policies')).body.code, 'policy_draft_exists');
  const stale = await org.api('PUT', '/after-sales/policies/draft', { rules: [] }, { 'if-match': '"77"' });
  assert.equal(stale.status, 412);
  expectStatus(await org.api('DELETE', '/after-sales/policies/draft'), 204);
  assert.equal((await org.get('/after-sales/policies/draft')).status, 404);
  assert.deepEqual(await app.faults(), []);
});

test('AFT-2 every rule that does not hold together is named at once, and what is below the law is said', async () => {
  const draft = expectStatus(await org.post('/after-sales/policies', { basedOn: 0 }), 201);
  const rule = draft.rules[0];
  const rules = [rule, { ...rule, clause: 'x' }, { ...rule, type: 'repair', reason: 'price_drop' }];
  const refused = await org.api('PUT', '/after-sales/policies/draft', { rules });
  assert.deepEqual(
    [refused.status, problems(refused)],
    [422, ['rules[1]: duplicate_rule', 'rules[2].reason: reason_not_for_type']],
  );
  const malformed = await org.api('PUT', '/after-sales/policies/draft', {
    rules: [
      { ...rule, category: '/a', clause: 'No' },
      { ...rule, category: '**', text: { 'zh-CN': '', en: 'x' } },
    ],
  });
  assert.deepEqual([malformed.status, problems(malformed).length], [400, 4]);
  const saved = expectStatus(await org.api('PUT', '/after-sales/policies/draft', { rules: [rule] }), 200);
  assert.deepEqual(
    saved.warnings.map((w: Body) => w.code),
    ['below_statute_no_reason', 'below_statute_quality'],
  );
  const early = await org.post('/after-sales/policies/draft/publish', { effectiveFrom: later(-1) });
  assert.deepEqual(problems(early), ['effectiveFrom: policy_too_early']);
  const diff = expectStatus(await org.get('/after-sales/policy-diff?from=0&to=draft'), 200);
  assert.deepEqual([diff.added.length, diff.removed.length, diff.changed.length], [0, draft.rules.length - 1, 0]);
  expectStatus(await org.api('DELETE', '/after-sales/policies/draft'), 204);
});

test('AFT-2 what would happen if: each version with its rule, and the draft before it is published', async () => {
  const order = await received([{ sku: 'COAT', quantity: 1 }]);
  const ask = { orderId: order.orderNo, type: 'return', reason: 'no_reason' };
  const now = expectStatus(await org.post('/after-sales/policies/what-if', { ...ask, at: later(20) }), 200);
  const [line] = now.lines;
  assert.deepEqual([now.allowed, line.category, line.considered.length], [true, '服装/女装', 1]);
  assert.equal(line.considered[0].rule.clause, 'shop.thirty_days');
  await draftWith({ allowed: false, window: null, clause: 'shop.none' });
  const draft = expectStatus(await org.post('/after-sales/policies/what-if', { ...ask, version: 'draft' }), 200);
  assert.deepEqual(
    [draft.allowed, draft.clause, draft.refusedBecause, draft.policyVersion],
    [false, 'shop.none', 'clause', -1],
  );
  expectStatus(await org.api('DELETE', '/after-sales/policies/draft'), 204);
});

test('AFT-2 the shop shows the policy of goods before they are bought: public, kept no longer than it holds, framed by anyone', async () => {
  const shown = await app.nobody.get(`/after-sales/policy?org=${org.code}&sku=FRESH&lang=zh-CN`);
  assert.deepEqual([shown.status, shown.body.category], [200, '食品/生鲜']);
  const refused = shown.body.clauses.find((c: Body) => c.clause === 'fresh.no_reason');
  assert.deepEqual(
    [refused.allowed, refused.types.toSorted(), refused.text.slice(0, 4)],
    [false, ['exchange', 'return'], '鲜活易腐'],
  );
  assert.equal(shown.headers.get('cache-control'), 'public, max-age=300');
  assert.equal(shown.headers.get('access-control-allow-origin'), '*');
  assert.equal(shown.headers.get('set-cookie'), null);
  const again = await fetch(`${app.url}/api/v1/after-sales/policy?org=${org.code}&sku=FRESH&lang=zh-CN`, {
    headers: { 'if-none-match': shown.headers.get('etag') ?? '' },
  });
  assert.equal(again.status, 304);
  await draftWith({ clause: 'shop.soon' });
  const soon = await publish({ effectiveFrom: new Date(app.clock.now().getTime() + 400_000).toISOString() });
  app.clock.pass(200_000);
  const nearly = await app.nobody.get(`/after-sales/policy?org=${org.code}&category=${encodeURIComponent('服装')}`);
  assert.deepEqual(
    [nearly.body.validUntil, nearly.headers.get('cache-control')],
    [soon.effectiveFrom, 'public, max-age=200'],
  );
  app.clock.pass(200_000);
  const then = await app.nobody.get(`/after-sales/policy?org=${org.code}&category=${encodeURIComponent('服装')}`);
  assert.deepEqual(
    [then.body.policyVersion, then.body.clauses.some((c: Body) => c.clause === 'shop.soon')],
    [soon.no, true],
  );
  const page = await fetch(`${app.url}/embed/after-sales-policy?org=${org.code}&sku=FRESH&lang=en`);
  const html = await page.text();
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors \*/);
  assert.equal(page.headers.get('set-cookie'), null);
  assert.match(html, /<html lang="en">.*Fresh and perishable goods cannot be returned/s);
  assert.ok(!html.includes('<script'));
  const unknown = await app.nobody.get(`/after-sales/policy?org=${org.code}&sku=NONE`);
  assert.deepEqual([unknown.status, (await app.nobody.get('/after-sales/policy?org=nobody')).status], [404, 404]);
});
