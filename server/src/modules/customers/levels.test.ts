import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import type { Ctx } from '#kernel/context.ts';
import { newId } from '#kernel/ids.ts';
import { someCtx, testDb, type TestDb } from '#kernel/testing/db.ts';
import { after as later, DAY_MS } from '#kernel/time.ts';
import { recomputeLevels } from './commands/recompute-levels.ts';
import { recordKept, recordPurchases } from './commands/record-purchases.ts';
import { setLevel } from './commands/set-level.ts';
import { type LevelTerms, levelReached, nextLevel } from './domain/levels.ts';
import { levelsOf, vipOf } from './queries/levels.ts';
import { membershipSettings } from './settings.ts';
import { getCustomer } from './store/customers.ts';
import { makeCustomer } from './testing/make-customer.ts';

let world: TestDb;
let orgId: string;
before(async () => {
  world = await testDb();
  orgId = await world.org();
});
after(() => world.close());

const START = new Date('2026-11-22T04:00:00Z');
const ctxAt = (at: Date): Ctx => someCtx(orgId, { now: at });
const YUAN = 100;

async function buy(customerId: string, yuan: number, at = START): Promise<string> {
  const orderId = newId();
  const ctx = ctxAt(at);
  await world.db.inTx(ctx, (tx) =>
    recordPurchases(tx, ctx, [{ orderId, customerId, at, currency: 'CNY', kept: yuan * YUAN, earns: true }]),
  );
  return orderId;
}
async function night(at: Date): Promise<void> {
  const ctx = ctxAt(at);
  let last: string | undefined;
  do last = await world.db.inTx(ctx, (tx) => recomputeLevels(tx, ctx, { after: last }));
  while (last !== undefined);
}
const levelOf = async (id: string): Promise<string> =>
  (await world.db.read({ orgId }, (tx) => getCustomer(tx, id))).level;
const days = (n: number): Date => later(START, n * DAY_MS);

test('PRO-6 a level is reached the moment the order that earns it is completed, and kept once', async () => {
  const id = await makeCustomer(world.db, orgId);
  await buy(id, 999);
  assert.equal(await levelOf(id), 'standard');
  const orderId = await buy(id, 1);
  assert.equal(await levelOf(id), 'silver');
  const ctx = ctxAt(START);
  const again = { orderId, customerId: id, at: START, currency: 'CNY' as const, kept: 1e9, earns: true };
  await world.db.inTx(ctx, (tx) => recordPurchases(tx, ctx, [again]));
  assert.equal(await levelOf(id), 'silver', 'an order counts once');
  const changes = await world.db.read({ orgId }, (tx) =>
    tx.query('select was, is_now, source from customers.level_changes where customer_id = $1', [id]),
  );
  assert.deepEqual(changes, [{ was: 'standard', is_now: 'silver', source: 'computed' }]);
});

test('PRO-6 a level is lowered only after its grace, and not when the condition is met again meanwhile', async () => {
  const [falls, stays] = [await makeCustomer(world.db, orgId), await makeCustomer(world.db, orgId)];
  for (const id of [falls, stays]) await buy(id, 5000);
  assert.equal(await levelOf(falls), 'gold');
  await night(days(366)); // out of the window
  assert.equal(await levelOf(falls), 'gold', 'grace');
  await buy(stays, 6000, days(380));
  await night(days(390));
  await night(days(396));
  assert.deepEqual([await levelOf(falls), await levelOf(stays)], ['standard', 'gold']);
  const row = await world.db.read({ orgId }, (tx) => getCustomer(tx, stays));
  assert.equal(row.level_falls_at, null);
});

test('PRO-6 refunds count: what is given back was not spent', async () => {
  const id = await makeCustomer(world.db, orgId);
  const orderId = await buy(id, 5000);
  const ctx = ctxAt(START);
  await world.db.inTx(ctx, (tx) => recordKept(tx, ctx, { orderId, refundId: newId(), kept: 1500 * YUAN }));
  await night(days(1));
  await night(days(32));
  assert.equal(await levelOf(id), 'silver');
});

