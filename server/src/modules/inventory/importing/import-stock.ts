import { z } from 'zod';
import { present } from '#kernel/assert.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Conflict } from '#kernel/errors.ts';
import { newId } from '#kernel/ids.ts';
import { nextNumber } from '#kernel/numbers.ts';
import { todayOf } from '#kernel/org-day.ts';
import { emitMany } from '#kernel/outbox/index.ts';
import {
  type Column,
  ColumnsMissing,
  columnsOf,
  defineImport,
  type Header,
  type Outcome,
  type Run,
} from '#kernel/transfers/index.ts';
import { newBin } from '../commands/places.ts';
import { scheduleNightly } from '../jobs/nightly.ts';
import { StockReceived } from '../events.ts';
import { DOCUMENT_LINES_MAX } from '../schema.ts';
import { type BatchRow, batchesByIds, insertBatches } from '../store/batches.ts';
import { floorOf, NO_BATCH } from '../store/bin-stock.ts';
import { type BinRow, insertBins } from '../store/bins.ts';
import { addLoad, bookLoad, type LoadDocument, type LoadRow, openLoad } from '../store/load.ts';
import { checkRows, lookUp, type Named, type Said, skuOf } from './check-stock.ts';
import { type Block, blocks, draftOf, lowAtOf, rowsOf, textOf } from './stock-rows.ts';

const COLUMNS: readonly Column[] = [
  { name: 'sku', aliases: ['SKU', '规格编码'], example: 'CHA-001-250' },
  { name: 'barcode', aliases: ['条码', '商品条码'], example: '6901234567892' },
  { name: 'warehouse', aliases: ['仓库', '仓库编码'], required: true, example: 'GZ' },
  { name: 'bin', aliases: ['库位'], example: 'A-01-02' },
  { name: 'batch', aliases: ['批次', '批号'], example: '20260101' },
  { name: 'produced_on', aliases: ['生产日期'], example: '2026-01-01' },
  { name: 'expires_on', aliases: ['到期日', '有效期至'], example: '2027-01-01' },
  { name: 'quantity', aliases: ['数量'], required: true, example: '100' },
  { name: 'unit_cost', aliases: ['成本', '单位成本'], example: '56.00' },
  { name: 'low_at', aliases: ['预警值', '库存预警'], example: '20' },
];
const CHUNK = 5000;

/**
 * Opening stock or deliveries, as receipts of at most 2,000 lines. All or nothing per file, and the same file counts once.
 * Booked table by table in whole statements: a hundred thousand rows take a few times as long as writing them bare.
 */
export const importStock = defineImport({
  kind: 'stock',
  permission: 'inventory.receipt.write',
  columns: COLUMNS,
  options: z.object({}).strict(),
  atomic: true,
  oncePerFile: true,
  open: (run, head) => {
    const header = mustName(columnsOf(head, COLUMNS));
    let named: Named | undefined;
    return {
      units: (rows) => blocks(rows, header),
      check: async (tx, units): Promise<Outcome> => {
        named = await lookUp(tx, units);
        return { skipped: 0, rejects: await checkRows(tx, run.ctx, units, named) };
      },
      apply: (tx, units) => apply(tx, run, units, present(named, 'rows are checked first')),
    };
  },
});

/** @throws ColumnsMissing when neither column says which goods a row is about. */
function mustName(header: Header): Header {
  if ((header['sku'] ?? -1) >= 0 || (header['barcode'] ?? -1) >= 0) return header;
  throw new ColumnsMissing({ columns: ['sku'] }, [
    { path: 'sku', code: 'column_missing', facts: { column: 'sku / barcode' } },
  ]);
}

type Places = { bins: Map<string, string>; batches: Map<string, Said & { id: string }> };

async function apply(tx: Tx, run: Run<unknown>, units: readonly Block[], named: Named): Promise<Outcome> {
  const { ctx } = run;
  const places = { bins: await makeBins(tx, ctx, units, named), batches: await makeBatches(tx, ctx, named) };
  const documents = new Map<string, Receipt>();
  await openLoad(tx);
  let rows: LoadRow[] = [];
  for (const { cells } of rowsOf(units)) {
    rows.push(await loadRow(tx, cells, named, places, documents));
    if (rows.length < CHUNK) continue;
    await addLoad(tx, rows);
    rows = [];
  }
  await addLoad(tx, rows);
  const receipts = [...documents.values()];
  const reference = `import ${run.sha256.slice(0, 16)}`;
  await bookLoad(tx, ctx, { documents: receipts, reference, today: await todayOf(tx, ctx) });
  if ([...named.batches.values()].some((b) => b.expiresOn !== null)) await scheduleNightly(tx, ctx);
  const codes = new Map([...named.warehouses.values()].map((w) => [w.id, w.code]));
  await emitMany(
    tx,
    ctx,
    StockReceived,
    receipts.map((d) => ({
      key: d.id,
      value: { no: d.no, warehouse: codes.get(d.warehouseId) ?? '', lines: d.lines, units: d.units, reference },
    })),
  );
  return { skipped: 0, rejects: [], counts: { receipts: receipts.length } };
}

