import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import pg from 'pg';
import { z } from 'zod';
import { systemCtx } from '#kernel/context.ts';
import { one } from '#kernel/db/index.ts';
import { useFieldCrypto } from '#kernel/crypto/index.ts';
import { openFile, storeFile, takeFile, DiskFileStore, useFileStore } from '#kernel/files/index.ts';
import { sealEvents, verifyAudit } from '#kernel/audit/index.ts';
import { defineEvent, type StoredEvent } from '#kernel/outbox/index.ts';
import { defineSubscriber, drainSubscribers } from '#kernel/outbox/subscribers.ts';
import { type FreshDatabase, freshDatabase } from '#kernel/testing/database.ts';
import { testApp, type TestApp } from '../../../test/support/app.ts';
import { anOrder, expectStatus, openShop, orderOf, pay, place, stockOf } from '../../../test/support/shop.ts';
import { backup, restore } from './index.ts';
import { Head } from './manifest.ts';
import { ownTables } from './tables.ts';

const Noted = defineEvent('backup_test.noted.v1', z.object({ n: z.int() }));

const LICENCE = path.resolve(import.meta.dirname, '../../../../LICENSE'); // any text

let folder: string;
let from: TestApp;
let file: string;

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhanggui-backup-'));
  file = path.join(folder, 'all.backup');
  from = await testApp();
});
after(async () => {
  await from.close();
  await rm(folder, { recursive: true, force: true });
});

