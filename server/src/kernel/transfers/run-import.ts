import type { Readable } from 'node:stream';
import { assert, present } from '../assert.ts';
import type { Ctx } from '../context.ts';
import { type Db, sqlState, type Tx } from '../db/index.ts';
import { DomainError } from '../errors.ts';
import { fileStore } from '../files/index.ts';
import { newId } from '../ids.ts';
import type { JobEnv } from '../jobs/index.ts';
import { type ImportKind, IMPORTS, type Outcome, type Run, type Session, type TableRow, type Unit } from './define.ts';
import { TableUnreadable } from './errors.ts';
import { TransferFinished } from './events.ts';
import { readHeader } from './header.ts';
import {
  actingCtx,
  beat,
  claimTransfer,
  endTransfer,
  type Ending,
  insertRejects,
  type Progress,
  releaseTransfer,
  saveProgress,
  tookEffect,
  type TransferRow,
} from './store.ts';
import { readTable, type TableFormat } from './table.ts';

const UNITS_MAX = 500;
const ROWS_MAX = 4000; // of one transaction: it commits, and so reports, well within a second
const ATOMIC_ROWS_MAX = 200_000;
const BEAT_MS = 1000;
const UNIQUE_VIOLATION = '23505';

/** Thrown through a transaction so that what a dry run did is undone. */
class DryRun extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super('dry run');
    this.outcome = outcome;
  }
}
/** Cancelled, taken over by another process, or this process is stopping: nothing more may be written. */
class Stopped extends Error {}

let stopping = false;
/** Has running transfers lay their work down after the transaction at hand; another process, or the next start, goes on. */
export function stopTransfers(): void {
  stopping = true;
}
/** Transfers may run in this process again. */
export function allowTransfers(): void {
  stopping = false;
}

export type Watcher = (row: TransferRow) => void;
type Job = {
  env: JobEnv;
  ctx: Ctx;
  row: TransferRow;
  lease: string;
  kind: ImportKind;
  session: Session<unknown>;
  progress: Progress;
  watch: Watcher;
};

/**
 * Works an import until it ends, or until this process stops. Progress is recorded in the transactions of the work, so
 * whoever goes on after a crash starts exactly behind the last row taken. Returns at once when another process is at it.
 */
export async function runImport(
  env: JobEnv,
  orgId: string,
  transferId: string,
  watch: Watcher = () => undefined,
): Promise<void> {
  const lease = newId();
  const row = await env.db.inTx({ orgId }, (tx) => claimTransfer(tx, transferId, lease, new Date()));
  if (!row) return;
  const ctx = actingCtx(orgId, row, new Date());
  const pulse = setInterval(
    () => void env.db.inTx({ orgId }, (tx) => beat(tx, row.id, lease)).catch(() => undefined),
    BEAT_MS * 5,
  );
  try {
    await work(env, ctx, row, lease, watch);
  } catch (error) {
    if (error instanceof DomainError)
      await end(env.db, ctx, row.id, lease, {
        state: 'failed',
        at: new Date(),
        problem: { code: error.code, facts: { ...error.facts, errors: error.errors } },
      });
    else {
      await env.db.inTx(ctx, (tx) => releaseTransfer(tx, row.id, lease));
      if (!(error instanceof Stopped)) throw error;
    }
  } finally {
    clearInterval(pulse);
  }
}

async function work(env: JobEnv, ctx: Ctx, row: TransferRow, lease: string, watch: Watcher): Promise<void> {
  const kind = IMPORTS.get(row.kind) as ImportKind;
  assert(kind !== undefined && row.sha256 !== null, `the import ${row.kind} is declared and has its file`);
  const rows = counted(readTable(await open(ctx, row), row.format as TableFormat));
  const header = await readHeader(rows, kind);
  if (!header) throw new TableUnreadable({ reason: 'the file is empty' });
  const run: Run<unknown> = {
    db: env.db,
    log: env.log,
    ctx,
    transferId: row.id,
    options: kind.options.parse(row.options),
    dryRun: row.dry_run,
    sha256: row.sha256.toString('hex'),
  };
  const session = (await kind.open(run, header)) as Session<unknown>;
  const { position, done, failed, skipped, counts, total } = row;
  const job: Job = {
    env,
    ctx,
    row,
    lease,
    kind,
    session,
    progress: { position, done, failed, skipped, counts, total },
    watch,
  };
  if (kind.atomic) await workAtomic(job, rows);
  else await workInChunks(job, rows);
}

