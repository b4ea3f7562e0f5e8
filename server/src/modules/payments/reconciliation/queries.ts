import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InvalidRequest } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { localDate } from '#kernel/time.ts';
import { dayPlus } from './domain/bill-reader.ts';
import { BILL_ZONE } from './load-bill.ts';
import { presentLine, sidesOf, viewBills, viewDifferences } from './present.ts';
import type * as schema from './schema.ts';
import { type BillRow, getBill, linesOfBill, listBills, reportDays } from './store/bills.ts';
import { countDifferences, type DifferenceFilter, listDifferences } from './store/differences.ts';

/** So many differences stand in the answer to a bill. */
const SHOWN_MAX = 200;
const REPORT_DAYS_MAX = 93;
const REPORT_DAYS = 31;
const [OLDEST, NEWEST, BY_DAY, BY_LINE] = ['oldest', 'newest', 'day', 'line'];

/** The answer to a bill: its figures and the first of its differences. Those that still wait for tomorrow are not among them. */
export async function answerOf(
  tx: Tx,
  ctx: Ctx,
  bill: BillRow,
  dryRun = false,
): Promise<z.input<typeof schema.LoadedBill>> {
  const rows = await listDifferences(tx, { billId: bill.id, order: 'oldest', state: 'unsettled', limit: SHOWN_MAX });
  const [view] = await viewBills(tx, ctx, [bill]);
  return {
    ...(view as schema.ReconciliationView),
    differences: rows.map((r) => ({
      id: r.id,
      subject: r.subject,
      kind: r.kind,
      reference: r.reference,
      ...sidesOf(r),
    })),
    more: bill.open - rows.length,
    dryRun,
  };
}

export async function pageOfBills(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ListReconciliations>,
): Promise<Page<schema.ReconciliationView>> {
  const { limit, cursor, channel, from, to } = input;
  const before = cursor === undefined ? undefined : (decodeCursor(BY_DAY as string, cursor, 2) as [string, string]);
  const rows = await listBills(tx, { channel, from, to, before, limit: limit + 1 });
  const views = new Map((await viewBills(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    limit,
    BY_DAY as string,
    (r) => [r.bill_date, r.id],
    (r) => views.get(r.id) as schema.ReconciliationView,
  );
}

export async function pageOfLines(
  tx: Tx,
  _ctx: Ctx,
  input: z.output<typeof schema.ListLines>,
): Promise<Page<z.input<typeof schema.LineView>>> {
  await getBill(tx, input.reconciliationId);
  const { limit, cursor, outcome, q } = input;
  const after = cursor === undefined ? 0 : Number(decodeCursor(BY_LINE as string, cursor, 1)[0]);
  const rows = await linesOfBill(tx, input.reconciliationId, { outcome, q, after, limit: limit + 1 });
  return pageOf(rows, limit, BY_LINE as string, (r) => [r.line], presentLine);
}

type Filters = z.output<typeof schema.CountDifferences>;
const filterOf = (ctx: Ctx, { mine, ...rest }: Filters): DifferenceFilter => ({
  ...rest,
  ownerId: mine ? ctx.actor.id : undefined,
});

async function pageBy(
  tx: Tx,
  ctx: Ctx,
  order: 'oldest' | 'newest',
  filter: DifferenceFilter,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<schema.DifferenceSummary>> {
  const name = (order === 'oldest' ? OLDEST : NEWEST) as string;
  const at = cursor === undefined ? undefined : String(decodeCursor(name, cursor, 1)[0]);
  const rows = await listDifferences(tx, { ...filter, at, order, limit: limit + 1 });
  const views = new Map((await viewDifferences(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    limit,
    name,
    (r) => [r.id],
    (r) => views.get(r.id) as schema.DifferenceSummary,
  );
}

export async function pageOfBillDifferences(
  tx: Tx,
  ctx: Ctx,
  { limit, cursor, reconciliationId, ...filters }: z.output<typeof schema.ListBillDifferences>,
): Promise<Page<schema.DifferenceSummary>> {
  await getBill(tx, reconciliationId);
  return pageBy(tx, ctx, 'oldest', { ...filterOf(ctx, filters), billId: reconciliationId }, { limit, cursor });
}

export const pageOfDifferences = (
  tx: Tx,
  ctx: Ctx,
  { limit, cursor, ...filters }: z.output<typeof schema.ListDifferences>,
): Promise<Page<schema.DifferenceSummary>> => pageBy(tx, ctx, 'newest', filterOf(ctx, filters), { limit, cursor });

export const differenceCounts = async (
  tx: Tx,
  ctx: Ctx,
  input: Filters,
): Promise<z.input<typeof schema.DifferenceCounts>> => ({ items: await countDifferences(tx, filterOf(ctx, input)) });

/** Day by channel; the last month unless told. */
export async function report(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof schema.ReportInput>,
): Promise<z.input<typeof schema.ReconciliationReport>> {
  const to = input.to ?? localDate(ctx.now, BILL_ZONE);
  const from = input.from ?? dayPlus(to, -REPORT_DAYS);
  if (from > to || dayPlus(from, REPORT_DAYS_MAX) < to)
    throw new InvalidRequest({}, [{ path: 'from', code: 'invalid_value' }]);
  const rows = await reportDays(tx, { from, to, channel: input.channel });
  return {
    from,
    to,
    channels: [...new Set(rows.map((r) => r.channel))].toSorted(),
    days: rows.map((r) => ({
      date: r.bill_date,
      channel: r.channel,
      bills: r.bills,
      rows: r.rows,
      matched: r.matched,
      paidAmount: r.paid_amount,
      refundedAmount: r.refunded_amount,
      feeAmount: r.fee_amount,
      differences: r.differences,
      open: r.open,
      carried: r.carried,
    })),
  };
}
