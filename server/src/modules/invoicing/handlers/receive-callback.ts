import { type Ctx, systemCtx } from '#kernel/context.ts';
import type { HttpEnv } from '#kernel/http/route.ts';
import { issueInvoice } from '../jobs/issue-invoice.ts';
import { readToken } from '../links.ts';
import { findInvoice } from '../store/invoices.ts';
import { addExchange } from '../store/records.ts';

/**
 * A provider says that something became of a document. The token in its address proves that the address is ours; what it
 * says is believed by nobody: it makes us ask. Told again, or of something long known, it changes nothing.
 * @throws InvoiceLinkInvalid.
 */
export async function receiveCallback(
  env: HttpEnv,
  ctx: Ctx,
  input: { provider: string; token: string },
): Promise<void> {
  const { orgId, invoiceId } = readToken('callback', input.token, ctx.now);
  const own = systemCtx(orgId, ctx.now, ctx.requestId);
  await env.db.inTx(own, async (tx) => {
    const row = await findInvoice(tx, invoiceId);
    if (!row || row.provider !== input.provider) return;
    await addExchange(tx, row.id, {
      direction: 'callback',
      provider: input.provider,
      method: 'callback',
      sent: {},
      answered: undefined,
      outcome: row.status === 'issuing' ? 'asked again' : `already ${row.status}`,
      tookMs: 0,
      at: ctx.now,
    });
    if (row.status === 'issuing') await issueInvoice.enqueue(tx, own, { invoiceId: row.id }, { key: row.id });
  });
}
