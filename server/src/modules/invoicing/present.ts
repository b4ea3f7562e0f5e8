import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { getFile } from '#kernel/files/index.ts';
import { localDate } from '#kernel/time.ts';
import { listShops } from '#modules/catalog/index.ts';
import type { z } from 'zod';
import { maskBuyer, openBuyer } from './buyer.ts';
import { PROMISE_MS } from './domain/account.ts';
import { actionsFor, REVIEW, TAX_WRITE } from './policy.ts';
import type * as schema from './schema.ts';
import { findInvoice, type InvoiceRow, linesOfInvoice, openIds, redsOf } from './store/invoices.ts';
import { openQualification, type QualificationRow } from './store/qualifications.ts';
import { movesOf } from './store/records.ts';
import type { TaxCodeRow } from './store/tax-codes.ts';
import type { TitleRow } from './store/titles.ts';
import { INVOICE_ZONE } from './zone.ts';

const WARNED_SHARE = 0.8;
const WAITING_SHOWN = 200;
const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const CLOCKED: readonly InvoiceRow['status'][] = ['pending_review', 'blocked', 'ready', 'issuing', 'failed'];

function clockOf(now: Date, r: InvoiceRow): schema.InvoiceSummary['clock'] {
  if (r.color === 'red') return 'none';
  if (!CLOCKED.includes(r.status)) return r.due_at === null ? 'none' : r.missed_at ? 'missed' : 'done';
  if (r.due_at === null) return 'none';
  if (r.missed_at !== null) return 'missed';
  if (r.paused_at !== null) return 'paused';
  if (r.due_at <= now) return 'missed';
  return r.due_at.getTime() - now.getTime() <= (1 - WARNED_SHARE) * PROMISE_MS ? 'warned' : 'running';
}

export function presentSummary(ctx: Ctx, r: InvoiceRow, shop: string): schema.InvoiceSummary {
  const { kind, name, taxId } = maskBuyer(openBuyer(ctx.orgId, r.buyer));
  const money = (amount: number) => ({ amount, currency: r.currency });
  return {
    id: r.id,
    no: r.no,
    color: r.color,
    status: r.status,
    type: r.type,
    medium: r.medium,
    orderId: r.order_id,
    orderNo: r.order_no,
    shop,
    title: { kind, name, ...(taxId ? { taxId } : {}) },
    amount: money(r.amount),
    tax: r.tax === null ? null : money(r.tax),
    reversed: money(r.reversed),
    number: r.number,
    appliedAt: r.applied_at.toISOString(),
    dueAt: iso(r.due_at),
    paused: r.paused_at !== null,
    clock: clockOf(ctx.now, r),
    issuedAt: iso(r.issued_at),
    attention: r.attention,
    failure: r.failure,
    may: actionsFor(ctx, r),
  };
}

export async function viewSummaries(tx: Tx, ctx: Ctx, rows: readonly InvoiceRow[]): Promise<schema.InvoiceSummary[]> {
  await fieldCrypto.load(ctx.orgId);
  const shops = new Map((await listShops(tx, null, 1000, null)).map((s) => [s.id, s.code]));
  return rows.map((r) => presentSummary(ctx, r, shops.get(r.shop_id) ?? ''));
}

const linkOf = (r: InvoiceRow | undefined) => (r ? { id: r.id, no: r.no, status: r.status } : null);
const refTo = async (tx: Tx, id: string | null) => linkOf(id === null ? undefined : await findInvoice(tx, id));

const paperOf = (r: InvoiceRow) =>
  r.medium === 'digital'
    ? null
    : {
        prints: r.prints,
        printedAt: iso(r.printed_at),
        carrier: r.carrier,
        waybillNo: r.waybill_no,
        mailedAt: iso(r.mailed_at),
        receivedAt: iso(r.received_at),
      };

async function presentLines(tx: Tx, r: InvoiceRow) {
  const money = (amount: number) => ({ amount, currency: r.currency });
  return (await linesOfInvoice(tx, r.id)).map((l) => ({
    lineNo: l.lineNo,
    sku: l.sku,
    title: l.title,
    code: l.code,
    shortName: l.shortName,
    rateBp: l.rateBp,
    policy: l.policy,
    unit: l.unit,
    quantity: l.quantity,
    amount: money(l.amount),
    tax: money(l.tax),
    reversed: money(l.reversed),
  }));
}

