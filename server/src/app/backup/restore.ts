import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { type CopyStreamQuery, from as copyFrom } from 'pg-copy-streams';
import { assert } from '#kernel/assert.ts';
import { fileStore } from '#kernel/files/index.ts';
import type { App } from '../app.ts';
import { type Head, type Manifest, type TableEntry, wholeName } from './manifest.ts';
import { JOBS, ownSequences, ownTables, QUEUE, schemaState, SESSION, TASKS } from './tables.ts';
import { entriesOf, Sums, verify } from './verify.ts';

export type RestoreDone = { tables: number; rows: number; files: number };

// A running server writes these by itself, so they do not make a database one that is in use.
const NEVER_EMPTY = ['identity.log_in_attempts'];
const NUMBERS = 'kernel.number_blocks';
// Loaded into a table beside the real one first: see `merge`.
const MERGED = new Set([TASKS, JOBS, NUMBERS]);
const LOCK_ATTEMPTS_MAX = 5;

/**
 * Loads a backup: everything or nothing. The whole file is verified before anything is changed, and again while it is
 * loaded. The database must have been built by the same migrations and hold no rows, unless `force` replaces them.
 * Uploaded files are put where they belong before the rows are committed.
 * @throws with what is wrong, in words.
 */
export async function restore(app: App, file: string, options: { force: boolean }): Promise<RestoreDone> {
  const client = new pg.Client({
    connectionString: app.databaseUrl,
    application_name: 'zhanggui-restore',
    options: SESSION,
  });
  client.on('error', () => undefined); // the statement that runs says so
  await client.connect();
  try {
    const here = await schemaState(client);
    const { manifest } = await verify(file, app.config.secret, (head) => checkFits(head, here));
    await client.query('begin');
    try {
      await makeRoom(client, manifest, options.force);
      await load(client, file, manifest);
      await settle(client, manifest);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined); // the first error is the one to report
      throw error;
    }
    await client.query('analyze');
    return {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((n, t) => n + t.rows, 0),
      files: manifest.files.length,
    };
  } finally {
    await client.end();
  }
}

function checkFits(head: Head, here: Pick<Head, 'migrations' | 'queueMigration'>): void {
  const list = (of: Head['migrations']): Map<string, string> =>
    new Map(of.map((m) => [`${m.schema}/${m.name}`, m.sha256]));
  const [theirs, ours] = [list(head.migrations), list(here.migrations)];
  const differ = [
    ...[...theirs].filter(([name]) => !ours.has(name)).map(([name]) => `${name} (only in the backup)`),
    ...[...ours].filter(([name]) => !theirs.has(name)).map(([name]) => `${name} (only here)`),
    ...[...ours]
      .filter(([name, sha256]) => theirs.has(name) && theirs.get(name) !== sha256)
      .map(([name]) => `${name} (changed)`),
    ...(head.queueMigration === here.queueMigration
      ? []
      : [`the job queue's (${head.queueMigration} in the backup, ${here.queueMigration} here)`]),
  ];
  if (differ.length > 0) {
    throw new Error(
      `The backup was made by another version, whose migrations differ: ${differ.join(', ')}. Restore it with that version, then upgrade; nothing was changed`,
    );
  }
}

/** Locks every table and empties it. Waits for transactions of a running server; a deadlock with one is tried again. */
async function makeRoom(client: pg.Client, manifest: Manifest, force: boolean): Promise<void> {
  const tables = await ownTables(client);
  const names = tables.map((t) => t.name);
  const known = new Map(tables.map((t) => [t.name, t.columns.join()]));
  assert(
    names.length === manifest.tables.length && manifest.tables.every((t) => known.get(t.name) === t.columns.join()),
    'the same migrations make the same tables',
  );
  for (let attempt = 1; ; attempt += 1) {
    await client.query('savepoint locking');
    try {
      await client.query(`lock table ${names.join(', ')} in access exclusive mode`);
      break;
    } catch (error) {
      if (attempt >= LOCK_ATTEMPTS_MAX || (error as { code?: string }).code !== '40P01') throw error;
      await client.query('rollback to savepoint locking');
    }
  }
  if (!force) await refuseWhenInUse(client, names);
  await client.query(`truncate ${names.filter((n) => !MERGED.has(n) || n === JOBS).join(', ')}`);
}

async function refuseWhenInUse(client: pg.Client, names: string[]): Promise<void> {
  for (const name of names.filter((n) => !n.startsWith(QUEUE) && !NEVER_EMPTY.includes(n))) {
    const { rows } = await client.query(`select from ${name} limit 1`);
    if (rows.length > 0)
      throw new Error(
        `The database is not empty: ${name} has rows. --force replaces everything in it; nothing was changed`,
      );
  }
}

