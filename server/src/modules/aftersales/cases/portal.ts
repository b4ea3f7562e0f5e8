import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { openSharedFile, openSharedThumb } from '#kernel/files/index.ts';
import { sendFile, sendThumb } from '#kernel/files/routes.ts';
import { defineRoute, type Route } from '#kernel/http/route.ts';
import { asCustomerOf, OrderNotFound, portalOrder } from '#modules/orders/index.ts';
import { openAtChannel, PaymentView, PayOptions, payOptionsOf } from '#modules/payments/index.ts';
import { escalateCase } from './commands/arbitrate.ts';
import { showEvidence } from './commands/desk.ts';
import { cancelCase } from './commands/end-case.ts';
import { payFee } from './commands/fee.ts';
import { answerOffer } from './commands/offers.ts';
import { openCase } from './commands/open-case.ts';
import { bookPickup } from './commands/pickup.ts';
import { answerQuote, giveUpRepair } from './commands/repair.ts';
import { shipReturn } from './commands/return-goods.ts';
import { CaseNotFound } from './errors.ts';
import { CaseCheck, CaseGuide, check, CheckCase, guide, GuideRef } from './portal-guide.ts';
import { evidenceOfCase, viewCase, type View, visibleCase } from './queries/view.ts';
import { onCase, whenMay } from './on-case.ts';
import { ofOrder, preview } from './routes.ts';
import * as schema from './schema.ts';
import { findCase } from './store/cases.ts';

const tags = ['portal'];
const permission = 'session';

/**
 * A case of an order the session opens, and the context in which its customer acts on it. @throws CaseNotFound for any other: whose
 * it is, is not told either
 */
export async function ownCase(tx: Tx, ctx: Ctx, caseId: string): Promise<Ctx> {
  const row = await findCase(tx, caseId);
  if (!row) throw new CaseNotFound({ caseId });
  try {
    return asCustomerOf(ctx, await portalOrder(tx, ctx, row.order_id));
  } catch (error) {
    throw error instanceof OrderNotFound ? new CaseNotFound({ caseId }) : error;
  }
}

const own =
  <I extends { caseId: string }, O>(run: (tx: Tx, ctx: Ctx, input: I) => Promise<O>) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<O> =>
    run(tx, await ownCase(tx, ctx, input.caseId), input);
const ofOwnOrder =
  <I extends { orderId: string }, O>(run: (tx: Tx, ctx: Ctx, input: I) => Promise<O>) =>
  async (tx: Tx, ctx: Ctx, input: I): Promise<O> =>
    run(tx, asCustomerOf(ctx, await portalOrder(tx, ctx, input.orderId)), input);

async function open(tx: Tx, ctx: Ctx, input: z.output<typeof schema.OpenCase>): Promise<View> {
  return viewCase(tx, ctx, (await openCase(tx, ctx, input)).id);
}

type Command<I extends z.ZodType> = {
  path: string;
  summary: string;
  input: I;
  run: (tx: Tx, ctx: Ctx, input: z.output<I> & { caseId: string }) => Promise<View>;
};
const post = <I extends z.ZodType>(c: Command<I>): Route =>
  defineRoute({
    method: 'POST',
    path: `/portal/after-sales/{caseId}/${c.path}`,
    permission,
    tags,
    summary: c.summary,
    input: c.input,
    output: schema.CaseView,
    run: own(c.run as never) as never,
  });

