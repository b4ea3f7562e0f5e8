import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber, readableNo } from '#kernel/numbers.ts';
import { localDate } from '#kernel/time.ts';
import { lockOrder, lockOrRestore, openPersonal, type OrderRow } from '#modules/orders/index.ts';
import { openBuyer, sealBuyer, titleIdx } from '../buyer.ts';
import { pauseClock } from '../clocks.ts';
import { normaliseTaxId } from '../domain/credit-code.ts';
import { UNSENT } from '../domain/invoice-flow.ts';
import { type Buyer, type Title, titleProblems } from '../domain/title.ts';
import { InvalidTitle, InvoiceCurrency, InvoicedWithSource, InvoiceExists, NothingToInvoice } from '../errors.ts';
import { InvoiceApplied } from '../events.ts';
import { invoiceFacts } from '../facts.ts';
import { invoicingSettings } from '../settings.ts';
import { insertInvoice, type InvoiceRow, invoicesOfOrder, type NewInvoice } from '../store/invoices.ts';
import { addMove } from '../store/records.ts';
import { putTitle } from '../store/titles.ts';
import { advance, lacksDocuments, settleIn, standOf } from './advance.ts';
import { coveredInFamily, isLiveBlue, paidAtOf } from './plan.ts';
import { INVOICE_ZONE } from '../zone.ts';

export type Application = {
  orderId: string;
  title: Title;
  type: 'general' | 'special';
  medium: 'digital' | 'paper';
  email?: string | undefined;
  mail?: Buyer['mail'];
  note?: string | undefined;
};

/** A title with its tax id as it is compared and sent. @throws InvalidTitle with everything that is wrong. */
export async function checkedTitle(tx: Tx, title: Title, as: Pick<Application, 'type' | 'medium'>): Promise<Title> {
  const clean = { ...title, ...(title.taxId ? { taxId: normaliseTaxId(title.taxId) } : {}) };
  const { oldTaxIds } = await invoicingSettings.get(tx);
  const problems = titleProblems(clean, as, oldTaxIds);
  if (problems.length > 0) throw new InvalidTitle({}, problems);
  if (clean.kind === 'company') return clean;
  return { kind: 'personal', name: clean.name }; // a person's number is nobody's business
}

const same = (a: Buffer | null, b: Buffer | null): boolean => (a === null || b === null ? a === b : a.equals(b));
type Idx = ReturnType<typeof titleIdx>;
const isSame = (row: InvoiceRow, idx: Idx, input: Pick<Application, 'type' | 'medium'>): boolean =>
  row.type === input.type &&
  row.medium === input.medium &&
  same(row.name_idx, idx.name_idx) &&
  same(row.tax_id_idx, idx.tax_id_idx);

/** Where it is sent: as was said, else where the order goes. */
export function buyerOf(ctx: Ctx, order: OrderRow, input: Application, title: Title): Buyer {
  const to = openPersonal(ctx.orgId, order);
  const email = input.email ?? to.email;
  const address = `${to.province}${to.city}${to.district}${to.address}`;
  return {
    ...title,
    ...(email ? { email } : {}),
    ...(input.medium === 'paper' ? { mail: input.mail ?? { name: to.name, phone: to.phone, address } } : {}),
  };
}

export async function nextNo(tx: Tx, ctx: Ctx, letter: 'F' | 'H'): Promise<string> {
  return `${letter}${readableNo(localDate(ctx.now, INVOICE_ZONE), await nextNumber(tx, 'invoice'))}`;
}

/** What is the same of every invoice of an order. */
export const ofOrder = (ctx: Ctx, order: OrderRow) => ({
  id: newId(ctx.now.getTime()),
  order_id: order.id,
  order_no: order.order_no,
  shop_id: order.shop_id,
  customer_id: order.customer_id,
  currency: order.currency,
  applied_at: ctx.now,
  applied_by_kind: ctx.actor.kind,
  applied_by: ctx.actor.id,
});

