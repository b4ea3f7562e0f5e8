import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { DAY_MS, fromZoned, zoned } from '#kernel/time.ts';
import { StockReceived, WarehouseCreated } from '../events.ts';
import { checkAlerts } from './commands/check-alerts.ts';
import { classifyAll, makePlans, PLANNED_AT_ONCE } from './commands/make-plans.ts';
import { zoneOf } from './org.ts';
import { countDemand, plannedSkus } from './store/demand.ts';
import { dropPlansBefore } from './store/plans.ts';

const HOUR = 4; // on the organisation's clock, after the night's other work
const WAIT_MS_MAX = 10_000;
const WAIT_MS = 50;

/**
 * Counts everything that was in the ledger at the call. Moves of transactions still open then hold up what lies behind them: it waits
 * for those, at most ten seconds; what is left is counted the next time. Returns whether all was counted.
 */
export async function catchUpDemand(
  db: Db,
  ctx: Pick<Ctx, 'orgId' | 'now'>,
  waitMsMax = WAIT_MS_MAX,
): Promise<boolean> {
  const giveUp = Date.now() + waitMsMax;
  for (;;) {
    const { counted, caughtUp } = await db.inTx(ctx, (tx) => countDemand(tx, ctx.now));
    if (caughtUp) return true;
    if (Date.now() > giveUp) return false;
    if (counted === 0) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

/** Counts demand, forecasts every SKU, sorts them into classes and looks for alerts. Repeat-safe: it computes everything from what is stored. */
export async function planStock(db: Db, ctx: Ctx): Promise<number> {
  await catchUpDemand(db, ctx);
  let made = 0;
  let after: string | null = null;
  for (;;) {
    const skuIds: string[] = await db.read(ctx, (tx) => plannedSkus(tx, after, PLANNED_AT_ONCE));
    if (skuIds.length === 0) break;
    made += await db.inTx(ctx, (tx) => makePlans(tx, ctx, skuIds));
    after = skuIds.at(-1) ?? null;
  }
  await db.inTx(ctx, async (tx) => {
    await dropPlansBefore(tx, ctx.now);
    await classifyAll(tx);
    await checkAlerts(tx, ctx);
  });
  return made;
}

export const planningJob = defineJob({
  name: 'inventory.plan',
  input: z.object({ at: z.iso.datetime() }),
  attemptsMax: 10,
  run: async (env, { at }, ctx) => void (await planStock(env.db, { ...ctx, now: new Date(at) })),
});

/** Rings once a night, and winds itself up for the next. */
export const planningClock = defineDeadline({
  kind: 'inventory.plan',
  told: false,
  onBreach: async (tx, ctx) => {
    await planningJob.enqueue(tx, ctx, { at: ctx.now.toISOString() }, { key: 'plan' });
    await schedule(tx, ctx);
  },
});

async function schedule(tx: Tx, ctx: Ctx): Promise<void> {
  const zone = await zoneOf(tx);
  const { year, month, day, hour } = zoned(ctx.now, zone);
  const next = zoned(new Date(Date.UTC(year, month - 1, day) + (hour < HOUR ? 0 : DAY_MS)), 'UTC');
  const dueAt = fromZoned({ year: next.year, month: next.month, day: next.day, hour: HOUR }, zone);
  await planningClock.open(tx, ctx, [{ subject: dueAt.toISOString().slice(0, 10), startsAt: ctx.now, dueAt }]);
}

/** The clock is wound up by the first thing there is to plan. */
export const planningStarts = defineSubscriber({
  name: 'inventory.planning',
  types: [WarehouseCreated.type, StockReceived.type],
  run: (tx, ctx) => schedule(tx, ctx),
});
