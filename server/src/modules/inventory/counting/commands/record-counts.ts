import type { z } from 'zod';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { newId } from '#kernel/ids.ts';
import { type SkuRow, skusByIds } from '#modules/catalog/index.ts';
import { batchesByIds } from '../../store/batches.ts';
import { inventorySettings } from '../../settings.ts';
import { mustRecount } from '../domain/difference.ts';
import { takeFlow } from '../domain/flow.ts';
import { visibleTake } from '../queries/takes.ts';
import { valuesOf } from '../queries/scope.ts';
import type { CountedView, RecordCounts } from '../schema.ts';
import { bookAt, movedSince, type Spot, spotKey, standingIn } from '../store/book.ts';
import { markDone } from '../store/bins.ts';
import {
  type CountRow,
  insertCounts,
  insertLines,
  lockLinesIn,
  newLine,
  saveLines,
  scansKnown,
  type TakeLineRow,
} from '../store/lines.ts';
import { lockTake, type TakeRow } from '../store/takes.ts';
import { countAnew } from './ask-recounts.ts';
import { CountsRefused } from '../errors.ts';
import { type Entry, lockBinsNamed, readEntries } from './read-entries.ts';

type Answer = z.input<typeof CountedView>['items'][number];
type Sheet = {
  take: TakeRow;
  lines: Map<string, TakeLineRow>;
  changed: Set<TakeLineRow>;
  made: TakeLineRow[];
  log: CountRow[];
};

/**
 * Takes what was counted, in the order it was counted in; each line remembers what the book said at that moment. All of it or
 * nothing, and the same scan once. Others go on selling, picking and counting meanwhile.
 * @throws CountsRefused with every entry that cannot be taken.
 */
export async function recordCounts(tx: Tx, ctx: Ctx, input: RecordCounts): Promise<z.input<typeof CountedView>> {
  const take = await lockTake(tx, (await visibleTake(tx, ctx, input.takeId)).id, 'share');
  step(takeFlow, take.state, 'count');
  const bins = await lockBinsNamed(tx, take, input.counts);
  const binIds = [...bins.values()].map((b) => b.bin_id);
  const lines = await lockLinesIn(tx, take.id, binIds);
  const known = await scansKnown(
    tx,
    take.id,
    input.counts.flatMap((c) => c.scanId ?? []),
  );
  const entries = await readEntries(tx, ctx, take, input, { bins, lines, known });
  const sheet: Sheet = {
    take,
    lines: new Map(lines.map((l) => [spotKey(l), l])),
    changed: new Set(),
    made: [],
    log: [],
  };
  await countPieces(tx, ctx, sheet, entries);
  const zeroed = new Map<Entry, number>();
  for (const entry of entries)
    if (!entry.repeated && entry.spot === undefined) zeroed.set(entry, await finishBin(tx, ctx, sheet, entry));
  await insertLines(tx, take.id, sheet.made);
  await saveLines(tx, take.id, [...sheet.changed]);
  await insertCounts(tx, take.id, { id: ctx.actor.id, at: ctx.now }, sheet.log);
  return { items: await answers(tx, sheet, entries, zeroed) };
}

/** Entries that say how many there are of something. */
async function countPieces(tx: Tx, ctx: Ctx, sheet: Sheet, entries: readonly Entry[]): Promise<void> {
  const pieces = entries.filter((e): e is Entry & { spot: Spot } => !e.repeated && e.spot !== undefined);
  const seen = await bookAt(
    tx,
    sheet.take.warehouse_id,
    pieces.map((e) => ({ ...e.spot, at: e.at })),
  );
  const before = pieces.map((e) => ({ ...e.spot, seq: sheet.lines.get(spotKey(e.spot))?.counted_seq ?? null }));
  const open = before.filter((b): b is Spot & { seq: number } => b.seq !== null);
  const moved = new Map(
    (await movedSince(tx, sheet.take.warehouse_id, open)).map((m, i) => [spotKey(open[i] as Spot), m]),
  );
  const values = await valuesOf(
    tx,
    pieces.filter((e) => !sheet.lines.has(spotKey(e.spot))).map((e) => e.spot.sku_id),
  );
  pieces.forEach((entry, i) => {
    const line = sheet.lines.get(spotKey(entry.spot)) ?? foundLine(sheet, entry.spot, entry.place, values);
    const adds = entry.mode === 'add' && line.counted !== null;
    const disturbed = adds && (line.disturbed || moved.get(spotKey(entry.spot)) === true);
    const total = adds ? (line.counted ?? 0) + entry.quantity : entry.quantity;
    note(ctx, sheet, line, total, { ...(seen[i] as { book: number; seq: number }), at: entry.at, disturbed });
    log(ctx, sheet, entry, line, total);
  });
}

