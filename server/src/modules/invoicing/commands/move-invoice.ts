import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { lockOrRestore, type OrderRow } from '#modules/orders/index.ts';
import { titleIdx } from '../buyer.ts';
import { issueClock, pauseClock, resumeClock, startConfirmation } from '../clocks.ts';
import { blueFlow, confirmationFlow, redFlow, type RedReason } from '../domain/invoice-flow.ts';
import type { Title } from '../domain/title.ts';
import { InvoiceNotPaper, ReprintNeedsReason, ReissueOfSuperseded } from '../errors.ts';
import { InvoiceMailed, InvoiceRejected } from '../events.ts';
import { invoiceFacts } from '../facts.ts';
import { issueInvoice } from '../jobs/issue-invoice.ts';
import { mayDo } from '../policy.ts';
import {
  addReversed,
  getInvoice,
  type InvoiceRow,
  linesOfInvoice,
  lockInvoice,
  saveInvoice,
} from '../store/invoices.ts';
import { addMove } from '../store/records.ts';
import { advance, withdraw } from './advance.ts';
import { begin, checkedTitle, rememberTitle, titleOf } from './apply.ts';
import { deliver } from './deliver.ts';
import { followOrder } from './follow-order.ts';
import { startRed } from './red-letters.ts';

type Action = keyof typeof mayDo;
type Held = { order: OrderRow; row: InvoiceRow };

/** Locks the order, then the invoice. @throws Forbidden, TransitionRefused when the actor may not do it, or not now. */
async function hold(tx: Tx, ctx: Ctx, invoiceId: string, action: Action): Promise<Held> {
  await fieldCrypto.load(ctx.orgId);
  const { order_id } = await getInvoice(tx, invoiceId);
  const order = await lockOrRestore(tx, ctx, order_id);
  const row = await lockInvoice(tx, invoiceId);
  const { who, when } = mayDo[action];
  if (!who(ctx)) throw new Forbidden();
  if (!when(row)) throw new TransitionRefused({ from: row.status, event: action, allowed: [] });
  return { order, row };
}

type On<I> = I & { invoiceId: string };

/** Takes an application back that was not sent. */
export async function cancelInvoice(tx: Tx, ctx: Ctx, input: On<{ reason: string }>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'cancel');
  return withdraw(tx, ctx, row, ctx.actor.kind === 'customer' ? 'customer' : 'staff', input.reason);
}

/** Tries what failed or was held up again: a red letter as it is, an application over what is to be invoiced now. */
export async function retryInvoice(tx: Tx, ctx: Ctx, input: On<object>): Promise<InvoiceRow> {
  const { order, row } = await hold(tx, ctx, input.invoiceId, 'retry');
  await addMove(tx, ctx, row, 'retried');
  if (row.color === 'blue') return advance(tx, ctx, order, row, { retry: true });
  const saved = await saveInvoice(tx, row, {
    status: step(redFlow, row.status, 'clear'),
    failure: null,
    attention: null,
  });
  await issueInvoice.enqueue(tx, ctx, { invoiceId: row.id }, { key: row.id });
  return saved;
}

/** Asks the provider now what became of a document nobody has heard of. */
export async function askProvider(tx: Tx, ctx: Ctx, input: On<object>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'query');
  await issueInvoice.enqueue(tx, ctx, { invoiceId: row.id }, { key: row.id });
  return row;
}

/** A special invoice is not given. The customer is told; the reason is on the invoice. */
export async function rejectInvoice(tx: Tx, ctx: Ctx, input: On<{ note: string }>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'reject');
  return reject(tx, ctx, row, input.note);
}

export async function reject(tx: Tx, ctx: Ctx, row: InvoiceRow, note: string): Promise<InvoiceRow> {
  const saved = await saveInvoice(tx, row, {
    status: step(blueFlow, row.status, 'reject'),
    failure: note.slice(0, 500),
    attention: null,
  });
  await issueClock.close(tx, ctx, [row.id], 'cancelled');
  await addMove(tx, ctx, saved, 'rejected', note);
  await InvoiceRejected.emit(tx, ctx, row.order_id, invoiceFacts(row));
  return saved;
}

/** The buyer is to bring documents: the clock stands still until they have. */
export async function wantDocuments(tx: Tx, ctx: Ctx, input: On<{ note: string }>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'want_documents');
  const saved = await pauseClock(tx, ctx, row);
  await addMove(tx, ctx, saved, 'documents_wanted', input.note);
  return saved;
}

export async function documentsCame(tx: Tx, ctx: Ctx, input: On<object>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'documents_came');
  const saved = await resumeClock(tx, ctx, row);
  await addMove(tx, ctx, saved, 'documents_came');
  return saved;
}

/** Takes back all that is left of an issued invoice; its money can then be invoiced anew. */
export async function reverseInvoice(
  tx: Tx,
  ctx: Ctx,
  input: On<{ reason: RedReason; note: string }>,
): Promise<InvoiceRow> {
  const { order, row } = await hold(tx, ctx, input.invoiceId, 'reverse');
  const { reason, note } = input;
  const { red } = await startRed(tx, ctx, order, row, { amount: row.amount - row.reversed, reason, note });
  return red;
}

type Reissue = On<{
  title?: Title | undefined;
  type?: InvoiceRow['type'] | undefined;
  medium?: InvoiceRow['medium'] | undefined;
  email?: string | undefined;
  note: string;
}>;

