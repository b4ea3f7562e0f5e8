import { z } from 'zod';
import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Db, Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { defineJob } from '#kernel/jobs/index.ts';
import type { Log } from '#kernel/log.ts';
import { notify } from '#kernel/notifications/index.ts';
import { DAY_MS, fromZoned, localDate, zoned } from '#kernel/time.ts';
import { BillAlreadyLoaded, BillNotOffered } from '../errors.ts';
import { accountOf } from '../accounts/store.ts';
import { channels, findChannel } from '../port.ts';
import type { BillFamily } from '../providers/channel.ts';
import { dayPlus } from './domain/bill-reader.ts';
import { BILL_ZONE, loadBill, startOfDay } from './load-bill.ts';
import { WRITE } from './present.ts';
import { settledBetween } from '../store/payments.ts';
import { receiveBill } from './receive-bill.ts';
import type { BillRow } from './store/bills.ts';
import { countDifferences } from './store/differences.ts';

/** Channels have the bill of yesterday ready at ten. */
const HOUR = 10;
const MINUTE = 30;

/** Asks a channel for the bill of a day and takes it in. @throws BillNotOffered, and what loading throws */
export async function fetchBill(
  env: { db: Db; log: Log },
  ctx: Ctx,
  what: { channel: string; billDate: string; family?: BillFamily | undefined },
): Promise<BillRow> {
  const { channel: code, billDate, family = 'trade' } = what;
  const channel = findChannel(code);
  const hasAccount = !channel?.needsAccount || (await env.db.read(ctx, (tx) => accountOf(tx, code))) !== undefined;
  const bill =
    channel?.bills?.includes(family) && hasAccount
      ? await channel.fetchBill?.(env, { orgId: ctx.orgId, billDate, family })
      : undefined;
  if (!bill) throw new BillNotOffered({ channel: code, billDate });
  await using received = await receiveBill(ctx, bill.content, bill.name);
  return await loadBill(env.db, ctx, { channel: code, billDate, received, source: 'fetch' });
}

/** Yesterday's bill of every channel that hands one out, then one message to those who work on differences. */
export const nightlyBills = defineJob({
  name: 'payments.nightly_bills',
  input: z.object({ billDate: z.iso.date() }),
  attemptsMax: 20,
  run: async (env, { billDate }, ctx) => {
    const failed: unknown[] = [];
    const loaded: BillRow[] = [];
    for (const what of await billsToAskFor(env.db, ctx)) {
      try {
        loaded.push(await fetchBill(env, ctx, { ...what, billDate }));
      } catch (error) {
        if (error instanceof BillAlreadyLoaded) continue; // somebody was faster, or this is the second attempt
        if (error instanceof BillNotOffered && !(await hadTrade(env.db, ctx, what.channel, billDate))) continue;
        env.log.warn({ err: error, ...what, billDate }, 'the bill of a channel could not be loaded');
        failed.push(error);
      }
    }
    if (loaded.length > 0) await env.db.inTx(ctx, (tx) => tellFinance(tx, ctx, billDate, loaded));
    if (failed.length > 0) throw failed[0]; // later again: what is loaded stays
  },
});

/** Whether anything of a channel was settled on a day: without it there is no bill, and none comes. */
async function hadTrade(db: Db, ctx: Ctx, channel: string, billDate: string): Promise<boolean> {
  const [from, to] = [startOfDay(billDate), startOfDay(dayPlus(billDate, 1))];
  return db.read(ctx, (tx) => settledBetween(tx, channel, from, to));
}

/** Each bill that each channel hands out to the organisation: of real channels, where it has an account. */
async function billsToAskFor(db: Db, ctx: Ctx): Promise<{ channel: string; family: BillFamily }[]> {
  return db.read(ctx, async (tx) => {
    const asked: { channel: string; family: BillFamily }[] = [];
    for (const channel of channels()) {
      if (!channel.fetchBill || (channel.needsAccount && !(await accountOf(tx, channel.code))?.enabled)) continue;
      for (const family of channel.bills ?? []) asked.push({ channel: channel.code, family });
    }
    return asked;
  });
}

async function tellFinance(tx: Tx, ctx: Ctx, billDate: string, bills: readonly BillRow[]): Promise<void> {
  const sum = (of: (bill: BillRow) => number): number => bills.reduce((n, bill) => n + of(bill), 0);
  const counts = await countDifferences(tx, { state: 'unsettled' });
  const data = {
    billDate,
    channels: bills.map((b) => b.channel).join(', '),
    rows: sum((b) => b.rows),
    matched: sum((b) => b.matched),
    differences: sum((b) => b.differences),
    unsettled: counts.reduce((n, c) => n + c.count, 0),
  };
  for (const { id } of await permissionHolders(tx, WRITE))
    await notify(tx, ctx, {
      template: 'payments.bills_reconciled',
      to: { kind: 'user', id },
      dedupeKey: `bills:${billDate}:${data.channels}`,
      data,
    });
}

/** Rings once a day after the channels have their bills ready, and winds itself up for the next. */
export const billClock = defineDeadline({
  kind: 'payments.bills',
  told: false,
  onBreach: async (tx, ctx) => {
    const billDate = dayPlus(localDate(ctx.now, BILL_ZONE), -1);
    await nightlyBills.enqueue(tx, ctx, { billDate }, { key: billDate });
    await schedule(tx, ctx);
  },
});

async function schedule(tx: Tx, ctx: Ctx): Promise<void> {
  const { year, month, day } = zoned(new Date(ctx.now.getTime() + DAY_MS), BILL_ZONE);
  const dueAt = fromZoned({ year, month, day, hour: HOUR, minute: MINUTE }, BILL_ZONE);
  await billClock.open(tx, ctx, [{ subject: dueAt.toISOString().slice(0, 10), startsAt: ctx.now, dueAt }]);
}

const scheduled = new Map<string, string>();

/** Where money has come, bills will. Repeat-safe, and asked of the database once a day by each process. */
export async function expectBills(tx: Tx, ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now, BILL_ZONE);
  if (scheduled.get(ctx.orgId) === today) return;
  await schedule(tx, ctx);
  tx.afterCommit(() => void scheduled.set(ctx.orgId, today));
}
