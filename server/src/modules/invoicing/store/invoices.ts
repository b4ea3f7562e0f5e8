import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import type { ConfirmationState, InvoiceStatus, RedReason } from '../domain/invoice-flow.ts';
import type { InvoiceLine } from '../domain/invoice-lines.ts';
import { InvoiceNotFound } from '../errors.ts';
import type { Seller } from '../settings.ts';

export type InvoiceRow = {
  id: string;
  no: string;
  color: 'blue' | 'red';
  blue_id: string | null;
  replaces_id: string | null;
  order_id: string;
  order_no: string;
  shop_id: string;
  customer_id: string;
  type: 'general' | 'special';
  medium: 'digital' | 'paper';
  status: InvoiceStatus;
  title_kind: 'personal' | 'company';
  buyer: Buffer;
  name_idx: Buffer;
  tax_id_idx: Buffer | null;
  currency: Currency;
  amount: number;
  tax: number | null;
  reversed: number;
  reason: RedReason | null;
  note: string;
  buyer_used: boolean;
  confirmation: ConfirmationState | null;
  confirmation_no: string | null;
  confirmation_due_at: Date | null;
  provider: string | null;
  /** Who issues it, as it was when it was sent. */
  seller: Seller | null;
  serial: string | null;
  sends: number;
  attempts: number;
  number: string | null;
  provider_ref: string | null;
  issued_at: Date | null;
  failure: string | null;
  attention: string | null;
  missing: { sku: string; title: string }[];
  file_id: string | null;
  applied_at: Date;
  applied_by_kind: string;
  applied_by: string;
  paid_at: Date | null;
  due_at: Date | null;
  paused_at: Date | null;
  paused_ms: number;
  missed_at: Date | null;
  printed_at: Date | null;
  prints: number;
  carrier: string | null;
  waybill_no: string | null;
  mailed_at: Date | null;
  received_at: Date | null;
  version: number;
};
export type LineRow = InvoiceLine & { lineNo: number; reversed: number; reversedTax: number };

export const INVOICE_COLUMNS = `id, no, color, blue_id, replaces_id, order_id, order_no, shop_id, customer_id, type, medium, status, title_kind, buyer, name_idx, tax_id_idx, currency, amount, tax,
  reversed, reason, note, buyer_used, confirmation, confirmation_no, confirmation_due_at, provider, seller, serial, sends, attempts, number, provider_ref, issued_at, failure, attention, missing, file_id,
  applied_at, applied_by_kind, applied_by, paid_at, due_at, paused_at, paused_ms, missed_at, printed_at, prints, carrier, waybill_no, mailed_at, received_at, version`;
const SELECT = `select ${INVOICE_COLUMNS} from invoicing.invoices where org_id = $1`;

export type NewInvoice = Pick<
  InvoiceRow,
  | 'id'
  | 'no'
  | 'color'
  | 'blue_id'
  | 'replaces_id'
  | 'order_id'
  | 'order_no'
  | 'shop_id'
  | 'customer_id'
  | 'type'
  | 'medium'
  | 'status'
  | 'title_kind'
  | 'buyer'
  | 'name_idx'
  | 'tax_id_idx'
  | 'currency'
  | 'amount'
  | 'tax'
  | 'reason'
  | 'note'
  | 'confirmation'
  | 'confirmation_due_at'
  | 'applied_at'
  | 'applied_by_kind'
  | 'applied_by'
  | 'paid_at'
>;

/** Adds an invoice; the index refuses a second open one of an order, whatever locks were taken. */
export async function insertInvoice(tx: Tx, row: NewInvoice): Promise<InvoiceRow> {
  const fields = Object.keys(row) as (keyof NewInvoice)[];
  await tx.query(
    `insert into invoicing.invoices (org_id, ${fields.join(', ')}) values ($1, ${fields.map((_, i) => `$${i + 2}`).join(', ')})`,
    [tx.orgId, ...fields.map((f) => row[f])],
  );
  return getInvoice(tx, row.id);
}

/** An invoice by id or by our number. */
export async function findInvoice(tx: Tx, ref: string): Promise<InvoiceRow | undefined> {
  return maybeOne(await tx.prepared<InvoiceRow>(`${SELECT} and ${isUuid(ref) ? 'id' : 'no'} = $2`, [tx.orgId, ref]));
}

/** @throws InvoiceNotFound. */
export async function getInvoice(tx: Tx, ref: string): Promise<InvoiceRow> {
  const row = await findInvoice(tx, ref);
  if (!row) throw new InvoiceNotFound({ invoice: ref });
  return row;
}

/** Locks an invoice; its order is locked before. @throws InvoiceNotFound. */
export async function lockInvoice(tx: Tx, id: string): Promise<InvoiceRow> {
  const row = maybeOne(await tx.prepared<InvoiceRow>(`${SELECT} and id = $2 for update`, [tx.orgId, id]));
  if (!row) throw new InvoiceNotFound({ invoice: id });
  return row;
}

