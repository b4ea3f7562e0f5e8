import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { pdfHeaders, renderPdf } from '#kernel/pdf/index.ts';
import { buildNow } from './commands/build-statements.ts';
import { adjust, disputeStatement, submitStatement } from './commands/move-statement.ts';
import { addAgreement, createParty, proposeAccount } from './commands/parties.ts';
import { confirmPayout, createBatch, failPayout } from './commands/pay-out.ts';
import { payoutFile } from './payout-file.ts';
import { PAY, READ, WRITE } from './present.ts';
import * as queries from './queries.ts';
import * as schema from './schema.ts';
import { readContents, statementPdf } from './statement-pdf.ts';

const tags = ['settlement'];

/** Settlements are the whole organisation's, in every route. */
const whole =
  <I, O>(run: (tx: Tx, ctx: Ctx, input: I) => Promise<O>) =>
  (tx: Tx, ctx: Ctx, input: I): Promise<O> => {
    queries.seeAll(ctx);
    return run(tx, ctx, input);
  };

/** A command on a party answers with the party as it is then. */
const onParty = <I>(run: (tx: Tx, ctx: Ctx, input: I) => Promise<{ id: string }>) =>
  whole(async (tx, ctx, input: I) => queries.partyView(tx, ctx, { partyId: (await run(tx, ctx, input)).id }));
const onStatement = <I>(run: (tx: Tx, ctx: Ctx, input: I) => Promise<{ id: string }>) =>
  whole(async (tx, ctx, input: I) => queries.statementView(tx, ctx, { statementId: (await run(tx, ctx, input)).id }));
const onPayout = <I>(run: (tx: Tx, ctx: Ctx, input: I) => Promise<{ id: string }>) =>
  whole(async (tx, ctx, input: I) => queries.payoutView(tx, ctx, (await run(tx, ctx, input)).id));

const parties = [
  defineRoute({
    method: 'GET',
    path: '/settlements/parties',
    permission: READ,
    tags,
    summary: 'Whom is settled with: shops, suppliers and stations, by name',
    input: schema.ListParties,
    output: schema.PartyList,
    run: whole(queries.pageOfParties),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/parties',
    permission: WRITE,
    tags,
    summary: 'Begin to settle with a shop, a supplier or a station',
    input: schema.CreateParty,
    output: schema.PartyView,
    status: 201,
    run: onParty(createParty),
  }),
  defineRoute({
    method: 'GET',
    path: '/settlements/parties/{partyId}',
    permission: READ,
    tags,
    summary: 'A party with what was agreed and its accounts, masked',
    input: schema.PartyId,
    output: schema.PartyView,
    run: whole(queries.partyView),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/parties/{partyId}/agreements',
    permission: WRITE,
    tags,
    summary: 'A new version of what was agreed, from a moment on',
    input: schema.AddAgreement,
    output: schema.PartyView,
    status: 201,
    run: onParty(addAgreement),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/parties/{partyId}/preview',
    permission: READ,
    tags,
    summary: 'What other terms would have cost on the sales of some days',
    mode: 'read',
    input: schema.PreviewTerms,
    output: schema.TermsPreview,
    run: whole(queries.previewTerms),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/parties/{partyId}/account',
    permission: WRITE,
    tags,
    summary: 'Ask that a party be paid to another account; a second person agrees',
    input: schema.ProposeAccount,
    output: schema.PartyView,
    status: 202,
    run: onParty(proposeAccount),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/parties/{partyId}/build',
    permission: WRITE,
    tags,
    summary: 'Make a statement now of all that is open up to a day',
    input: schema.BuildInput,
    output: schema.StatementView,
    status: 201,
    run: onStatement(buildNow),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/parties/{partyId}/adjust',
    permission: WRITE,
    tags,
    summary: 'Ask for an adjustment; a second person approves it',
    input: schema.AdjustInput,
    output: schema.Asked,
    status: 202,
    run: whole(adjust),
  }),
  defineRoute({
    method: 'GET',
    path: '/settlements/items',
    permission: READ,
    tags,
    summary: 'What statements are made of, newest first',
    input: schema.ListItems,
    output: schema.ItemList,
    run: whole(queries.pageOfItems),
  }),
];

