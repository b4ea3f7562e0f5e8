import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { type SkuRow, skuByScan, skusByCode } from '#modules/catalog/index.ts';
import { NO_BATCH } from '../../domain/choose-stock.ts';
import { batchesByIds, batchesByNo } from '../../store/batches.ts';
import { CountsRefused } from '../errors.ts';
import type { CountEntry, RecordCounts } from '../schema.ts';
import { type Spot, standingIn } from '../store/book.ts';
import { type TakeBinRow, takeBinsByCode } from '../store/bins.ts';
import type { Scanned, TakeLineRow } from '../store/lines.ts';
import type { TakeRow } from '../store/takes.ts';

/** One thing counted, as it is to be taken. */
export type Entry = {
  path: string;
  bin: string;
  binId: string;
  place: number;
  mode: CountEntry['mode'];
  /** Undefined: it is about the whole bin. */
  spot: Spot | undefined;
  quantity: number;
  /** When it was seen; null: now. */
  at: Date | null;
  scanId: string | null;
  repeated: boolean;
};

/** What was sent less than this ago was seen now. */
const NOW_MS = 100;

/** The bins that are counted in, locked: what is counted in one bin at the same moment is taken one after the other. */
export async function lockBinsNamed(
  tx: Tx,
  take: TakeRow,
  counts: readonly CountEntry[],
): Promise<Map<string, TakeBinRow>> {
  const bins = await takeBinsByCode(
    tx,
    take.id,
    counts.map((c) => c.bin),
  );
  await tx.query(
    'select 1 from inventory.stock_take_bins where org_id = $1 and take_id = $2 and bin_id = any ($3) order by bin_id for update',
    [tx.orgId, take.id, [...bins.values()].map((b) => b.bin_id)],
  );
  return bins;
}

type Known = {
  bins: ReadonlyMap<string, TakeBinRow>;
  lines: readonly TakeLineRow[];
  known: ReadonlyMap<string, Scanned>;
};

/** Looks up what is named. @throws CountsRefused with each entry that names what is not there, and what to do about it. */
export async function readEntries(
  tx: Tx,
  ctx: Ctx,
  take: TakeRow,
  input: RecordCounts,
  { bins, lines, known }: Known,
): Promise<Entry[]> {
  const problems: FieldProblem[] = [];
  const skus = await skusNamed(tx, input.counts);
  const standing = await standingIn(
    tx,
    [...bins.values()].map((b) => b.bin_id),
    [...new Set([...skus.values()].map((s) => s.id))],
  );
  const batches = await batchesByNo(
    tx,
    input.counts.flatMap((c) => {
      const sku = skus.get(nameOf(c));
      return sku && c.batch !== undefined ? [{ skuId: sku.id, batchNo: c.batch }] : [];
    }),
  );
  const names = await batchesByIds(
    tx,
    [...lines, ...standing].map((s) => s.batch_id),
  );
  const entries = input.counts.map((c, i): Entry | undefined => {
    const path = `counts[${i}]`;
    const refuse = (field: string, code: string, facts: Record<string, unknown> = {}): undefined => {
      problems.push({ path: `${path}.${field}`, code, facts });
    };
    const bin = bins.get(c.bin);
    if (!bin) return refuse('bin', 'bin_not_in_count', { bin: c.bin, no: take.no });
    const repeated = c.scanId !== undefined && known.has(c.scanId);
    const entry = { path, bin: c.bin, binId: bin.bin_id, place: bin.place, mode: c.mode, scanId: c.scanId ?? null };
    const at = seenAt(ctx, input, c);
    if (at && at < take.created_at && !repeated) return refuse('countedAt', 'counted_before', { no: take.no });
    if (c.mode === 'done' || c.mode === 'empty') return { ...entry, spot: undefined, quantity: 0, at, repeated };
    if (nameOf(c) === '') return refuse('code', 'code_needed');
    const sku = skus.get(nameOf(c));
    if (!sku) return refuse(c.sku === undefined ? 'code' : 'sku', 'unknown_code', { code: nameOf(c) });
    const quantity = c.quantity ?? (c.mode === 'add' ? 1 : undefined);
    if (quantity === undefined) return refuse('quantity', 'quantity_needed');
    let batchId = c.batch === undefined ? undefined : batches.get(`${sku.id}/${c.batch}`)?.id;
    if (c.batch !== undefined && batchId === undefined) return refuse('batch', 'unknown_batch', { batch: c.batch });
    if (batchId === undefined) {
      const here = [...lines, ...standing].filter(
        (s) => s.bin_id === bin.bin_id && s.sku_id === sku.id && s.state === c.state,
      );
      const ids = [...new Set(here.map((s) => s.batch_id))];
      if (ids.length > 1)
        return refuse('batch', 'batch_needed', { batches: ids.map((id) => names.get(id)?.batch_no ?? '–').join(', ') });
      batchId = ids[0] ?? NO_BATCH;
    }
    const spot = { sku_id: sku.id, bin_id: bin.bin_id, batch_id: batchId, state: c.state };
    const line = lines.find(
      (l) =>
        l.bin_id === spot.bin_id && l.sku_id === spot.sku_id && l.batch_id === spot.batch_id && l.state === c.state,
    );
    if (!repeated && line && line.previous_by === ctx.actor.id) return refuse('code', 'recount_by_another');
    return { ...entry, spot, quantity, at, repeated };
  });
  if (problems.length > 0) throw new CountsRefused({}, problems);
  return repeatsWithin(entries.filter((e) => e !== undefined));
}

/** A scan that is named twice in one request counts once too. */
function repeatsWithin(entries: Entry[]): Entry[] {
  const seen = new Set<string>();
  for (const e of entries) {
    if (e.scanId === null) continue;
    if (seen.has(e.scanId)) e.repeated = true;
    seen.add(e.scanId);
  }
  return entries;
}

const nameOf = (c: CountEntry): string => c.sku ?? c.code ?? '';

/** SKUs by what the entries call them. */
async function skusNamed(tx: Tx, counts: readonly CountEntry[]): Promise<Map<string, SkuRow>> {
  const found = new Map<string, SkuRow>(
    (
      await skusByCode(
        tx,
        counts.flatMap((c) => c.sku ?? []),
      )
    ).map((s) => [s.sku, s]),
  );
  for (const code of new Set(counts.flatMap((c) => (c.sku === undefined && c.code !== undefined ? [c.code] : [])))) {
    const sku = await skuByScan(tx, code);
    if (sku) found.set(code, sku);
  }
  return found;
}

/** When something was seen by our clock: as long ago as the sender says, and never in time to come. */
function seenAt(ctx: Ctx, input: RecordCounts, c: CountEntry): Date | null {
  if (c.countedAt === undefined) return null;
  const sent = input.sentAt === undefined ? ctx.now.getTime() : Date.parse(input.sentAt);
  const agoMs = sent - Date.parse(c.countedAt);
  return agoMs <= NOW_MS ? null : new Date(ctx.now.getTime() - agoMs);
}
