import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ExcelJS from 'exceljs';
import pg from 'pg';
import { startEmbeddedPg } from '#kernel/embedded-pg/index.ts';
import { bareCopies, cli } from './lib/bulk-load.ts';

const TARGET = 6;
const SKUS = 20_000;
const BINS = 5_000;
const PRODUCTS = 'code,title,category,sku,barcode,price,currency,weight_g,reserve_on\n';
const HEADER = [
  'sku',
  'barcode',
  'warehouse',
  'bin',
  'batch',
  'produced_on',
  'expires_on',
  'quantity',
  'unit_cost',
  'low_at',
];
/** What a load writes, parents first. */
const TABLES = ['bins', 'batches', 'balances', 'bin_stock', 'documents', 'alert_levels', 'moves'].map(
  (t) => `inventory.${t}`,
);
/** What hangs on them. */
const BESIDE = ['inventory.allocations', 'inventory.stock_take_bins', 'inventory.stock_take_lines'];

const skuOf = (n: number): string => `SKU-${String(n).padStart(6, '0')}`;

/** Rows of goods in bins and batches, the same every time. Every fifth names its barcode instead of its SKU. */
function rowOf(n: number): string[] {
  const sku = n % SKUS;
  const round = Math.floor(n / SKUS);
  const barcode = String(6_900_000_000_000 + sku);
  const day = `2027-${String(1 + ((sku + round) % 12)).padStart(2, '0')}-28`;
  return [
    n % 5 === 0 ? '' : skuOf(sku),
    n % 5 === 0 ? barcode : '',
    'W1',
    `A-${String((n * 31) % BINS).padStart(5, '0')}`,
    n % 3 === 0 ? '' : `L${round}`,
    n % 3 === 0 ? '' : '2026-01-01',
    n % 3 === 0 ? '' : day,
    String(1 + (n % 200)),
    `${10 + (sku % 90)}.${String(sku % 100).padStart(2, '0')}`,
    round === 0 ? '20' : '',
  ];
}

async function writeFiles(folder: string, rows: number): Promise<{ csv: string; xlsx: string; products: string }> {
  const [csv, xlsx, products] = ['stock.csv', 'stock.xlsx', 'products.csv'].map((f) => path.join(folder, f)) as [
    string,
    string,
    string,
  ];
  writeFileSync(csv, `${HEADER.join(',')}\n${Array.from({ length: rows }, (_, n) => rowOf(n).join(',')).join('\n')}\n`);
  writeFileSync(
    products,
    PRODUCTS +
      Array.from(
        { length: SKUS },
        (_, n) => `P${n},压测商品 ${n},压测,${skuOf(n)},${6_900_000_000_000 + n},99.00,CNY,100,order\n`,
      ).join(''),
  );
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename: xlsx, useSharedStrings: false, useStyles: false });
  const sheet = book.addWorksheet('Sheet1');
  sheet.addRow(HEADER).commit();
  for (let n = 0; n < rows; n += 1)
    sheet.addRow([...rowOf(n).slice(0, 7), Number(rowOf(n)[7]), ...rowOf(n).slice(8)]).commit();
  sheet.commit();
  await book.commit();
  return { csv, xlsx, products };
}

/** INV-1: stock from a file of 100,000 rows, CSV and workbook, against a bare COPY of the rows it makes; memory while it runs. */
export async function bench(args: string[]): Promise<void> {
  const rows = Number(args[0] ?? 100_000);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-bench-'));
  const shared = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-copy-'));
  chmodSync(shared, 0o777); // the database may run as another user; the folder is gone a moment later
  const database = await startEmbeddedPg({ dataDir });
  const db = new pg.Client({ connectionString: database.url });
  try {
    const files = await writeFiles(dataDir, rows);
    const env = { ...process.env, ZHANGGUI_DATA: dataDir, DATABASE_URL: database.url, LOG_LEVEL: 'error' };
    const took: Record<string, number> = {};
    for (const kind of ['csv', 'xlsx'] as const) {
      const org = `bench-${kind}`;
      await cli(env, ['org', 'create', '--code', org, '--name', org]);
      await cli(env, ['import', 'products', files.products, '--org', org]);
      if (kind === 'csv') await db.connect();
      await db.query(
        `with made as (insert into inventory.warehouses (org_id, id, code, name, created_at) select id, gen_random_uuid(), 'W1', 'W1', now() from kernel.orgs where code = $1 returning org_id, id)
         insert into inventory.bins (org_id, id, warehouse_id, code, kind, created_at) select org_id, id, id, 'FLOOR', 'floor', now() from made`,
        [org],
      );
      const load = ['import', 'stock', files[kind], '--org', org];
      const tried = JSON.parse((await cli(env, [...load, '--dry-run'])).out) as { seconds: number };
      const ran = await cli(env, load);
      const done = JSON.parse(ran.out) as { seconds: number; done: number; counts: { receipts: number } };
      const again = JSON.parse((await cli(env, load)).out) as { seconds: number; done: number; skipped: number };
      took[kind] = done.seconds;
      process.stdout.write(
        `  ${kind}: ${done.done} of ${rows} rows, ${done.counts.receipts} receipts in ${done.seconds.toFixed(2)} s; dry run ${tried.seconds.toFixed(2)} s; again ${again.done} taken, ${again.skipped} skipped in ${again.seconds.toFixed(2)} s; memory at most ${Math.max(...ran.memoryMb).toFixed(0)} MB\n`,
      );
      if (kind === 'csv')
        await db.query(
          `do $$ begin execute format('grant pg_write_server_files to %I', current_user); exception when others then null; end $$`,
        );
      if (kind === 'csv') took['copy'] = await bareCopies(db, shared, TABLES, BESIDE);
      await db.query('analyze'); // what autovacuum does in a minute or so
    }
    const ratio = (kind: string): string => ((took[kind] ?? Number.NaN) / (took['copy'] ?? Number.NaN)).toFixed(2);
    process.stdout.write(
      `INV-1: CSV ${ratio('csv')} ×, workbook ${ratio('xlsx')} × the time of a bare COPY (target ≤ ${TARGET})\n`,
    );
  } finally {
    await db.end();
    await database.discard();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(shared, { recursive: true, force: true });
  }
}