async function load(client: pg.Client, file: string, manifest: Manifest): Promise<void> {
  const tables = new Map(manifest.tables.map((t) => [t.name, t]));
  const files = new Set(manifest.files.map((f) => f.name));
  const sums = new Sums();
  let open: { name: string; sink: Sink } | undefined;
  try {
    for await (const { name: part, content } of entriesOf(file)) {
      const name = wholeName(part);
      if (open?.name !== name) {
        await open?.sink.end();
        open = undefined;
        const table = tables.get(name);
        if (table) open = { name, sink: await tableSink(client, table) };
        else if (files.has(name)) open = { name, sink: await fileSink(name) };
        else continue; // head and manifest
      }
      sums.add(name, content);
      await open.sink.write(content);
    }
    await open?.sink.end();
  } catch (error) {
    open?.sink.abort(error as Error);
    throw error;
  }
  sums.check(manifest); // the file may have been changed since it was verified
}

type Sink = { write(content: Buffer): Promise<void>; end(): Promise<void>; abort(error: Error): void };

function sinkOf(stream: WriteStream | CopyStreamQuery, done: () => Promise<void>): Sink {
  const closed = finished(stream, { readable: false });
  closed.catch(() => undefined); // awaited by `end`, or `write` reports it
  return {
    write: (content) =>
      new Promise((resolve, reject) => void stream.write(content, (error) => (error ? reject(error) : resolve()))),
    end: async () => {
      stream.end();
      await closed;
      await done();
    },
    abort: (error) => void stream.destroy(error),
  };
}

async function tableSink(client: pg.Client, { name, columns, rows }: TableEntry): Promise<Sink> {
  const target = MERGED.has(name) ? `pg_temp.${beside(name)}` : name;
  if (MERGED.has(name))
    await client.query(
      `create temporary table ${beside(name)} on commit drop as select ${columns.join(', ')} from ${name} with no data`,
    );
  const copy = client.query(copyFrom(`copy ${target} (${columns.join(', ')}) from stdin`));
  return sinkOf(copy, async () => {
    assert(copy.rowCount === rows, `${name} has as many rows as were written`);
    await merge(client, name, columns);
  });
}

const beside = (name: string): string => `restored_${name.slice(name.indexOf('.') + 1)}`;

/**
 * Servers that run meanwhile keep in memory which number a kind of job has and which block of order numbers is theirs:
 * kinds of jobs keep the numbers they have here, and numbering goes on above whatever either side has given out. Nobody
 * works on the restored jobs, whoever held them when the backup was made.
 */
async function merge(client: pg.Client, name: string, columns: string[]): Promise<void> {
  const from = `pg_temp.${beside(name)}`;
  if (name === NUMBERS) {
    await client.query(
      `update ${from} r set next = greatest(r.next, n.next) from ${NUMBERS} n where (n.org_id, n.kind) = (r.org_id, r.kind)`,
    );
    await client.query(`delete from ${NUMBERS}`);
    await client.query(`insert into ${NUMBERS} (${columns.join(', ')}) select ${columns.join(', ')} from ${from}`);
  }
  if (name === TASKS)
    await client.query(
      `insert into ${TASKS} (identifier) select identifier from ${from} order by id on conflict do nothing`,
    );
  if (name !== JOBS) return;
  const value = (column: string): string => {
    if (column === 'task_id') return 'now_.id';
    return column === 'locked_at' || column === 'locked_by' ? 'null' : `j.${column}`;
  };
  await client.query(
    `insert into ${JOBS} (${columns.join(', ')}) overriding system value select ${columns.map(value).join(', ')}
       from ${from} j join pg_temp.${beside(TASKS)} was on was.id = j.task_id join ${TASKS} now_ on now_.identifier = was.identifier`,
  );
}

async function fileSink(name: string): Promise<Sink> {
  const [, orgId = '', sha256 = ''] = name.split('/');
  const path = await fileStore().incoming();
  // a transaction that is rolled back leaves bytes without rows: the daily sweep removes them
  return sinkOf(createWriteStream(path, { mode: 0o600, flags: 'wx' }), () => fileStore().keep(orgId, sha256, path));
}

/** Sequences go on behind whatever was used on either side, new events come after all old ones. */
async function settle(client: pg.Client, manifest: Manifest): Promise<void> {
  const here = new Map((await ownSequences(client)).map((s) => [s.name, BigInt(s.value)]));
  for (const { name, value } of manifest.sequences) {
    if ((here.get(name) ?? 0n) < BigInt(value))
      await client.query('select setval($1::text::regclass, $2::text::bigint)', [name, value]);
  }
  await client.query(
    `update ${QUEUE}._private_job_queues set locked_at = null, locked_by = null where locked_at is not null`,
  );
  await client.query(
    'select kernel.set_xid_offset(greatest(0, $1::text::bigint - pg_snapshot_xmin(pg_current_snapshot())::text::bigint))',
    [manifest.eventsBelow],
  );
}