type Receipt = LoadDocument & { lines: number; units: number };

/** A row with its ids, put into the receipt of its warehouse that has room. Rows were checked before. */
async function loadRow(
  tx: Tx,
  cells: readonly string[],
  named: Named,
  places: Places,
  documents: Map<string, Receipt>,
): Promise<LoadRow> {
  const sku = skuOf(named, cells) as { id: string; sku: string };
  const warehouseId = present(named.warehouses.get(textOf(cells, 'warehouse')), 'rows were checked').id;
  const draft = draftOf(cells, sku.sku);
  const quantity = draft.quantity as number;
  let document = documents.get(warehouseId);
  if (!document || document.lines === DOCUMENT_LINES_MAX) {
    if (document) documents.set(document.id, document); // full
    const no = `RK${String(await nextNumber(tx, 'receipt')).padStart(7, '0')}`;
    document = { id: newId(), no, warehouseId, lines: 0, units: 0 };
    documents.set(warehouseId, document);
  }
  document.lines += 1;
  document.units += quantity;
  const batchNo = draft.batch ?? draft.expiresOn ?? null; // goods that only say when they expire are told apart by that day
  const batch = batchNo === null ? undefined : present(places.batches.get(`${sku.id}/${batchNo}`), 'it was made');
  return {
    documentId: document.id,
    skuId: sku.id,
    sku: sku.sku,
    warehouseId,
    binId:
      draft.bin === undefined
        ? floorOf(warehouseId)
        : present(places.bins.get(`${warehouseId}/${draft.bin}`), 'it was made'),
    bin: draft.bin ?? null,
    batchId: batch?.id ?? NO_BATCH,
    batchNo,
    producedOn: batch?.producedOn ?? null,
    expiresOn: batch?.expiresOn ?? null,
    quantity,
    unitCost: (draft.unitCost as number | undefined) ?? null,
    lowAt: lowAtOf(cells) ?? null,
  };
}

/** Makes the batches that are new. @throws Conflict when somebody has made one of them since the rows were checked. */
async function makeBatches(tx: Tx, ctx: Ctx, named: Named): Promise<Places['batches']> {
  const fresh: BatchRow[] = [];
  const all: Places['batches'] = new Map();
  for (const [key, said] of named.batches) {
    const id = said.id ?? newId();
    all.set(key, { ...said, id });
    if (said.id === null)
      fresh.push({
        id,
        sku_id: key.slice(0, UUID_LENGTH),
        batch_no: key.slice(UUID_LENGTH + 1),
        produced_on: said.producedOn,
        expires_on: said.expiresOn,
        state: 'released',
        created_at: ctx.now,
        version: 1,
      });
  }
  for (let i = 0; i < fresh.length; i += CHUNK) {
    const part = fresh.slice(i, i + CHUNK);
    await insertBatches(tx, part);
    const made = await batchesByIds(
      tx,
      part.map((b) => b.id),
    );
    if (made.size < part.length) throw new Conflict({ batches: part.length - made.size });
  }
  return all;
}
const UUID_LENGTH = 36;

/** Makes the bins that are new. @throws Conflict when somebody has made one of them since the rows were checked. */
async function makeBins(tx: Tx, ctx: Ctx, units: readonly Block[], named: Named): Promise<Places['bins']> {
  const all: Places['bins'] = new Map([...named.bins].map(([key, row]) => [key, row.id]));
  const fresh = new Map<string, BinRow>();
  for (const { cells } of rowsOf(units)) {
    const code = textOf(cells, 'bin');
    const warehouseId = named.warehouses.get(textOf(cells, 'warehouse'))?.id;
    const key = `${warehouseId}/${code}`;
    if (code !== '' && warehouseId !== undefined && !all.has(key) && !fresh.has(key))
      fresh.set(key, newBin(ctx, warehouseId, code));
  }
  const rows = [...fresh].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  for (let i = 0; i < rows.length; i += CHUNK) {
    const part = rows.slice(i, i + CHUNK);
    const made = await insertBins(tx, part);
    if (made.length < part.length) throw new Conflict({ bins: part.length - made.length });
  }
  for (const [key, row] of fresh) all.set(key, row.id);
  return all;
}