test('PRO-6 a level by hand stands until its day, whatever is bought; given back, it is computed at once', async () => {
  const id = await makeCustomer(world.db, orgId);
  const boss = (at: Date, level: string | null, until?: Date): Promise<unknown> => {
    const ctx = ctxAt(at);
    return world.db.inTx(ctx, (tx) => setLevel(tx, ctx, { customerId: id, level, reason: 'because', until }));
  };
  await boss(START, 'vip', days(10));
  assert.deepEqual([...(await world.db.read({ orgId }, (tx) => vipOf(tx, [id])))], [id]);
  await buy(id, 1000);
  await night(days(9));
  assert.equal(await levelOf(id), 'vip');
  await night(days(10));
  assert.equal(await levelOf(id), 'silver');
  await boss(days(11), 'vip');
  await night(days(200));
  assert.equal(await levelOf(id), 'vip');
  await boss(days(201), null);
  assert.equal(await levelOf(id), 'silver');
  await assert.rejects(boss(days(202), 'no-such-level'), /level_unknown/);
});

test('PRO-6 a level given with the first order is raised by buying and never lowered below itself', async () => {
  const id = await makeCustomer(world.db, orgId, { level: 'Gold' });
  await night(days(1));
  assert.equal(await levelOf(id), 'Gold');
  await buy(id, 20_000, days(2));
  assert.equal(await levelOf(id), 'platinum');
  await night(days(400));
  await night(days(431));
  assert.equal(await levelOf(id), 'gold');
});

test('PRO-6 nobody waits for the night because others are many: every customer with a change is reached', async () => {
  const many = await world.org();
  const ids = Array.from({ length: 2300 }, () => newId());
  await world.db.inTx({ orgId: many }, async (tx) => {
    await tx.query(
      `insert into customers.customers (org_id, id, match_key, created_at) select $1, i, decode(replace(i::text, '-', ''), 'hex'), now() from unnest($2::uuid[]) i`,
      [many, ids],
    );
    await tx.query(
      `insert into customers.activity (org_id, order_id, customer_id, at, currency, paid, kept) select $1, gen_random_uuid(), i, $3, 'CNY', 500000, 500000 from unnest($2::uuid[]) i`,
      [many, ids, START],
    );
  });
  const ctx = someCtx(many, { now: days(1) });
  let last: string | undefined;
  do last = await world.db.inTx(ctx, (tx) => recomputeLevels(tx, ctx, { after: last }));
  while (last !== undefined);
  const levels = await world.db.read({ orgId: many }, (tx) => levelsOf(tx, ids));
  assert.ok(ids.every((id) => levels.get(id)?.code === 'gold'));
});

test('PRO-6 the database computes the level the rules name, for any levels and any purchases', async () => {
  const amount = fc.option(fc.integer({ min: 0, max: 3000 }), { nil: null });
  const count = fc.option(fc.integer({ min: 1, max: 5 }), { nil: null });
  const terms = fc.array(fc.record({ spent: amount, orders: count }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(terms, fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 6 }), async (given, bought) => {
      const own = await world.org();
      const ctx = someCtx(own, { now: START });
      const levels: LevelTerms[] = [{ spent: null, orders: null }, ...given].map((t, i) => ({
        code: `l${i}`,
        name: { 'zh-CN': `级${i}`, en: `L${i}` },
        color: '#000000',
        minSpent: t.spent,
        minOrders: t.orders,
        multiplierPercent: 100,
        vip: false,
        weight: 0,
      }));
      await world.db.inTx(ctx, (tx) => membershipSettings.put(tx, ctx, { levels }));
      const id = await makeCustomer(world.db, own, { level: 'l0' });
      for (const kept of bought) {
        const purchase = { orderId: newId(), customerId: id, at: START, currency: 'CNY' as const, kept, earns: false };
        await world.db.inTx(ctx, (tx) => recordPurchases(tx, ctx, [purchase]));
      }
      const spent = bought.reduce((a, b) => a + b, 0);
      const wanted = levelReached(levels, { spent, orders: bought.length });
      const row = await world.db.read({ orgId: own }, (tx) => getCustomer(tx, id));
      if (bought.length > 0) assert.equal(row.level, wanted.code);
      const next = nextLevel(levels, wanted, { spent, orders: bought.length });
      if (next) assert.ok(levels.indexOf(next.level) > levels.indexOf(wanted));
    }),
    { numRuns: 25 },
  );
});
