import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import type { SkuRow } from '#modules/catalog/index.ts';
import { keepsWell } from '../domain/temperature.ts';
import { StockDocumentInvalid } from '../errors.ts';
import { inventorySettings } from '../settings.ts';
import { type BatchRow, batchesByIds, batchesByNo, insertBatches } from '../store/batches.ts';
import { NO_BATCH } from '../store/bin-stock.ts';
import { type BinRow, binsByCode, binsByIds, insertBins, zonesOf } from '../store/bins.ts';

/** Where a line of a document says its goods stand, or come to. */
export type PlaceInput = {
  readonly sku: string;
  readonly bin?: string | undefined;
  readonly batch?: string | undefined;
  readonly producedOn?: string | undefined;
  readonly expiresOn?: string | undefined;
};
export type Place = { binId?: string; batchId: string; expiresOn: string | null };
/** Where goods leave from: what is not named is chosen when the document is booked. */
export type From = { binId?: string; batchId?: string };

/** Goods that only say when they expire are told apart by that day. */
const batchNoOf = (line: PlaceInput): string | undefined => line.batch ?? line.expiresOn;

/**
 * The bins and batches that lines come into. A bin the warehouse does not have is made when the settings let receipts name
 * new bins; a batch is made when it is first seen. @throws StockDocumentInvalid naming every unknown or closed bin, and every
 * batch that is known with other dates.
 */
export async function placesInto(
  tx: Tx,
  ctx: Ctx,
  warehouseId: string,
  lines: readonly PlaceInput[],
  skus: ReadonlyMap<string, SkuRow>,
): Promise<Place[]> {
  const problems: FieldProblem[] = [];
  const bins = await binsFor(tx, ctx, warehouseId, lines, problems);
  const named = lines.flatMap((l, i) => {
    const sku = skus.get(l.sku);
    return sku && l.bin !== undefined ? [{ path: `lines[${i}].bin`, bin: bins.get(l.bin), sku }] : [];
  });
  problems.push(...(await temperatureProblems(tx, warehouseId, named)));
  const batches = await batchesFor(tx, ctx, lines, skus, problems);
  if (problems.length > 0) throw new StockDocumentInvalid({}, problems);
  return lines.map((line) => {
    const batch = batches.get(keyOf(line, skus));
    const bin = line.bin === undefined ? undefined : bins.get(line.bin);
    return {
      ...(bin ? { binId: bin.id } : {}),
      batchId: batch?.id ?? NO_BATCH,
      expiresOn: batch?.expires_on ?? null,
    };
  });
}

/** The bins and batches that lines say goods leave from: all of them must exist. @throws StockDocumentInvalid. */
export async function placesFrom(
  tx: Tx,
  warehouseId: string,
  lines: readonly PlaceInput[],
  skus: ReadonlyMap<string, SkuRow>,
): Promise<From[]> {
  const problems: FieldProblem[] = [];
  const bins = await binsByCode(tx, warehouseId, codesOf(lines));
  const batches = await batchesByNo(tx, batchKeys(lines, skus));
  const places = lines.map((line, i) => {
    const bin = line.bin === undefined ? undefined : bins.get(line.bin);
    if (line.bin !== undefined && !bin)
      problems.push({ path: `lines[${i}].bin`, code: 'unknown_bin', facts: { bin: line.bin } });
    const no = batchNoOf(line);
    const batch = no === undefined ? undefined : batches.get(keyOf(line, skus));
    if (no !== undefined && !batch)
      problems.push({ path: `lines[${i}].batch`, code: 'unknown_batch', facts: { batch: no } });
    return { ...(bin ? { binId: bin.id } : {}), ...(batch ? { batchId: batch.id } : {}) };
  });
  if (problems.length > 0) throw new StockDocumentInvalid({}, problems);
  return places;
}

const codesOf = (lines: readonly PlaceInput[]): string[] => lines.flatMap((l) => (l.bin === undefined ? [] : [l.bin]));
const keyOf = (line: PlaceInput, skus: ReadonlyMap<string, SkuRow>): string =>
  `${skus.get(line.sku)?.id ?? ''}/${batchNoOf(line) ?? ''}`;
const batchKeys = (
  lines: readonly PlaceInput[],
  skus: ReadonlyMap<string, SkuRow>,
): { skuId: string; batchNo: string }[] =>
  lines.flatMap((l) => {
    const batchNo = batchNoOf(l);
    const sku = skus.get(l.sku);
    return batchNo === undefined || !sku ? [] : [{ skuId: sku.id, batchNo }];
  });

