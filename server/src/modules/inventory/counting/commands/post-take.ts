import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { newDocument } from '../../commands/document.ts';
import { namesOfPlaces } from '../../commands/places.ts';
import { DOCUMENT_LINES_MAX } from '../../schema.ts';
import { Bins } from '../../store/bin-stock.ts';
import { type Move, postMoves } from '../../store/post.ts';
import { takeFlow } from '../domain/flow.ts';
import { CountedShort, StockTakePosted } from '../events.ts';
import { sumsOf, warehouseCode } from '../queries/takes.ts';
import { bookAt, correctionsSince, lockStock, type Spot, spotKey } from '../store/book.ts';
import { letGo } from '../store/bins.ts';
import { insertLines, newLine, saveLines, type TakeLineRow } from '../store/lines.ts';
import { saveTake, type TakeRow } from '../store/takes.ts';

type CountedLine = TakeLineRow & { counted: number; book: number; counted_seq: number; counted_by: string };
export const isCounted = (l: TakeLineRow): l is CountedLine => l.counted !== null;
export type Due = { line: CountedLine; delta: number };

/**
 * Books the differences of a count: what was counted less what the book said then. What has moved since does not matter, as
 * it moved on the shelf and in the book alike; corrections of the book since are part of the difference and taken off it.
 * A line whose units orders hold waits until they have given way; one that would take more than there is, is refused.
 * The caller holds the locks of the count and its lines.
 */
export async function postTake(tx: Tx, ctx: Ctx, take: TakeRow, lines: readonly TakeLineRow[]): Promise<TakeRow> {
  const state = step(takeFlow, take.state, 'post');
  const moved = await skusConcerned(tx, take, lines);
  const stock = await lockStock(tx, take.warehouse_id, [...moved]);
  // what concerns the others from here on comes after this count
  const concerned = lines.filter((l) => moved.has(l.sku_id));
  const all = [...lines, ...(await linesSetAside(tx, take, concerned, lines))];
  const final = await dueOf(tx, take, all.filter((l) => moved.has(l.sku_id)).filter(isCounted));
  const bins = await Bins.lock(
    tx,
    final.map((d) => ({ skuId: d.line.sku_id, warehouseId: take.warehouse_id })),
  );
  const fitting = final.toSorted((a, b) => b.delta - a.delta).filter((d) => fits(take, bins, stock, d));
  for (const line of all) line.outcome ??= isCounted(line) ? 'same' : 'uncounted';
  await bookDue(tx, ctx, take, fitting);
  await saveLines(tx, take.id, all);
  const saved = await saveTake(tx, take, { state, ended_at: ctx.now, ended_by: ctx.actor.id });
  await letGo(tx, take.id);
  const sums = sumsOf(all);
  const waiting = all.filter((l) => l.outcome === 'waiting').length;
  const about = { no: take.no, warehouse: await warehouseCode(tx, take.warehouse_id) };
  await StockTakePosted.emit(tx, ctx, take.id, {
    ...about,
    lines: sums.lines,
    units: sums.over + sums.short,
    value: sums.valueOver + sums.valueShort,
    waiting,
  });
  if (waiting > 0) await CountedShort.emit(tx, ctx, take.id, { ...about, lines: waiting });
  return saved;
}

/** SKUs a count changes: those that differ, and those corrected since they were counted. */
async function skusConcerned(tx: Tx, take: TakeRow, lines: readonly TakeLineRow[]): Promise<Set<string>> {
  const counted = lines.filter(isCounted);
  const aside = await correctionsSince(
    tx,
    take.warehouse_id,
    counted.map((l) => ({ ...l, state: 'frozen', seq: l.counted_seq })),
  );
  const differ = await dueOf(tx, take, counted);
  return new Set([
    ...differ.map((d) => d.line.sku_id),
    ...counted.filter((_, i) => aside[i] !== 0).map((l) => l.sku_id),
  ]);
}

/** Lines with something to book. */
export async function dueOf(tx: Tx, take: TakeRow, lines: readonly CountedLine[]): Promise<Due[]> {
  const corrected = await correctionsSince(
    tx,
    take.warehouse_id,
    lines.map((l) => ({ ...l, seq: l.counted_seq })),
  );
  return lines.flatMap((line, i) => {
    const delta = line.counted - line.book - (corrected[i] ?? 0);
    return delta === 0 ? [] : [{ line, delta }];
  });
}

/**
 * Units of a counted place that were set aside as not found since it was counted, where nobody counted what is frozen there:
 * the count says they are gone, so they are no more frozen either. Made as lines, for the report to show them.
 */
