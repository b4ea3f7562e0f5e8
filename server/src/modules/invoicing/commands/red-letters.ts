import { assert } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import type { OrderRow } from '#modules/orders/index.ts';
import { startConfirmation } from '../clocks.ts';
import { coveredBy } from '../domain/account.ts';
import { blueFlow, reasonOfRefund, type RedReason } from '../domain/invoice-flow.ts';
import { reverse } from '../domain/invoice-lines.ts';
import { RedLetterStarted } from '../events.ts';
import { invoiceFacts } from '../facts.ts';
import { issueInvoice } from '../jobs/issue-invoice.ts';
import {
  addReversed,
  insertInvoice,
  type InvoiceRow,
  invoicesOfOrder,
  linesOfInvoice,
  lockInvoice,
  putLines,
  redsOf,
  saveInvoice,
} from '../store/invoices.ts';
import { addMove } from '../store/records.ts';
import { nextNo, ofOrder } from './apply.ts';
import { isLiveBlue, netOfOrder } from './plan.ts';

/**
 * Begins a red letter over `amount` of an issued invoice: the lines it takes back are fixed now, so that no two red letters
 * take the same. When the buyer has used a special invoice they have to agree first (红字确认单). The caller holds the
 * order's and the invoice's locks.
 */
export async function startRed(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  blue: InvoiceRow,
  input: { amount: number; reason: RedReason; note?: string },
): Promise<{ blue: InvoiceRow; red: InvoiceRow }> {
  assert(blue.color === 'blue' && blue.status === 'issued', 'only an issued invoice is taken back');
  const lines = await linesOfInvoice(tx, blue.id);
  const parts = reverse(input.amount, blue.currency, lines).map((p, i) => ({
    ...p,
    line: lines[i] as (typeof lines)[number],
  }));
  const taken = parts.filter((p) => p.amount > 0);
  const asks = blue.type === 'special' && blue.buyer_used;
  const inserted = await insertInvoice(tx, {
    ...ofOrder(ctx, order),
    no: await nextNo(tx, ctx, 'H'),
    color: 'red',
    blue_id: blue.id,
    replaces_id: null,
    type: blue.type,
    medium: blue.medium,
    status: asks ? 'confirming' : 'ready',
    title_kind: blue.title_kind,
    buyer: blue.buyer,
    name_idx: blue.name_idx,
    tax_id_idx: blue.tax_id_idx,
    amount: input.amount,
    tax: taken.reduce((n, p) => n + p.tax, 0),
    reason: input.reason,
    note: input.note ?? '',
    confirmation: asks ? 'applied' : null,
    confirmation_due_at: null,
    paid_at: blue.paid_at,
  });
  await putLines(
    tx,
    inserted.id,
    taken.map(({ line, amount, tax }) => ({ ...line, amount, tax })),
  );
  await addReversed(
    tx,
    blue.id,
    taken.map((p) => ({ lineNo: p.line.lineNo, amount: p.amount, tax: p.tax })),
  );
  const saved = await saveInvoice(tx, blue, { reversed: blue.reversed + input.amount });
  const red = asks
    ? await saveInvoice(tx, inserted, { confirmation_due_at: await startConfirmation(tx, ctx, inserted.id) })
    : inserted;
  await addMove(tx, ctx, red, 'red_started', input.note ?? '');
  await RedLetterStarted.emit(tx, ctx, order.id, {
    ...invoiceFacts(red),
    blueNumber: blue.number ?? '',
    reason: input.reason,
  });
  if (!asks) await issueInvoice.enqueue(tx, ctx, { invoiceId: red.id }, { key: red.id });
  return { blue: saved, red };
}

/**
 * Takes back what is invoiced and was refunded since: from the newest invoice first. It compares what stands with what was
 * paid, so it may be called any number of times; what is still being issued is looked at again when it is. The caller holds
 * the order's lock.
 */
export async function balanceInvoices(tx: Tx, ctx: Ctx, order: OrderRow): Promise<void> {
  const blues = (await invoicesOfOrder(tx, order.id)).filter(isLiveBlue);
  const net = await netOfOrder(tx, ctx, order);
  let excess = coveredBy(blues) - net;
  for (const { id } of blues.toReversed()) {
    if (excess <= 0) return;
    const blue = await lockInvoice(tx, id);
    const amount = Math.min(excess, blue.amount - blue.reversed);
    if (blue.status !== 'issued' || amount <= 0) continue;
    await startRed(tx, ctx, order, blue, { amount, reason: reasonOfRefund(net === 0) });
    excess -= amount;
  }
}

/** An invoice all of which is taken back, by red letters that exist, is one no more. */
export async function closeReversed(tx: Tx, ctx: Ctx, blue: InvoiceRow): Promise<InvoiceRow> {
  if (blue.status !== 'issued' || blue.reversed < blue.amount) return blue;
  const reds = (await redsOf(tx, blue.id)).filter((r) => r.status !== 'cancelled');
  if (reds.some((r) => r.status !== 'issued')) return blue;
  const saved = await saveInvoice(tx, blue, { status: step(blueFlow, blue.status, 'reverse') });
  await addMove(tx, ctx, saved, 'reversed');
  return saved;
}
