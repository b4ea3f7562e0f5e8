import { assert, present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import type { JobEnv } from '#kernel/jobs/index.ts';
import { after, MINUTE_MS, SECOND_MS } from '#kernel/time.ts';
import { lockOrRestore, type OrderRow } from '#modules/orders/index.ts';
import { openBuyer } from '../buyer.ts';
import { blueFlow, redFlow } from '../domain/invoice-flow.ts';
import { issueInvoice } from '../jobs/issue-invoice.ts';
import { callbackLink } from '../links.ts';
import { providerOf } from '../providers/index.ts';
import {
  type Answer,
  type Asked,
  type DocumentOrder,
  type InvoiceProvider,
  ProviderNotSetUp,
  ProviderUnreachable,
  type Told,
} from '../providers/provider.ts';
import { invoicingSettings, sellerOf } from '../settings.ts';
import {
  getInvoice,
  type InvoiceRow,
  invoicesOfOrder,
  type LineRow,
  linesOfInvoice,
  lockInvoice,
  putLines,
  saveInvoice,
} from '../store/invoices.ts';
import { addExchange } from '../store/records.ts';
import { advance } from './advance.ts';
import { openAmount, planLines } from './plan.ts';
import { recordFailed, recordIssued } from './record-outcome.ts';

type Begun = { provider: InvoiceProvider; order: DocumentOrder; attempt: number };
type Outcome = {
  answer: Answer | { state: 'unknown'; why: string } | { state: 'not_set_up'; why: string };
  told: readonly Told[];
};

/** Attempts after which a person is to look, and after which nobody asks any more until one does. */
const ATTENTION_AFTER = 8;
const ATTEMPTS_MAX = 200;
const WAIT_MAX_MS = 15 * MINUTE_MS;
/** 5 s, 10 s, 20 s … 15 min. */
const waitMs = (attempts: number): number => Math.min(5 * SECOND_MS * 2 ** (attempts - 1), WAIT_MAX_MS);

/** Has a document issued; the network is outside the transactions before and after. */
export async function carryOut(env: JobEnv, ctx: Ctx, invoiceId: string): Promise<void> {
  await fieldCrypto.load(ctx.orgId);
  const begun = await env.db.inTx(ctx, (tx) => beginAttempt(tx, ctx, invoiceId));
  if (!begun) return;
  const started = performance.now();
  const outcome = await ask(env, begun);
  const tookMs = Math.round(performance.now() - started);
  await env.db.inTx(ctx, (tx) => recordOutcome(tx, ctx, begun, outcome, tookMs));
}

async function beginAttempt(tx: Tx, ctx: Ctx, invoiceId: string): Promise<Begun | undefined> {
  const order = await lockOrRestore(tx, ctx, (await getInvoice(tx, invoiceId)).order_id);
  const row = await lockInvoice(tx, invoiceId);
  const sent = row.status === 'issuing' ? row : await firstAttempt(tx, ctx, order, row);
  if (!sent) return undefined;
  const saved = await saveInvoice(tx, sent, { attempts: sent.attempts + 1 });
  const provider = providerOf(present(saved.provider, 'what is sent has a provider'));
  if (!provider) return undefined;
  return { provider, order: await documentOrder(tx, ctx, saved), attempt: saved.attempts };
}

/** Fixes what a document says, for good: from here on refunds lead to red letters. */
async function firstAttempt(tx: Tx, ctx: Ctx, order: OrderRow, row: InvoiceRow): Promise<InvoiceRow | undefined> {
  if (row.status !== 'ready') return undefined;
  const serial = row.sends === 0 ? row.no : `${row.no}-${row.sends}`;
  if (row.color === 'red') {
    const { provider, seller } = await getInvoice(tx, present(row.blue_id, 'a red letter takes a blue invoice back'));
    return saveInvoice(tx, row, { status: step(redFlow, row.status, 'send'), serial, provider, seller });
  }
  // The wrong invoice goes before the right one comes: never are there two over the same money.
  if (row.replaces_id && (await getInvoice(tx, row.replaces_id)).status !== 'reversed') return undefined;
  const ready = await advance(tx, ctx, order, row);
  if (ready.status !== 'ready') return undefined;
  const amount = await openAmount(tx, ctx, order, await invoicesOfOrder(tx, order.id));
  const { lines } = await planLines(tx, order, amount);
  assert(lines.reduce((n, l) => n + l.amount, 0) === amount, 'the lines are what is paid');
  await putLines(tx, ready.id, lines);
  const settings = await invoicingSettings.get(tx);
  return saveInvoice(tx, ready, {
    status: step(blueFlow, ready.status, 'send'),
    amount,
    tax: lines.reduce((n, l) => n + l.tax, 0),
    serial,
    provider: settings.provider,
    seller: sellerOf(settings),
    attempts: 0,
  });
}

/** Of a red letter the lines are numbered as those of the invoice it takes back. */
async function numbered(tx: Tx, row: InvoiceRow, blue: InvoiceRow | undefined): Promise<LineRow[]> {
  const lines = await linesOfInvoice(tx, row.id);
  if (!blue) return lines;
  const blueNo = new Map((await linesOfInvoice(tx, blue.id)).map((l) => [l.orderLineId, l.lineNo]));
  return lines.map((l) => ({ ...l, lineNo: blueNo.get(l.orderLineId) ?? l.lineNo }));
}

async function documentOrder(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<DocumentOrder> {
  const seller = { ...(await invoicingSettings.get(tx)), ...row.seller };
  const blue = row.blue_id ? await getInvoice(tx, row.blue_id) : undefined;
  return {
    orgId: ctx.orgId,
    invoiceId: row.id,
    serial: present(row.serial, 'what is sent has a serial'),
    orderNo: row.order_no,
    color: row.color,
    type: row.type,
    medium: row.medium,
    buyer: openBuyer(ctx.orgId, row.buyer),
    seller,
    amount: row.amount,
    tax: row.tax ?? 0,
    lines: await numbered(tx, row, blue),
    remark: [seller.remark, row.order_no].filter(Boolean).join(' '),
    requestedAt: ctx.now,
    ref: row.provider_ref,
    callbackUrl: callbackLink(row.provider ?? '', ctx.orgId, row.id, ctx.now),
    ...(row.reason ? { reason: row.reason } : {}),
    ...(row.confirmation_no ? { confirmationNo: row.confirmation_no } : {}),
    ...(blue
      ? {
          original: {
            number: blue.number ?? '',
            issuedAt: blue.issued_at ?? ctx.now,
            serial: blue.serial ?? '',
            ref: blue.provider_ref,
            whole: row.amount === blue.amount,
          },
        }
      : {}),
  };
}

/** After the first attempt the provider is asked before it is told again, under the same serial. */
async function ask(env: JobEnv, { provider, order, attempt }: Begun): Promise<Outcome> {
  try {
    if (attempt === 1) return await provider.issue(env, order);
    const known = await provider.query(env, order);
    if (known.answer.state !== 'not_found') return known;
    const issued: Asked = await provider.issue(env, order);
    return { ...issued, told: [...known.told, ...issued.told] };
  } catch (error) {
    if (error instanceof ProviderNotSetUp)
      return { answer: { state: 'not_set_up', why: error.message.slice(0, 200) }, told: [] };
    if (!(error instanceof ProviderUnreachable)) throw error;
    return { answer: { state: 'unknown', why: error.message.slice(0, 200) }, told: [error.told] };
  }
}

async function recordOutcome(tx: Tx, ctx: Ctx, begun: Begun, { answer, told }: Outcome, tookMs: number): Promise<void> {
  const { order: asked, attempt } = begun;
  const order = await lockOrRestore(tx, ctx, (await getInvoice(tx, asked.invoiceId)).order_id);
  const row = await lockInvoice(tx, asked.invoiceId);
  for (const t of told)
    await addExchange(tx, row.id, {
      direction: 'request',
      provider: begun.provider.code,
      method: t.method,
      sent: t.sent,
      answered: t.answered,
      outcome: 'why' in answer ? `${answer.state}: ${answer.why ?? ''}` : answer.state,
      tookMs,
      at: ctx.now,
    });
  if (row.status !== 'issuing') return; // another run of this job was first
  if (answer.state === 'issued') return recordIssued(tx, ctx, order, row, answer);
  if (answer.state === 'failed') return recordFailed(tx, ctx, order, row, answer.why);
  // Without keys nothing was sent, the first time; later nobody knows what became of what was.
  if (answer.state === 'not_set_up' && attempt === 1) return recordFailed(tx, ctx, order, row, answer.why);
  const why = 'why' in answer ? (answer.why ?? null) : null;
  const late = row.attempts >= ATTENTION_AFTER ? 'unknown' : null;
  await saveInvoice(tx, row, {
    failure: why,
    attention:
      ('attention' in answer ? answer.attention : undefined) ?? (answer.state === 'not_set_up' ? 'provider' : late),
    ...('ref' in answer && answer.ref ? { provider_ref: answer.ref } : {}),
  });
  if (row.attempts >= ATTEMPTS_MAX) return;
  const runAt = after(ctx.now, waitMs(row.attempts));
  await issueInvoice.enqueue(tx, ctx, { invoiceId: row.id }, { key: row.id, runAt });
}
