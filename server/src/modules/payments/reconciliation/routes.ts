import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { FileMissing, openSharedFile } from '#kernel/files/index.ts';
import { defineRoute, type HttpEnv } from '#kernel/http/route.ts';
import { problemsOf } from '#kernel/problems.ts';
import { BillNotOffered } from '../errors.ts';
import { heard } from '../heard.ts';
import { findChannel } from '../port.ts';
import { type BillUpload, loadBill, lookAgain, rehearseBill } from './load-bill.ts';
import { assign, confirm, note, propose, reject, reopen } from './move-difference.ts';
import { fetchBill } from './nightly.ts';
import { CLOSE, READ, viewBills, viewDifference, WRITE } from './present.ts';
import * as queries from './queries.ts';
import { receiveBill } from './receive-bill.ts';
import * as schema from './schema.ts';
import { getBill } from './store/bills.ts';
import { getDifference } from './store/differences.ts';

const tags = ['reconciliation'];

/** The fields may stand before or after the file, so its bytes are taken in when they come. */
async function upload(env: HttpEnv, ctx: Ctx, request: FastifyRequest): Promise<z.input<typeof schema.LoadedBill>> {
  if (!request.isMultipart()) throw new FileMissing();
  const fields: Record<string, string> = {};
  let received: Awaited<ReturnType<typeof receiveBill>> | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value);
      else {
        try {
          received = await receiveBill(ctx, part.file, part.filename);
        } finally {
          part.file.resume(); // a sender whose file was refused still gets its answer
        }
      }
    }
    const said = schema.LoadFields.safeParse(fields);
    if (!said.success) throw new InvalidRequest({}, problemsOf(said.error));
    if (!received) throw new FileMissing();
    const { dryRun, ...what } = said.data;
    const bill: BillUpload = { ...what, source: 'upload', received };
    if (dryRun) return await rehearseBill(env.db, ctx, bill, (tx, row) => queries.answerOf(tx, ctx, row, true));
    const row = await loadBill(env.db, ctx, bill);
    return await env.db.read(ctx, (tx) => queries.answerOf(tx, ctx, row));
  } finally {
    await received?.[Symbol.asyncDispose]();
  }
}

