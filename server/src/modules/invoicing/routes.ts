import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { portalOrder, visibleOrder } from '#modules/orders/index.ts';
import { type Application, applyForInvoice } from './commands/apply.ts';
import { applyForMany } from './commands/apply-many.ts';
import * as move from './commands/move-invoice.ts';
import { sendLinked, sendPdf, sendXml } from './documents/serve.ts';
import { InvoiceNotFound } from './errors.ts';
import { receiveCallback } from './handlers/receive-callback.ts';
import { APPLY, ISSUE, READ, REVERSE, REVIEW } from './policy.ts';
import { viewInvoice } from './present.ts';
import { countInvoices, listInvoices, visibleInvoice } from './queries/invoices.ts';
import { myInvoices, previewOf } from './queries/mine.ts';
import { deskRoutes } from './routes-desk.ts';
import * as schema from './schema.ts';
import { getInvoice, type InvoiceRow } from './store/invoices.ts';
import { exchangesOf } from './store/records.ts';

const tags = ['invoices'];
const portalTags = ['portal'];

/** A command on an invoice within the caller's data scope, answered with the invoice as it is afterwards. */
const onInvoice =
  <I extends { invoiceId: string }>(command: (tx: Tx, ctx: Ctx, input: I) => Promise<InvoiceRow>) =>
  async (tx: Tx, ctx: Ctx, input: I) => {
    await visibleInvoice(tx, ctx, input.invoiceId);
    const { id } = await command(tx, ctx, input);
    return viewInvoice(tx, ctx, await getInvoice(tx, id));
  };

async function apply(tx: Tx, ctx: Ctx, input: Application) {
  await fieldCrypto.load(ctx.orgId);
  const order = await visibleOrder(tx, ctx, input.orderId);
  return viewInvoice(tx, ctx, await applyForInvoice(tx, ctx, { ...input, orderId: order.id }));
}

type Action<I extends z.ZodType> = {
  path: string;
  permission: string;
  summary: string;
  input: I;
  run(tx: Tx, ctx: Ctx, input: z.output<I>): Promise<InvoiceRow>;
  status?: 201;
};
const action = <I extends z.ZodType<{ invoiceId: string }>>({ path, run, ...rest }: Action<I>): Route =>
  defineRoute({
    method: 'POST',
    path: `/invoices/{invoiceId}/${path}`,
    tags,
    output: schema.InvoiceView,
    run: onInvoice(run),
    ...rest,
  });

const actions: Route[] = [
  action({
    path: 'cancel',
    permission: APPLY,
    summary: 'Withdraw an application that was not sent',
    input: schema.CancelInvoice,
    run: move.cancelInvoice,
  }),
  action({
    path: 'retry',
    permission: ISSUE,
    summary: 'Try again what failed or was held up',
    input: schema.OnInvoice,
    run: move.retryInvoice,
  }),
  action({
    path: 'query',
    permission: ISSUE,
    summary: 'Ask the provider now what became of it',
    input: schema.OnInvoice,
    run: move.askProvider,
  }),
  action({
    path: 'reject',
    permission: REVIEW,
    summary: 'Refuse a special invoice, with a reason the customer is told',
    input: schema.RejectInvoice,
    run: move.rejectInvoice,
  }),
  action({
    path: 'want-documents',
    permission: 'session',
    summary: 'Stop the clock until the buyer has brought documents',
    input: schema.WantDocuments,
    run: move.wantDocuments,
  }),
  action({
    path: 'documents-came',
    permission: 'session',
    summary: 'Let the clock go on',
    input: schema.OnInvoice,
    run: move.documentsCame,
  }),
  action({
    path: 'reverse',
    permission: REVERSE,
    summary: 'Take back all that is left of an issued invoice by a red letter',
    input: schema.ReverseInvoice,
    status: 201,
    run: move.reverseInvoice,
  }),
  action({
    path: 'reissue',
    permission: REVERSE,
    summary: 'Issue another invoice instead: a red letter and a new invoice in one go',
    input: schema.ReissueInvoice,
    status: 201,
    run: move.reissueInvoice,
  }),
  action({
    path: 'used',
    permission: 'session',
    summary: 'Note whether the buyer has confirmed the use of a special invoice',
    input: schema.MarkUsed,
    run: move.markUsed,
  }),
  action({
    path: 'confirmation',
    permission: REVERSE,
    summary: 'Note what became of the confirmation of a red letter',
    input: schema.MoveConfirmation,
    run: move.moveConfirmation,
  }),
  action({
    path: 'give-up',
    permission: REVERSE,
    summary: 'Give up a red letter that waits for the buyer',
    input: schema.CancelInvoice,
    run: move.giveUpRed,
  }),
  action({
    path: 'prints',
    permission: ISSUE,
    summary: 'Note that a sheet was printed; each after the first has a reason',
    input: schema.PrintInvoice,
    run: move.recordPrint,
  }),
  action({
    path: 'mail',
    permission: ISSUE,
    summary: 'Note with which carrier and waybill a paper invoice was sent',
    input: schema.MailInvoice,
    run: move.recordMailed,
  }),
  action({
    path: 'received',
    permission: ISSUE,
    summary: 'Note that a paper invoice has arrived',
    input: schema.OnInvoice,
    run: move.recordReceived,
  }),
  action({
    path: 'send',
    permission: 'session',
    summary: 'Write to the buyer again, with a link to the document',
    input: schema.SendInvoice,
    run: move.sendAgain,
  }),
];

