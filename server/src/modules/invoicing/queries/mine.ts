import type { z } from 'zod';
import { can, type Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type OrderRow } from '#modules/orders/index.ts';
import { standOf } from '../commands/advance.ts';
import { UNSENT } from '../domain/invoice-flow.ts';
import { APPLY } from '../policy.ts';
import { presentMine, presentTitle } from '../present.ts';
import type { MyInvoices, Preview } from '../schema.ts';
import { invoicesOfOrder } from '../store/invoices.ts';
import { titlesOf } from '../store/titles.ts';

/** What could be invoiced of an order now, or when it is paid; undefined: nothing. */
async function openOf(tx: Tx, ctx: Ctx, order: OrderRow) {
  const known = await invoicesOfOrder(tx, order.id);
  const busy = known.some((r) => r.color === 'blue' && (UNSENT.includes(r.status) || r.status === 'issuing'));
  if (busy || order.currency !== 'CNY') return undefined;
  const stand = await standOf(tx, ctx, order, { type: 'general', customer_id: order.customer_id, tax_id_idx: null });
  return 'gone' in stand ? undefined : stand;
}

/** A customer's invoices of one order, and what else they may ask for. */
export async function myInvoices(tx: Tx, ctx: Ctx, order: OrderRow): Promise<z.input<typeof MyInvoices>> {
  await fieldCrypto.load(ctx.orgId);
  const open = await openOf(tx, ctx, order);
  return {
    items: (await invoicesOfOrder(tx, order.id)).map((r) => presentMine(ctx, r)),
    open: open ? { amount: open.amount, currency: order.currency } : null,
    titles: (await titlesOf(tx, order.customer_id)).map((r) => {
      const { id: _id, usedAt: _usedAt, ...shown } = presentTitle(ctx, r);
      return shown;
    }),
    may: open ? ['apply'] : [],
  };
}

/** What an invoice of the order would be about, for whoever is about to ask for one. */
export async function previewOf(tx: Tx, ctx: Ctx, order: OrderRow): Promise<z.input<typeof Preview>> {
  const open = await openOf(tx, ctx, order);
  return {
    amount: open ? { amount: open.amount, currency: order.currency } : null,
    missing: open?.missing ?? [],
    may: open && can(ctx, APPLY) ? ['apply'] : [],
  };
}