/** Everything that was ever asked for of an order, oldest first. */
export const invoicesOfOrder = (tx: Tx, orderId: string): Promise<InvoiceRow[]> =>
  tx.prepared<InvoiceRow>(`${SELECT} and order_id = $2 order by id`, [tx.orgId, orderId]);

/** Red letters of a blue invoice, oldest first. */
export const redsOf = (tx: Tx, blueId: string): Promise<InvoiceRow[]> =>
  tx.prepared<InvoiceRow>(`${SELECT} and blue_id = $2 order by id`, [tx.orgId, blueId]);

/** Those of the orders that have invoices, in the order of their ids. */
export async function ordersWithInvoices(tx: Tx, orderIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ order_id: string }>(
    'select distinct order_id from invoicing.invoices where org_id = $1 and order_id = any ($2) order by order_id',
    [tx.orgId, orderIds],
  );
  return rows.map((r) => r.order_id);
}

/** Open applications a tax code or a qualification may have been missing for. */
export const openIds = async (
  tx: Tx,
  by: { status: InvoiceStatus; customerId?: string; limit: number },
): Promise<{ id: string; order_id: string }[]> =>
  tx.query(
    `select id, order_id from invoicing.invoices where org_id = $1 and status = $2 and ($3::uuid is null or customer_id = $3) order by order_id limit $4`,
    [tx.orgId, by.status, by.customerId ?? null, by.limit],
  );

export type InvoicePatch = Partial<Omit<InvoiceRow, 'id' | 'no' | 'color' | 'blue_id' | 'order_id' | 'version'>>;

const JSONS = new Set<keyof InvoicePatch>(['missing', 'seller']);

/** Saves fields of an invoice whose row is locked. */
export async function saveInvoice(tx: Tx, row: InvoiceRow, patch: InvoicePatch): Promise<InvoiceRow> {
  const fields = Object.keys(patch) as (keyof InvoicePatch)[];
  if (fields.length === 0) return row;
  const value = (f: keyof InvoicePatch): unknown => (JSONS.has(f) && patch[f] ? JSON.stringify(patch[f]) : patch[f]);
  await tx.query(
    `update invoicing.invoices set ${fields.map((f, i) => `${f} = $${i + 3}`).join(', ')}, version = version + 1 where org_id = $1 and id = $2`,
    [tx.orgId, row.id, ...fields.map(value)],
  );
  return { ...row, ...patch, version: row.version + 1 };
}

const LINE = `line_no as "lineNo", order_line_id as "orderLineId", sku, title, code, short_name as "shortName", rate_bp as "rateBp", policy, unit, quantity, amount, tax, reversed,
  reversed_tax as "reversedTax"`;

export const linesOfInvoice = (tx: Tx, invoiceId: string): Promise<LineRow[]> =>
  tx.prepared<LineRow>(`select ${LINE} from invoicing.lines where org_id = $1 and invoice_id = $2 order by line_no`, [
    tx.orgId,
    invoiceId,
  ]);

/** Writes the lines of a document that is about to be sent; those of an attempt that was refused go. */
export async function putLines(tx: Tx, invoiceId: string, lines: readonly InvoiceLine[]): Promise<void> {
  await tx.query('delete from invoicing.lines where org_id = $1 and invoice_id = $2', [tx.orgId, invoiceId]);
  await tx.query(
    `insert into invoicing.lines (org_id, invoice_id, line_no, order_line_id, sku, title, code, short_name, rate_bp, policy, unit, quantity, amount, tax)
     select $1, $2, r."lineNo", r."orderLineId", r.sku, r.title, r.code, r."shortName", r."rateBp", r.policy, r.unit, r.quantity, r.amount, r.tax
       from jsonb_to_recordset($3::jsonb) as r ("lineNo" int, "orderLineId" uuid, sku text, title text, code text, "shortName" text, "rateBp" int, policy text, unit text,
         quantity bigint, amount bigint, tax bigint)`,
    [tx.orgId, invoiceId, JSON.stringify(lines.map((line, i) => ({ ...line, lineNo: i + 1 })))],
  );
}

/** Adds to what of each line of a blue invoice is taken back; the table refuses more than there is. */
export async function addReversed(
  tx: Tx,
  invoiceId: string,
  parts: readonly { lineNo: number; amount: number; tax: number }[],
): Promise<void> {
  await tx.query(
    `update invoicing.lines l set reversed = l.reversed + u.amount, reversed_tax = l.reversed_tax + u.tax
       from unnest($3::int[], $4::bigint[], $5::bigint[]) as u (n, amount, tax) where l.org_id = $1 and l.invoice_id = $2 and l.line_no = u.n`,
    [tx.orgId, invoiceId, parts.map((p) => p.lineNo), parts.map((p) => p.amount), parts.map((p) => p.tax)],
  );
}

/** The document that has a number of the tax bureau. */
export const findByNumber = async (tx: Tx, number: string): Promise<InvoiceRow | undefined> =>
  maybeOne(await tx.prepared<InvoiceRow>(`${SELECT} and number = $2`, [tx.orgId, number]));
