import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { type OrderRow } from '#modules/orders/index.ts';
import { issueClock, resumeClock, startClock } from '../clocks.ts';
import { blueFlow, type InvoiceEvent, type InvoiceStatus } from '../domain/invoice-flow.ts';
import { InvoiceBlocked, InvoiceCancelled } from '../events.ts';
import { invoiceFacts } from '../facts.ts';
import { issueInvoice } from '../jobs/issue-invoice.ts';
import { invoicingSettings } from '../settings.ts';
import { type InvoiceRow, invoicesOfOrder, saveInvoice } from '../store/invoices.ts';
import { openQualification } from '../store/qualifications.ts';
import { addMove } from '../store/records.ts';
import { isQualified, openAmount, paidAtOf, planLines } from './plan.ts';

const EVENT_TO: Partial<Record<InvoiceStatus, InvoiceEvent>> = {
  waiting_payment: 'wait',
  pending_review: 'review',
  blocked: 'block',
  ready: 'clear',
};

type Stand = { status: InvoiceStatus; amount: number; missing: InvoiceRow['missing']; attention: string | null };

/** Where an application stands that was not sent yet: what it waits for, and over how much it would be issued now. */
export async function standOf(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  row: Pick<InvoiceRow, 'type' | 'customer_id' | 'tax_id_idx'>,
): Promise<Stand | { gone: 'nothing_left' | 'superseded' }> {
  if (order.superseded) return { gone: 'superseded' };
  const paidAt = paidAtOf(order, ctx.now);
  if (!paidAt) {
    const amount = order.total_amount - order.cancelled_amount - order.came_back_amount;
    return order.cancelled_at || amount <= 0
      ? { gone: 'nothing_left' }
      : { status: 'waiting_payment', amount, missing: [], attention: null };
  }
  const amount = await openAmount(tx, ctx, order, await invoicesOfOrder(tx, order.id));
  if (amount === 0) return { gone: 'nothing_left' };
  if (row.type === 'special' && !(await isQualified(tx, ctx, row)))
    return { status: 'pending_review', amount, missing: [], attention: null };
  const { missing } = await planLines(tx, order, amount);
  if (missing.length > 0) return { status: 'blocked', amount, missing, attention: 'tax_codes' };
  const { amountMax } = await invoicingSettings.get(tx);
  return amountMax !== null && amount > amountMax
    ? { status: 'blocked', amount, missing: [], attention: 'above_limit' }
    : { status: 'ready', amount, missing: [], attention: null };
}

/** Ends an application that was not sent. The money it was for can be asked for anew. */
export async function withdraw(tx: Tx, ctx: Ctx, row: InvoiceRow, why: string, note = ''): Promise<InvoiceRow> {
  const saved = await saveInvoice(tx, row, { status: step(blueFlow, row.status, 'cancel'), attention: null });
  await issueClock.close(tx, ctx, [row.id], 'cancelled');
  await addMove(tx, ctx, saved, `cancelled_${why}`, note);
  await InvoiceCancelled.emit(tx, ctx, row.order_id, { ...invoiceFacts(row), why });
  return saved;
}

/**
 * Moves an application that was not sent to where it belongs now: called when it is made and whenever something it may wait
 * for has changed. The caller holds the order's and the invoice's locks. One that failed waits for a person (`retry`).
 */
export async function advance(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  row: InvoiceRow,
  { retry = false }: { retry?: boolean } = {},
): Promise<InvoiceRow> {
  const stand = await standOf(tx, ctx, order, row);
  if ('gone' in stand) return withdraw(tx, ctx, row, stand.gone);
  const paidAt = paidAtOf(order, ctx.now);
  const stays = row.status === 'failed' && !retry;
  let saved = await saveInvoice(tx, row, {
    amount: stand.amount,
    ...(stays
      ? {}
      : { missing: stand.missing, attention: stand.attention, ...(row.status === 'failed' ? { failure: null } : {}) }),
  });
  if (paidAt) saved = await startClock(tx, ctx, saved, paidAt);
  if (stays || stand.status === saved.status) return saved;
  saved = await enter(tx, ctx, saved, stand);
  return saved;
}

async function enter(tx: Tx, ctx: Ctx, row: InvoiceRow, stand: Stand): Promise<InvoiceRow> {
  // what fails and is blocked for another reason passes through ready
  const from = stand.status === 'blocked' && row.status !== 'ready' ? step(blueFlow, row.status, 'clear') : row.status;
  const status = step(blueFlow, from, EVENT_TO[stand.status] as InvoiceEvent);
  let saved = await saveInvoice(tx, row, { status });
  await addMove(tx, ctx, saved, status);
  if (status !== 'pending_review') saved = await resumeClock(tx, ctx, saved);
  await settleIn(tx, ctx, saved);
  return saved;
}

/** What comes with being in a state: the job that issues it, or a task for somebody. */
export async function settleIn(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<void> {
  if (row.status === 'ready') await issueInvoice.enqueue(tx, ctx, { invoiceId: row.id }, { key: row.id });
  if (row.status === 'blocked')
    await InvoiceBlocked.emit(tx, ctx, row.order_id, { ...invoiceFacts(row), skus: row.missing.map((m) => m.sku) });
}

/** Whether somebody has to bring documents before a special invoice can be judged. */
export async function lacksDocuments(tx: Tx, row: InvoiceRow): Promise<boolean> {
  if (row.status !== 'pending_review' || !row.tax_id_idx) return false;
  return (await openQualification(tx, row.customer_id, row.tax_id_idx))?.state !== 'pending';
}
