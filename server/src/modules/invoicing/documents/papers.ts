import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { zoned } from '#kernel/time.ts';
import { openBuyer } from '../buyer.ts';
import type { Buyer } from '../domain/title.ts';
import { InvoiceHasNoDocument } from '../errors.ts';
import type { Seller } from '../settings.ts';
import { getInvoice, type InvoiceRow, type LineRow, linesOfInvoice } from '../store/invoices.ts';
import { INVOICE_ZONE } from '../zone.ts';

/** Everything that stands on a document. Amounts of a red letter are negative. */
export type Paper = {
  number: string;
  red: boolean;
  special: boolean;
  paper: boolean;
  sandbox: boolean;
  serial: string;
  issuedAt: Date;
  seller: Seller;
  buyer: Buyer;
  lines: (LineRow & { net: number })[];
  amount: number;
  tax: number;
  /** The invoice a red letter takes back. */
  blueNumber: string | null;
  reason: string | null;
  remark: string;
};

/** What stands on an issued document. @throws InvoiceHasNoDocument before it is issued. */
export async function paperOf(tx: Tx, ctx: Ctx, row: InvoiceRow): Promise<Paper> {
  if (row.number === null || row.issued_at === null || row.seller === null || row.serial === null)
    throw new InvoiceHasNoDocument({ invoiceNo: row.no, status: row.status });
  await fieldCrypto.load(ctx.orgId);
  const sign = row.color === 'red' ? -1 : 1;
  const blue = row.blue_id ? await getInvoice(tx, row.blue_id) : undefined;
  const lines = (await linesOfInvoice(tx, row.id)).map((l) => ({
    ...l,
    amount: sign * l.amount,
    tax: sign * l.tax,
    net: sign * (l.amount - l.tax),
  }));
  return {
    number: row.number,
    red: row.color === 'red',
    special: row.type === 'special',
    paper: row.medium === 'paper',
    sandbox: row.provider === 'sandbox',
    serial: row.serial,
    issuedAt: row.issued_at,
    seller: row.seller,
    buyer: openBuyer(ctx.orgId, row.buyer),
    lines,
    amount: sign * row.amount,
    tax: sign * present(row.tax, 'an issued document says its tax'),
    blueNumber: blue?.number ?? null,
    reason: row.reason,
    remark: [row.seller.remark, `订单号：${row.order_no}`].filter(Boolean).join('；'),
  };
}

/** Fen as yuan with two digits, as tax documents write them. */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function dayOf(at: Date): { year: string; month: string; day: string } {
  const p = zoned(at, INVOICE_ZONE);
  const two = (n: number): string => String(n).padStart(2, '0');
  return { year: String(p.year), month: two(p.month), day: two(p.day) };
}

/** What the QR code of a digital invoice holds: kind (31 special, 32 general), number, amount, day. */
export function qrText(p: Paper): string {
  const { year, month, day } = dayOf(p.issuedAt);
  return `01,${p.special ? '31' : '32'},,${p.number},${yuan(p.amount)},${year}${month}${day},,`;
}

/** `13%`, or what stands in its place. */
export function rateText(l: { rateBp: number; policy: string | null }): string {
  if (l.policy === '03') return '免税';
  if (l.policy === '04') return '不征税';
  return `${l.rateBp / 100}%`;
}