/**
 * Asks for an invoice over all of an order's money that is not invoiced yet. The same asked for again, by however many at
 * once, is the same invoice. Before the order is paid it waits. Whoever calls has decided that the actor may.
 * @throws InvalidTitle, InvoiceExists, InvoicedWithSource, NothingToInvoice, InvoiceCurrency.
 */
export async function applyForInvoice(tx: Tx, ctx: Ctx, input: Application): Promise<InvoiceRow> {
  await lockOrRestore(tx, ctx, input.orderId);
  const order = await lockOrder(tx, input.orderId);
  if (order.currency !== 'CNY') throw new InvoiceCurrency({ currency: order.currency });
  const title = await checkedTitle(tx, input.title, input);
  const idx = titleIdx(ctx.orgId, title);
  const known = await invoicesOfOrder(tx, order.id);
  const open = known.find((r) => r.color === 'blue' && (UNSENT.includes(r.status) || r.status === 'issuing'));
  if (open) {
    if (isSame(open, idx, input)) return open;
    throw new InvoiceExists({ invoiceNo: open.no, status: open.status });
  }
  const family = await coveredInFamily(tx, order.id);
  if (family) throw new InvoicedWithSource({ orderNo: family.order_no, invoiceNo: family.no });
  const stand = await standOf(tx, ctx, order, { ...input, customer_id: order.customer_id, tax_id_idx: idx.tax_id_idx });
  if ('gone' in stand) {
    const issued = known.findLast((r) => isLiveBlue(r) && r.reversed < r.amount);
    if (issued && isSame(issued, idx, input)) return issued;
    if (issued) throw new InvoiceExists({ invoiceNo: issued.no, status: issued.status });
    throw new NothingToInvoice({ orderNo: order.order_no });
  }
  await rememberTitle(tx, ctx, order.customer_id, title, input.email);
  return begin(tx, ctx, order, { ...input, title }, { idx, status: stand.status, amount: stand.amount });
}

/** Keeps the title for the customer's next invoice. */
export const rememberTitle = (tx: Tx, ctx: Ctx, customerId: string, title: Title, email?: string, preferred = false) =>
  putTitle(tx, ctx, {
    customer_id: customerId,
    kind: title.kind,
    sealed: sealBuyer(ctx.orgId, { ...title, ...(email ? { email } : {}) }),
    ...titleIdx(ctx.orgId, title),
    preferred,
  });

type Begun = { idx: Idx; status: InvoiceRow['status']; amount: number; replaces?: string };

/** Stores an application and sets going what it needs next. */
export async function begin(
  tx: Tx,
  ctx: Ctx,
  order: OrderRow,
  input: Application,
  { idx, status, amount, replaces }: Begun,
): Promise<InvoiceRow> {
  const row: NewInvoice = {
    ...ofOrder(ctx, order),
    no: await nextNo(tx, ctx, 'F'),
    color: 'blue',
    blue_id: null,
    replaces_id: replaces ?? null,
    type: input.type,
    medium: input.medium,
    status: status === 'waiting_payment' ? status : 'ready',
    title_kind: input.title.kind,
    buyer: sealBuyer(ctx.orgId, buyerOf(ctx, order, input, input.title)),
    ...idx,
    amount,
    tax: null,
    reason: null,
    note: input.note ?? '',
    confirmation: null,
    confirmation_due_at: null,
    paid_at: paidAtOf(order, ctx.now) ?? null,
  };
  const made = await insertInvoice(tx, row);
  await addMove(tx, ctx, made, 'applied');
  let saved = await advance(tx, ctx, order, made);
  if (saved.status === 'ready') await settleIn(tx, ctx, saved);
  if (await lacksDocuments(tx, saved)) saved = await pauseClock(tx, ctx, saved);
  await InvoiceApplied.emit(tx, ctx, order.id, {
    ...invoiceFacts(saved),
    type: saved.type,
    medium: saved.medium,
    status: saved.status,
  });
  return saved;
}

/** The buyer of an invoice as a title to apply with again. */
export const titleOf = (orgId: string, row: InvoiceRow): Title => {
  const { mail: _mail, email: _email, ...title } = openBuyer(orgId, row.buyer);
  return title;
};