/** Goods that would stand too warm or too cold. A bin of no zone keeps whatever it is given. */
export async function temperatureProblems(
  tx: Tx,
  warehouseId: string,
  named: readonly { path: string; bin: BinRow | undefined; sku: SkuRow }[],
): Promise<FieldProblem[]> {
  if (!named.some((n) => n.bin?.zone_id)) return [];
  const zones = new Map((await zonesOf(tx, warehouseId)).map((z) => [z.id, z]));
  return named.flatMap(({ path, bin, sku }) => {
    const zone = zones.get(bin?.zone_id ?? '');
    return zone && !keepsWell(sku.storage, zone.temperature)
      ? [{ path, code: 'wrong_temperature', facts: { bin: bin?.code, sku: sku.sku, zone: zone.name } }]
      : [];
  });
}

async function binsFor(
  tx: Tx,
  ctx: Ctx,
  warehouseId: string,
  lines: readonly PlaceInput[],
  problems: FieldProblem[],
): Promise<Map<string, BinRow>> {
  const codes = [...new Set(codesOf(lines))];
  const known = await binsByCode(tx, warehouseId, codes);
  const unknown = codes.filter((c) => !known.has(c));
  if (unknown.length > 0 && (await inventorySettings.get(tx)).receiptsMayNameNewBins) {
    await insertBins(
      tx,
      unknown.map((code) => newBin(ctx, warehouseId, code)),
    );
    for (const [code, row] of await binsByCode(tx, warehouseId, unknown)) known.set(code, row);
  }
  lines.forEach((line, i) => {
    if (line.bin === undefined) return;
    const bin = known.get(line.bin);
    if (!bin) problems.push({ path: `lines[${i}].bin`, code: 'unknown_bin', facts: { bin: line.bin } });
    else if (bin.closed) problems.push({ path: `lines[${i}].bin`, code: 'bin_closed', facts: { bin: line.bin } });
  });
  return known;
}

/** A bin nobody has placed on the floor plan yet. */
export const newBin = (ctx: Ctx, warehouseId: string, code: string): BinRow => ({
  id: newId(),
  warehouse_id: warehouseId,
  zone_id: null,
  code,
  kind: 'storage',
  aisle: null,
  side: null,
  bay: null,
  level: null,
  x_mm: null,
  y_mm: null,
  closed: false,
  created_at: ctx.now,
  version: 1,
});

async function batchesFor(
  tx: Tx,
  ctx: Ctx,
  lines: readonly PlaceInput[],
  skus: ReadonlyMap<string, SkuRow>,
  problems: FieldProblem[],
): Promise<Map<string, BatchRow>> {
  const keys = batchKeys(lines, skus);
  let known = await batchesByNo(tx, keys);
  const fresh = new Map<string, BatchRow>();
  for (const line of lines) {
    const no = batchNoOf(line);
    const key = keyOf(line, skus);
    const sku = skus.get(line.sku);
    if (no === undefined || !sku || known.has(key) || fresh.has(key)) continue;
    fresh.set(key, {
      id: newId(),
      sku_id: sku.id,
      batch_no: no,
      produced_on: line.producedOn ?? null,
      expires_on: line.expiresOn ?? null,
      state: 'released',
      created_at: ctx.now,
      version: 1,
    });
  }
  if (fresh.size > 0) {
    await insertBatches(tx, [...fresh.values()]);
    known = await batchesByNo(tx, keys); // somebody else may have been first, with other dates
  }
  lines.forEach((line, i) => {
    const batch = known.get(keyOf(line, skus));
    if (!batch) return;
    const expiry = line.expiresOn !== undefined && line.expiresOn !== batch.expires_on;
    const production = line.producedOn !== undefined && line.producedOn !== batch.produced_on;
    if (expiry || production)
      problems.push({
        path: `lines[${i}].${expiry ? 'expiresOn' : 'producedOn'}`,
        code: 'batch_has_other_dates',
        facts: { batch: batch.batch_no, expiresOn: batch.expires_on ?? '—', producedOn: batch.produced_on ?? '—' },
      });
  });
  return known;
}
/** What the documents of a person call bins and batches by: their codes. */
export async function namesOfPlaces(
  tx: Tx,
  places: readonly { binId: string; batchId: string }[],
): Promise<
  (place: { binId: string; batchId: string }) => { bin: string; batch: string | null; expiresOn: string | null }
> {
  const bins = await binsByIds(
    tx,
    places.map((p) => p.binId),
  );
  const batches = await batchesByIds(
    tx,
    places.map((p) => p.batchId).filter((id) => id !== NO_BATCH),
  );
  return (place) => {
    const batch = batches.get(place.batchId);
    return {
      bin: bins.get(place.binId)?.code ?? '',
      batch: batch?.batch_no ?? null,
      expiresOn: batch?.expires_on ?? null,
    };
  };
}
