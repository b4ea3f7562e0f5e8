import { z } from 'zod';
import { type Ctx, systemCtx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { DomainError } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import type { Log } from '#kernel/log.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { DAY_MS, fromZoned, zoned } from '#kernel/time.ts';
import { skusFallen } from '#modules/catalog/index.ts';
import { ordersTaking } from '#modules/inventory/index.ts';
import { ordersAwaiting, ordersByIds } from '#modules/orders/index.ts';
import { longestWindow } from '../../policies/store/versions.ts';
import { protectOrder } from '../commands/protect-order.ts';
import { takesPart } from '../queries/assess-order.ts';
import { protectionSettings } from '../settings.ts';
import { beginRun, endRun, lookedUntil } from '../store/protections.ts';

/** Falls are looked at again for so long: for orders paid, and goods that came, after the night that would have found them. */
const LOOK_BACK_MS = 2 * DAY_MS;
/** Windows begin with the payment or the receipt: an order may have been placed so much before. */
const PLACED_BEFORE_MS = 45 * DAY_MS;
/** Orders are looked at so many at a time, each in a transaction of its own. */
const ORDERS_AT_ONCE = 500;

type Done = { orders: number; lines: number; failed: number; refunded: Record<string, number> };

/**
 * What one night does (AFT-9). It goes by the prices that changed: the falls of the night by moment, then for each SKU that
 * fell the orders that took it, from the stock ledger, which is kept by SKU. Orders of other goods are never looked at.
 * Cut off, it goes on where it is run again: what was paid is not paid twice.
 */
export const nightlyProtection = defineJob({
  name: 'aftersales.price_protection',
  input: z.object({ at: z.iso.datetime() }),
  attemptsMax: 10,
  run: async (env, { at }, ctx) => {
    const then: Ctx = { ...ctx, now: new Date(at) };
    const begun = await env.db.inTx(then, async (tx) => {
      const until = (await lookedUntil(tx)) ?? new Date(then.now.getTime() - DAY_MS);
      const since = new Date(Math.min(until.getTime(), then.now.getTime()) - LOOK_BACK_MS);
      const run = await beginRun(tx, { id: newId(), since, until: then.now, at: ctx.now });
      return { ...run, skus: await skusFallen(tx, since, then.now) };
    });
    if (begun.ended_at !== null) return;
    const done: Done = { orders: 0, lines: 0, failed: 0, refunded: {} };
    for (const skuId of begun.skus) await protectBuyers(env, then, skuId, done);
    await env.db.inTx(then, (tx) => endRun(tx, begun.id, { ...done, skus: begun.skus.length, at: ctx.now }));
  },
});

/** The buyers of one SKU whose doubtful fall was meant after all. */
export const protectSku = defineJob({
  name: 'aftersales.price_protection_sku',
  input: z.object({ skuId: z.uuid(), at: z.iso.datetime() }),
  attemptsMax: 10,
  run: async (env, { skuId, at }, ctx) =>
    protectBuyers(env, { ...ctx, now: new Date(at) }, skuId, { orders: 0, lines: 0, failed: 0, refunded: {} }),
});

async function protectBuyers(env: { db: Db; log: Log }, ctx: Ctx, skuId: string, done: Done): Promise<void> {
  const since = await env.db.read(
    ctx,
    async (tx) => new Date(ctx.now.getTime() - (await longestWindow(tx, 'price_protection')) - PLACED_BEFORE_MS),
  );
  const seen = new Set<string>();
  const some = async (ids: readonly string[]): Promise<void> => {
    const fresh = ids.filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    for (let i = 0; i < fresh.length; i += ORDERS_AT_ONCE) {
      const batch = fresh.slice(i, i + ORDERS_AT_ONCE);
      const rows = await env.db.read(ctx, (tx) => ordersByIds(tx, batch));
      for (const row of rows) if (takesPart(row) && row.placed_at >= since) await protectOne(env, ctx, row.id, done);
    }
  };
  await some(await env.db.read(ctx, (tx) => ordersAwaiting(tx, skuId, since)));
  let below: number | undefined;
  do {
    const page = await env.db.read(ctx, (tx) => ordersTaking(tx, skuId, { since, below }));
    await some(page.ids);
    below = page.next;
  } while (below !== undefined);
}

/** What is refused for one order keeps no other from its money. */
async function protectOne(env: { db: Db; log: Log }, ctx: Ctx, orderId: string, done: Done): Promise<void> {
  try {
    const { made, refunded, row } = await env.db.inTx(ctx, (tx) => protectOrder(tx, ctx, { orderId, how: 'nightly' }));
    done.orders += 1;
    done.lines += made.length;
    if (refunded > 0) done.refunded[row.currency] = (done.refunded[row.currency] ?? 0) + refunded;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    done.failed += 1;
    env.log.warn({ code: error.code, orderId }, 'price protection was refused for an order');
  }
}

/** Rings once a night while prices fall; wound up by the first that does. */
export const protectionClock = defineDeadline({
  kind: 'aftersales.price_protection',
  told: false,
  onBreach: async (tx, ctx) => {
    const system = systemCtx(ctx.orgId, ctx.now, ctx.requestId);
    const { nightly } = await protectionSettings.get(tx);
    if (nightly)
      await nightlyProtection.enqueue(
        tx,
        system,
        { at: ctx.now.toISOString() },
        { key: ctx.now.toISOString().slice(0, 10) },
      );
    const back = new Date(ctx.now.getTime() - LOOK_BACK_MS - DAY_MS);
    if ((await skusFallen(tx, back, ctx.now)).length > 0) await schedule(tx, ctx);
  },
});

/** The next time it is the hour of the run, by the organisation's clock. */
export async function schedule(tx: Tx, ctx: Ctx): Promise<void> {
  const zone = await zoneOfOrg(tx);
  const { nightlyHour } = await protectionSettings.get(tx);
  const { year, month, day, hour } = zoned(ctx.now, zone);
  const next = zoned(new Date(Date.UTC(year, month - 1, day) + (hour < nightlyHour ? 0 : DAY_MS)), 'UTC');
  const dueAt = fromZoned({ year: next.year, month: next.month, day: next.day, hour: nightlyHour }, zone);
  await protectionClock.open(tx, ctx, [{ subject: dueAt.toISOString(), startsAt: ctx.now, dueAt }]);
}
