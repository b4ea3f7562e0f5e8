import type { InvoiceRow } from './store/invoices.ts';

/** What every event about an invoice says. */
export const invoiceFacts = (r: InvoiceRow) => ({
  orderNo: r.order_no,
  invoiceId: r.id,
  invoiceNo: r.no,
  amount: r.amount,
  currency: r.currency,
});
