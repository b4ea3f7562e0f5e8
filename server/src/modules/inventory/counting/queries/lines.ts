import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { batchesByIds } from '../../store/batches.ts';
import { NO_BATCH } from '../../store/bin-stock.ts';
import type { ListStockTakeBins, ListStockTakeLines, StockTakeBinView, StockTakeLineView } from '../schema.ts';
import { bookAt } from '../store/book.ts';
import { listTakeBins } from '../store/bins.ts';
import { LINE, type TakeLineRow } from '../store/lines.ts';
import type { TakeRow } from '../store/takes.ts';
import { seesBook, visibleTake } from './takes.ts';

export type LineView = z.input<typeof StockTakeLineView>;
type Filter = z.output<typeof ListStockTakeLines>;

const ONLY: Record<NonNullable<Filter['only']>, string> = {
  uncounted: 'counted is null',
  counted: 'counted is not null',
  differing: 'counted <> book',
  recount: 'recount',
  waiting: `outcome = 'waiting'`,
  refused: `outcome = 'refused'`,
};
const WORTH = 'abs(coalesce(counted - book, 0)) * unit_value';

/** Lines of a count, in walking order or the most valuable difference first. */
export async function findLines(tx: Tx, ctx: Ctx, input: Filter): Promise<Page<LineView>> {
  const take = await visibleTake(tx, ctx, input.takeId);
  const shows = shownTo(ctx, take, input.as);
  // who does not see the book does not learn from an order or a filter what it says either
  const sort = shows.book ? input.sort : 'walk';
  const only = input.only === 'differing' && !shows.book ? 'counted' : input.only;
  const order = `lines ${sort}`;
  const after = input.cursor === undefined ? [null, null] : decodeCursor(order, input.cursor, 2);
  const key = sort === 'value' ? WORTH : 'place';
  const rows = await tx.query<TakeLineRow & { worth: number }>(
    `select ${LINE}, (${WORTH})::bigint as worth from inventory.stock_take_lines l
      where org_id = $1 and take_id = $2 and ($3::text is null or bin_id = (select b.bin_id from inventory.stock_take_bins b join inventory.bins n on n.org_id = b.org_id and n.id = b.bin_id
          where b.org_id = $1 and b.take_id = $2 and n.code = $3))
        and ${only === undefined ? 'true' : ONLY[only]}
        and ($4::bigint is null or ${sort === 'value' ? `(${key} < $4 or (${key} = $4 and id > $5::uuid))` : `(${key}, id) > ($4, $5::uuid)`})
      order by ${key}${sort === 'value' ? ' desc' : ''}, id limit $6`,
    [tx.orgId, take.id, input.bin ?? null, after[0], after[1], input.limit + 1],
  );
  const views = await presentLines(tx, take, rows, shows);
  const byId = new Map(views.map((v) => [v.id, v]));
  return pageOf(
    rows,
    input.limit,
    order,
    (r) => [sort === 'value' ? r.worth : r.place, r.id],
    (r) => byId.get(r.id) as LineView,
  );
}

type Shows = { book: boolean; recounts: boolean };

/** Who counts sees nothing of the book where it is blind, and of a recount never what it is to confirm. */
function shownTo(ctx: Ctx, take: TakeRow, as: Filter['as']): Shows {
  if (take.state === 'posted') return { book: true, recounts: true };
  if (as === 'counter') return { book: !take.blind, recounts: false };
  const approves = seesBook(ctx, { ...take, blind: true });
  return { book: seesBook(ctx, take), recounts: approves };
}

export const everything: Shows = { book: true, recounts: true };

/** Lines with the names of what they are about, as far as they are to be seen. */
export async function presentLines(
  tx: Tx,
  take: TakeRow,
  rows: readonly TakeLineRow[],
  shows: Shows,
): Promise<LineView[]> {
  const skus = new Map((await skusByIds(tx, [...new Set(rows.map((r) => r.sku_id))])).map((s) => [s.id, s]));
  const batches = await batchesByIds(
    tx,
    rows.map((r) => r.batch_id).filter((id) => id !== NO_BATCH),
  );
  const bins = new Map(
    (
      await tx.query<{ id: string; code: string; zone: string | null }>(
        `select b.id, b.code, z.code as zone from inventory.bins b left join inventory.zones z on z.org_id = b.org_id and z.id = b.zone_id
          where b.org_id = $1 and b.id = any ($2)`,
        [tx.orgId, [...new Set(rows.map((r) => r.bin_id))]],
      )
    ).map((b) => [b.id, b]),
  );
  const names = await actorNames(
    tx,
    rows.flatMap((r) => r.counted_by ?? []),
  );
  const open = rows.filter((r) => r.book === null);
  const now = await bookAt(
    tx,
    take.warehouse_id,
    open.map((r) => ({ ...r, at: null })),
  );
  const standing = new Map(open.map((r, i) => [r.id, now[i]?.book ?? 0]));
  return rows.map((r) => {
    const [sku, batch, bin] = [skus.get(r.sku_id), batches.get(r.batch_id), bins.get(r.bin_id)];
    const isAnew = r.round > 1 && take.state !== 'posted';
    const isOpen = shows.book && (shows.recounts || !isAnew);
    const difference = isOpen && r.counted !== null && r.book !== null ? r.counted - r.book : null;
    return {
      id: r.id,
      bin: bin?.code ?? '',
      zone: bin?.zone ?? null,
      sku: sku?.sku ?? r.sku_id,
      title: sku?.title ?? '',
      barcode: sku?.barcode ?? null,
      batch: batch?.batch_no ?? null,
      expiresOn: batch?.expires_on ?? null,
      state: r.state,
      found: r.origin === 'found',
      round: r.round,
      counted: r.counted,
      book: isOpen ? (r.book ?? standing.get(r.id) ?? 0) : null,
      difference,
      value: difference === null ? null : difference * r.unit_value,
      previous: isOpen ? r.previous : null,
      countedByName: r.counted_by === null ? null : (names.get(r.counted_by) ?? ''),
      countedAt: r.counted_at?.toISOString() ?? null,
      disturbed: r.disturbed,
      recount: r.recount,
      reason: r.reason,
      outcome: r.outcome,
      posted: r.posted,
    };
  });
}

/** The bins of a count in walking order, with how far each is. */
export async function findBins(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListStockTakeBins>,
): Promise<Page<z.input<typeof StockTakeBinView>>> {
  const take = await visibleTake(tx, ctx, input.takeId);
  const after =
    input.cursor === undefined ? null : (decodeCursor('take bins', input.cursor, 2) as unknown as [number, string]);
  const rows = await listTakeBins(tx, {
    takeId: take.id,
    only: input.only,
    q: input.q,
    after,
    limit: input.limit + 1,
  });
  return pageOf(
    rows,
    input.limit,
    'take bins',
    (r) => [r.place, r.bin_id],
    (r) => ({
      bin: r.code,
      zone: r.zone,
      lines: r.lines,
      counted: r.counted,
      recount: r.recount,
      done: r.done_at !== null,
    }),
  );
}
