import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { systemCtx } from '#kernel/context.ts';
import { silentLog } from '#kernel/log.ts';
import { archiveOrders, restoreMonth } from '#modules/orders/index.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { copyOrders, everything, PARTS } from './support/old-orders.ts';
import { anOrder, expectStatus, openShop, pay, phoneOf, place } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
let template = '';
const YEARS_AGO = new Date('2023-05-14T03:04:05.678Z');

before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [{ sku: 'A', stock: { W1: 10_000 } }]);
  template = (await place(org)).id;
  await pay(org, template);
  await app.settleDown();
});
after(() => app.close());

const env = () => ({ db: app.db, log: silentLog });
const ctx = (o: TestOrg = org) => systemCtx(o.id, app.clock.now());
const clean = async (): Promise<void> => assert.deepEqual(await app.faults(), []);
const onLine = (ids: readonly string[]): Promise<number> =>
  app.db.systemTx(
    async (tx) =>
      (await tx.query<{ n: number }>('select count(*) as n from orders.orders where id = any ($1)', [ids]))[0]?.n ?? -1,
  );

test('ORD-15 an order that ended long ago is archived, found by number and phone, opened, and put back as it was', async () => {
  const [id = ''] = await copyOrders(app.db, org.id, template, [{ at: YEARS_AGO, over: { external_no: 'EXT-OLD' } }]);
  const was = await everything(app.db, org.id);
  const view = expectStatus(await org.get(`/orders/${id}`), 200);
  const done = await archiveOrders(env(), ctx());
  assert.equal(done.orders, 1);
  assert.equal(await onLine([id]), 0);
  const opened = expectStatus(await org.get(`/orders/${id}`), 200);
  assert.deepEqual(opened, { ...view, archived: true, may: ['restore'] });
  assert.equal(expectStatus(await org.get(`/orders/${view.orderNo}`), 200).id, id);
  for (const q of [view.orderNo, 'EXT-OLD', phoneOf(1)]) {
    const { items } = expectStatus(await org.get(`/orders?q=${q}`), 200);
    const found = items.find((i: { id: string }) => i.id === id);
    assert.ok(found, q);
    assert.equal(found.archived, true);
    const { counts } = expectStatus(await org.get(`/orders/counts?q=${q}`), 200);
    assert.equal(counts.completed, 1, q);
  }
  assert.deepEqual(
    expectStatus(await org.get('/orders'), 200).items.map((i: { id: string }) => i.id),
    [template],
    'lists are of what is on line',
  );
  expectStatus(await org.get(`/orders/${id}/timeline`), 200);
  await clean();
  const back = expectStatus(await org.post(`/orders/${id}/restore`), 200);
  assert.deepEqual([back.archived, back.id], [false, id]);
  assert.deepEqual(await everything(app.db, org.id), was);
  expectStatus(await org.post(`/orders/${id}/restore`), 200);
  await clean();
});

