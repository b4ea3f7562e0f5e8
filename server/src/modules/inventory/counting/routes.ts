import { z } from 'zod';
import { listOf } from '#kernel/http/list.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { pdfHeaders, renderPdf } from '#kernel/pdf/index.ts';
import { addBins } from './commands/add-bins.ts';
import { askRecounts, giveReasons } from './commands/ask-recounts.ts';
import { openTake, previewTake } from './commands/open-take.ts';
import { recordCounts } from './commands/record-counts.ts';
import { cancelTake, reopenTake, submitTake } from './commands/submit-take.ts';
import { reportPdf } from './papers/report-pdf.ts';
import { sheetPdf } from './papers/sheet-pdf.ts';
import { reportWorkbook, sheetWorkbook, XLSX } from './papers/workbooks.ts';
import { findDue } from './queries/due.ts';
import { findBins, findLines } from './queries/lines.ts';
import { type Paper, paperOf } from './queries/papers.ts';
import { LINES_MAX } from './queries/scope.ts';
import { findTakes, presentTake, visibleTake } from './queries/takes.ts';
import {
  AddBins,
  AskRecounts,
  BinDueView,
  CancelTake,
  CountedView,
  CreateStockTake,
  FindDue,
  GiveReasons,
  ListStockTakeBins,
  ListStockTakeLines,
  ListStockTakes,
  ReadPaper,
  RecordCounts,
  ReopenTake,
  StockTakeBinView,
  StockTakeLineView,
  StockTakePreview,
  StockTakeView,
  SubmitTake,
  TakeId,
} from './schema.ts';

const tags = ['stock-takes'];
const [read, write] = ['inventory.count.read', 'inventory.count.write'];
/** A sheet of 3,000 bins, each with its barcode, is half of what the thread that makes documents is given time for. */
const PDF_LINES_MAX = 4000;

type PaperKind = 'sheet' | 'report';
type Made = { bytes: Buffer; headers: Record<string, string> };

/** A paper as a file; read first, made afterwards, outside of any transaction. */
const paperRoute = (
  kind: PaperKind,
  format: 'pdf' | 'xlsx',
  summary: string,
  make: (paper: Paper, locale: 'zh-CN' | 'en') => Promise<Buffer>,
) =>
  defineRoute({
    method: 'GET',
    path: `/stock-takes/{takeId}/${kind}.${format}`,
    permission: read,
    tags,
    summary,
    input: ReadPaper,
    output: z.unknown(),
    mode: 'raw',
    ratePerMinute: 60,
    run: async (env, ctx, { takeId, locale }, _request, reply) => {
      const linesMax = format === 'pdf' ? PDF_LINES_MAX : LINES_MAX;
      const paper = await env.db.read(ctx, (tx) => paperOf(tx, ctx, { takeId, kind, linesMax }));
      const name = `${paper.take.no}-${kind}.${format}`;
      const made: Made = {
        bytes: await make(paper, locale ?? ctx.locale),
        headers:
          format === 'pdf'
            ? pdfHeaders(name)
            : { 'content-type': XLSX, 'content-disposition': `attachment; filename="${name}"` },
      };
      return reply.headers(made.headers).send(made.bytes);
    },
  });

export const countingRoutes = [
  defineRoute({
    method: 'POST',
    path: '/stock-takes',
    permission: write,
    tags,
    summary: 'Open a count; its bins are sold from as before',
    input: CreateStockTake,
    output: StockTakeView,
    status: 201,
    run: openTake,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/preview',
    permission: write,
    tags,
    summary: 'How much a count would cover',
    mode: 'read',
    input: CreateStockTake,
    output: StockTakePreview,
    run: previewTake,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock-takes',
    permission: read,
    tags,
    summary: 'Counts, newest first',
    input: ListStockTakes,
    output: listOf(StockTakeView),
    run: findTakes,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock-takes/suggestions',
    permission: read,
    tags,
    summary: 'Bins that are due to be counted, with why',
    input: FindDue,
    output: z.object({ items: z.array(BinDueView) }),
    run: findDue,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock-takes/{takeId}',
    permission: read,
    tags,
    summary: 'One count with how far it is',
    input: TakeId,
    output: StockTakeView,
    run: async (tx, ctx, { takeId }) => presentTake(tx, ctx, await visibleTake(tx, ctx, takeId)),
  }),
  defineRoute({
    method: 'GET',
    path: '/stock-takes/{takeId}/lines',
    permission: read,
    tags,
    summary: 'Lines of a count',
    input: ListStockTakeLines,
    output: listOf(StockTakeLineView),
    run: findLines,
  }),
  defineRoute({
    method: 'GET',
    path: '/stock-takes/{takeId}/bins',
    permission: read,
    tags,
    summary: 'Bins of a count in walking order',
    input: ListStockTakeBins,
    output: listOf(StockTakeBinView),
    run: findBins,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/{takeId}/counts',
    permission: write,
    tags,
    summary: 'Report what was counted, in order; each scanId counts once',
    input: RecordCounts,
    output: CountedView,
    run: recordCounts,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/{takeId}/bins',
    permission: write,
    tags,
    summary: 'Take more bins into a count',
    input: AddBins,
    output: StockTakeView,
    run: addBins,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/{takeId}/recounts',
    permission: write,
    tags,
    summary: 'Have lines counted anew by another person',
    input: AskRecounts,
    output: StockTakeView,
    run: askRecounts,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/{takeId}/reasons',
    permission: write,
    tags,
    summary: 'Say why lines differ',
    input: GiveReasons,
    output: StockTakeView,
    run: giveReasons,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/{takeId}/submit',
    permission: write,
    tags,
    summary: 'End the counting: small differences are booked, others wait for another person',
    input: SubmitTake,
    output: StockTakeView,
    run: submitTake,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/{takeId}/reopen',
    permission: write,
    tags,
    summary: 'Take a request for approval back and count on',
    input: ReopenTake,
    output: StockTakeView,
    run: reopenTake,
  }),
  defineRoute({
    method: 'POST',
    path: '/stock-takes/{takeId}/cancel',
    permission: write,
    tags,
    summary: 'End a count without booking anything',
    input: CancelTake,
    output: StockTakeView,
    run: cancelTake,
  }),
  paperRoute('sheet', 'pdf', 'The sheet to count by, to print', (paper, locale) => renderPdf(sheetPdf(paper, locale))),
  paperRoute('sheet', 'xlsx', 'The sheet to count by, as a workbook', sheetWorkbook),
  paperRoute('report', 'pdf', 'What the count found, to sign', (paper, locale) => renderPdf(reportPdf(paper, locale))),
  paperRoute('report', 'xlsx', 'What the count found, as a workbook', reportWorkbook),
];
