import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, open, rm, stat } from 'node:fs/promises';
import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Db } from '#kernel/db/index.ts';
import { fileStore, storeFile } from '#kernel/files/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Log } from '#kernel/log.ts';
import { withDuck } from './duck.ts';
import { ArchiveBusy } from './errors.ts';
import { OrdersArchived } from './events.ts';
import { type Part, type Sums, sumsOf, writeParquet } from './parquet.ts';
import { cutOff, type Picked, pickOrders } from './pick.ts';
import { columnsOf, linesOfPart, partsNow } from './store.ts';

export type ArchiveEnv = { db: Db; log: Log };
export type ArchiveOptions = {
  /** The first month (YYYY-MM) that stays; what the retention says when not given. */
  before?: string | undefined;
  /** Orders per file, at most. */
  perFile?: number;
  /** Told after each file. */
  progress?: (done: { month: string; orders: number; files: number }) => Promise<void> | void;
  /** Told when a step is done, before the next begins. */
  step?: (step: 'noted' | 'written' | 'compared' | 'kept' | 'deleted') => Promise<void> | void;
};
export type ArchiveDone = { orders: number; files: number; bytes: number };

const PER_FILE = 2500;
const AT_ONCE = 250;

/** Runs work while no other process archives in the organisation. The lock ends with the process. @throws ArchiveBusy. */
export async function alone<T>(db: Db, orgId: string, work: () => Promise<T>): Promise<T> {
  const client = await db.systemPool.connect();
  const lock = [`orders.archive/${orgId}`];
  let broken = true;
  try {
    const { rows } = await client.query<{ free: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 2)) as free',
      lock,
    );
    broken = false;
    if (!rows[0]?.free) throw new ArchiveBusy();
    try {
      return await work();
    } finally {
      broken = true;
      await client.query('select pg_advisory_unlock(hashtextextended($1, 2))', lock);
      broken = false;
    }
  } finally {
    client.release(broken); // a lock that was not given back ends with its connection
  }
}

/**
 * Moves what has ended long ago to Parquet files, a file at a time: written, synced, read back, compared with the
 * database, and only then taken off line. Whatever is cut off in between is on line still, and done again by the next run.
 * @throws ArchiveBusy, TooYoungToArchive.
 */
export async function archiveOrders(env: ArchiveEnv, ctx: Ctx, options: ArchiveOptions = {}): Promise<ArchiveDone> {
  return alone(env.db, ctx.orgId, async () => {
    // nobody is writing now: what is noted as being written was cut off
    await env.db.inTx(ctx, (tx) =>
      tx.query(`delete from orders.archive_files where org_id = $1 and state = 'writing'`, [tx.orgId]),
    );
    const cut = await env.db.read(ctx, (tx) => cutOff(tx, ctx, options.before));
    const parts = await env.db.read(ctx, partsNow);
    const done: ArchiveDone = { orders: 0, files: 0, bytes: 0 };
    for (let after: string | undefined; ;) {
      const picked = await env.db.read(ctx, (tx) => pickOrders(tx, cut, after, options.perFile ?? PER_FILE));
      if (!picked) return done;
      after = picked.last;
      if (picked.ids.length === 0) continue; // relatives that are not ready
      const bytes = await archiveFile(env, ctx, { picked, parts, before: cut.before }, options.step);
      done.orders += picked.ids.length;
      done.files += 1;
      done.bytes += bytes;
      await options.progress?.({ month: picked.month, orders: done.orders, files: done.files });
    }
  });
}

type Batch = { picked: Picked; parts: readonly Part[]; before: Date };

async function archiveFile(env: ArchiveEnv, ctx: Ctx, batch: Batch, step: ArchiveOptions['step']): Promise<number> {
  const { picked, parts } = batch;
  const id = newId();
  await env.db.inTx(ctx, (tx) =>
    tx.query(
      `insert into orders.archive_files (org_id, id, month, state, orders, columns, created_at) values ($1, $2, $3, 'writing', $4, $5, $6)`,
      [tx.orgId, id, picked.month, picked.ids.length, JSON.stringify(columnsOf(parts)), ctx.now],
    ),
  );
  await step?.('noted');
  const path = await fileStore().incoming();
  const written = parts.map((part) => ({ part, lines: `${path}.${part.name}` }));
  try {
    for (const { part, lines } of written) await writeLines(env, ctx, part, lines, picked.ids);
    const sums = await withDuck(async (duck) => {
      await writeParquet(duck, written, path);
      await sync(path);
      await step?.('written');
      return sumsOf(duck, parts, path);
    });
    await step?.('compared');
    const file = await keep(ctx, path);
    await step?.('kept');
    await takeOffLine(env, ctx, { ...batch, id, sums, file });
    await step?.('deleted');
    return file.size;
  } finally {
    for (const rest of [path, ...written.map((w) => w.lines)]) await rm(rest, { force: true });
  }
}

async function writeLines(env: ArchiveEnv, ctx: Ctx, part: Part, file: string, ids: readonly string[]): Promise<void> {
  await appendFile(file, '', { mode: 0o600 }); // a part may have no rows
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const lines = await env.db.read(ctx, (tx) => linesOfPart(tx, part, ids.slice(at, at + AT_ONCE)));
    if (lines.length > 0) await appendFile(file, `${lines.join('\n')}\n`);
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

type Kept = { sha256: string; size: number };

async function keep(ctx: Ctx, path: string): Promise<Kept> {
  const kept = { sha256: await sha256Of(path), size: (await stat(path)).size };
  await fileStore().keep(ctx.orgId, kept.sha256, path);
  return kept;
}

/** In one transaction: the file becomes one of the organisation's, and the orders it holds are deleted if they are as it has them. */
async function takeOffLine(
  env: ArchiveEnv,
  ctx: Ctx,
  what: Batch & { id: string; sums: Sums; file: Kept },
): Promise<void> {
  const { picked, parts, sums, file } = what;
  assert(sums['orders']?.rows === picked.ids.length, 'the file has every order');
  await env.db.inTx(ctx, async (tx) => {
    const stored = await storeFile(
      tx,
      ctx,
      {
        ...file,
        mediaType: 'application/vnd.apache.parquet',
        kind: 'spreadsheet',
        name: `orders-${picked.month}-${what.id.slice(-8)}.parquet`,
        width: null,
        height: null,
      },
      'orders.archive',
    );
    await tx.query('select orders.archive_delete($1, $2, $3, $4, $5, $6, $7, $8)', [
      tx.orgId,
      what.id,
      picked.ids,
      what.before,
      JSON.stringify(columnsOf(parts)),
      JSON.stringify(sums),
      JSON.stringify({ fileId: stored.id, sha256: file.sha256, bytes: file.size }),
      JSON.stringify(picked.families),
    ]);
    await OrdersArchived.emit(tx, ctx, what.id, {
      month: picked.month,
      orders: picked.ids.length,
      bytes: file.size,
      sha256: file.sha256,
    });
  });
}
