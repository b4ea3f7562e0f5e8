import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { getOrder } from '#modules/orders/index.ts';
import { openBuyer } from '../buyer.ts';
import type { Title } from '../domain/title.ts';
import type { InvoiceRow } from '../store/invoices.ts';
import { titlesOf } from '../store/titles.ts';
import { applyForInvoice } from './apply.ts';

/** The title an invoice has when nobody names one: what the tax bureau takes for a buyer who does not. */
const PERSON: Title = { kind: 'personal', name: '个人' };

type Input = {
  orderId: string;
  title?: Title | undefined;
  type?: InvoiceRow['type'] | undefined;
  medium?: InvoiceRow['medium'] | undefined;
};

/** Asks for an invoice with the customer's preferred or last used title, or for a person. The organisation's keys must be loaded. */
export async function applyPreferred(tx: Tx, ctx: Ctx, input: Input): Promise<InvoiceRow> {
  const { orderId, title, type = 'general', medium = 'digital' } = input;
  if (title) return applyForInvoice(tx, ctx, { orderId, title, type, medium });
  const order = await getOrder(tx, orderId);
  const [saved] = await titlesOf(tx, order.customer_id);
  const { email, mail: _mail, ...known } = saved ? openBuyer(ctx.orgId, saved.sealed) : { ...PERSON, email: undefined };
  return applyForInvoice(tx, ctx, { orderId, title: known, email, type, medium });
}
