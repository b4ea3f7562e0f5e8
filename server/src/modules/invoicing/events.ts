import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const invoice = {
  orderNo: z.string(),
  invoiceId: z.uuid(),
  invoiceNo: z.string(),
  amount: z.int(),
  currency: z.string(),
};
const customer = { customer: true };

// The key of each is the order's id.
export const InvoiceApplied = defineEvent(
  'invoicing.invoice_applied.v1',
  z.object({ ...invoice, type: z.string(), medium: z.string(), status: z.string() }),
  customer,
);
export const InvoiceIssued = defineEvent(
  'invoicing.invoice_issued.v1',
  z.object({ ...invoice, number: z.string(), type: z.string(), medium: z.string() }),
  customer,
);
export const InvoiceFailed = defineEvent('invoicing.invoice_failed.v1', z.object({ ...invoice, why: z.string() }));
export const InvoiceBlocked = defineEvent(
  'invoicing.invoice_blocked.v1',
  z.object({ ...invoice, skus: z.array(z.string()) }),
);
export const InvoiceRejected = defineEvent('invoicing.invoice_rejected.v1', z.object(invoice), customer);
export const InvoiceCancelled = defineEvent(
  'invoicing.invoice_cancelled.v1',
  z.object({ ...invoice, why: z.string() }),
  customer,
);
export const InvoiceOverdue = defineEvent('invoicing.invoice_overdue.v1', z.object({ ...invoice, dueAt: z.string() }));
const red = { ...invoice, blueNumber: z.string(), reason: z.string() };
export const RedLetterStarted = defineEvent('invoicing.red_letter_started.v1', z.object(red), customer);
export const RedLetterIssued = defineEvent(
  'invoicing.red_letter_issued.v1',
  z.object({ ...red, number: z.string() }),
  customer,
);
export const InvoiceMailed = defineEvent(
  'invoicing.invoice_mailed.v1',
  z.object({ ...invoice, carrier: z.string(), waybillNo: z.string() }),
  customer,
);
/** The key is the qualification. */
export const QualificationDecided = defineEvent(
  'invoicing.qualification_decided.v1',
  z.object({ qualificationId: z.uuid(), customerId: z.uuid(), state: z.string() }),
);