const open = async (ctx: Ctx, row: TransferRow): Promise<Readable> =>
  present(
    await fileStore().read(ctx.orgId, (row.sha256 as Buffer).toString('hex')),
    'the bytes of an import are kept while it runs',
  );

async function* counted(rows: AsyncIterable<TableRow>): AsyncGenerator<TableRow> {
  yield* rows;
}

type Chunk = { units: unknown[]; rows: number; first: number };

/** Units in transactions' worth, each numbered by its first unit. */
async function* chunks(units: AsyncIterable<Unit<unknown>>, unitsMax: number, from: number): AsyncGenerator<Chunk> {
  let chunk: Chunk = { units: [], rows: 0, first: from };
  let n = 0;
  for await (const { unit, rows } of units) {
    n += 1;
    if (n <= from) continue; // taken before this process began
    chunk.units.push(unit);
    chunk.rows += rows;
    if (chunk.units.length >= unitsMax || chunk.rows >= ROWS_MAX) {
      yield chunk;
      chunk = { units: [], rows: 0, first: n };
    }
  }
  if (chunk.units.length > 0) yield chunk;
}

async function workInChunks(job: Job, rows: AsyncIterable<TableRow>): Promise<void> {
  const source = chunks(job.session.units(rows), job.kind.unitsMax ?? UNITS_MAX, job.progress.position);
  let next = source.next();
  for (;;) {
    const { value: chunk, done } = await next;
    if (done) break;
    next = source.next(); // the file is read on while the database works
    next.catch(() => undefined); // looked at in the next round
    job.progress = await take(job, chunk);
    job.watch({ ...job.row, ...job.progress, state: 'running' });
    if (stopping) throw new Stopped();
  }
  await end(
    job.env.db,
    job.ctx,
    job.row.id,
    job.lease,
    { state: 'done', at: new Date() },
    { ...job.progress, total: job.progress.done + job.progress.failed + job.progress.skipped },
  );
}

function advanced(p: Progress, chunk: Chunk, outcome: Outcome): Progress {
  const failed = new Set(outcome.rejects.map((r) => r.line)).size;
  const counts = { ...p.counts };
  for (const [name, n] of Object.entries(outcome.counts ?? {})) counts[name] = (counts[name] ?? 0) + n;
  const seen = p.done + p.failed + p.skipped + chunk.rows;
  return {
    position: chunk.first + chunk.units.length,
    counts,
    failed: p.failed + failed,
    skipped: p.skipped + outcome.skipped,
    done: p.done + chunk.rows - failed - outcome.skipped,
    total: p.total === null ? null : Math.max(p.total, seen),
  };
}

async function record(tx: Tx, job: Job, chunk: Chunk, outcome: Outcome): Promise<Progress> {
  const progress = advanced(job.progress, chunk, outcome);
  await insertRejects(tx, job.row.id, outcome.rejects);
  if (!(await saveProgress(tx, job.row.id, job.lease, progress))) throw new Stopped();
  return progress;
}

async function take(job: Job, chunk: Chunk): Promise<Progress> {
  const { env, ctx, session } = job;
  const apply = session.apply?.bind(session);
  if (apply && !job.row.dry_run)
    return env.db.inTx(ctx, async (tx) => record(tx, job, chunk, await apply(tx, chunk.units)));
  const outcome = apply
    ? await rehearse(env.db, ctx, (tx) => apply(tx, chunk.units))
    : await present(session.place, 'an import takes units one way or the other').call(
        session,
        chunk.units,
        chunk.first,
      );
  return env.db.inTx(ctx, (tx) => record(tx, job, chunk, outcome));
}

async function rehearse(db: Db, ctx: Ctx, apply: (tx: Tx) => Promise<Outcome>): Promise<Outcome> {
  try {
    await db.inTx(ctx, async (tx) => {
      throw new DryRun(await apply(tx));
    });
  } catch (error) {
    if (error instanceof DryRun) return error.outcome;
    throw error;
  }
  throw new Error('a dry run ends by rolling back');
}

