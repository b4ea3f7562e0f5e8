import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { after, HOUR_MS } from '#kernel/time.ts';
import { clockStart, PROMISE_MS } from './domain/account.ts';
import { InvoiceOverdue } from './events.ts';
import { getInvoice, type InvoiceRow, lockInvoice, saveInvoice } from './store/invoices.ts';
import { invoiceFacts } from './facts.ts';
import { addMove } from './store/records.ts';

/** The promise of 72 hours. Warned at 80 %, recorded once when it is broken. */
export const issueClock = defineDeadline({
  kind: 'invoicing.issue',
  onBreach: async (tx, ctx, invoiceId) => {
    const row = await lockInvoice(tx, invoiceId);
    if (row.missed_at !== null || row.due_at === null) return;
    const saved = await saveInvoice(tx, row, { missed_at: ctx.now });
    await addMove(tx, ctx, saved, 'overdue');
    await InvoiceOverdue.emit(tx, ctx, row.order_id, { ...invoiceFacts(row), dueAt: row.due_at.toISOString() });
  },
  onWarn: async (tx, ctx, invoiceId) => addMove(tx, ctx, await getInvoice(tx, invoiceId), 'warned'),
});

/** Starts the clock once the order is paid; the same once more changes nothing. */
export async function startClock(tx: Tx, ctx: Ctx, row: InvoiceRow, paidAt: Date): Promise<InvoiceRow> {
  if (row.due_at !== null) return row;
  const startsAt = clockStart(row.applied_at, paidAt) ?? ctx.now;
  const dueAt = after(startsAt, PROMISE_MS);
  await issueClock.open(tx, ctx, [{ subject: row.id, startsAt, dueAt }]);
  return saveInvoice(tx, row, { paid_at: paidAt, due_at: dueAt });
}

/** Stops the clock while the buyer is to bring something. */
export async function pauseClock(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<InvoiceRow> {
  if (row.paused_at !== null) return row;
  await issueClock.close(tx, ctx, [row.id], 'cancelled');
  return saveInvoice(tx, row, { paused_at: ctx.now });
}

/** Lets the clock go on with the time that was left. A breach already recorded stays. */
export async function resumeClock(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<InvoiceRow> {
  if (row.paused_at === null) return row;
  const pausedMs = ctx.now.getTime() - row.paused_at.getTime();
  const patch = { paused_at: null, paused_ms: row.paused_ms + pausedMs };
  if (row.due_at === null) return saveInvoice(tx, row, patch);
  const dueAt = after(row.due_at, pausedMs);
  if (row.missed_at === null)
    await issueClock.reopen(tx, ctx, [{ subject: row.id, startsAt: after(dueAt, -PROMISE_MS), dueAt }]);
  return saveInvoice(tx, row, { ...patch, due_at: dueAt });
}

const CONFIRM_WITHIN_HOURS = 72;
const UUID_LENGTH = 36;

/** A confirmation the buyer does not answer expires; somebody applies for it again. */
export const confirmationClock = defineDeadline({
  kind: 'invoicing.confirmation',
  told: false,
  onBreach: async (tx, ctx, subject) => {
    const row = await lockInvoice(tx, subject.slice(0, UUID_LENGTH));
    if (row.status !== 'confirming' || row.confirmation !== 'applied' || (row.confirmation_due_at ?? ctx.now) > ctx.now)
      return;
    await addMove(
      tx,
      ctx,
      await saveInvoice(tx, row, { confirmation: 'expired', attention: 'confirmation' }),
      'confirmation_expired',
    );
  },
});

/** Each application has a clock of its own: one that has rung is not wound up again. Returns when it rings. */
export async function startConfirmation(tx: Tx, ctx: Ctx, invoiceId: string): Promise<Date> {
  const dueAt = after(ctx.now, CONFIRM_WITHIN_HOURS * HOUR_MS);
  await confirmationClock.open(tx, ctx, [{ subject: `${invoiceId}@${ctx.now.getTime()}`, startsAt: ctx.now, dueAt }]);
  return dueAt;
}
