import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { openBuyer } from '../buyer.ts';
import { documentLink } from '../links.ts';
import type { InvoiceRow } from '../store/invoices.ts';

/**
 * Tells the buyer of a document, in the app and, where there is an address, by e-mail with a link to it: once per document,
 * and once more for each time somebody asks (`again`). Paper is sent by post; it is told of when it is mailed.
 */
export async function deliver(tx: Tx, ctx: Ctx, row: InvoiceRow, again?: { email: string }): Promise<boolean> {
  if (row.medium === 'paper' && !again) return false;
  await fieldCrypto.load(ctx.orgId);
  const email = again?.email ?? openBuyer(ctx.orgId, row.buyer).email;
  const told = await notify(tx, ctx, {
    template: row.color === 'blue' ? 'invoicing.issued' : 'invoicing.red_issued',
    to: { kind: 'customer', id: row.customer_id, email },
    dedupeKey: `invoice:${row.id}${again ? `:${ctx.requestId}` : ''}`,
    data: { orderNo: row.order_no, number: row.number, amount: { amount: row.amount, currency: row.currency } },
    secret: { link: documentLink(ctx.orgId, row.id, ctx.now) },
    ...(again ? { channels: ['email'] } : {}),
  });
  return told.length > 0;
}
