import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Db } from '#kernel/db/index.ts';
import { runJobsOnce } from '#kernel/jobs/index.ts';
import { silentLog } from '#kernel/log.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import { rescueTransfers } from '#kernel/transfers/index.ts';
import { openApp } from '../app.ts';
import { doctor } from '../doctor.ts';
import { allJobs } from '../wiring.ts';

const CLI = join(import.meta.dirname, '../cli.ts');
const dataDir = mkdtempSync(join(tmpdir(), 'zhanggui-cli-'));
const database = await freshDatabase();
const db = new Db({ url: database.url });
const SECRET = 'a secret for these tests only';
const env = {
  ...process.env,
  ZHANGGUI_DATA: dataDir,
  DATABASE_URL: database.url,
  ZHANGGUI_SECRET: SECRET,
  LOG_LEVEL: 'error',
  NODE_TEST_CONTEXT: '',
};
after(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = (args: string[]): ChildProcess =>
  spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
async function run(args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = start(args);
  let [out, err] = ['', ''];
  child.stdout?.on('data', (c) => (out += String(c)));
  child.stderr?.on('data', (c) => (err += String(c)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

const ORDERS = 4000;
const csv = join(dataDir, 'orders.csv');
const map = join(dataDir, 'map.json');
const head = 'order_no,shop,placed_at,ship_name,ship_phone,address,sku,quantity,unit_price\n';
writeFileSync(
  csv,
  head +
    Array.from(
      { length: ORDERS },
      (_, n) =>
        `K${n},k,2025-01-01 10:00:00,王小明,1380013${String(n).padStart(4, '0')},体育西路 1 号,S${n % 50},${1 + (n % 3)},9.90\nK${n},k,2025-01-01 10:00:00,王小明,1380013${String(n).padStart(4, '0')},体育西路 1 号,S${(n + 7) % 50},1,19.90\n`,
    ).join(''),
);
writeFileSync(map, JSON.stringify({ historical: true, products: { create: true, category: '导入' } }));

test('PLT-2 an import killed with -9 in its middle is finished by the next process, nothing twice, nothing left out', async () => {
  assert.equal((await run(['org', 'create', '--code', 'kill', '--name', 'Kill'])).code, 0);
  const child = start(['import', 'orders', csv, '--org', 'kill', '--map', map, '--create-shop', 'k:K:CNY']);
  const ended = once(child, 'close');
  const taken = async (): Promise<{ org_id: string; id: string; position: number; state: string } | undefined> =>
    (
      await db.systemTx((tx) =>
        tx.query<{ org_id: string; id: string; position: number; state: string }>(
          'select org_id, id, position, state from kernel.transfers',
        ),
      )
    )[0];
  while (((await taken())?.position ?? 0) === 0) await wait(5);
  child.kill('SIGKILL');
  await ended;
  const dead = await taken();
  assert.equal(dead?.state, 'running');
  assert.ok(dead.position > 0 && dead.position < ORDERS, `killed after ${dead.position} orders`);
  const count = async (): Promise<number> =>
    (await db.systemTx((tx) => tx.query<{ n: number }>('select count(*)::int as n from orders.orders')))[0]?.n ?? -1;
  assert.equal(await count(), dead.position);
  await db.systemTx((tx) => tx.query(`update kernel.transfers set heartbeat_at = now() - interval '1 minute'`)); // time passes
  const app = await openApp(
    {
      port: 0,
      host: '127.0.0.1',
      dataDir,
      databaseUrl: database.url,
      demo: false,
      secret: SECRET,
      redisUrl: undefined,
      logLevel: 'silent',
      publicUrl: undefined,
      smtp: undefined,
      trustedProxies: [],
      channelUrls: { wechat: undefined, alipay: undefined },
    },
    { log: silentLog, migrations: false },
  );
  try {
    assert.equal(await rescueTransfers(app.db, new Date()), 1);
    await runJobsOnce({ db: app.db, log: silentLog }, allJobs);
    const [row] = await db.systemTx((tx) =>
      tx.query<Record<string, unknown>>('select state, done, failed, skipped, counts from kernel.transfers'),
    );
    assert.deepEqual(row, {
      state: 'done',
      done: ORDERS * 2,
      failed: 0,
      skipped: 0,
      counts: { orders: ORDERS, orderLines: ORDERS * 2, ordersAlreadyThere: 0, refunds: 0, refundLines: 0 },
    });
    assert.equal(await count(), ORDERS);
    assert.deepEqual(
      (await doctor(app.db)).filter((f) => f.faults.length > 0),
      [],
    );
  } finally {
    await app.close();
  }
});

test('PLT-3 import and export from the command line: a summary on standard output, progress beside it, exit codes', async () => {
  const again = await run(['import', 'orders', csv, '--org', 'kill', '--map', map]);
  assert.equal(again.code, 0);
  const says = JSON.parse(again.out) as Record<string, number>;
  assert.deepEqual([says['done'], says['skipped'], says['failed']], [0, ORDERS * 2, 0]);
  assert.match(again.err, /import orders .*100 %/);
  const out = join(dataDir, 'out.csv');
  const exported = await run(['export', 'products', '--org', 'kill', '--out', out]);
  assert.deepEqual([exported.code, (JSON.parse(exported.out) as { done: number }).done], [0, 50]);
  const wrong = await run(['import', 'stock', csv, '--org', 'kill']);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /columns_missing/);
});