/** 换开: the wrong invoice is taken back and the right one asked for, in one go. The new one is issued when the old one is gone. */
export async function reissueInvoice(tx: Tx, ctx: Ctx, input: Reissue): Promise<InvoiceRow> {
  const { order, row } = await hold(tx, ctx, input.invoiceId, 'reissue');
  if (order.superseded) throw new ReissueOfSuperseded({ orderNo: order.order_no });
  const as = { type: input.type ?? row.type, medium: input.medium ?? row.medium };
  const title = await checkedTitle(tx, input.title ?? titleOf(ctx.orgId, row), as);
  const amount = row.amount - row.reversed;
  await startRed(tx, ctx, order, row, { amount, reason: '01', note: input.note });
  await rememberTitle(tx, ctx, row.customer_id, title, input.email);
  return begin(
    tx,
    ctx,
    order,
    { orderId: order.id, title, ...as, email: input.email, note: input.note },
    { idx: titleIdx(ctx.orgId, title), status: 'ready', amount, replaces: row.id },
  );
}

/** What the buyer says of a special invoice: once they have used it they must agree to its being taken back. */
export async function markUsed(tx: Tx, ctx: Ctx, input: On<{ used: boolean }>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'mark_used');
  const saved = await saveInvoice(tx, row, { buyer_used: input.used });
  await addMove(tx, ctx, saved, input.used ? 'buyer_used' : 'buyer_unused');
  return saved;
}

type Confirmation = On<{ event: 'confirm' | 'reject' | 'apply_again'; number?: string | undefined; note: string }>;

/** What became of a confirmation at the tax bureau, as somebody saw it there. */
export async function moveConfirmation(tx: Tx, ctx: Ctx, input: Confirmation): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'confirmation');
  const confirmation = step(confirmationFlow, row.confirmation ?? 'applied', input.event);
  let saved = await saveInvoice(tx, row, {
    confirmation,
    attention: confirmation === 'rejected' ? 'confirmation' : null,
    ...(input.number ? { confirmation_no: input.number } : {}),
  });
  if (confirmation === 'applied')
    saved = await saveInvoice(tx, saved, { confirmation_due_at: await startConfirmation(tx, ctx, row.id) });
  if (confirmation === 'buyer_confirmed') {
    saved = await saveInvoice(tx, saved, { status: step(redFlow, row.status, 'clear') });
    await issueInvoice.enqueue(tx, ctx, { invoiceId: row.id }, { key: row.id });
  }
  await addMove(tx, ctx, saved, `confirmation_${input.event}`, input.note);
  return saved;
}

/** Gives a red letter up that waits for the buyer; what a refund asks for comes back as another. */
export async function giveUpRed(tx: Tx, ctx: Ctx, input: On<{ reason: string }>): Promise<InvoiceRow> {
  const { order, row } = await hold(tx, ctx, input.invoiceId, 'give_up');
  const blue = await lockInvoice(tx, row.blue_id ?? '');
  const lineNo = new Map((await linesOfInvoice(tx, blue.id)).map((l) => [l.orderLineId, l.lineNo]));
  await addReversed(
    tx,
    blue.id,
    (await linesOfInvoice(tx, row.id)).map((l) => ({
      lineNo: lineNo.get(l.orderLineId) ?? 0,
      amount: -l.amount,
      tax: -l.tax,
    })),
  );
  await saveInvoice(tx, blue, { reversed: blue.reversed - row.amount });
  const saved = await saveInvoice(tx, row, { status: step(redFlow, row.status, 'cancel'), attention: null });
  await addMove(tx, ctx, saved, 'given_up', input.reason);
  await followOrder(tx, ctx, order.id); // what waited to be issued instead falls away
  return saved;
}

/** A sheet has left the printer. Every one after the first has a reason. */
export async function recordPrint(tx: Tx, ctx: Ctx, input: On<{ reason?: string | undefined }>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'print');
  if (row.medium !== 'paper') throw new InvoiceNotPaper({ invoiceNo: row.no });
  if (row.prints > 0 && !input.reason) throw new ReprintNeedsReason({ prints: row.prints });
  const saved = await saveInvoice(tx, row, { prints: row.prints + 1, printed_at: row.printed_at ?? ctx.now });
  await addMove(tx, ctx, saved, row.prints > 0 ? 'reprinted' : 'printed', input.reason);
  return saved;
}

export async function recordMailed(
  tx: Tx,
  ctx: Ctx,
  input: On<{ carrier: string; waybillNo: string }>,
): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'mail');
  const { carrier, waybillNo } = input;
  const saved = await saveInvoice(tx, row, { carrier, waybill_no: waybillNo, mailed_at: ctx.now });
  await addMove(tx, ctx, saved, 'mailed', `${carrier} ${waybillNo}`);
  await InvoiceMailed.emit(tx, ctx, row.order_id, { ...invoiceFacts(row), carrier, waybillNo });
  return saved;
}

export async function recordReceived(tx: Tx, ctx: Ctx, input: On<object>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'received');
  const saved = await saveInvoice(tx, row, { received_at: ctx.now });
  await addMove(tx, ctx, saved, 'received');
  return saved;
}

/** Writes to the buyer once more, or to another address they named. */
export async function sendAgain(tx: Tx, ctx: Ctx, input: On<{ email: string }>): Promise<InvoiceRow> {
  const { row } = await hold(tx, ctx, input.invoiceId, 'send');
  await deliver(tx, ctx, row, { email: input.email });
  await addMove(tx, ctx, row, 'sent');
  return row;
}
