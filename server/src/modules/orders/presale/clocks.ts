import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { orderSettings } from '../settings.ts';
import type { OrderRow } from '../store/orders.ts';
import { giveUpBalance } from './commands/give-up-balance.ts';
import { tellBalanceEnding, tellBalanceOpened } from './commands/remind.ts';

/** The window for the balance opens: the customer is told. */
export const balanceOpens = defineDeadline({
  kind: 'orders.balance_opens',
  told: false,
  onBreach: tellBalanceOpened,
});
/** It is nearly over: the customer is reminded. */
export const balanceEnds = defineDeadline({ kind: 'orders.balance_ends', told: false, onBreach: tellBalanceEnding });
/** It is over: what is not paid in full is given up. */
export const balanceClock = defineDeadline({ kind: 'orders.balance', told: false, onBreach: giveUpBalance });

export const presaleClocks = [balanceOpens, balanceEnds, balanceClock];

/** Starts what the balance of an order is waited for by. One message is enough where the reminder would come with the first. */
export async function startBalanceClocks(tx: Tx, ctx: Ctx, row: OrderRow): Promise<void> {
  const [from, to] = [row.balance_from as Date, row.balance_to as Date];
  const { balanceReminderHours } = await orderSettings.get(tx);
  const opens = from > ctx.now ? from : ctx.now;
  const remind = after(to, -balanceReminderHours * HOUR_MS);
  const start = (dueAt: Date) => [{ subject: row.id, startsAt: ctx.now, dueAt }];
  await balanceOpens.open(tx, ctx, start(opens));
  if (balanceReminderHours > 0 && remind > opens) await balanceEnds.open(tx, ctx, start(remind));
  await balanceClock.open(tx, ctx, start(to));
}

/** The balance is paid, or wanted no more. */
export async function stopBalanceClocks(tx: Tx, ctx: Ctx, row: OrderRow, how: 'met' | 'cancelled'): Promise<void> {
  if (row.deposit_paid_at === null) return;
  for (const clock of presaleClocks) await clock.close(tx, ctx, [row.id], how);
}