test('ORD-15 every value of every row comes back as it was: nulls, great numbers, bytes, any text', async () => {
  const other = await app.org('values');
  await openShop(other, [{ sku: 'A', stock: { W1: 10 } }]);
  const { id } = await place(other);
  const big = fc.bigInt({ min: 0n, max: 9_007_199_254_740_000n }).map(Number);
  const words = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map((s) => s.replaceAll('\u0000', '') || 'x'),
    fc.constantFrom('NULL', '~', '"', '\\', "'", '\n\r\t', '{a,"b"}', '\u001f', '掌柜 👍', ' ', '1:x'),
  );
  const moment = fc
    .tuple(fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), fc.nat(999))
    .map(([d, us]) => d.toISOString().replace('Z', `${String(us).padStart(3, '0')}Z`));
  const values = fc.record({
    total: big,
    external: fc.option(words.map((w) => w.slice(0, 100))),
    region: words,
    tags: fc.array(words, { maxLength: 4 }),
    personal: fc.uint8Array({ maxLength: 700 }).map((b) => `\\x${Buffer.from(b).toString('hex')}`),
    phone: fc.option(fc.uint8Array({ maxLength: 16 }).map((b) => `\\x${Buffer.from(b).toString('hex')}`)),
    paid: fc.option(moment),
    promised: fc.option(moment),
    risk: fc.option(words.map((w) => w.slice(0, 40))),
    facts: fc.json(),
    title: words,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 12 }), async (orders) => {
      const ids = await copyOrders(
        app.db,
        other.id,
        id,
        orders.map((o, i) => ({
          at: new Date(YEARS_AGO.getTime() + i * 9 * 86_400_000),
          over: {
            goods_amount: o.total,
            discount_amount: 0,
            total_amount: o.total,
            external_no: o.external === null ? null : `${i}${o.external}`,
            region: o.region,
            tags: o.tags,
            personal: o.personal,
            phone_idx: o.phone,
            paid_at: o.paid,
            promised_ship_at: o.promised,
          },
        })),
      );
      await app.db.systemTx(async (tx) => {
        for (const [i, o] of orders.entries()) {
          await tx.query('update orders.lines set title = $3 where org_id = $1 and order_id = $2', [
            other.id,
            ids[i],
            o.title,
          ]);
          await tx.query(
            `insert into orders.hold_reasons (org_id, order_id, at, hold, facts) values ($1, $2, $3, 'x', $4::jsonb || '{"sum": 12345678901234567890.1200}')`,
            [other.id, ids[i], '2023-06-01T00:00:00.123456Z', JSON.stringify({ facts: o.facts })],
          );
        }
      });
      const was = await everything(app.db, other.id);
      const done = await archiveOrders(env(), ctx(other), { perFile: 5 });
      assert.equal(done.orders, orders.length);
      assert.equal(await onLine(ids), 0);
      const months = await app.db.systemTx((tx) =>
        tx.query<{ month: string }>(
          `select distinct month from orders.archive_files where org_id = $1 and state = 'verified'`,
          [other.id],
        ),
      );
      for (const { month } of months) await restoreMonth(env(), ctx(other), month);
      assert.deepEqual(await everything(app.db, other.id), was);
      await app.db.systemTx(async (tx) => {
        for (const table of ['orders', 'lines', 'snapshots', 'hold_reasons'])
          await tx.query(
            `delete from orders.${table} where org_id = $1 and ${table === 'orders' ? 'id' : 'order_id'} = any ($2)`,
            [other.id, ids],
          );
      });
    }),
    { numRuns: 12 },
  );
});

test('ORD-15 orders of the last six months stay on line, whatever is asked, and so does what has not ended', async () => {
  const third = await app.org('young');
  await openShop(third, [{ sku: 'A', stock: { W1: 10 } }]);
  const { id } = await place(third);
  const ago = (days: number): Date => new Date(app.clock.now().getTime() - days * 86_400_000);
  const ids = await copyOrders(app.db, third.id, id, [
    { at: ago(100) },
    { at: ago(300) },
    { at: ago(800) },
    { at: ago(800), over: { status: 'delivered', completed_at: null } },
    { at: ago(800), over: { completed_at: ago(20).toISOString() } },
  ]);
  const month = (days: number): string => ago(days).toISOString().slice(0, 7);
  await assert.rejects(archiveOrders(env(), ctx(third), { before: month(100) }), { code: 'too_young_to_archive' });
  await assert.rejects(
    app.db.inTx(ctx(third), (tx) =>
      tx.query(`select orders.archive_delete($1, $2, $3, now() - interval '5 months', '{}', '{}', '{}', '{}')`, [
        third.id,
        id,
        [ids[0]],
      ]),
    ),
    /last 6 months stay on line/,
  );
  assert.equal((await archiveOrders(env(), ctx(third))).orders, 1, 'the retention is two years');
  assert.equal(await onLine([ids[2] ?? '']), 0);
  const shown = expectStatus(await third.get(`/orders-archive/preview?before=${month(250)}`), 200);
  assert.equal(shown.orders, 1);
  assert.equal((await archiveOrders(env(), ctx(third), { before: month(250) })).orders, 1);
  assert.equal(await onLine(ids), 3);
  await assert.rejects(
    app.db.inTx(ctx(third), (tx) => tx.query('delete from orders.orders where org_id = $1', [third.id])),
    /permission denied/,
  );
});

