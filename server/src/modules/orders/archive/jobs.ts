import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineJob, type JobEnv } from '#kernel/jobs/index.ts';
import { DAY_MS, fromZoned, zoned } from '#kernel/time.ts';
import { cutOff, wouldGo } from './pick.ts';
import { restoreMonth } from './restore.ts';
import { archiveOrders } from './run.ts';
import { type ArchiveRun, filesIn, findRun, insertRun, saveRun } from './store.ts';

const HOUR = 4; // on the organisation's clock: after the night's other work

/** Does a run that was asked for and keeps its row up to date. One that was cut off is done again from where it is. */
async function work(env: JobEnv, ctx: Ctx, run: ArchiveRun): Promise<void> {
  const save = (patch: Parameters<typeof saveRun>[2]): Promise<void> =>
    env.db.inTx(ctx, (tx) => saveRun(tx, run.id, patch));
  if (run.kind === 'restore') {
    const month = run.month ?? '';
    const files = await env.db.read(ctx, (tx) => filesIn(tx, 'verified', month));
    await save({ state: 'running', total: files.reduce((n, f) => n + f.orders, 0), files: files.length });
    const done = await restoreMonth(env, ctx, month, (orders) => save({ done: orders }));
    return save({ state: 'done', total: done, done, ended_at: new Date() });
  }
  const total = await env.db.read(ctx, async (tx) => {
    const cut = await cutOff(tx, ctx, run.month ?? undefined);
    return (await wouldGo(tx, cut.before, cut.zone)).reduce((n, m) => n + m.orders, 0);
  });
  await save({ state: 'running', total });
  const done = await archiveOrders(env, ctx, {
    ...(run.month === null ? {} : { before: run.month }),
    progress: ({ orders, files }) => save({ done: orders, files }),
  });
  await save({ state: 'done', done: done.orders, files: done.files, ended_at: new Date() });
}

export const archiveJob = defineJob({
  name: 'orders.archive',
  input: z.object({ runId: z.uuid() }),
  attemptsMax: 5,
  run: async (env, { runId }, ctx) => {
    const run = await env.db.read(ctx, (tx) => findRun(tx, runId));
    if (!run || run.state === 'done' || run.state === 'failed') return;
    try {
      await work(env, ctx, run);
    } catch (error) {
      const refused = error instanceof DomainError;
      if (!refused) env.log.error({ err: error, runId }, 'the archive stopped');
      await env.db.inTx(ctx, (tx) =>
        saveRun(tx, runId, { state: 'failed', problem: refused ? error.code : 'failed', ended_at: new Date() }),
      );
    }
  },
});

/** Asks for a run; it begins as soon as a worker is free. Returns its id. */
export async function askFor(tx: Tx, ctx: Ctx, kind: ArchiveRun['kind'], month: string | null): Promise<string> {
  const id = newId();
  await insertRun(tx, { id, kind, month, asked_by: ctx.actor.id, asked_at: ctx.now });
  await archiveJob.enqueue(tx, ctx, { runId: id }, { key: id });
  return id;
}

/** Rings once a night, and winds itself up for the next. Started by the first order. */
export const archiveClock = defineDeadline({
  kind: 'orders.archive_nightly',
  told: false,
  onBreach: async (tx, ctx) => {
    const cut = await cutOff(tx, ctx);
    if ((await wouldGo(tx, cut.before, cut.zone)).length > 0) await askFor(tx, ctx, 'archive', null);
    await scheduleArchive(tx, ctx);
  },
});

const asked = new Map<string, string>();

/** Sees to it that the archive looks at the organisation tonight. */
export async function scheduleArchive(tx: Tx, ctx: Ctx): Promise<void> {
  const [org] = await tx.prepared<{ time_zone: string }>('select time_zone from kernel.orgs where id = $1', [tx.orgId]);
  const zone = org?.time_zone ?? 'Asia/Shanghai';
  const { year, month, day, hour } = zoned(ctx.now, zone);
  const next = zoned(new Date(Date.UTC(year, month - 1, day) + (hour < HOUR ? 0 : DAY_MS)), 'UTC');
  const dueAt = fromZoned({ year: next.year, month: next.month, day: next.day, hour: HOUR }, zone);
  const subject = dueAt.toISOString().slice(0, 10);
  if (asked.get(ctx.orgId) === subject) return;
  await archiveClock.open(tx, ctx, [{ subject, startsAt: ctx.now, dueAt }]);
  tx.afterCommit(() => void asked.set(ctx.orgId, subject));
}
