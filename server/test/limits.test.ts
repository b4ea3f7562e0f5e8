import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import '#app/wiring.ts';
import { LIMITS } from '#kernel/limits.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, place } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org('limits');
  await openShop(org, [
    { sku: 'CHEAP', price: 40_000, stock: { W1: 1000 } },
    { sku: 'MIDDLE', price: 70_000, stock: { W1: 1000 } },
    { sku: 'DEAR', price: 6_000_000, stock: { W1: 1000 } },
  ]);
  for (const code of ['junior', 'senior'])
    expectStatus(
      await org.post('/roles', { code, name: { 'zh-CN': code, en: code }, permissions: ['orders.*', 'approvals.*'] }),
      201,
    );
});
after(() => app.close());

type Person = Awaited<ReturnType<TestApp['person']>>;
const limit = (role: string, amount: number | null) =>
  org.api('PUT', `/roles/${role}/limits`, { limits: { 'orders.review': amount } });
const held = async (sku: string): Promise<string> => {
  const order = await place(org, { lines: [{ sku, quantity: 1 }], payment: 'prepaid' });
  expectStatus(await org.post(`/orders/${order.id}/hold`, { code: 'manual' }), 200);
  return order.id;
};
const approve = async (who: Person, id: string): Promise<string[]> =>
  expectStatus(await who.post(`/orders/${id}/review`, { decision: 'approve' }), 200).holds;
const agree = async (who: Person, id: string) =>
  who.post(`/approvals/${expectStatus(await who.get(`/reviews/${id}`), 200).approval.id}/approve`);

test('ORD-5 a reviewer with a limit of 500 yuan lets less go alone; above it somebody with a sufficient limit agrees', async () => {
  assert.deepEqual(expectStatus(await limit('junior', 50_000), 200).limits, { 'orders.review': 50_000 });
  expectStatus(await limit('senior', 1_000_000), 200);
  const [anna, bert, carl] = [
    await app.person('limits', ['junior']),
    await app.person('limits', ['junior']),
    await app.person('limits', ['senior']),
  ];
  assert.deepEqual(await approve(anna, await held('CHEAP')), []);
  const order = await held('MIDDLE');
  assert.deepEqual(expectStatus(await anna.get(`/reviews/${order}`), 200).limit.amount, 50_000);
  assert.deepEqual(expectStatus(await carl.get(`/reviews/${order}`), 200).limit.amount, 1_000_000);
  assert.deepEqual(await approve(anna, order), ['manual'], 'it waits for a second person');
  const refused = await agree(bert, order);
  assert.deepEqual([refused.status, refused.body.code], [403, 'above_own_limit']);
  assert.deepEqual((await orderOf(org, order)).holds, ['manual']);
  expectStatus(await agree(carl, order), 200);
  assert.deepEqual((await orderOf(org, order)).holds, []);
  assert.deepEqual(await approve(carl, await held('MIDDLE')), [], 'a supervisor needs nobody');
});

test('ORD-5 above the organisation’s limit two people decide, the second with at least that limit; a higher one of their own holds', async () => {
  const [junior, senior, other] = [
    await app.person('limits', ['junior']),
    await app.person('limits', ['senior']),
    await app.person('limits', ['order_reviewer']),
  ];
  const order = await held('DEAR');
  await approve(other, order);
  assert.equal((await agree(senior, order)).body.code, 'above_own_limit', 'the organisation’s is five times theirs');
  assert.equal((await agree(junior, order)).body.code, 'above_own_limit');
  const second = await app.person('limits', ['order_reviewer']);
  expectStatus(await agree(second, order), 200);
  expectStatus(await limit('senior', 6_000_000), 200);
  assert.deepEqual(await approve(senior, await held('DEAR')), [], 'above the organisation’s, within their own');
});

