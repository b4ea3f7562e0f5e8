import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import type { OrderRow } from '#modules/orders/index.ts';
import { issueClock } from '../clocks.ts';
import { blueFlow, redFlow } from '../domain/invoice-flow.ts';
import { InvoiceFailed, InvoiceIssued, RedLetterIssued } from '../events.ts';
import { invoiceFacts } from '../facts.ts';
import { fetchDocument } from '../jobs/fetch-document.ts';
import { issueInvoice } from '../jobs/issue-invoice.ts';
import type { Answer } from '../providers/provider.ts';
import {
  findByNumber,
  getInvoice,
  type InvoiceRow,
  invoicesOfOrder,
  lockInvoice,
  saveInvoice,
} from '../store/invoices.ts';
import { addMove } from '../store/records.ts';
import { advance } from './advance.ts';
import { deliver } from './deliver.ts';
import { balanceInvoices, closeReversed } from './red-letters.ts';

type Issued = Extract<Answer, { state: 'issued' }>;

/** There is a document with a number. What was refunded while it was made is taken back at once. */
export async function recordIssued(tx: Tx, ctx: Ctx, order: OrderRow, row: InvoiceRow, answer: Issued): Promise<void> {
  if (await findByNumber(tx, answer.number)) {
    await saveInvoice(tx, row, { attention: 'number_taken', failure: answer.number });
    return; // a number is one document's: somebody has to find out whose
  }
  const flow = row.color === 'blue' ? blueFlow : redFlow;
  const saved = await saveInvoice(tx, row, {
    status: step(flow, row.status, 'issue'),
    number: answer.number,
    issued_at: answer.issuedAt,
    failure: null,
    attention: null,
    ...(answer.ref ? { provider_ref: answer.ref } : {}),
  });
  await addMove(tx, ctx, saved, 'issued', answer.number);
  if (answer.pdfUrl) await fetchDocument.enqueue(tx, ctx, { invoiceId: row.id, url: answer.pdfUrl }, { key: row.id });
  await (saved.color === 'blue' ? blueIssued(tx, ctx, saved) : redIssued(tx, ctx, saved));
  await deliver(tx, ctx, saved);
  await balanceInvoices(tx, ctx, order);
}

async function blueIssued(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<void> {
  await issueClock.close(tx, ctx, [row.id]);
  await InvoiceIssued.emit(tx, ctx, row.order_id, {
    ...invoiceFacts(row),
    number: row.number ?? '',
    type: row.type,
    medium: row.medium,
  });
}

async function redIssued(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<void> {
  const blue = await lockInvoice(tx, present(row.blue_id, 'a red letter takes a blue invoice back'));
  await RedLetterIssued.emit(tx, ctx, row.order_id, {
    ...invoiceFacts(row),
    number: row.number ?? '',
    blueNumber: blue.number ?? '',
    reason: row.reason ?? '',
  });
  const closed = await closeReversed(tx, ctx, blue);
  if (closed.status !== 'reversed') return;
  const next = (await invoicesOfOrder(tx, row.order_id)).find((r) => r.replaces_id === blue.id && r.status === 'ready');
  if (next) await issueInvoice.enqueue(tx, ctx, { invoiceId: next.id }, { key: next.id });
}

/** The provider will not: nothing was issued, and a person decides. It is sent again under another serial. */
export async function recordFailed(tx: Tx, ctx: Ctx, order: OrderRow, row: InvoiceRow, why: string): Promise<void> {
  const flow = row.color === 'blue' ? blueFlow : redFlow;
  const saved = await saveInvoice(tx, row, {
    status: step(flow, row.status, 'fail'),
    failure: why.slice(0, 500),
    attention: 'failed',
    sends: row.sends + 1,
    attempts: 0,
  });
  await addMove(tx, ctx, saved, 'failed', why);
  await InvoiceFailed.emit(tx, ctx, row.order_id, { ...invoiceFacts(row), why: why.slice(0, 200) });
  if (saved.color === 'blue') await advance(tx, ctx, order, await getInvoice(tx, row.id));
}
