import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import pg from 'pg';
import { type EmbeddedPg, startEmbeddedPg } from './index.ts';
import { isRunning, whenGone } from './processes.ts';

const QUICK = { fsync: 'off', shared_buffers: '16MB', max_connections: '20' };
const HERE = path.join(import.meta.dirname, 'index.ts');

// A signal ends a process without its exit handlers; so that an interrupted test run leaves no server behind:
process.once('SIGTERM', () => process.exit(143)).once('SIGINT', () => process.exit(130));

/** A data folder in a home that only its owner may enter, as a root log-in has; removed with its database afterwards. */
function privateFolder(t: TestContext): string {
  const home = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-pg-')); // mode 700
  const dataDir = path.join(home, 'data');
  t.after(async () => {
    await (await startEmbeddedPg({ dataDir, settings: QUICK })).discard();
    rmSync(home, { recursive: true, force: true });
  });
  return dataDir;
}

const open = (dataDir: string): Promise<EmbeddedPg> => startEmbeddedPg({ dataDir, settings: QUICK });

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined); // some tests kill the server under it
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Another process that starts or joins the same database, says so, and then waits until it is told to stop or killed. */
async function otherProcess(dataDir: string): Promise<{ child: ChildProcess; pid: number; started: boolean }> {
  const script = `
    const { startEmbeddedPg } = await import(${JSON.stringify(HERE)});
    const db = await startEmbeddedPg({ dataDir: ${JSON.stringify(dataDir)}, settings: ${JSON.stringify(QUICK)} });
    process.on('SIGTERM', () => void db.stop().then(() => process.exit(0)));
    setInterval(() => undefined, 1000);
    console.log(JSON.stringify({ pid: db.pid, started: db.started }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, ...(JSON.parse(line.toString()) as { pid: number; started: boolean }) };
}

async function end(child: ChildProcess, how: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(how);
  await gone;
}

test('it starts in a folder only its owner may enter, keeps its data, and stops', async (t) => {
  const dataDir = privateFolder(t);
  const first = await open(dataDir);
  const [facts] = await ask<Record<string, string>>(
    first.url,
    `select current_database() as db, current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
            current_setting('listen_addresses') as listen, lower('Ä中') as folded,
            (select datlocale from pg_database where datname = current_database()) as locale`,
  );
  assert.deepEqual(facts, {
    db: 'zhanggui',
    encoding: 'UTF8',
    zone: 'UTC',
    listen: '127.0.0.1',
    folded: 'ä中',
    locale: 'C.UTF-8',
  });
  await ask(first.url, 'create table kept as select 42 as n');
  await first.stop();
  assert.equal(isRunning(first.pid), false);
  assert.equal(statSync(path.join(dataDir, 'embedded-pg.json')).mode & 0o777, 0o600, 'the password is nobody else’s');

  const second = await open(dataDir);
  assert.equal(second.url, first.url, 'same port, same password');
  assert.deepEqual(await ask(second.url, 'select n from kept'), [{ n: 42 }]);
  await second.stop();
});

test('a server killed with -9 is started again and loses nothing', async (t) => {
  const dataDir = privateFolder(t);
  const first = await open(dataDir);
  await ask(first.url, 'create table kept as select 42 as n');
  const session = new pg.Client({ connectionString: first.url }); // its backend outlives the postmaster for a moment
  session.on('error', () => undefined);
  await session.connect();
  first.kill9();
  const second = await open(dataDir);
  assert.notEqual(second.pid, first.pid);
  assert.equal(second.started, true);
  assert.deepEqual(await ask(second.url, 'select n from kept'), [{ n: 42 }]);
  await first.stop();
  assert.equal(isRunning(second.pid), true, 'the handle of the killed server must not stop its successor');
  await second.stop();
  assert.equal(isRunning(second.pid), false);
});

test('a leftover postmaster.pid that names another program does not block a start', async (t) => {
  const dataDir = privateFolder(t);
  const first = await open(dataDir);
  await first.stop();
  const { cluster } = JSON.parse(readFileSync(path.join(dataDir, 'embedded-pg.json'), 'utf8')) as { cluster: string };
  writeFileSync(
    path.join(cluster, 'postmaster.pid'),
    `${process.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n\nready   \n`,
  );
  const second = await open(dataDir);
  assert.equal(second.started, true);
  await second.stop();
});

test('two data folders have two servers side by side', async (t) => {
  const [one, two] = await Promise.all([open(privateFolder(t)), open(privateFolder(t))]);
  assert.notEqual(one.port, two.port);
  await ask(one.url, 'create table only_in_one ()');
  await assert.rejects(ask(two.url, 'select from only_in_one'), /does not exist/);
  await Promise.all([one.stop(), two.stop()]);
});

test('starts at the same moment from several processes give one server, which the last user stops', async (t) => {
  const dataDir = privateFolder(t);
  const all = await Promise.all([otherProcess(dataDir), otherProcess(dataDir), otherProcess(dataDir)]);
  assert.equal(new Set(all.map((one) => one.pid)).size, 1);
  assert.equal(all.filter((one) => one.started).length, 1);
  const [first, second, third] = all as [(typeof all)[0], (typeof all)[0], (typeof all)[0]];
  await end(first.child, 'SIGTERM');
  await end(second.child, 'SIGKILL');
  assert.equal(isRunning(third.pid), true);
  await end(third.child, 'SIGTERM');
  assert.equal(await whenGone(third.pid, 5_000), true);
});

test('a server whose owner was killed is joined, and then stopped by the one who joined', async (t) => {
  const dataDir = privateFolder(t);
  const owner = await otherProcess(dataDir);
  await end(owner.child, 'SIGKILL');
  assert.equal(isRunning(owner.pid), true);
  const joined = await open(dataDir);
  assert.equal(joined.started, false);
  assert.equal(joined.pid, owner.pid);
  await joined.stop();
  assert.equal(isRunning(owner.pid), false);
});

test('a lock left by a killed process, a half-made cluster and a lost marker do not block a start', async (t) => {
  const dataDir = privateFolder(t);
  mkdirSync(path.join(dataDir, 'pg.new'), { recursive: true });
  writeFileSync(path.join(dataDir, 'pg.new', 'half'), '');
  writeFileSync(path.join(dataDir, 'embedded-pg.lock'), JSON.stringify({ pid: process.pid, birth: 'an earlier run' }));
  const first = await open(dataDir);
  await first.stop();
});

test('a port that is taken is refused when it was asked for, with the reason', async (t) => {
  const one = await open(privateFolder(t));
  const dataDir = privateFolder(t);
  await assert.rejects(
    startEmbeddedPg({ dataDir, port: one.port, settings: QUICK }),
    /Address already in use|could not bind/,
  );
  await one.stop();
});

test('a data folder whose database is gone is an error, never a silent new database', async (t) => {
  const dataDir = privateFolder(t);
  const first = await open(dataDir);
  await first.stop();
  const marker = path.join(dataDir, 'embedded-pg.json');
  const text = readFileSync(marker, 'utf8');
  writeFileSync(marker, JSON.stringify({ ...(JSON.parse(text) as object), cluster: path.join(dataDir, 'elsewhere') }));
  await assert.rejects(open(dataDir), /is not there/);
  writeFileSync(marker, text);
});
