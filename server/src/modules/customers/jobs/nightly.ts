import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { DAY_MS, fromZoned, zoned } from '#kernel/time.ts';
import { expirePoints, warnOfExpiry } from '../commands/expire-points.ts';
import { recomputeLevels } from '../commands/recompute-levels.ts';
import { orgOf } from '../store/customers.ts';

const HOUR = 3; // on the organisation's clock: the day's orders are done, and nobody is told anything at this hour but by mail

/** What membership needs every night: points run out, customers are told of those that will, levels are computed anew. */
export const nightlyWork = defineJob({
  name: 'customers.nightly',
  input: z.object({ at: z.iso.datetime() }),
  attemptsMax: 10,
  run: async (env, { at }, ctx) => {
    const then: Ctx = { ...ctx, now: new Date(at) };
    while ((await env.db.inTx(then, (tx) => expirePoints(tx, then))) > 0);
    while ((await env.db.inTx(then, (tx) => warnOfExpiry(tx, then))) > 0);
    let last: string | undefined;
    do last = await env.db.inTx(then, (tx) => recomputeLevels(tx, then, { after: last }));
    while (last !== undefined);
  },
});

/** Rings once a night, and winds itself up for the next. Started by the first thing membership has to do with. */
const clock = defineDeadline({
  kind: 'customers.nightly',
  told: false,
  onBreach: async (tx, ctx) => {
    await nightlyWork.enqueue(tx, ctx, { at: ctx.now.toISOString() }, { key: 'nightly' });
    await schedule(tx, ctx);
  },
});

async function schedule(tx: Tx, ctx: Ctx): Promise<void> {
  const { time_zone: zone } = await orgOf(tx);
  const { year, month, day, hour } = zoned(ctx.now, zone);
  const next = zoned(new Date(Date.UTC(year, month - 1, day) + (hour < HOUR ? 0 : DAY_MS)), 'UTC');
  const dueAt = fromZoned({ year: next.year, month: next.month, day: next.day, hour: HOUR }, zone);
  await clock.open(tx, ctx, [{ subject: dueAt.toISOString().slice(0, 10), startsAt: ctx.now, dueAt }]);
}

export const nightly = { clock, schedule };