export async function linesSetAside(
  tx: Tx,
  take: TakeRow,
  lines: readonly TakeLineRow[],
  among: readonly TakeLineRow[],
): Promise<TakeLineRow[]> {
  const byKey = new Map(among.map((l) => [spotKey(l), l]));
  const good = lines
    .filter(isCounted)
    .filter((l) => l.state === 'good' && (byKey.get(spotKey({ ...l, state: 'frozen' }))?.counted ?? null) === null);
  const frozen = good.map((l): Spot & { seq: number } => ({ ...l, state: 'frozen', seq: l.counted_seq }));
  const aside = await correctionsSince(tx, take.warehouse_id, frozen);
  const touched = frozen.flatMap((spot, i) => {
    const units = aside[i] ?? 0;
    return units > 0
      ? [
          {
            spot,
            units,
            by: (good[i] as CountedLine).counted_by,
            at: (good[i] as CountedLine).counted_at,
            value: (good[i] as CountedLine).unit_value,
            place: (good[i] as CountedLine).place,
          },
        ]
      : [];
  });
  const now = await bookAt(
    tx,
    take.warehouse_id,
    touched.map((t) => ({ ...t.spot, at: null })),
  );
  const made: TakeLineRow[] = [];
  touched.forEach(({ spot, units, by, at, value, place }, i) => {
    const { book, seq } = now[i] as { book: number; seq: number };
    if (book < units) return;
    const known = byKey.get(spotKey(spot));
    const line =
      known ??
      newLine({
        id: newId(),
        sku_id: spot.sku_id,
        bin_id: spot.bin_id,
        batch_id: spot.batch_id,
        state: 'frozen',
        place,
        origin: 'found',
        unit_value: value,
      });
    Object.assign(line, { counted: book - units, book, counted_seq: seq, counted_by: by, counted_at: at });
    if (!known) made.push(line);
  });
  await insertLines(tx, take.id, made);
  return made;
}

/** Whether a difference can be booked beside those before it; says of the line what becomes of it. */
function fits(
  take: TakeRow,
  bins: Bins,
  stock: ReadonlyMap<string, { onHand: number; reserved: number }>,
  { line, delta }: Due,
): boolean {
  const [balance] = [stock.get(line.sku_id)];
  const at = { skuId: line.sku_id, warehouseId: take.warehouse_id, binId: line.bin_id, batchId: line.batch_id };
  const there = bins.inBin(line.sku_id, line.bin_id, line.state).find((r) => r.batch_id === line.batch_id);
  if ((there?.quantity ?? 0) + delta < 0 || !balance) {
    line.outcome = 'refused'; // more has left than was there: it was counted wrong, or moved wrong
    return false;
  }
  const promised = line.state === 'good' && balance.onHand + delta < balance.reserved;
  if (promised || !bins.add({ ...at, state: line.state, quantity: delta })) {
    line.outcome = 'waiting';
    return false;
  }
  if (line.state === 'good') balance.onHand += delta;
  line.outcome = 'posted';
  line.posted = delta;
  return true;
}

const BUCKET = { good: 'onHand', damaged: 'damaged', frozen: 'frozen' } as const;
const NAMES = { good: 'on_hand', damaged: 'damaged', frozen: 'frozen' } as const;

/** Posts differences under documents of their own. */
export async function bookDue(tx: Tx, ctx: Ctx, take: TakeRow, due: readonly Due[]): Promise<void> {
  const skus = new Map((await skusByIds(tx, [...new Set(due.map((d) => d.line.sku_id))])).map((s) => [s.id, s.sku]));
  const nameOf = await namesOfPlaces(
    tx,
    due.map((d) => ({ binId: d.line.bin_id, batchId: d.line.batch_id })),
  );
  const moves: Move[] = [];
  for (let i = 0; i < due.length; i += DOCUMENT_LINES_MAX) {
    const part = due.slice(i, i + DOCUMENT_LINES_MAX);
    const document = await newDocument(tx, ctx, {
      kind: 'count',
      warehouse_id: take.warehouse_id,
      state: 'posted',
      reference: take.no,
      lines: part.map(({ line, delta }) => ({
        sku: skus.get(line.sku_id) ?? line.sku_id,
        delta,
        bucket: NAMES[line.state],
        ...nameOf({ binId: line.bin_id, batchId: line.batch_id }),
      })),
    });
    for (const { line, delta } of part)
      moves.push({
        skuId: line.sku_id,
        warehouseId: take.warehouse_id,
        kind: 'adjust',
        [BUCKET[line.state]]: delta,
        docId: document.id,
        binId: line.bin_id,
        batchId: line.batch_id,
        reason: line.reason ?? take.no,
      });
  }
  await postMoves(tx, ctx, moves);
}