test('ORD-5 a person’s own limit counts before their roles’, built-in roles have limits too, and a key the organisation’s', async () => {
  const dora = await app.person('limits', ['junior', 'order_reviewer']);
  const { user } = expectStatus(await dora.get('/me'), 200);
  const seen = async () => expectStatus(await dora.get(`/reviews/${order}`), 200).limit.amount;
  const order = await held('CHEAP');
  assert.equal(await seen(), 50_000, 'a role without a limit lifts none');
  expectStatus(await limit('order_reviewer', 80_000), 200);
  assert.equal(await seen(), 80_000, 'at once');
  const own = (amount: number | null) =>
    org.api('PUT', `/users/${user.id}/limits`, { limits: { 'orders.review': amount } });
  assert.deepEqual(expectStatus(await own(30_000), 200).limits, { 'orders.review': 30_000 });
  assert.equal(await seen(), 30_000);
  assert.deepEqual(await approve(dora, order), ['manual']);
  assert.deepEqual(expectStatus(await own(null), 200).limits, {});
  assert.equal(await seen(), 80_000);
  expectStatus(await limit('order_reviewer', null), 200);
  assert.equal(expectStatus(await org.get(`/reviews/${order}`), 200).limit.amount, 5_000_000, 'a key');
  const limits = expectStatus(await org.get('/limits'), 200).items;
  assert.deepEqual(
    limits.find((l: { name: string }) => l.name === 'orders.review'),
    { name: 'orders.review', unit: 'money', permission: 'orders.order.review', organisation: 5_000_000 },
  );
  assert.equal((await org.api('PUT', '/roles/junior/limits', { limits: { nonsense: 1 } })).body.code, 'limit_unknown');
  assert.equal((await org.api('PUT', '/roles/nobody/limits', { limits: {} })).body.code, 'role_not_found');
  const bad = await org.api('PUT', '/roles/junior/limits', { limits: { 'orders.review': -1 } });
  assert.equal(bad.status, 400);
});

test('ORD-5 nobody gives more than they decide alone, by role, by person, or by taking hold of an account', async () => {
  const keeper = { 'zh-CN': '人事', en: 'Keeper' };
  const may = ['identity.*', 'orders.*', 'approvals.*'];
  expectStatus(await org.post('/roles', { code: 'keeper', name: keeper, permissions: may }), 201);
  expectStatus(await limit('keeper', 60_000), 200);
  const eve = await app.person('limits', ['keeper']);
  const put = (path: string, amount: number | null) => eve.api('PUT', path, { limits: { 'orders.review': amount } });
  assert.equal((await put('/roles/junior/limits', 60_001)).body.code, 'limit_not_held');
  assert.equal((await put('/roles/junior/limits', null)).body.code, 'limit_not_held', 'the organisation’s is higher');
  expectStatus(await put('/roles/junior/limits', 55_000), 200);
  const { user: own } = expectStatus(await eve.get('/me'), 200);
  assert.equal((await put(`/users/${own.id}/limits`, 90_000)).body.code, 'limit_not_held');
  const senior = await app.person('limits', ['senior']);
  const { user } = expectStatus(await senior.get('/me'), 200);
  const password = 'a-long-enough-one';
  assert.equal((await eve.post(`/users/${user.id}/reset-password`, { password })).body.code, 'limit_not_held');
  const made = (roles: string[]) =>
    eve.post('/users', { name: 'N', email: `n-${roles.join('-')}@example.com`, password, roles });
  assert.equal((await made(['senior'])).body.code, 'limit_not_held');
  expectStatus(await made(['junior']), 201);
});

test('ORD-5 every limit has a name in both languages', () => {
  const texts = (locale: string): Record<string, string> =>
    JSON.parse(readFileSync(new URL(`../../web/console/i18n/${locale}.json`, import.meta.url), 'utf8'));
  assert.ok(LIMITS.size > 0);
  for (const locale of ['zh-CN', 'en'])
    assert.deepEqual(
      [...LIMITS.keys()].filter((name) => !(`limit.${name}` in texts(locale))),
      [],
      locale,
    );
});