/** An invoice as its page shows it. */
export async function viewInvoice(tx: Tx, ctx: Ctx, r: InvoiceRow): Promise<z.input<typeof schema.InvoiceView>> {
  const [summary] = await viewSummaries(tx, ctx, [r]);
  const moves = await movesOf(tx, r.id);
  const names = await actorNames(tx, [
    ...moves.filter((m) => m.by_kind !== 'customer').map((m) => m.by),
    ...(r.applied_by_kind === 'customer' ? [] : [r.applied_by]),
  ]);
  const who = (kind: string, id: string): string => (kind === 'customer' ? 'customer' : (names.get(id) ?? id));
  const qualification = r.tax_id_idx ? await openQualification(tx, r.customer_id, r.tax_id_idx) : undefined;
  const reds = r.color === 'blue' ? await redsOf(tx, r.id) : [];
  return {
    ...(summary as schema.InvoiceSummary),
    buyer: maskBuyer(openBuyer(ctx.orgId, r.buyer)),
    note: r.note,
    customerId: r.customer_id,
    appliedBy: who(r.applied_by_kind, r.applied_by),
    paidAt: iso(r.paid_at),
    missedAt: iso(r.missed_at),
    missing: r.missing,
    provider: r.provider,
    serial: r.serial,
    attempts: r.attempts,
    blue: await refTo(tx, r.blue_id),
    replaces: await refTo(tx, r.replaces_id),
    reds: reds.map((red) => ({
      id: red.id,
      no: red.no,
      status: red.status,
      amount: { amount: red.amount, currency: red.currency },
      number: red.number,
      reason: red.reason,
    })),
    reason: r.reason,
    buyerUsed: r.buyer_used,
    confirmation:
      r.confirmation === null
        ? null
        : { state: r.confirmation, number: r.confirmation_no, dueAt: iso(r.confirmation_due_at) },
    paper: paperOf(r),
    lines: await presentLines(tx, r),
    moves: moves.map((m) => ({
      event: m.event,
      status: m.status,
      note: m.note,
      by: who(m.by_kind, m.by),
      at: m.at.toISOString(),
    })),
    qualification:
      r.type === 'special' && qualification
        ? { id: qualification.id, state: qualification.state, validUntil: qualification.valid_until }
        : null,
  };
}

/** What a customer sees of an invoice: their own title is not masked to them. */
export function presentMine(ctx: Ctx, r: InvoiceRow): z.input<typeof schema.MyInvoices>['items'][number] {
  const { kind, name } = openBuyer(ctx.orgId, r.buyer);
  return {
    id: r.id,
    no: r.no,
    color: r.color,
    status: r.status,
    type: r.type,
    medium: r.medium,
    title: { kind, name },
    amount: { amount: r.amount, currency: r.currency },
    number: r.number,
    dueAt: iso(r.due_at),
    paused: r.paused_at !== null,
    answer: r.status === 'rejected' ? r.failure : null,
    mailing: r.carrier !== null && r.waybill_no !== null ? { carrier: r.carrier, waybillNo: r.waybill_no } : null,
    may: actionsFor(ctx, r),
  };
}

export function presentTitle(ctx: Ctx, r: TitleRow): z.input<typeof schema.TitleView> {
  const buyer = openBuyer(ctx.orgId, r.sealed);
  const { mail: _mail, ...shown } = ctx.actor.kind === 'customer' ? buyer : maskBuyer(buyer);
  return { ...shown, id: r.id, preferred: r.preferred, usedAt: r.used_at.toISOString() };
}

export async function viewQualification(
  tx: Tx,
  ctx: Ctx,
  r: QualificationRow,
): Promise<z.input<typeof schema.QualificationView>> {
  const names = await actorNames(tx, [r.submitted_by, ...(r.decided_by ? [r.decided_by] : [])]);
  const name = (id: string): string => names.get(id) ?? id;
  const waiting: InvoiceRow[] = [];
  for (const { id } of await openIds(tx, {
    status: 'pending_review',
    customerId: r.customer_id,
    limit: WAITING_SHOWN,
  })) {
    const row = await findInvoice(tx, id);
    if (row?.tax_id_idx?.equals(r.tax_id_idx)) waiting.push(row);
  }
  const files = [];
  for (const id of r.file_ids) files.push(await getFile(tx, ctx, id));
  const { mail: _mail, email: _email, ...title } = openBuyer(ctx.orgId, r.sealed);
  return {
    id: r.id,
    customerId: r.customer_id,
    title,
    files: files.map((f) => ({ id: f.id, name: f.name, mediaType: f.mediaType })),
    note: r.note,
    state: r.state,
    validUntil: r.valid_until,
    expired: r.state === 'approved' && (r.valid_until ?? '') < localDate(ctx.now, INVOICE_ZONE),
    submittedBy: name(r.submitted_by),
    submittedAt: r.submitted_at.toISOString(),
    decidedBy: r.decided_by === null ? null : name(r.decided_by),
    decidedAt: iso(r.decided_at),
    decisionNote: r.decision_note,
    waiting: waiting.map((w) => ({ id: w.id, no: w.no, status: w.status, orderNo: w.order_no })),
    may: mayDecide(ctx, r),
  };
}

function mayDecide(ctx: Ctx, r: QualificationRow): string[] {
  if (!can(ctx, REVIEW) || ctx.actor.kind !== 'user') return [];
  if (r.state === 'approved') return ['revoke'];
  if (r.state !== 'pending') return [];
  return r.submitted_by === ctx.actor.id ? ['reject'] : ['approve', 'reject'];
}

export const presentTaxCode = (
  ctx: Ctx,
  r: TaxCodeRow,
  names: ReadonlyMap<string, string>,
): z.input<typeof schema.TaxCodeView> => ({
  id: r.id,
  scope: r.scope,
  key: r.key,
  code: r.code,
  shortName: r.short_name,
  rateBp: r.rate_bp,
  policy: r.policy,
  unit: r.unit,
  updatedBy: names.get(r.updated_by) ?? r.updated_by,
  updatedAt: r.updated_at.toISOString(),
  may: can(ctx, TAX_WRITE) ? ['edit', 'delete'] : [],
});
