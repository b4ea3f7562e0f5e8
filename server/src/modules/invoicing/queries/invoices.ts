import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { seesShop } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { findShop } from '#modules/catalog/index.ts';
import { nameIdx, taxIdIdx } from '../buyer.ts';
import { normaliseTaxId } from '../domain/credit-code.ts';
import { InvoiceNotFound } from '../errors.ts';
import { viewSummaries } from '../present.ts';
import type { InvoiceCounts, InvoiceSummary, ListInvoices } from '../schema.ts';
import { findInvoice, INVOICE_COLUMNS, type InvoiceRow } from '../store/invoices.ts';

const OPEN = `i.color = 'blue' and i.status in ('waiting_payment', 'pending_review', 'blocked', 'ready', 'issuing', 'failed')`;
const BY_DUE = 'invoices/due';
const NEWEST = 'invoices/-id';
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** An invoice within the caller's data scope, by id or our number. @throws InvoiceNotFound for any other. */
export async function visibleInvoice(tx: Tx, ctx: Ctx, ref: string): Promise<InvoiceRow> {
  const row = await findInvoice(tx, ref);
  if (!row || !seesShop(ctx, row.shop_id)) throw new InvoiceNotFound({ invoice: ref });
  return row;
}

type Filters = Omit<z.output<typeof ListInvoices>, 'limit' | 'cursor'>;

/** Conditions with their values: `?1` is the first of those given with it. */
class Where {
  readonly params: unknown[];
  readonly parts: string[] = [];
  constructor(...params: unknown[]) {
    this.params = params;
  }
  and(sql: string, ...values: unknown[]): void {
    this.parts.push(sql.replaceAll(/\?(\d)/g, (_m, n: string) => `$${this.params.length + Number(n)}`));
    this.params.push(...values);
  }
  get sql(): string {
    return this.parts.map((p) => ` and ${p}`).join('');
  }
}

function byState(where: Where, state: Filters['state'], now: Date): boolean {
  switch (state) {
    case undefined:
      return false;
    case 'open':
      where.and(OPEN);
      return true;
    case 'overdue':
      where.and(`${OPEN} and i.due_at <= ?1 and i.paused_at is null`, now);
      return true;
    case 'due_soon':
      where.and(`${OPEN} and i.due_at > ?1 and i.due_at <= ?2 and i.paused_at is null`, now, after(now, DAY_MS));
      return true;
    case 'attention':
      where.and('i.attention is not null');
      return false;
    case 'to_print':
      where.and(`i.medium = 'paper' and i.status = 'issued' and i.color = 'blue' and i.mailed_at is null`);
      return false;
    default:
      where.and('i.status = ?1', state);
      return false;
  }
}

async function filter(tx: Tx, ctx: Ctx, where: Where, input: Filters): Promise<boolean> {
  const byDue = byState(where, input.state, ctx.now);
  if (ctx.actor.shops !== null) where.and('i.shop_id = any (?1)', [...ctx.actor.shops]);
  if (input.shop !== undefined) where.and('i.shop_id = ?1', (await findShop(tx, { code: input.shop }))?.id ?? NOBODY);
  for (const field of ['type', 'medium', 'color'] as const)
    if (input[field] !== undefined) where.and(`i.${field} = ?1`, input[field]);
  if (input.orderId !== undefined) where.and('i.order_id = ?1', input.orderId);
  if (input.customerId !== undefined) where.and('i.customer_id = ?1', input.customerId);
  if (input.from !== undefined) where.and('i.applied_at >= ?1', input.from);
  if (input.to !== undefined) where.and('i.applied_at < ?1', input.to);
  if (input.q) {
    await fieldCrypto.load(ctx.orgId);
    const id = normaliseTaxId(input.q);
    where.and(
      '(i.no = ?1 or i.number = ?1 or i.order_no = ?2 or i.name_idx = ?3 or i.tax_id_idx = ?4)',
      id,
      input.q,
      nameIdx(ctx.orgId, input.q),
      taxIdIdx(ctx.orgId, id),
    );
  }
  return byDue;
}

/** Invoices: what is open by when it is due, anything else newest first. */
export async function findInvoices(
  tx: Tx,
  ctx: Ctx,
  { limit, cursor, ...filters }: z.output<typeof ListInvoices>,
): Promise<Page<InvoiceRow>> {
  const where = new Where(tx.orgId);
  const byDue = await filter(tx, ctx, where, filters);
  const order = byDue ? BY_DUE : NEWEST;
  if (cursor !== undefined && byDue)
    where.and(
      `(coalesce(i.due_at, 'infinity'), i.id) > (?1::timestamptz, ?2::uuid)`,
      ...decodeCursor(order, cursor, 2),
    );
  else if (cursor !== undefined) where.and('i.id < ?1', decodeCursor(order, cursor, 1)[0]);
  where.params.push(limit + 1);
  const rows = await tx.query<InvoiceRow>(
    `select ${INVOICE_COLUMNS} from invoicing.invoices i where i.org_id = $1${where.sql}
      order by ${byDue ? `coalesce(i.due_at, 'infinity'), i.id` : 'i.id desc'} limit $${where.params.length}`,
    where.params,
  );
  return pageOf(
    rows,
    limit,
    order,
    (r) => (byDue ? [r.due_at?.toISOString() ?? 'infinity', r.id] : [r.id]),
    (r) => r,
  );
}

export async function listInvoices(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListInvoices>,
): Promise<Page<InvoiceSummary>> {
  const page = await findInvoices(tx, ctx, input);
  return { items: await viewSummaries(tx, ctx, page.items), nextCursor: page.nextCursor };
}

/** What waits for somebody, counted: the tiles of the finance console. */
export async function countInvoices(tx: Tx, ctx: Ctx): Promise<z.input<typeof InvoiceCounts>> {
  const where = new Where(tx.orgId, ctx.now, after(ctx.now, DAY_MS));
  if (ctx.actor.shops !== null) where.and('i.shop_id = any (?1)', [...ctx.actor.shops]);
  const row = one(
    await tx.query<Omit<z.input<typeof InvoiceCounts>, 'qualifications'>>(
      `select count(*) filter (where ${OPEN} and i.paused_at is null and i.due_at > $2 and i.due_at <= $3)::int as "dueSoon",
              count(*) filter (where ${OPEN} and i.paused_at is null and i.due_at <= $2)::int as overdue,
              count(*) filter (where i.status = 'failed')::int as failed,
              count(*) filter (where i.status = 'blocked')::int as blocked,
              count(*) filter (where i.status = 'pending_review')::int as "pendingReview",
              count(*) filter (where i.status = 'confirming')::int as confirming,
              count(*) filter (where i.attention is not null)::int as attention,
              count(*) filter (where i.medium = 'paper' and i.status = 'issued' and i.color = 'blue' and i.prints = 0)::int as "toPrint",
              count(*) filter (where i.medium = 'paper' and i.status = 'issued' and i.color = 'blue' and i.prints > 0 and i.mailed_at is null)::int as "toMail"
         from invoicing.invoices i where i.org_id = $1${where.sql}
          and (i.status in ('pending_review', 'blocked', 'ready', 'issuing', 'failed', 'confirming') or i.attention is not null
            or (i.medium = 'paper' and i.status = 'issued' and i.color = 'blue' and i.mailed_at is null))`,
      where.params,
    ),
  );
  const { n } = one(
    await tx.query<{ n: number }>(
      `select count(*)::int as n from invoicing.qualifications where org_id = $1 and state = 'pending'`,
      [tx.orgId],
    ),
  );
  return { ...row, qualifications: n };
}
