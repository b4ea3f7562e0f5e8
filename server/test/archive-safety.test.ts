import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCtx } from '#kernel/context.ts';
import { silentLog } from '#kernel/log.ts';
import { archiveOrders, restoreMonth } from '#modules/orders/index.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { age, copyOrders, everything } from './support/old-orders.ts';
import { expectStatus, openShop, pay, place } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
/** All a child's heap may grow to: archiving must not need more, however many orders there are. */
const HEAP_MB = 192;
/** Heap, code, and what DuckDB holds outside the heap, which differs from machine to machine. */
const RESIDENT_MB = 640;
const YEARS_AGO = new Date('2023-05-14T03:04:05.678Z');
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [{ sku: 'A', stock: { W1: 10_000 } }]);
});
after(() => app.close());

const env = () => ({ db: app.db, log: silentLog });
const ctx = (o: TestOrg = org) => systemCtx(o.id, app.clock.now());
const clean = async (): Promise<void> => assert.deepEqual(await app.faults(), []);
const count = async (sql: string, ids: readonly string[]): Promise<number> =>
  app.db.systemTx(async (tx) => (await tx.query<{ n: number }>(sql, [ids]))[0]?.n ?? -1);
const onLine = (ids: readonly string[]): Promise<number> =>
  count('select count(*) as n from orders.orders where id = any ($1)', ids);
const archived = (ids: readonly string[]): Promise<number> =>
  count('select count(*) as n from orders.archived where order_id = any ($1)', ids);

