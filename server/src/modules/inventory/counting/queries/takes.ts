import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import { can, type Ctx, seesWarehouse } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { allowedEvents } from '#kernel/flow.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { allWarehouses } from '../../store/warehouses.ts';
import { differenceOf, type Sums } from '../domain/difference.ts';
import { takeFlow } from '../domain/flow.ts';
import { StockTakeNotFound } from '../errors.ts';
import type { ListStockTakes, StockTakeView } from '../schema.ts';
import type { TakeLineRow } from '../store/lines.ts';
import { getTake, hasCounted, listTakes, type TakeRow } from '../store/takes.ts';

type View = z.input<typeof StockTakeView>;
const APPROVE = 'inventory.count.approve';
const WRITE = 'inventory.count.write';

/** @throws StockTakeNotFound when it is not there or its warehouse is outside of the actor's scope. */
export async function visibleTake(tx: Tx, ctx: Ctx, id: string): Promise<TakeRow> {
  const take = await getTake(tx, id);
  if (!seesWarehouse(ctx, take.warehouse_id)) throw new StockTakeNotFound({ takeId: id });
  return take;
}

export async function warehouseCode(tx: Tx, id: string): Promise<string> {
  return (await allWarehouses(tx)).find((w) => w.id === id)?.code ?? '';
}

/** Whether the actor may see what the book says of a count: nobody who counts does while it is blind. */
export const seesBook = (ctx: Ctx, take: TakeRow): boolean =>
  !take.blind || take.state === 'posted' || can(ctx, APPROVE);

/** What the counted lines differ by. */
export function sumsOf(lines: readonly TakeLineRow[]): Sums {
  const sums = { lines: 0, over: 0, short: 0, valueOver: 0, valueShort: 0 };
  for (const l of lines) {
    if (l.counted === null || l.book === null) continue;
    const difference = differenceOf({ counted: l.counted, book: l.book });
    if (difference === 0) continue;
    sums.lines += 1;
    if (difference > 0) {
      sums.over += difference;
      sums.valueOver += difference * l.unit_value;
    } else {
      sums.short -= difference;
      sums.valueShort -= difference * l.unit_value;
    }
  }
  return sums;
}

type Progress = {
  take_id: string;
  bins: number;
  bins_done: number;
  lines: number;
  counted: number;
  differing: number;
  recount: number;
  waiting: number;
  refused: number;
  over: number;
  short: number;
  value_over: number;
  value_short: number;
};

async function progressOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Progress>> {
  const rows = await tx.query<Progress>(
    `select t.id as take_id, b.bins, b.bins_done, l.*
       from unnest($2::uuid[]) t (id)
       cross join lateral (select count(*)::int as bins, count(h.done_at)::int as bins_done from inventory.stock_take_bins h where h.org_id = $1 and h.take_id = t.id) b
       cross join lateral (
         select count(*)::int as lines, count(counted)::int as counted, count(*) filter (where d <> 0)::int as differing, count(*) filter (where recount)::int as recount,
                count(*) filter (where outcome = 'waiting')::int as waiting, count(*) filter (where outcome = 'refused')::int as refused,
                coalesce(sum(d) filter (where d > 0), 0)::bigint as over, coalesce(-sum(d) filter (where d < 0), 0)::bigint as short,
                coalesce(sum(d * unit_value) filter (where d > 0), 0)::bigint as value_over, coalesce(-sum(d * unit_value) filter (where d < 0), 0)::bigint as value_short
           from (select counted, counted - book as d, recount, outcome, unit_value from inventory.stock_take_lines x where x.org_id = $1 and x.take_id = t.id) x) l`,
    [tx.orgId, ids],
  );
  return new Map(rows.map((r) => [r.take_id, r]));
}

