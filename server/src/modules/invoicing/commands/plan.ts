import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { localDate } from '#kernel/time.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { linesOf, type OrderRow, relativesOf } from '#modules/orders/index.ts';
import { openRefunds, paymentsOf } from '#modules/payments/index.ts';
import { coveredBy, isPaidUp, netOf } from '../domain/account.ts';
import { COUNTS } from '../domain/invoice-flow.ts';
import { blueLines, type InvoiceLine, shareOut } from '../domain/invoice-lines.ts';
import { type InvoiceRow, invoicesOfOrder } from '../store/invoices.ts';
import { openQualification } from '../store/qualifications.ts';
import { taxClassesOf } from '../store/tax-codes.ts';

import { INVOICE_ZONE } from '../zone.ts';

export const isLiveBlue = (r: InvoiceRow): boolean => r.color === 'blue' && COUNTS.includes(r.status);

/** When the order's money was there; undefined while something is owed. */
export function paidAtOf(order: OrderRow, now: Date): Date | undefined {
  if (!isPaidUp(order) || order.status === 'pending_payment') return undefined;
  return order.paid_at ?? (order.payment_method === 'prepaid' ? order.placed_at : now);
}

/**
 * What was paid for an order and stayed, in minor units. One that goes on in others keeps what was paid for it itself: its
 * invoice is about those payments, whoever the goods belong to by now. The caller holds the order's lock.
 */
export async function netOfOrder(tx: Tx, ctx: Ctx, order: OrderRow): Promise<number> {
  if (!order.superseded || order.payment_method === 'prepaid') return netOf(order);
  const payments = (await paymentsOf(tx, ctx, order.id)).filter((p) => p.status === 'succeeded' && p.accepted);
  return payments.reduce((sum, p) => sum + (p.received?.amount ?? 0) - p.refundedAmount, 0);
}

/** What an order can be invoiced for now: not what is invoiced already, nor what is on its way back. */
export async function openAmount(tx: Tx, ctx: Ctx, order: OrderRow, invoices: readonly InvoiceRow[]): Promise<number> {
  const underWay = order.derived === null ? [...(await openRefunds(tx, order.id)).values()] : [];
  const net = (await netOfOrder(tx, ctx, order)) - underWay.reduce((a, b) => a + b, 0);
  return Math.max(net - coveredBy(invoices.filter(isLiveBlue)), 0);
}

/** An invoice that still covers money, of an order this one shares money with by splits and merges. */
export async function coveredInFamily(tx: Tx, orderId: string): Promise<InvoiceRow | undefined> {
  for (const id of await relativesOf(tx, [orderId])) {
    if (id === orderId) continue;
    const found = (await invoicesOfOrder(tx, id)).find((r) => isLiveBlue(r) && r.reversed < r.amount);
    if (found) return found;
  }
  return undefined;
}

export type LinePlan = { lines: InvoiceLine[]; missing: { sku: string; title: string }[] };

/** The lines of an invoice over `amount`, or what has no tax code. */
export async function planLines(tx: Tx, order: OrderRow, amount: number): Promise<LinePlan> {
  const sold = (await linesOf(tx, order.id)).map((l) => ({
    id: l.id,
    skuId: l.sku_id,
    sku: l.sku,
    title: l.title,
    quantity: l.quantity,
    gone: l.cancelled + l.returned,
    payable: l.payable,
  }));
  const parts = shareOut(amount, order.currency, sold);
  const skuOf = new Map(sold.map((l) => [l.id, l.skuId]));
  const categories = new Map((await skusByIds(tx, [...skuOf.values()])).map((s) => [s.id, s.category]));
  const classes = await taxClassesOf(
    tx,
    parts.map(({ line }) => ({ sku: line.sku, category: categories.get(skuOf.get(line.id) ?? '') ?? '' })),
  );
  const classed = parts.map((p) => ({ ...p, tax: classes.get(p.line.sku) }));
  const missing = classed.filter((p) => !p.tax).map(({ line }) => ({ sku: line.sku, title: line.title }));
  return missing.length > 0 ? { lines: [], missing } : { lines: blueLines(classed.filter(isClassed)), missing };
}

type Classed = Parameters<typeof blueLines>[0][number];
const isClassed = (p: Omit<Classed, 'tax'> & { tax: Classed['tax'] | undefined }): p is Classed => p.tax !== undefined;

/** Whether the buyer may have special invoices today. */
export async function isQualified(
  tx: Tx,
  ctx: Ctx,
  row: Pick<InvoiceRow, 'customer_id' | 'tax_id_idx'>,
): Promise<boolean> {
  if (!row.tax_id_idx) return false;
  const found = await openQualification(tx, row.customer_id, row.tax_id_idx);
  return found?.state === 'approved' && (found.valid_until ?? '') >= localDate(ctx.now, INVOICE_ZONE);
}