/** Every row of every table, as text. Positions of the queue's rows may differ, and nothing else. */
async function contents(url: string): Promise<Map<string, string[]>> {
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  try {
    const all = new Map<string, string[]>();
    for (const { name } of await ownTables(client)) {
      if (name.startsWith('graphile_worker.') || name === 'identity.log_in_attempts') continue;
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t order by 1`);
      all.set(
        name,
        rows.map((r) => r.row),
      );
    }
    return all;
  } finally {
    await client.end();
  }
}

const jobsOf = (app: TestApp): Promise<{ key: string; identifier: string; payload: unknown }[]> =>
  app.db.systemTx((tx) =>
    tx.query(
      `select j.key, t.identifier, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id order by 1, 2, 3::text`,
    ),
  );

/** Keys and files are the process's: of the product that was opened last, unless told. */
function use({ app }: TestApp): void {
  useFieldCrypto({ db: app.db, secret: app.config.secret });
  useFileStore(new DiskFileStore(app.config.dataDir));
}

const restoreInto = async (app: TestApp, options = { force: false }): Promise<Awaited<ReturnType<typeof restore>>> => {
  use(app);
  return restore(app.app, file, options);
};

const backupOf = async (app: TestApp, to = file): Promise<Awaited<ReturnType<typeof backup>>> => {
  use(app);
  return backup(app.app, to);
};

/** The raw stream with one byte changed, compressed again: what a bad disk under a good archive looks like. */
async function damaged(change: (raw: Buffer) => void): Promise<string> {
  const raw = gunzipSync(await readFile(file));
  change(raw);
  const bad = path.join(folder, 'bad.backup');
  await writeFile(bad, gzipSync(raw));
  return bad;
}

test('PLT-4 a backup restored into an empty database is the same shop, to the row, and lives on', async () => {
  use(from);
  const shop = await from.org();
  await openShop(shop);
  const paid = await place(shop, { lines: [{ sku: 'A', quantity: 3 }] });
  await pay(shop, paid.id);
  const unpaid = await place(shop);
  await from.settleDown();
  const ctx = systemCtx(shop.id, from.clock.now());
  use(from);
  const taken = await takeFile(ctx, {
    source: createReadStream(LICENCE),
    name: 'notes.txt',
    maxBytes: 1e6,
    accept: ['text'],
  });
  const stored = await from.db.inTx(ctx, (tx) => storeFile(tx, ctx, taken, 'evidence'));

  const done = await backupOf(from);
  assert.equal(done.files, 1);
  assert.equal(done.missing, 0);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  assert.deepEqual((await readdir(folder)).toSorted(), ['all.backup']);

  const to = await testApp({ clock: from.clock });
  try {
    const back = await restoreInto(to);
    assert.deepEqual(back, { tables: done.tables, rows: done.rows, files: done.files });
    assert.deepEqual(await contents(to.database.url), await contents(from.database.url));
    assert.deepEqual(await jobsOf(to), await jobsOf(from));
    assert.deepEqual(await to.faults(), []);

    const again = to.bearing(shop.key);
    assert.equal((await orderOf(again, paid.id)).status, (await orderOf(shop, paid.id)).status);
    const opened = await to.db.read(ctx, (tx) => openFile(tx, ctx, stored.id));
    const bytes: Buffer[] = [];
    for await (const piece of await opened.stream()) bytes.push(piece as Buffer);
    assert.deepEqual(Buffer.concat(bytes), await readFile(LICENCE));

    await pay(again, unpaid.id);
    const fresh = await place(again);
    assert.notEqual(fresh.orderNo, unpaid.orderNo);
    await to.settleDown();
    assert.equal((await orderOf(again, unpaid.id)).status, (await orderOf(again, paid.id)).status);
    assert.deepEqual(await to.faults(), []);
  } finally {
    await to.close();
  }
});

test('PLT-4 events are handled exactly once across a restore, into a server that has counted fewer transactions', async () => {
  use(from);
  const shop = await from.org('events');
  const emit = (app: TestApp, n: number): Promise<void> =>
    app.db.inTx({ orgId: shop.id }, (tx) => Noted.emit(tx, systemCtx(shop.id), 'subject', { n }));
  const handled: number[] = [];
  const counting = defineSubscriber({
    name: 'backup_test.count',
    types: [Noted.type],
    run: async (_tx, _ctx, events: StoredEvent[]) =>
      void handled.push(...events.map((e) => Noted.data.parse(e.data).n)),
  });
  await emit(from, 1);
  await emit(from, 2);
  await drainSubscribers(from.db, shop.id, [counting, sealEvents]);
  // what an old server's numbers look like from a young one: far in the future
  await from.db.systemTx((tx) => tx.query('select kernel.set_xid_offset(5000000000)'));
  await emit(from, 3);
  await drainSubscribers(from.db, shop.id, [counting]);
  await emit(from, 4);
  await emit(from, 5);
  assert.deepEqual(handled, [1, 2, 3]);
  await backupOf(from);

  const to = await testApp();
  try {
    await restoreInto(to);
    handled.length = 0;
    await drainSubscribers(to.db, shop.id, [counting]);
    assert.deepEqual(handled, [4, 5], 'those not handled when the backup was made, and no other');
    await emit(to, 6);
    await drainSubscribers(to.db, shop.id, [counting, sealEvents]);
    await drainSubscribers(to.db, shop.id, [counting, sealEvents]);
    assert.deepEqual(handled, [4, 5, 6]);
    const verdict = await to.db.read({ orgId: shop.id }, (tx) => verifyAudit(tx));
    assert.equal(verdict.ok, true, JSON.stringify(verdict));
    const [order] = await to.db.read({ orgId: shop.id }, (tx) =>
      tx.query<{ ns: number[] }>(
        `select array_agg((data ->> 'n')::int order by xid, seq) as ns from kernel.outbox where type = $1`,
        [Noted.type],
      ),
    );
    assert.deepEqual(order?.ns, [1, 2, 3, 4, 5, 6]);

    // and on to the next: a restored shop is backed up and restored like any other
    const second = path.join(folder, 'second.backup');
    await backupOf(to, second);
    const third = await testApp();
    try {
      use(third);
      await restore(third.app, second, { force: false });
      await emit(third, 7);
      await drainSubscribers(third.db, shop.id, [counting, sealEvents]);
      assert.deepEqual(handled, [4, 5, 6, 7]);
      assert.equal((await third.db.read({ orgId: shop.id }, (tx) => verifyAudit(tx))).ok, true);
    } finally {
      await third.close();
    }
  } finally {
    await to.close();
  }
});

test('PLT-4 a server that runs while its database is replaced goes on with the restored one', async () => {
  use(from);
  const shop = await from.org('running');
  await openShop(shop);
  const kept = await place(shop, { lines: [{ sku: 'A', quantity: 2 }] });
  await from.settleDown();
  await backupOf(from);
  const lost = await place(shop);
  await pay(shop, kept.id);
  assert.equal((await stockOf(shop, 'A')).reserved, 3);
  await restoreInto(from, { force: true });
  assert.equal((await shop.get(`/orders/${lost.id}`)).status, 404);
  assert.equal((await orderOf(shop, kept.id)).status, 'pending_payment');
  assert.equal((await stockOf(shop, 'A')).reserved, 2);
  // numbers given out since the backup are not given out again
  const next = await place(shop);
  assert.ok(next.orderNo > lost.orderNo, `${next.orderNo} after ${lost.orderNo}`);
  await pay(shop, kept.id);
  await from.settleDown();
  assert.deepEqual(await from.faults(), []);
});

test('PLT-4 a snapshot is one moment: orders placed meanwhile are in it whole or not at all', async () => {
  use(from);
  const shop = await from.org('busy');
  await openShop(shop, [{ sku: 'A', stock: { W1: 1000 } }]);
  let going = true;
  const buying = (async () => {
    while (going) expectStatus(await shop.post('/orders', anOrder()), 201);
  })();
  try {
    for (let i = 0; i < 3; i += 1) await backupOf(from);
  } finally {
    going = false;
    await buying;
  }
  const to = await testApp({ clock: from.clock });
  try {
    await restoreInto(to);
    assert.deepEqual(await to.faults(), []);
    const stock = await stockOf(to.bearing(shop.key), 'A');
    const orders = one(
      await to.db.read({ orgId: shop.id }, (tx) => tx.query<{ n: number }>('select count(*) as n from orders.orders')),
    );
    assert.equal(stock.reserved, orders.n);
  } finally {
    await to.close();
  }
});

test('PLT-4 what does not fit is refused in words, and nothing is changed', async () => {
  await backupOf(from);
  const database: FreshDatabase = await freshDatabase();
  const to = await testApp({ database });
  try {
    const refused = async (bad: string, says: RegExp, secret?: string): Promise<void> => {
      const app = secret === undefined ? to.app : { ...to.app, config: { ...to.app.config, secret } };
      const was = await contents(database.url);
      await assert.rejects(restore(app, bad, { force: true }), says);
      assert.deepEqual(await contents(database.url), was);
    };
    await to.org('mine');
    await assert.rejects(restore(to.app, file, { force: false }), /not empty: .+ has rows/);
    await refused(file, /another ZHANGGUI_SECRET/, 'not the secret it was made with');
    await refused(path.join(folder, 'none'), /ENOENT/);
    await refused(import.meta.filename, /backup\.test\.ts: incorrect header check/);

    const short = path.join(folder, 'short.backup');
    const whole = await readFile(file);
    await writeFile(short, whole.subarray(0, whole.length - 2000));
    await refused(short, /short\.backup: unexpected end of file/);
    const flipped = Buffer.from(whole);
    flipped[whole.length >> 1] = (flipped[whole.length >> 1] as number) ^ 1;
    await writeFile(short, flipped);
    await refused(short, /short\.backup/);
    const inside =
      (name: string): ((raw: Buffer) => void) =>
      (raw) => {
        const at = raw.lastIndexOf(name) + 512 + 5;
        raw[at] = raw[at] === 48 ? 49 : 48; // another digit, whatever stood there
      };
    await refused(await damaged(inside('kernel.orgs/00000')), /damaged: kernel\.orgs/);
    await refused(await damaged(inside('manifest.json')), /table of contents was changed/);

    const older = await damaged((raw) => {
      const at = raw.indexOf('0001-orders.sql');
      raw.write('0009', at);
    });
    await refused(older, /another version.+0009-orders\.sql \(only in the backup\).+0001-orders\.sql \(only here\)/);
    await to.db.systemTx((tx) => tx.query(`delete from kernel.migrations where name = '0002-find.sql'`));
    await refused(file, /0002-find\.sql \(only in the backup\)/);
  } finally {
    await to.close();
  }
});

test('PLT-4 a restore that fails half-way leaves the database as it was', async () => {
  await backupOf(from);
  const to = await testApp();
  try {
    await openShop(await to.org('mine'));
    await to.settleDown();
    // a rule only this database has: the last rows of the backup break it
    await to.db.systemTx((tx) =>
      tx.query(`alter table orders.lines add constraint none_here check (org_id is null) not valid`),
    );
    const was = await contents(to.database.url);
    await assert.rejects(restoreInto(to, { force: true }), /none_here/);
    assert.deepEqual(await contents(to.database.url), was);
  } finally {
    await to.close();
  }
});

test('PLT-4 a backup that cannot be finished leaves no file behind', async () => {
  const app = { ...from.app, databaseUrl: from.app.databaseUrl.replace(/\/[^/]+$/, '/no_such_database') };
  await assert.rejects(backup(app, path.join(folder, 'x.backup')), /does not exist/);
  await assert.rejects(backup(from.app, path.join(folder, 'no/such/folder/x.backup')), /ENOENT/);
  assert.ok(!(await readdir(folder)).some((name) => name.startsWith('x.backup')));
});

test('PLT-4 the bytes of a lost upload are missed, and the backup is made', async () => {
  use(from);
  const shop = await from.org('loser');
  const ctx = systemCtx(shop.id, from.clock.now());
  use(from);
  const taken = await takeFile(ctx, {
    source: createReadStream(LICENCE),
    name: 'lost.txt',
    maxBytes: 1e6,
    accept: ['text'],
  });
  await from.db.inTx(ctx, (tx) => storeFile(tx, ctx, taken, 'evidence'));
  await rm(path.join(from.app.config.dataDir, 'files', shop.id), { recursive: true });
  const done = await backupOf(from);
  assert.equal(done.missing, 1);
  assert.match(from.logged.at(-1) ?? '', /bytes of an uploaded file are lost/);
});

test('the first entry of a backup can be read without the secret, and does not tell it', async () => {
  const raw = gunzipSync(await readFile(file));
  const head = Head.parse(
    JSON.parse(raw.toString('utf8', 512, 512 + Number.parseInt(raw.toString('latin1', 124, 135), 8))),
  );
  assert.equal(head.secret.length, 16);
  assert.ok(!raw.includes(from.app.config.secret));
});