const bills = [
  defineRoute({
    method: 'POST',
    path: '/reconciliations',
    permission: WRITE,
    tags,
    summary:
      'Load the bill of a channel (multipart): WeChat trade or fund bill, Alipay trade or account bill, plain, GZIP or ZIP',
    mode: 'raw',
    status: 201,
    input: z.object({}),
    multipart: schema.LoadFields.extend({ file: z.string().meta({ format: 'binary' }) }),
    output: schema.LoadedBill,
    run: (env, ctx, _input, request) => upload(env, ctx, request),
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliations/fetch',
    permission: WRITE,
    tags,
    summary: 'Ask the channel for the bill of a day and load it',
    mode: 'raw',
    status: 201,
    input: schema.FetchBill,
    output: schema.LoadedBill,
    run: async (env, ctx, input) => {
      const bill = await heard(fetchBill(env, ctx, input));
      return env.db.read(ctx, (tx) => queries.answerOf(tx, ctx, bill));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliations',
    permission: READ,
    tags,
    summary: 'Bills that were loaded, the newest day first',
    input: schema.ListReconciliations,
    output: schema.ReconciliationList,
    run: queries.pageOfBills,
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliations/report',
    permission: READ,
    tags,
    summary: 'Day by channel: matched, different, open; the last month unless told, three at most',
    input: schema.ReportInput,
    output: schema.ReconciliationReport,
    run: queries.report,
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliations/{reconciliationId}',
    permission: READ,
    tags,
    summary: 'One bill and how it compares',
    input: schema.ReconciliationId,
    output: schema.ReconciliationView,
    run: async (tx, ctx, { reconciliationId }) =>
      (await viewBills(tx, ctx, [await getBill(tx, reconciliationId)]))[0] as schema.ReconciliationView,
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliations/{reconciliationId}/lines',
    permission: READ,
    tags,
    summary: 'The lines of a bill with what became of each',
    input: schema.ListLines,
    output: schema.LineList,
    run: queries.pageOfLines,
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliations/{reconciliationId}/differences',
    permission: READ,
    tags,
    summary: 'The differences of a bill, in the order of its lines',
    input: schema.ListBillDifferences,
    output: schema.DifferenceList,
    run: queries.pageOfBillDifferences,
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliations/{reconciliationId}/file',
    permission: READ,
    tags,
    summary: 'The bill as it came',
    mode: 'raw',
    input: schema.ReconciliationId,
    output: z.unknown(),
    run: async (env, ctx, { reconciliationId }, _request, reply) => {
      const file = await env.db.read(ctx, async (tx) =>
        openSharedFile(tx, ctx, (await getBill(tx, reconciliationId)).file_id),
      );
      return reply.headers(file.headers).send(await file.stream());
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliations/{reconciliationId}/look-again',
    permission: WRITE,
    tags,
    summary: 'Look again at what one side had alone; changes nothing that has not changed',
    input: schema.ReconciliationId,
    output: schema.ReconciliationView,
    run: async (tx, ctx, { reconciliationId }) =>
      (await viewBills(tx, ctx, [await lookAgain(tx, ctx, reconciliationId)]))[0] as schema.ReconciliationView,
  }),
  defineRoute({
    method: 'GET',
    path: '/sandbox-bills/{billDate}',
    permission: READ,
    tags: ['sandbox'],
    summary: 'The bill of the sandbox channel of one day, in the form of WeChat’s trade bill (CSV)',
    mode: 'raw',
    input: z.object({ billDate: z.iso.date() }),
    output: z.unknown(),
    run: async (env, ctx, { billDate }, _request, reply) => {
      const bill = await findChannel('sandbox')?.fetchBill?.(env, {
        orgId: ctx.orgId,
        billDate,
        family: 'trade',
      });
      if (!bill) throw new BillNotOffered({ channel: 'sandbox', billDate });
      return reply
        .header('content-disposition', `attachment; filename="${bill.name}"`)
        .type('text/csv; charset=utf-8')
        .send(bill.content);
    },
  }),
];

const work = [
  defineRoute({
    method: 'GET',
    path: '/reconciliation-differences',
    permission: READ,
    tags,
    summary: 'The work list of differences, newest first',
    input: schema.ListDifferences,
    output: schema.DifferenceList,
    run: queries.pageOfDifferences,
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliation-differences/counts',
    permission: READ,
    tags,
    summary: 'How many differences there are by kind and state',
    input: schema.CountDifferences,
    output: schema.DifferenceCounts,
    run: queries.differenceCounts,
  }),
  defineRoute({
    method: 'GET',
    path: '/reconciliation-differences/{differenceId}',
    permission: READ,
    tags,
    summary: 'One difference with its history',
    input: schema.DifferenceId,
    output: schema.DifferenceView,
    run: async (tx, ctx, { differenceId }) => viewDifference(tx, ctx, await getDifference(tx, differenceId)),
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliation-differences/{differenceId}/assign',
    permission: WRITE,
    tags,
    summary: 'Give a difference to somebody; `me` is whoever asks',
    input: schema.AssignDifference,
    output: schema.DifferenceView,
    run: assign,
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliation-differences/{differenceId}/note',
    permission: WRITE,
    tags,
    summary: 'Add what was found out, with files as evidence',
    input: schema.NoteDifference,
    output: schema.DifferenceView,
    run: note,
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliation-differences/{differenceId}/propose',
    permission: WRITE,
    tags,
    summary: 'Say what should be done about a difference',
    input: schema.ProposeDifference,
    output: schema.DifferenceView,
    run: propose,
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliation-differences/{differenceId}/confirm',
    permission: CLOSE,
    tags,
    summary: 'Agree to what another person proposes; it is carried out at once',
    input: schema.NoteDifference,
    output: schema.DifferenceView,
    run: confirm,
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliation-differences/{differenceId}/reject',
    permission: CLOSE,
    tags,
    summary: 'Send a proposal back',
    input: schema.ReasonedDifference,
    output: schema.DifferenceView,
    run: reject,
  }),
  defineRoute({
    method: 'POST',
    path: '/reconciliation-differences/{differenceId}/reopen',
    permission: CLOSE,
    tags,
    summary: 'Take up a settled difference again',
    input: schema.ReasonedDifference,
    output: schema.DifferenceView,
    run: reopen,
  }),
];

export const reconciliationRoutes = [...bills, ...work];