const statements = [
  defineRoute({
    method: 'GET',
    path: '/settlements/statements',
    permission: READ,
    tags,
    summary: 'Statements, newest first; `state` takes several, set apart by commas',
    input: schema.ListStatements,
    output: schema.StatementList,
    run: whole(queries.pageOfStatements),
  }),
  defineRoute({
    method: 'GET',
    path: '/settlements/statements/counts',
    permission: READ,
    tags,
    summary: 'How many statements there are in each state, and what they pay',
    input: schema.ListStatements.omit({ limit: true, cursor: true }),
    output: schema.StatementCounts,
    run: whole(queries.statementCounts),
  }),
  defineRoute({
    method: 'GET',
    path: '/settlements/statements/{statementId}',
    permission: READ,
    tags,
    summary: 'A statement with its figures and history',
    input: schema.StatementId,
    output: schema.StatementView,
    run: whole(queries.statementView),
  }),
  defineRoute({
    method: 'GET',
    path: '/settlements/statements/{statementId}/document',
    permission: READ,
    tags,
    summary: 'The statement as PDF, in the language asked for',
    mode: 'raw',
    ratePerMinute: 60,
    input: schema.StatementDocument,
    output: z.unknown(),
    run: async (env, ctx, { statementId, lang }, _request, reply) => {
      queries.seeAll(ctx);
      const contents = await env.db.read(ctx, (tx) => readContents(tx, ctx, statementId));
      const pdf = await renderPdf(statementPdf(lang ?? ctx.locale, contents));
      return reply.headers(pdfHeaders(`${contents.statement.no}.pdf`)).send(pdf);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/statements/{statementId}/submit',
    permission: WRITE,
    tags,
    summary: 'Hand a draft to a second person; POST /approvals/{approvalId}/approve decides',
    input: schema.NotedStatement,
    output: schema.StatementView,
    run: onStatement(submitStatement),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/statements/{statementId}/dispute',
    permission: WRITE,
    tags,
    summary: 'Note that the party does not agree, or (null) that it does again',
    input: schema.DisputeInput,
    output: schema.StatementView,
    run: onStatement(disputeStatement),
  }),
];

const payouts = [
  defineRoute({
    method: 'GET',
    path: '/settlements/payouts',
    permission: READ,
    tags,
    summary: 'Batches for the bank, newest first',
    input: schema.ListBatches,
    output: schema.BatchList,
    run: whole(queries.pageOfBatches),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/payouts',
    permission: PAY,
    tags,
    summary: 'Make a batch of approved statements for the bank to pay',
    input: schema.CreateBatch,
    output: schema.BatchView,
    status: 201,
    run: whole(async (tx, ctx, input: z.output<typeof schema.CreateBatch>) =>
      queries.batchView(tx, ctx, { batchId: await createBatch(tx, ctx, input) }),
    ),
  }),
  defineRoute({
    method: 'GET',
    path: '/settlements/payouts/{batchId}',
    permission: READ,
    tags,
    summary: 'A batch with its payments; accounts masked',
    input: schema.BatchId,
    output: schema.BatchView,
    run: whole(queries.batchView),
  }),
  defineRoute({
    method: 'GET',
    path: '/settlements/payouts/{batchId}/file',
    permission: PAY,
    tags,
    summary: 'The batch as CSV for the bank, accounts in the clear; each is recorded as a look',
    mode: 'raw',
    input: schema.BatchId,
    output: z.unknown(),
    run: async (env, ctx, { batchId }, _request, reply) => {
      queries.seeAll(ctx);
      await fieldCrypto.load(ctx.orgId);
      const file = await env.db.inTx(ctx, (tx) => payoutFile(tx, ctx, batchId));
      return reply
        .header('content-disposition', `attachment; filename="${file.name}"`)
        .header('cache-control', 'private, no-store')
        .type('text/csv; charset=utf-8')
        .send(file.text);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/payments/{payoutId}/paid',
    permission: PAY,
    tags,
    summary: 'The bank has paid, under its reference',
    input: schema.PayoutPaid,
    output: schema.PayoutView,
    run: onPayout(confirmPayout),
  }),
  defineRoute({
    method: 'POST',
    path: '/settlements/payments/{payoutId}/failed',
    permission: PAY,
    tags,
    summary: 'The bank has not paid; the statement can be paid again',
    input: schema.PayoutFailed,
    output: schema.PayoutView,
    run: onPayout(failPayout),
  }),
];

export const settlementRoutes = [...parties, ...statements, ...payouts];
