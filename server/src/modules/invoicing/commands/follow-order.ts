import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { lockOrRestore } from '#modules/orders/index.ts';
import { UNSENT } from '../domain/invoice-flow.ts';
import { invoicesOfOrder, lockInvoice } from '../store/invoices.ts';
import { advance } from './advance.ts';
import { balanceInvoices } from './red-letters.ts';

/**
 * Brings an order's invoices in line with its money: applications wait no longer for a payment that came, are about less
 * after a refund, or fall away; what is issued and was refunded is taken back. Looks at how things stand, not at what was
 * told, so that news told twice or late changes nothing.
 */
export async function followOrder(tx: Tx, ctx: Ctx, orderId: string): Promise<void> {
  const order = await lockOrRestore(tx, ctx, orderId);
  for (const { id, color, status } of await invoicesOfOrder(tx, order.id)) {
    if (color !== 'blue' || !UNSENT.includes(status)) continue;
    const row = await lockInvoice(tx, id);
    await advance(tx, ctx, order, row);
  }
  await balanceInvoices(tx, ctx, order);
}
