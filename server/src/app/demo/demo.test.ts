import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { silentLog } from '#kernel/log.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import { findShop, listShops } from '#modules/catalog/index.ts';
import { createApiKey, findOrg } from '#modules/identity/index.ts';
import { openApp } from '../app.ts';
import { doctor } from '../doctor.ts';
import { serve } from '../serve.ts';
import { Client, Tally } from '../simulate/client.ts';
import { generate } from '../simulate/generate.ts';
import { createDemo } from './index.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'zhanggui-demo-'));
const database = await freshDatabase();
const app = await openApp(
  {
    port: 0,
    host: '127.0.0.1',
    dataDir,
    databaseUrl: database.url,
    demo: false,
    secret: 'a secret for these tests only',
    redisUrl: undefined,
    logLevel: 'silent',
    publicUrl: undefined,
    smtp: undefined,
    trustedProxies: [],
    channelUrls: { wechat: undefined, alipay: undefined },
  },
  { log: silentLog, migrations: false },
);
after(async () => {
  await app.close();
  await database[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});
const sound = async (): Promise<unknown[]> => (await doctor(app.db)).filter((f) => f.faults.length > 0);

test('the demo organisation has people, goods with pictures, stock, and two thousand orders in every state, and every invariant holds', async () => {
  const now = new Date();
  const logIns = await createDemo(app, now);
  assert.ok(logIns.length >= 8 && new Set(logIns.map((l) => l.password)).size === logIns.length);
  const one = async (sql: string): Promise<number> =>
    (await app.db.systemTx((tx) => tx.query<{ n: number }>(`select (${sql})::int as n`)))[0]?.n ?? -1;
  assert.equal(await one('select count(*) from catalog.products where picture_id is not null'), 200);
  assert.equal(await one('select count(*) from inventory.warehouses'), 3);
  assert.ok((await one('select count(*) from orders.orders')) >= 1990);
  const states = await app.db.systemTx((tx) =>
    tx.query<{ status: string }>('select distinct status from orders.orders order by 1'),
  );
  assert.deepEqual(
    states.map((s) => s.status),
    ['cancelled', 'completed', 'delivered', 'paid', 'pending_payment', 'shipped'],
  );
  assert.ok((await one(`select count(*) from orders.orders where holds <> '{}'`)) >= 5);
  assert.ok((await one('select count(*) from orders.orders where refunded_amount > 0')) >= 20);
  assert.equal(
    await one(`select count(*) from orders.orders where created_at > now() or created_at < now() - interval '62 days'`),
    0,
  );
  assert.equal(
    await one(
      `select count(*) from orders.orders o where abs(extract(epoch from o.created_at) * 1000 - ('x' || substr(replace(o.id::text, '-', ''), 1, 12))::bit(48)::bigint) > 60000`,
    ),
    0,
  ); // lists sort by when it happened
  assert.equal(await one('select count(distinct kind) from promotions.offers'), 8);
  assert.equal(await one('select count(distinct state) from promotions.offers'), 4);
  assert.equal(await one('select count(*) from promotions.coupons'), 200);
  assert.deepEqual(await sound(), []);
  const org = await findOrg(app.db, 'demo');
  const shops = await app.db.read({ orgId: org?.id ?? '' }, (tx) => listShops(tx, null, 10, null));
  assert.ok(
    shops.length === 2 && (await app.db.read(systemCtx(org?.id ?? ''), (tx) => findShop(tx, { code: 'main' }))),
  );
});

test('a simulation lives a few orders through the API, with mistakes, repeats and cancellations, and every invariant holds', async () => {
  const serving = await serve(app);
  try {
    const tally = new Tally();
    const key = await createApiKey(app.db, { org: 'demo', name: 'simulate', scopes: ['all'] });
    await generate(new Client(serving.url, key, tally), { rate: 20, durationS: 3, seed: 7 });
    assert.equal(
      tally.get('failed') +
        tally.get('serverErrors') +
        tally.get('repeatsNotRecognised') +
        tally.get('wrongAddressesTaken') +
        tally.get('duplicatesNotSeen'),
      0,
      JSON.stringify(tally),
    );
    for (const what of [
      'placed',
      'payments',
      'parcels',
      'delivered',
      'completed',
      'wrongAddressesRefused',
      'repeatsAnsweredTheSame',
      'cancelled',
      'leftUnpaid',
    ])
      assert.ok(tally.get(what) > 0, `${what}: ${JSON.stringify(tally)}`);
    assert.deepEqual(await sound(), []);
  } finally {
    await serving.stop();
  }
});