/** What the actor may do next; four eyes are decided by who counted and submitted. */
async function mayOf(tx: Tx, ctx: Ctx, take: TakeRow): Promise<View['may']> {
  const events = new Set(allowedEvents(takeFlow, take.state));
  const writes = can(ctx, WRITE);
  const may: View['may'] = [];
  if (writes && events.has('count')) may.push('count', 'submit');
  if (take.state === 'awaiting_approval') {
    const other = take.submitted_by !== ctx.actor.id && ctx.actor.kind === 'user';
    if (other && can(ctx, APPROVE) && !(await hasCounted(tx, take.id, ctx.actor.id))) may.push('approve');
    if (writes && take.submitted_by === ctx.actor.id) may.push('reopen');
  }
  if (writes && events.has('cancel') && (take.state === 'counting' || take.submitted_by === ctx.actor.id))
    may.push('cancel');
  return may;
}

export async function presentTake(tx: Tx, ctx: Ctx, row: TakeRow): Promise<View> {
  return (await presentTakes(tx, ctx, [row]))[0] as View;
}

async function presentTakes(tx: Tx, ctx: Ctx, rows: readonly TakeRow[]): Promise<View[]> {
  const progress = await progressOf(
    tx,
    rows.map((r) => r.id),
  );
  const codes = new Map((await allWarehouses(tx)).map((w) => [w.id, w.code]));
  const names = await actorNames(
    tx,
    rows.flatMap((r) => [r.created_by, r.submitted_by ?? '', r.ended_by ?? '']).filter((id) => id !== ''),
  );
  const { currency } = one(
    await tx.query<{ currency: string }>('select currency from kernel.orgs where id = $1', [tx.orgId]),
  );
  const views: View[] = [];
  for (const r of rows) {
    const may = await mayOf(tx, ctx, r);
    views.push(present(ctx, r, progress.get(r.id) as Progress, { codes, names, currency, may }));
  }
  return views;
}

function present(
  ctx: Ctx,
  r: TakeRow,
  p: Progress,
  by: {
    codes: ReadonlyMap<string, string>;
    names: ReadonlyMap<string, string>;
    currency: string;
    may: View['may'];
  },
): View {
  const open = seesBook(ctx, r);
  const name = (id: string | null): string | null => (id === null ? null : (by.names.get(id) ?? ''));
  return {
    id: r.id,
    no: r.no,
    warehouse: by.codes.get(r.warehouse_id) ?? '',
    kind: r.kind,
    blind: r.blind,
    scope: r.scope,
    note: r.note,
    state: r.state,
    bins: p.bins,
    binsDone: p.bins_done,
    lines: p.lines,
    counted: p.counted,
    differing: open ? p.differing : null,
    toRecount: p.recount,
    waiting: p.waiting,
    refused: p.refused,
    unitsOver: open ? p.over : null,
    unitsShort: open ? p.short : null,
    valueOver: open ? p.value_over : null,
    valueShort: open ? p.value_short : null,
    currency: by.currency,
    createdAt: r.created_at.toISOString(),
    createdByName: name(r.created_by) ?? '',
    submittedAt: r.submitted_at?.toISOString() ?? null,
    submittedByName: name(r.submitted_by),
    endedAt: r.ended_at?.toISOString() ?? null,
    endedByName: name(r.ended_by),
    why: r.why,
    approvalId: r.approval_id,
    may: by.may,
    version: r.version,
  };
}

/** Counts of the warehouses of the actor's scope, newest first. */
export async function findTakes(tx: Tx, ctx: Ctx, input: z.output<typeof ListStockTakes>): Promise<Page<View>> {
  const [beforeId = null] = input.cursor === undefined ? [] : (decodeCursor('takes', input.cursor, 1) as string[]);
  const warehouses = (await allWarehouses(tx))
    .filter((w) => seesWarehouse(ctx, w.id) && (input.warehouse === undefined || w.code === input.warehouse))
    .map((w) => w.id);
  const rows = await listTakes(tx, { beforeId, limit: input.limit + 1, state: input.state, warehouses });
  const views = new Map((await presentTakes(tx, ctx, rows)).map((v) => [v.id, v]));
  return pageOf(
    rows,
    input.limit,
    'takes',
    (r) => [r.id],
    (r) => views.get(r.id) as View,
  );
}
