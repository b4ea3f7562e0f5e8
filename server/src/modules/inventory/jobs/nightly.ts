import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import { todayOf, zoneOfOrg } from '#kernel/org-day.ts';
import { DAY_MS, fromZoned, zoned } from '#kernel/time.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { freeGoods, freezeGoods } from '../commands/batch-state.ts';

/**
 * Freezes what has expired and is promised to nobody: it is not for sale from today. What is promised is not picked, and
 * comes to light as a shortage. Returns the units.
 */
export async function freezeExpired(tx: Tx, ctx: Ctx): Promise<number> {
  const standing = await freeGoods(tx, 'x.expires_on < $2::date', [await todayOf(tx, ctx)]);
  const names = new Map((await skusByIds(tx, [...new Set(standing.map((s) => s.sku_id))])).map((s) => [s.id, s.sku]));
  return freezeGoods(tx, ctx, standing, {
    freeze: true,
    reason: 'expired',
    reference: null,
    skuOf: (id) => names.get(id) ?? id,
  });
}

/** Bins that held something once and are empty now need no row. */
async function forgetEmptyPlaces(tx: Tx): Promise<void> {
  await tx.query(
    `delete from inventory.bin_stock s using (
       select ctid from inventory.bin_stock where org_id = $1 and quantity = 0 and allocated = 0 for update skip locked) e
      where s.ctid = e.ctid and s.quantity = 0 and s.allocated = 0`,
    [tx.orgId],
  );
  await tx.query('delete from inventory.allocations where org_id = $1 and quantity = 0', [tx.orgId]);
}

export const nightlyStock = defineJob({
  name: 'inventory.nightly',
  input: z.object({ at: z.iso.datetime() }),
  attemptsMax: 10,
  run: async (env, { at }, ctx) => {
    const then: Ctx = { ...ctx, now: new Date(at) };
    while ((await env.db.inTx(then, (tx) => freezeExpired(tx, then))) > 0);
    await env.db.inTx(then, forgetEmptyPlaces);
  },
});

/** Rings just after the organisation's midnight, and winds itself up for the next. */
const clock = defineDeadline({
  kind: 'inventory.nightly',
  told: false,
  onBreach: async (tx, ctx) => {
    await nightlyStock.enqueue(tx, ctx, { at: ctx.now.toISOString() }, { key: 'nightly' });
    await scheduleNightly(tx, ctx);
  },
});

/** Repeat-safe: the night that is waited for already is not waited for twice. */
export async function scheduleNightly(tx: Tx, ctx: Ctx): Promise<void> {
  const zone = await zoneOfOrg(tx);
  const { year, month, day } = zoned(new Date(ctx.now.getTime() + DAY_MS), zone);
  const dueAt = fromZoned({ year, month, day, hour: 0, minute: 5 }, zone);
  await clock.open(tx, ctx, [{ subject: `${year}-${month}-${day}`, startsAt: ctx.now, dueAt }]);
}

export const stockClock = clock;