export const portalCaseRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/after-sales',
    permission,
    tags,
    summary: 'What I have asked for, and what I may still ask for',
    input: z.object({ orderId: z.uuid() }),
    output: schema.OrderCases,
    run: ofOwnOrder(ofOrder),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/after-sales',
    permission,
    tags,
    summary: 'Ask for a refund, a return, an exchange, a repair',
    input: schema.OpenCase,
    output: schema.CaseView,
    status: 201,
    run: ofOwnOrder(open),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/after-sales/guide',
    permission,
    tags,
    summary: 'Which requests there are, and for which reasons',
    input: GuideRef,
    output: CaseGuide,
    run: ofOwnOrder(async () => guide()),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/after-sales/check',
    permission,
    tags,
    summary: 'What the policy says of a request before it is made, and what it needs to be shown',
    mode: 'read',
    input: CheckCase,
    output: CaseCheck,
    run: ofOwnOrder(check),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/orders/{orderId}/after-sales/preview',
    permission,
    tags,
    summary: 'What would go back to me',
    mode: 'read',
    input: schema.PreviewRefund,
    output: schema.RefundPreview,
    run: ofOwnOrder(preview),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/after-sales/{caseId}',
    permission,
    tags,
    summary: 'How my request stands',
    input: schema.CaseRef,
    output: schema.CaseView,
    run: own((tx, ctx, { caseId }) => viewCase(tx, ctx, caseId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/after-sales/{caseId}/evidence/{fileId}',
    permission,
    tags,
    summary: 'What was shown for my request',
    mode: 'raw',
    input: z.object({ caseId: z.uuid(), fileId: z.uuid() }),
    output: z.unknown(),
    run: async (env, ctx, { caseId, fileId }, request, reply) => {
      const opened = await env.db.read(ctx, async (tx) => {
        await evidenceOfCase(tx, await ownCase(tx, ctx, caseId), caseId, fileId);
        return openSharedFile(tx, ctx, fileId);
      });
      return sendFile(request, reply, opened);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/after-sales/{caseId}/evidence/{fileId}/thumbnail',
    permission,
    tags,
    summary: 'A small picture of what was shown for my request',
    mode: 'raw',
    input: z.object({ caseId: z.uuid(), fileId: z.uuid() }),
    output: z.unknown(),
    run: async (env, ctx, { caseId, fileId }, _request, reply) => {
      const small = await env.db.read(ctx, async (tx) => {
        await evidenceOfCase(tx, await ownCase(tx, ctx, caseId), caseId, fileId);
        return openSharedThumb(tx, ctx, fileId);
      });
      return sendThumb(reply, small);
    },
  }),
  post({
    path: 'cancel',
    summary: 'I do not want it any more',
    input: schema.CancelCase,
    run: onCase(whenMay('cancel', cancelCase)),
  }),
  post({
    path: 'ship',
    summary: 'I have sent the goods',
    input: schema.ShipReturn,
    run: onCase(whenMay('ship', shipReturn)),
  }),
  post({
    path: 'pickup',
    summary: 'Fetch the goods, please',
    input: schema.BookPickup,
    run: onCase(whenMay('book_pickup', bookPickup)),
  }),
  post({
    path: 'answer-offer',
    summary: 'I accept or decline the proposed solution',
    input: schema.AnswerCaseOffer,
    run: onCase(whenMay('answer_offer', answerOffer)),
  }),
  post({
    path: 'answer-quote',
    summary: 'I accept or decline the quote',
    input: schema.AnswerQuote,
    run: onCase(whenMay('answer_quote', answerQuote)),
  }),
  post({
    path: 'give-up-repair',
    summary: 'I do not want it mended after all',
    input: schema.GiveUpRepair,
    run: onCase(whenMay('give_up_repair', giveUpRepair)),
  }),
  defineRoute({
    method: 'GET',
    path: '/portal/after-sales/{caseId}/payment-options',
    permission,
    tags,
    summary: 'How the fee of my repair may be paid',
    input: schema.CaseRef,
    output: PayOptions,
    run: own(async (tx, ctx, { caseId }) => payOptionsOf(tx, ctx, (await visibleCase(tx, ctx, caseId)).id)),
  }),
  defineRoute({
    method: 'POST',
    path: '/portal/after-sales/{caseId}/payments',
    permission,
    tags,
    summary: 'Pay for my repair',
    input: schema.PayRepairFee,
    output: PaymentView,
    status: 201,
    run: own(payFee),
    afterwards: openAtChannel,
  }),
  post({
    path: 'escalate',
    summary: 'I do not agree',
    input: schema.EscalateCase,
    run: onCase(whenMay('escalate', escalateCase)),
  }),
  post({
    path: 'evidence',
    summary: 'Here is more to be seen',
    input: schema.ShowEvidence,
    run: onCase(whenMay('add_evidence', showEvidence)),
  }),
];