const desk: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/invoices',
    permission: APPLY,
    tags,
    summary: 'Ask for an invoice; the same asked for again is the same invoice',
    input: schema.ApplyForInvoice,
    output: schema.InvoiceView,
    status: 201,
    run: apply,
  }),
  defineRoute({
    method: 'POST',
    path: '/invoices/bulk',
    permission: APPLY,
    tags,
    summary: 'Ask for invoices of up to 500 orders; each is taken or refused on its own',
    mode: 'raw',
    input: schema.ApplyForMany,
    output: schema.AppliedMany,
    run: applyForMany,
  }),
  defineRoute({
    method: 'GET',
    path: '/invoices',
    permission: READ,
    tags,
    summary: 'Invoices and red letters: open ones by when they are due, others newest first',
    input: schema.ListInvoices,
    output: schema.InvoiceList,
    run: listInvoices,
  }),
  defineRoute({
    method: 'GET',
    path: '/invoices/summary',
    permission: READ,
    tags,
    summary: 'What waits for somebody, counted',
    input: z.object({}),
    output: schema.InvoiceCounts,
    run: countInvoices,
  }),
  defineRoute({
    method: 'GET',
    path: '/orders/{orderId}/invoice-preview',
    permission: READ,
    tags,
    summary: 'What an invoice of the order would be about',
    input: z.object({ orderId: z.string().max(60) }),
    output: schema.Preview,
    run: async (tx, ctx, { orderId }) => previewOf(tx, ctx, await visibleOrder(tx, ctx, orderId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/invoices/{invoiceId}',
    permission: READ,
    tags,
    summary: 'One invoice, by id or number',
    input: schema.InvoiceId,
    output: schema.InvoiceView,
    run: async (tx, ctx, { invoiceId }) => viewInvoice(tx, ctx, await visibleInvoice(tx, ctx, invoiceId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/invoices/{invoiceId}/exchanges',
    permission: READ,
    tags,
    summary: 'Everything said to the provider and answered, without secrets and personal data',
    input: schema.InvoiceId,
    output: schema.ExchangeList,
    run: async (tx, ctx, { invoiceId }) => ({
      items: (await exchangesOf(tx, (await visibleInvoice(tx, ctx, invoiceId)).id)).map((e) => ({
        ...e,
        answered: e.answered ?? null,
        at: e.at.toISOString(),
      })),
    }),
  }),
  defineRoute({
    method: 'GET',
    path: '/invoices/{invoiceId}/pdf',
    permission: READ,
    tags,
    summary: 'The document as PDF',
    mode: 'raw',
    ratePerMinute: 60,
    input: schema.InvoiceId,
    output: z.unknown(),
    run: (env, ctx, { invoiceId }, _request, reply) =>
      sendPdf(env, ctx, (tx) => visibleInvoice(tx, ctx, invoiceId), reply),
  }),
  defineRoute({
    method: 'GET',
    path: '/invoices/{invoiceId}/xml',
    permission: READ,
    tags,
    summary:
      'The data of the document as XML (EInvoice). OFD is not made: the tax bureau has given it up for digital invoices',
    mode: 'raw',
    ratePerMinute: 60,
    input: schema.InvoiceId,
    output: z.unknown(),
    run: (env, ctx, { invoiceId }, _request, reply) =>
      sendXml(env, ctx, (tx) => visibleInvoice(tx, ctx, invoiceId), reply),
  }),
];

/** An invoice of the one order a portal token opens. @throws InvoiceNotFound for any other. */
async function mine(tx: Tx, ctx: Ctx, input: { orderId: string; invoiceId: string }): Promise<InvoiceRow> {
  const order = await portalOrder(tx, ctx, input.orderId);
  const row = await getInvoice(tx, input.invoiceId);
  if (row.order_id !== order.id) throw new InvoiceNotFound({ invoice: input.invoiceId });
  return row;
}

const portal: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/invoices',
    permission: 'session',
    tags: portalTags,
    summary: 'My invoices of the order, and the titles I used before',
    input: schema.MyOrder,
    output: schema.MyInvoices,
    run: async (tx, ctx, { orderId }) => myInvoices(tx, ctx, await portalOrder(tx, ctx, orderId)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/invoices',
    permission: 'session',
    tags: portalTags,
    summary: 'I would like an invoice',
    ratePerMinute: 10,
    input: schema.ApplyForMine,
    output: schema.MyInvoices,
    status: 201,
    run: async (tx, ctx, input) => {
      const order = await portalOrder(tx, ctx, input.orderId);
      await fieldCrypto.load(ctx.orgId);
      await applyForInvoice(tx, ctx, input);
      return myInvoices(tx, ctx, order);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/invoices/{invoiceId}/cancel',
    permission: 'session',
    tags: portalTags,
    summary: 'I do not need it after all',
    input: schema.MyInvoice,
    output: schema.MyInvoices,
    run: async (tx, ctx, input) => {
      const { id } = await mine(tx, ctx, input);
      await move.cancelInvoice(tx, ctx, { invoiceId: id, reason: '' });
      return myInvoices(tx, ctx, await portalOrder(tx, ctx, input.orderId));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/invoices/{invoiceId}/pdf',
    permission: 'session',
    tags: portalTags,
    summary: 'My invoice as PDF',
    mode: 'raw',
    ratePerMinute: 30,
    input: schema.MyInvoice,
    output: z.unknown(),
    run: (env, ctx, input, _request, reply) => sendPdf(env, ctx, (tx) => mine(tx, ctx, input), reply),
  }),
];

const open: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/invoice-documents/{token}',
    permission: 'public',
    tags,
    summary: 'The document behind the link of an e-mail, as PDF',
    documented: false,
    mode: 'raw',
    ratePerMinute: 30,
    input: schema.OpenLink,
    output: z.unknown(),
    run: (env, ctx, { token }, _request, reply) => sendLinked(env, ctx, token, reply),
  }),
  defineRoute({
    method: 'POST',
    path: '/callbacks/invoices/{provider}/{token}',
    permission: 'public',
    tags,
    summary: 'A provider tells that something became of a document',
    documented: false,
    mode: 'raw',
    rawBody: true,
    input: schema.Called,
    output: z.object({ status: z.string(), message: z.string() }),
    run: async (env, ctx, input) => {
      await receiveCallback(env, ctx, input);
      return { status: '0000', message: 'ok' };
    },
  }),
];

export const routes: Route[] = [...desk, ...actions, ...deskRoutes, ...portal, ...open];
