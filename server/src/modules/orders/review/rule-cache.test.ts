import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#kernel/ids.ts';
import { someCtx, testDb, type TestDb } from '#kernel/testing/db.ts';
import { divisions } from './divisions.ts';
import { computeNorms } from './norms.ts';
import { listedIn, RuleCache } from './rule-cache.ts';
import { isRegion } from './rules.ts';
import { appendRules, bumpRevision, recordReasons, revisionOf, rulesOf } from './store.ts';

let db: TestDb;
before(async () => {
  db = await testDb();
});
after(() => db.close());

test('ORD-5 the cache knows the rules, the blacklist and the norms as of a revision, and reads again when told', async () => {
  const orgId = await db.org();
  const ctx = someCtx(orgId);
  const cache = new RuleCache(db.db);
  assert.equal(cache.peek(orgId), undefined);
  const [first, same] = await Promise.all([cache.get(orgId), cache.get(orgId)]);
  assert.equal(first, same, 'of two who ask at once one reads');
  assert.deepEqual(
    [first.revision, first.compiled.rules.map((r) => r.code)],
    [0, ['blacklist', 'high_value', 'quantity_over_norm']],
  );
  const key = 'ab'.repeat(16);
  await db.db.inTx({ orgId }, async (tx) => {
    const rules = await rulesOf(tx);
    await appendRules(
      tx,
      rules.map((r) => ({ ...r, version: 1, state: r.code === 'high_value' ? ('off' as const) : r.state })),
      ctx.now,
      'me',
    );
    await tx.query(
      `insert into orders.blacklist (org_id, id, kind, idx, masked, reason, until, added_at, added_by) values ($1, $2, 'phone', decode($3, 'hex'), '*', 'x', $4, $5, 'me')`,
      [orgId, newId(), key, new Date(ctx.now.getTime() + 1000), ctx.now],
    );
    await bumpRevision(tx);
  });
  assert.equal((await cache.get(orgId)).revision, 0, 'it may be out of date');
  cache.forget(orgId);
  const bench = await cache.get(orgId);
  assert.deepEqual([bench.revision, bench.compiled.rules.map((r) => r.code)], [1, ['blacklist', 'quantity_over_norm']]);
  assert.deepEqual(listedIn(bench, { phone: key }, ctx.now), ['phone']);
  assert.deepEqual(listedIn(bench, { phone: key }, new Date(ctx.now.getTime() + 1000)), [], 'its time is over');
  assert.deepEqual(listedIn(bench, { address: key, device: undefined }, ctx.now), []);
});

test('ORD-5 what is read while the rules are forgotten is not kept', async () => {
  const orgId = await db.org();
  const cache = new RuleCache(db.db);
  const reading = cache.get(orgId);
  cache.forget(orgId);
  await reading;
  assert.equal(cache.peek(orgId), undefined);
});

test('ORD-5 the norm of a SKU is the median of its lines, from twenty on, of ninety days', async () => {
  const orgId = await db.org();
  const ctx = someCtx(orgId);
  const [often, seldom] = [newId(), newId()];
  const line = async (sku: string, quantity: number, at: Date): Promise<void> => {
    const order = newId(at.getTime());
    await db.db.systemTx(async (tx) => {
      await tx.query(
        `insert into orders.orders (org_id, id, order_no, shop_id, channel, customer_id, status, payment_method, currency, goods_amount, discount_amount, freight_amount, total_amount,
           line_count, unit_count, region, personal, goods_hash, placed_at, created_at) values ($1, $2::uuid, $2::text, $2::uuid, 'web', $2::uuid, 'paid', 'prepaid', 'CNY', 0, 0, 0, 0, 1, $3, '', '', '', $4, $4)`,
        [orgId, order, quantity, at],
      );
      await tx.query(
        `insert into orders.lines (org_id, order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, payable, reserve_on) values ($1, $2, $3, 1, $4, 'x', 'x', 0, 0, $5, 0, 0, 'order')`,
        [orgId, order, newId(), sku, quantity],
      );
    });
  };
  for (let i = 0; i < 20; i += 1) await line(often, i < 11 ? 2 : 400, ctx.now);
  for (let i = 0; i < 19; i += 1) await line(seldom, 3, ctx.now);
  await line(seldom, 3, new Date(ctx.now.getTime() - 91 * 86_400_000));
  const cache = new RuleCache(db.db);
  assert.equal((await cache.get(orgId)).norms.size, 0);
  assert.equal(await db.db.inTx({ orgId }, (tx) => computeNorms(tx, ctx.now)), 1);
  cache.forget(orgId);
  assert.deepEqual([...(await cache.get(orgId)).norms], [[often, 2]]);
  assert.equal(await db.db.read({ orgId }, revisionOf), 1, 'who judges by the old ones reads again');
});

test('ORD-5 why an order is held is written once, and of another organisation nothing is seen', async () => {
  const [mine, theirs] = [await db.org(), await db.org()];
  const ctx = someCtx(mine);
  const orderId = newId();
  const reason = { orderId, hold: 'manual', facts: { note: 'n' } };
  await db.db.inTx({ orgId: mine }, async (tx) => {
    await recordReasons(tx, ctx.now, [reason, reason]);
    await recordReasons(tx, ctx.now, []);
  });
  const count = (orgId: string): Promise<unknown[]> =>
    db.db.read({ orgId }, (tx) => tx.query('select 1 from orders.hold_reasons'));
  assert.deepEqual([(await count(mine)).length, (await count(theirs)).length], [1, 0]);
});

test('ORD-5 a region of a rule exists as a whole, not part by part', () => {
  for (const good of ['浙江省', '浙江', '浙江省/杭州市', '浙江/杭州/西湖区', '北京市/北京市/朝阳区'])
    assert.ok(isRegion(divisions(), good), good);
  for (const bad of ['', '西湖省', '浙江省/南京市', '浙江省/杭州市/鼓楼区'])
    assert.ok(!isRegion(divisions(), bad), bad);
});