function foundLine(sheet: Sheet, spot: Spot, place: number, values: ReadonlyMap<string, number>): TakeLineRow {
  const unit_value = values.get(spot.sku_id) ?? 0;
  const line = newLine({ ...pick(spot), id: newId(), place, origin: 'found', unit_value });
  sheet.lines.set(spotKey(spot), line);
  sheet.made.push(line);
  return line;
}
const pick = ({ sku_id, bin_id, batch_id, state }: Spot): Spot => ({ sku_id, bin_id, batch_id, state });

/** Writes a count into its line. */
function note(
  ctx: Ctx,
  sheet: Sheet,
  line: TakeLineRow,
  counted: number,
  seen: { book: number; seq: number; at: Date | null; disturbed: boolean },
): void {
  line.counted = counted;
  line.book = seen.book;
  line.counted_seq = seen.seq;
  line.counted_at = seen.at ?? ctx.now;
  line.counted_by = ctx.actor.id;
  line.disturbed = seen.disturbed;
  line.recount = false;
  if (!sheet.made.includes(line)) sheet.changed.add(line);
}

function log(ctx: Ctx, sheet: Sheet, entry: Entry, line: TakeLineRow | undefined, total: number): void {
  sheet.log.push({
    line_id: line?.id ?? null,
    bin_id: entry.binId,
    round: line?.round ?? 1,
    mode: entry.mode,
    quantity: entry.quantity,
    total,
    scan_id: entry.scanId,
    counted_at: entry.at ?? ctx.now,
  });
}

/**
 * What nobody has counted in a bin is not there: its lines, and what came since they were made. Then what differs by too much
 * is handed to somebody else. Returns how many lines were counted as nothing.
 */
async function finishBin(tx: Tx, ctx: Ctx, sheet: Sheet, entry: Entry): Promise<number> {
  const inBin = [...sheet.lines.values()].filter((l) => l.bin_id === entry.binId);
  if (entry.mode === 'empty' && inBin.some((l) => (l.counted ?? 0) > 0))
    throw new CountsRefused({}, [{ path: entry.path, code: 'bin_not_empty', facts: { bin: entry.bin } }]);
  const narrowed = sheet.take.scope.skus !== undefined || sheet.take.scope.abc !== undefined;
  const standing = narrowed ? [] : await standingIn(tx, [entry.binId]);
  const came = standing.filter((s) => !sheet.lines.has(spotKey(s)));
  const values = await valuesOf(
    tx,
    came.map((s) => s.sku_id),
  );
  const fresh = came.map((s) => foundLine(sheet, s, entry.place, values));
  const missing = [...inBin.filter((l) => l.counted === null && l.previous_by !== ctx.actor.id), ...fresh];
  const seen = await bookAt(
    tx,
    sheet.take.warehouse_id,
    missing.map((l) => ({ ...pick(l), at: entry.at })),
  );
  missing.forEach((line, i) =>
    note(ctx, sheet, line, 0, { ...present(seen[i], 'one for each'), at: entry.at, disturbed: false }),
  );
  const { countRecountUnits: units, countRecountValue: value } = await inventorySettings.get(tx);
  for (const line of [...inBin, ...fresh])
    if (
      line.counted !== null &&
      mustRecount(
        {
          counted: line.counted,
          book: line.book ?? 0,
          unitValue: line.unit_value,
          round: line.round,
          disturbed: line.disturbed,
        },
        { units, value },
      )
    ) {
      countAnew(line);
      if (!sheet.made.includes(line)) sheet.changed.add(line);
    }
  await markDone(tx, sheet.take.id, entry.binId, { id: ctx.actor.id, at: ctx.now });
  log(ctx, sheet, entry, undefined, 0);
  return missing.length;
}

async function answers(
  tx: Tx,
  sheet: Sheet,
  entries: readonly Entry[],
  zeroed: ReadonlyMap<Entry, number>,
): Promise<Answer[]> {
  const spots = entries.flatMap((e) => e.spot ?? []);
  const skus = new Map<string, SkuRow>(
    (await skusByIds(tx, [...new Set(spots.map((s) => s.sku_id))])).map((s) => [s.id, s]),
  );
  const batches = await batchesByIds(
    tx,
    spots.map((s) => s.batch_id),
  );
  return entries.map((e) => {
    const line = e.spot && sheet.lines.get(spotKey(e.spot));
    const sku = e.spot && skus.get(e.spot.sku_id);
    return {
      scanId: e.scanId,
      bin: e.bin,
      sku: sku?.sku ?? null,
      title: sku?.title ?? null,
      batch: (e.spot && batches.get(e.spot.batch_id)?.batch_no) ?? null,
      counted: line?.counted ?? zeroed.get(e) ?? 0,
      repeated: e.repeated,
      found: line?.origin === 'found',
      recount: line?.recount ?? false,
    };
  });
}