/** Archives in a process of its own. Returns how it ended. */
function inChild(o: TestOrg, killAt: string, perFile: number): Promise<{ signal: string | null; out: string }> {
  const child = spawn(
    process.execPath,
    [
      `--max-old-space-size=${HEAP_MB}`,
      path.join(import.meta.dirname, 'support/archive-child.ts'),
      app.database.url,
      app.app.config.dataDir,
      o.id,
      killAt,
      String(perFile),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  return new Promise((resolve) => child.on('exit', (_code, signal) => resolve({ signal, out })));
}

test('ORD-15 killed after any step, every order is on line or archived and verified, and the next run goes on', async () => {
  const shop = await app.org('killed');
  await openShop(shop, [{ sku: 'A', stock: { W1: 10 } }]);
  const ids = await copyOrders(
    app.db,
    shop.id,
    (await place(shop)).id,
    Array.from({ length: 30 }, (_, i) => ({ at: new Date(YEARS_AGO.getTime() + i * 60_000) })),
  );
  const was = await everything(app.db, shop.id);
  for (const [step, gone] of [
    ['noted', 0],
    ['written', 0],
    ['compared', 0],
    ['kept', 0],
    ['deleted', 10],
  ] as const) {
    assert.equal((await inChild(shop, step, 10)).signal, 'SIGKILL', step);
    assert.deepEqual([await onLine(ids), await archived(ids)], [30 - gone, gone], step);
    await clean();
  }
  const { out } = await inChild(shop, '', 10);
  assert.equal(JSON.parse(out).orders, 20);
  assert.deepEqual([await onLine(ids), await archived(ids)], [0, 30]);
  assert.equal((await archiveOrders(env(), ctx(shop))).orders, 0);
  await clean();
  assert.equal(await restoreMonth(env(), ctx(shop), '2023-05'), 30);
  assert.deepEqual(await everything(app.db, shop.id), was);
  await clean();
});

test('ORD-15 an order changed while its file was written stays on line', async () => {
  const shop = await app.org('changed');
  await openShop(shop, [{ sku: 'A', stock: { W1: 10 } }]);
  const ids = await copyOrders(app.db, shop.id, (await place(shop)).id, [{ at: YEARS_AGO }, { at: YEARS_AGO }]);
  await assert.rejects(
    archiveOrders(env(), ctx(shop), {
      step: async (step) => {
        if (step === 'compared')
          await app.db.systemTx((tx) =>
            tx.query(`update orders.lines set title = 'another' where order_id = $1`, [ids[1]]),
          );
      },
    }),
    /the file is not what is on line/,
  );
  assert.deepEqual([await onLine(ids), await archived(ids)], [2, 0]);
  assert.equal((await archiveOrders(env(), ctx(shop))).orders, 2, 'the next run takes it as it is now');
  await clean();
});

test('ORD-15 two at once: one works, the other is told', async () => {
  const shop = await app.org('twice');
  await openShop(shop, [{ sku: 'A', stock: { W1: 10 } }]);
  await copyOrders(app.db, shop.id, (await place(shop)).id, [{ at: YEARS_AGO }]);
  const both = await Promise.allSettled([archiveOrders(env(), ctx(shop)), archiveOrders(env(), ctx(shop))]);
  assert.deepEqual(both.map((b) => (b.status === 'fulfilled' ? b.value.orders : b.reason.code)).toSorted(), [
    1,
    'archive_busy',
  ]);
});

test('ORD-15 a split order goes with its parts, when all have ended, and comes back with them', async () => {
  const shop = await app.org('family');
  await openShop(shop, [{ sku: 'A', stock: { W1: 100 } }]);
  const family = async (cancel: number): Promise<string[]> => {
    const order = await place(shop, { lines: [{ sku: 'A', quantity: 3 }] });
    await pay(shop, order.id);
    await app.settleDown();
    const groups = [[{ lineId: order.lines[0].id, quantity: 1 }]];
    const { orders } = expectStatus(await shop.post(`/orders/${order.id}/split`, { groups }), 200);
    const parts: string[] = orders.map((o: { id: string }) => o.id);
    for (const id of parts.slice(0, cancel))
      expectStatus(await shop.post(`/orders/${id}/cancel`, { reason: 'x' }), 200);
    for (let i = 0; i < 3; i += 1) await app.settleDown();
    return age(app.db, shop.id, [order.id, ...parts], YEARS_AGO);
  };
  const ended = await family(2);
  const alive = await family(1);
  await clean();
  const was = await everything(app.db, shop.id);
  assert.equal((await archiveOrders(env(), ctx(shop))).orders, 3);
  assert.deepEqual([await onLine(ended), await onLine(alive)], [0, 3]);
  await clean();
  const [whole = '', part = ''] = ended;
  const seen = expectStatus(await shop.get(`/orders/${part}`), 200);
  assert.equal(seen.madeOf[0].id, whole);
  assert.equal(expectStatus(await shop.get(`/orders/${whole}`), 200).supersededBy.length, 2);
  assert.equal((await shop.post(`/orders/${part}/cancel`, { reason: 'x' })).body.code, 'order_archived');
  expectStatus(await shop.post(`/orders/${part}/restore`), 200);
  assert.equal(await onLine(ended), 3);
  assert.deepEqual(await everything(app.db, shop.id), was);
  await clean();
});

test('ORD-15 a person refunds an archived order after restoring it; money that goes back by itself restores it', async () => {
  const order = await place(org);
  const payment = await pay(org, order.id);
  await app.settleDown();
  await app.db.systemTx((tx) =>
    tx.query(`update orders.orders set status = 'completed', historical = true, completed_at = now() where id = $1`, [
      order.id,
    ]),
  );
  await app.db.systemTx((tx) =>
    tx.query(`update kernel.deadlines set state = 'met', closed_at = now() where subject = $1`, [order.id]),
  );
  const refund = (amount: number) => org.post(`/payments/${payment.id}/refunds`, { amount, reason: 'late' });
  expectStatus(await refund(1), 201); // on its way while the order goes
  const [id = ''] = await age(app.db, org.id, [order.id], YEARS_AGO);
  assert.equal((await archiveOrders(env(), ctx())).orders, 1);
  const refused = await refund(1);
  assert.deepEqual([refused.status, refused.body.code], [409, 'order_archived']);
  expectStatus(await org.get(`/payments/${payment.id}`), 200);
  for (let i = 0; i < 3; i += 1) await app.settleDown();
  const seen = expectStatus(await org.get(`/orders/${id}`), 200);
  assert.deepEqual([seen.archived, seen.refunded.amount], [false, 1]);
  await app.db.systemTx((tx) =>
    tx.query(`update orders.orders set status = 'paid', historical = false, completed_at = null where id = $1`, [id]),
  );
  await clean(); // as what it really is
});

test('ORD-15 what is archived belongs to its organisation and to who sees its shop', async () => {
  const [theirs, other] = [await app.org('theirs'), await app.org('others')];
  await openShop(theirs, [{ sku: 'A', stock: { W1: 10 } }]);
  await openShop(other, [{ sku: 'A', stock: { W1: 10 } }]);
  const { id: second } = expectStatus(await theirs.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const [id = ''] = await copyOrders(app.db, theirs.id, (await place(theirs)).id, [{ at: YEARS_AGO }]);
  const { orderNo } = expectStatus(await theirs.get(`/orders/${id}`), 200);
  await archiveOrders(env(), ctx(theirs));
  const elsewhere = await app.person('theirs', ['admin'], { shops: [second] });
  for (const by of [other, elsewhere]) {
    assert.equal((await by.get(`/orders/${id}`)).status, 404);
    assert.equal((await by.get(`/orders/${orderNo}/timeline`)).status, 404);
    assert.equal((await by.post(`/orders/${id}/restore`)).status, 404);
    assert.equal((await by.post(`/orders/${id}/cancel`, { reason: 'x' })).status, 404);
    assert.deepEqual(expectStatus(await by.get(`/orders?q=${orderNo}`), 200).items, []);
    assert.deepEqual(expectStatus(await by.get(`/orders-archive/orders?q=${orderNo}`), 200).items, []);
  }
  assert.deepEqual(expectStatus(await other.get('/orders-archive'), 200).months, []);
  assert.equal(expectStatus(await theirs.get(`/orders-archive/orders?q=${orderNo}`), 200).items[0].id, id);
  const seen = await app.db.inTx(ctx(other), (tx) => tx.query('select 1 from orders.archived'));
  assert.equal(seen.length, 0);
  const agent = await app.person('theirs', ['agent']);
  assert.deepEqual(expectStatus(await agent.get(`/orders/${id}`), 200).may, []);
  assert.equal((await agent.post(`/orders/${id}/restore`)).status, 403);
});

test('ORD-15 one of 20,000 archived orders of a month opens within a second; archiving them takes little memory', async () => {
  const shop = await app.org('many');
  await openShop(shop, [{ sku: 'A', stock: { W1: 10 } }]);
  const { id: template } = await place(shop);
  const ids: string[] = [];
  for (let n = 0; n < 20_000; n += 5000)
    ids.push(
      ...(await copyOrders(
        app.db,
        shop.id,
        template,
        Array.from({ length: 5000 }, (_, i) => ({ at: new Date(YEARS_AGO.getTime() + (n + i) * 60_000) })),
      )),
    );
  const { out } = await inChild(shop, '', 2500);
  const { orders, peakMb } = JSON.parse(out) as { orders: number; peakMb: number };
  assert.equal(orders, 20_000);
  assert.ok(peakMb < RESIDENT_MB, `${peakMb} MB`);
  const took: number[] = [];
  for (const i of [3, 19_999, 10_001, 7, 12_345]) {
    const started = performance.now();
    assert.equal(expectStatus(await shop.get(`/orders/${ids[i]}`), 200).archived, true);
    took.push(performance.now() - started);
    await wait(10);
  }
  assert.ok(took.toSorted((a, b) => a - b)[2]! <= 1000, took.join());
  await clean();
});
