import type { Ctx } from '#kernel/context.ts';
import { seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { problemsOf } from '#kernel/problems.ts';
import type { Reject } from '#kernel/transfers/index.ts';
import { type FoundSku, skuIdsByCodes } from '#modules/catalog/index.ts';
import { keepsWell } from '../domain/temperature.ts';
import { ReceiptLine } from '../schema.ts';
import { inventorySettings } from '../settings.ts';
import { batchesByNo } from '../store/batches.ts';
import { allZones, type BinRow, binsByCode, type ZoneRow } from '../store/bins.ts';
import { allWarehouses, type WarehouseRow } from '../store/warehouses.ts';
import { type Block, draftOf, lowAtOf, rowsOf, textOf } from './stock-rows.ts';

const CHUNK = 5000;
const NAMES: Readonly<Record<string, string>> = {
  producedOn: 'produced_on',
  expiresOn: 'expires_on',
  unitCost: 'unit_cost',
};

/** What the rows of a file name, looked up once. */
export type Named = {
  warehouses: Map<string, WarehouseRow>;
  skus: Map<string, FoundSku>;
  barcodes: Map<string, FoundSku>;
  /** Zones of all warehouses by id: how cold they are. */
  zones: Map<string, ZoneRow>;
  /** Bins that are there, as `warehouseId/code`. */
  bins: Map<string, BinRow>;
  /** Batches as `skuId/number`: those that are there, and those a row was the first to name. */
  batches: Map<string, Said>;
};

/** What is said of a batch: all rows must say the same. Without an id it is new. */
export type Said = { id: string | null; producedOn: string | null; expiresOn: string | null };

export async function lookUp(tx: Tx, units: readonly Block[]): Promise<Named> {
  const named: Named = {
    warehouses: new Map((await allWarehouses(tx)).map((w) => [w.code, w])),
    skus: new Map(),
    barcodes: new Map(),
    zones: new Map((await allZones(tx)).map((z) => [z.id, z])),
    bins: new Map(),
    batches: new Map(),
  };
  const [skus, barcodes] = [new Set<string>(), new Set<string>()];
  for (const { cells } of rowsOf(units)) {
    const [sku, barcode] = [textOf(cells, 'sku'), textOf(cells, 'barcode')];
    if (sku !== '') skus.add(sku);
    if (barcode !== '') barcodes.add(barcode);
  }
  const parts = (values: ReadonlySet<string>): string[][] =>
    Array.from({ length: Math.ceil(values.size / CHUNK) }, (_, i) => [...values].slice(i * CHUNK, (i + 1) * CHUNK));
  const keep = (rows: readonly FoundSku[]): void => {
    for (const row of rows) {
      named.skus.set(row.sku, row);
      if (row.barcode !== null) named.barcodes.set(row.barcode, row);
    }
  };
  for (const part of parts(skus)) keep(await skuIdsByCodes(tx, { skus: part, barcodes: [] }));
  for (const part of parts(barcodes)) keep(await skuIdsByCodes(tx, { skus: [], barcodes: part }));
  named.bins = await binsOf(tx, units, named);
  named.batches = await batchesOf(tx, units, named);
  return named;
}

/** The SKU of a row, by its code, its barcode or both; else why there is none. */
export function skuOf(named: Named, cells: readonly string[]): FoundSku | FieldProblem {
  const [sku, barcode] = [textOf(cells, 'sku'), textOf(cells, 'barcode')];
  if (sku === '' && barcode === '') return { path: 'sku', code: 'sku_or_barcode_needed' };
  const byCode = sku === '' ? undefined : named.skus.get(sku);
  if (sku !== '' && !byCode) return { path: 'sku', code: 'unknown_sku', facts: { sku } };
  const byScan = barcode === '' ? undefined : named.barcodes.get(barcode);
  if (barcode !== '' && !byScan) return { path: 'barcode', code: 'unknown_barcode', facts: { barcode } };
  if (byCode && byScan && byCode.id !== byScan.id)
    return { path: 'barcode', code: 'barcode_of_another_sku', facts: { barcode, sku, other: byScan.sku } };
  return (byCode ?? byScan) as FoundSku;
}

/** Everything that is wrong with the rows of a file, each with its row and column. */
export async function checkRows(tx: Tx, ctx: Ctx, units: readonly Block[], named: Named): Promise<Reject[]> {
  const rejects: Reject[] = [];
  const { bins, batches } = named;
  const mayMakeBins = (await inventorySettings.get(tx)).receiptsMayNameNewBins;
  const levels = new Map<string, number>();
  for (const { line, cells } of rowsOf(units)) {
    const refuse = (problem: FieldProblem): void => void rejects.push({ ...problem, line });
    const sku = skuOf(named, cells);
    if ('path' in sku) refuse(sku);
    const draft = draftOf(cells, 'path' in sku ? textOf(cells, 'sku') || '-' : sku.sku);
    const parsed = ReceiptLine.safeParse(draft);
    if (!parsed.success) for (const p of problemsOf(parsed.error)) refuse({ ...p, path: NAMES[p.path] ?? p.path });
    const code = textOf(cells, 'warehouse');
    const warehouse = named.warehouses.get(code);
    if (!warehouse) refuse({ path: 'warehouse', code: 'unknown_warehouse', facts: { warehouse: code } });
    else if (!seesWarehouse(ctx, warehouse.id)) refuse({ path: 'warehouse', code: 'warehouse_out_of_scope' });
    const bin = warehouse && draft.bin !== undefined ? bins.get(`${warehouse.id}/${draft.bin}`) : undefined;
    if (bin?.closed) refuse({ path: 'bin', code: 'bin_closed', facts: { bin: bin.code } });
    const zone = named.zones.get(bin?.zone_id ?? '');
    if (zone && !('path' in sku) && !keepsWell(sku.storage, zone.temperature))
      refuse({ path: 'bin', code: 'wrong_temperature', facts: { bin: bin?.code, sku: sku.sku, zone: zone.name } });
    if (warehouse && draft.bin !== undefined && !bin && !mayMakeBins)
      refuse({ path: 'bin', code: 'unknown_bin', facts: { bin: draft.bin } });
    const low = lowAtOf(cells);
    if (low === null) refuse({ path: 'low_at', code: 'not_a_whole_number' });
    if ('path' in sku || !parsed.success) continue;
    if (!agreesWith(batches, sku.id, parsed.data, refuse)) continue;
    if (typeof low !== 'number' || !warehouse) continue;
    const key = `${sku.id}/${warehouse.id}`;
    const other = levels.get(key) ?? low;
    if (other !== low) refuse({ path: 'low_at', code: 'low_at_differs', facts: { other } });
    levels.set(key, other);
  }
  return rejects;
}

/** Whether the days a row gives its batch are those the batch has, or an earlier row gave it. */
function agreesWith(
  batches: Map<string, Said>,
  skuId: string,
  row: { batch?: string | undefined; producedOn?: string | undefined; expiresOn?: string | undefined },
  refuse: (problem: FieldProblem) => void,
): boolean {
  const batch = row.batch ?? row.expiresOn;
  if (batch === undefined) return true;
  const [producedOn, expiresOn] = [row.producedOn ?? null, row.expiresOn ?? null];
  if (producedOn !== null && expiresOn !== null && producedOn > expiresOn) {
    refuse({ path: 'produced_on', code: 'produced_after_expiry' });
    return false;
  }
  const key = `${skuId}/${batch}`;
  const said = batches.get(key);
  if (!said) {
    batches.set(key, { id: null, producedOn, expiresOn });
    return true;
  }
  const expiry = expiresOn !== null && expiresOn !== said.expiresOn;
  const production = producedOn !== null && producedOn !== said.producedOn;
  if (!expiry && !production) return true;
  refuse({
    path: expiry ? 'expires_on' : 'produced_on',
    code: 'batch_has_other_dates',
    facts: { batch, expiresOn: said.expiresOn ?? '—', producedOn: said.producedOn ?? '—' },
  });
  return false;
}

/** The bins the rows name; those that do not exist are left out. */
async function binsOf(tx: Tx, units: readonly Block[], named: Named): Promise<Map<string, BinRow>> {
  const codes = Map.groupBy(
    new Set([...rowsOf(units)].map(({ cells }) => `${textOf(cells, 'warehouse')}\n${textOf(cells, 'bin')}`)),
    (key) => key.split('\n')[0] as string,
  );
  const found = new Map<string, BinRow>();
  for (const [code, keys] of codes) {
    const warehouse = named.warehouses.get(code);
    if (!warehouse) continue;
    const wanted = keys.map((k) => k.split('\n')[1] as string).filter((c) => c !== '');
    for (let i = 0; i < wanted.length; i += CHUNK)
      for (const [bin, row] of await binsByCode(tx, warehouse.id, wanted.slice(i, i + CHUNK)))
        found.set(`${warehouse.id}/${bin}`, row);
  }
  return found;
}

/** The days of the batches the rows name, as far as they are known. */
async function batchesOf(tx: Tx, units: readonly Block[], named: Named): Promise<Map<string, Said>> {
  const keys = new Map<string, { skuId: string; batchNo: string }>();
  for (const { cells } of rowsOf(units)) {
    const sku = skuOf(named, cells);
    const draft = draftOf(cells, '');
    const batchNo = draft.batch ?? draft.expiresOn;
    if (!('path' in sku) && batchNo !== undefined) keys.set(`${sku.id}/${batchNo}`, { skuId: sku.id, batchNo });
  }
  const all = [...keys.values()];
  const said = new Map<string, Said>();
  for (let i = 0; i < all.length; i += CHUNK)
    for (const [key, row] of await batchesByNo(tx, all.slice(i, i + CHUNK)))
      said.set(key, { id: row.id, producedOn: row.produced_on, expiresOn: row.expires_on });
  return said;
}