/** Checks every unit, then takes all of them in one transaction, or none when one was refused. */
async function workAtomic(job: Job, rows: AsyncIterable<TableRow>): Promise<void> {
  const { env, ctx, row, session, kind } = job;
  const onceKey = kind.oncePerFile ? (row.sha256 as Buffer).toString('hex') : undefined;
  const units: Unit<unknown>[] = [];
  job.progress = { ...job.progress, position: 0, done: 0, failed: 0, skipped: 0, counts: {} };
  await env.db.inTx(ctx, (tx) =>
    tx.query('delete from kernel.transfer_rejects where org_id = $1 and transfer_id = $2', [ctx.orgId, row.id]),
  );
  let read = 0;
  let toldAt = Date.now();
  for await (const unit of session.units(rows)) {
    units.push(unit);
    read += unit.rows;
    if (Date.now() - toldAt > BEAT_MS) {
      toldAt = Date.now();
      await tellRead(job, read);
    }
    if (read > ATOMIC_ROWS_MAX)
      throw new TableUnreadable({ reason: `more than ${ATOMIC_ROWS_MAX} rows in a file that is taken as a whole` });
  }
  const whole: Chunk = { units: units.map((u) => u.unit), rows: units.reduce((n, u) => n + u.rows, 0), first: 0 };
  if (onceKey !== undefined && (await env.db.read(ctx, (tx) => tookEffect(tx, row.kind, onceKey))))
    return endSkipped(job, whole);
  await tellRead(job, read);
  const checked = await env.db.read(ctx, (tx) =>
    present(session.check, 'an atomic import checks first').call(session, tx, whole.units),
  );
  const apply = present(session.apply, 'an atomic import applies').bind(session);
  if (checked.rejects.length > 0) {
    const refused: Outcome = {
      rejects: checked.rejects,
      skipped: whole.rows - new Set(checked.rejects.map((r) => r.line)).size,
    };
    const progress = await env.db.inTx(ctx, (tx) => record(tx, job, whole, refused));
    await end(
      env.db,
      ctx,
      row.id,
      job.lease,
      { state: 'failed', at: new Date(), problem: { code: 'rows_refused', facts: { failed: progress.failed } } },
      progress,
    );
    return;
  }
  try {
    if (row.dry_run) {
      const outcome = await rehearse(env.db, ctx, (tx) => apply(tx, whole.units));
      await end(
        env.db,
        ctx,
        row.id,
        job.lease,
        { state: 'done', at: new Date() },
        await env.db.inTx(ctx, (tx) => record(tx, job, whole, outcome)),
      );
    } else
      await env.db.inTx(ctx, async (tx) =>
        finish(tx, job, await record(tx, job, whole, await apply(tx, whole.units)), onceKey),
      );
  } catch (error) {
    if (onceKey === undefined || sqlState(error) !== UNIQUE_VIOLATION) throw error;
    await endSkipped(job, whole); // the same file was being taken at the same moment
  }
}

/** How many rows a file taken as a whole has had so far: its work is seen by nobody before it is done. */
async function tellRead(job: Job, total: number): Promise<void> {
  job.progress = { ...job.progress, total };
  if (!(await job.env.db.inTx(job.ctx, (tx) => saveProgress(tx, job.row.id, job.lease, job.progress))))
    throw new Stopped();
  job.watch({ ...job.row, ...job.progress, state: 'running' });
}

async function finish(tx: Tx, job: Job, progress: Progress, onceKey: string | undefined): Promise<void> {
  const row = await endTransfer(tx, job.row.id, job.lease, {
    state: 'done',
    at: new Date(),
    ...(onceKey === undefined ? {} : { onceKey }),
  });
  if (!row) throw new Stopped();
  await told(tx, job.ctx, { ...row, ...progress });
}

async function endSkipped(job: Job, whole: Chunk): Promise<void> {
  const progress = await job.env.db.inTx(job.ctx, (tx) =>
    record(tx, job, whole, { skipped: whole.rows, rejects: [], counts: { fileAlreadyTaken: 1 } }),
  );
  await end(job.env.db, job.ctx, job.row.id, job.lease, { state: 'done', at: new Date() }, progress);
}

/** Ends a transfer and tells so. Does nothing when it has ended. */
export async function end(
  db: Db,
  ctx: Ctx,
  id: string,
  lease: string | null,
  ending: Ending,
  progress?: Progress,
): Promise<void> {
  await db.inTx(ctx, async (tx) => {
    if (progress && lease !== null) await saveProgress(tx, id, lease, progress);
    const row = await endTransfer(tx, id, lease, ending);
    if (row) await told(tx, ctx, row);
  });
}

const told = (tx: Tx, ctx: Ctx, row: TransferRow): Promise<void> =>
  TransferFinished.emit(tx, { ...ctx, now: new Date() }, row.id, {
    direction: row.direction,
    kind: row.kind,
    state: row.state,
    done: row.done,
    failed: row.failed,
    skipped: row.skipped,
  });