test('ORD-15 of every table whose rows hang on an order it is decided whether they move', async () => {
  const rows = await app.db.systemTx((tx) =>
    tx.query<{ name: string; moves: boolean }>(
      `select c.table_name as name, exists (select from orders.archive_parts() p where p.name = c.table_name) as moves
         from information_schema.columns c where c.table_schema = 'orders' and c.column_name = 'order_id' order by 1`,
    ),
  );
  assert.deepEqual(
    rows.filter((r) => !r.moves).map((r) => r.name),
    // the archive itself, cases of their own, and what became of money: it may still be on its way
    ['archived', 'claims', 'exceptions', 'external_refunds', 'imported_refunds', 'refund_parts'],
  );
  assert.deepEqual(rows.filter((r) => r.moves).length + 1, Object.keys(PARTS).length, 'and the orders themselves');
  const untold = await app.db.systemTx((tx) =>
    tx.query<{ says: string | null }>(
      'select c.name from orders.archive_parts() p cross join lateral orders.archive_columns(p.name) c where c.says is null',
    ),
  );
  assert.deepEqual(untold, [], 'every column has an exact text');
});

test('ORD-15 what was archived before a migration comes back with its defaults', async () => {
  const shop = await app.org('migrated');
  await openShop(shop, [{ sku: 'A', stock: { W1: 10 } }]);
  const [id = ''] = await copyOrders(app.db, shop.id, (await place(shop)).id, [{ at: YEARS_AGO }]);
  await archiveOrders(env(), ctx(shop));
  const ddl = (sql: string) => app.db.systemTx((tx) => tx.query(sql));
  await ddl(`alter table orders.orders add column later_on text not null default 'as it was'`);
  try {
    assert.equal(expectStatus(await shop.get(`/orders/${id}`), 200).archived, true);
    expectStatus(await shop.post(`/orders/${id}/restore`), 200);
    const [row] = await app.db.systemTx((tx) =>
      tx.query<{ later_on: string }>('select later_on from orders.orders where id = $1', [id]),
    );
    assert.equal(row?.later_on, 'as it was');
    await clean();
  } finally {
    await ddl('alter table orders.orders drop column later_on');
  }
});

test('ORD-15 at night the archive does its work by itself, and says what it did', async () => {
  const shop = await app.org('nightly');
  await openShop(shop, [{ sku: 'A', stock: { W1: 10 } }]);
  const ids = await copyOrders(app.db, shop.id, (await place(shop)).id, [{ at: YEARS_AGO }, { at: YEARS_AGO }]);
  await app.settleDown(); // the first order winds the clock
  assert.equal(await onLine(ids), 2);
  app.clock.pass(24 * 3_600_000);
  for (let i = 0; i < 3; i += 1) await app.settleDown();
  assert.equal(await onLine(ids), 0);
  const { runs, months } = expectStatus(await shop.get('/orders-archive'), 200);
  assert.deepEqual([runs.length, runs[0].state, runs[0].done, runs[0].askedBy.id], [1, 'done', 2, 'system']);
  assert.deepEqual([months[0].month, months[0].orders, months[0].files], ['2023-05', 2, 1]);
  const run = expectStatus(await shop.post('/orders-archive/runs', { kind: 'restore', month: '2023-05' }), 202);
  await app.settleDown();
  assert.equal(await onLine(ids), 2);
  const after = expectStatus(await shop.get('/orders-archive'), 200);
  assert.deepEqual([after.runs[0].id, after.runs[0].state, after.months[0].restored], [run.id, 'done', 2]);
  assert.equal(
    (await shop.post('/orders-archive/runs', { kind: 'restore', month: '2023-05' })).body.code,
    'nothing_archived',
  );
  await clean();
});

test('ORD-15 the shop’s number of an archived order is taken: it is not placed again', async () => {
  const shop = await app.org('numbers');
  await openShop(shop, [{ sku: 'A', stock: { W1: 10 } }]);
  const template = await place(shop);
  const [id = ''] = await copyOrders(app.db, shop.id, template.id, [{ at: YEARS_AGO, over: { external_no: 'TB-1' } }]);
  await archiveOrders(env(), ctx(shop));
  const again = await shop.post('/orders', anOrder({ externalNo: 'TB-1' }));
  assert.deepEqual([again.status, again.body.code, again.body.orderId], [409, 'order_archived', id]);
  expectStatus(await shop.post(`/orders/${id}/restore`), 200);
  assert.equal(expectStatus(await shop.post('/orders', anOrder({ externalNo: 'TB-1' })), 201).id, id);
});
