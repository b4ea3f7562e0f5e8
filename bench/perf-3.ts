import { chmodSync, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPg } from '#kernel/embedded-pg/index.ts';
import { bareCopies, cli } from './lib/bulk-load.ts';
import { median } from './lib/numbers.ts';

const TARGET = 6;
const SKUS = 2000;
const CUSTOMERS = 30_000;
const TABLES = ['customers.customers', 'orders.orders', 'orders.lines', 'kernel.outbox'];
const HEADER =
  'order_no,shop,channel,placed_at,customer_id,customer_name,customer_phone,ship_name,ship_phone,province,city,district,address,country,sku,title,quantity,unit_price,remark,payment\n';

/** Writes orders of one to three lines, the same every time. Returns how many rows. */
async function writeCsv(file: string, orders: number): Promise<number> {
  const out = createWriteStream(file);
  out.write(HEADER);
  let rows = 0;
  for (let n = 0; n < orders; n += 1) {
    const customer = (n * 7919) % CUSTOMERS;
    const at = new Date(Date.UTC(2025, 0, 1) + Math.floor((n * 31_536_000_000) / orders))
      .toISOString()
      .slice(0, 19)
      .replace('T', ' ');
    const phone = `1${3 + (customer % 7)}${String((customer * 104_729) % 1_000_000_000).padStart(9, '0')}`;
    const head = `B${String(n).padStart(8, '0')},bench,web,${at},C${customer},王小明,${phone},王小明,${phone},广东省,深圳市,南山区,科技园南路 ${customer} 号 3 栋 502,`;
    let text = '';
    for (let l = 0; l <= n % 3; l += 1) {
      const sku = (n * 31 + l * 977) % SKUS;
      text += `${head},SKU-${String(sku).padStart(5, '0')},压测商品 ${sku},${1 + (n % 4)},${(10 + (sku % 90)).toString()}.${String(sku % 100).padStart(2, '0')},,prepaid\n`;
      rows += 1;
    }
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return rows;
}

/** PERF-3: import of a CSV of orders through the command line against a bare COPY of the rows it makes; memory over time. */
export async function bench(args: string[]): Promise<void> {
  const orders = Number(args[0] ?? 100_000);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-bench-'));
  const shared = mkdtempSync(path.join(os.tmpdir(), 'zhanggui-copy-'));
  const database = await startEmbeddedPg({ dataDir });
  const db = new pg.Client({ connectionString: database.url });
  try {
    const csv = path.join(dataDir, 'orders.csv');
    const map = path.join(dataDir, 'map.json');
    const rows = await writeCsv(csv, orders);
    writeFileSync(map, JSON.stringify({ historical: true, products: { create: true, category: '压测' } }));
    const env = { ...process.env, ZHANGGUI_DATA: dataDir, DATABASE_URL: database.url, LOG_LEVEL: 'error' };
    await cli(env, ['org', 'create', '--code', 'bench', '--name', 'Bench']);
    const load = ['import', 'orders', csv, '--org', 'bench', '--map', map, '--create-shop', 'bench:Bench:CNY'];
    const ran = await cli(env, load);
    const done = JSON.parse(ran.out) as { seconds: number; done: number; failed: number; counts: { orders: number } };
    const quarter = (n: number): string =>
      median(
        ran.memoryMb.slice(Math.floor((ran.memoryMb.length * n) / 4), Math.floor((ran.memoryMb.length * (n + 1)) / 4)),
      ).toFixed(0);
    process.stdout.write(
      `  import: ${done.counts.orders} orders, ${done.done} of ${rows} rows in ${done.seconds.toFixed(1)} s; memory by quarters ${[0, 1, 2, 3].map(quarter).join(', ')} MB, at most ${Math.max(...ran.memoryMb).toFixed(0)} MB\n`,
    );
    const again = JSON.parse((await cli(env, load)).out) as { seconds: number; done: number; skipped: number };
    process.stdout.write(
      `  the same file again: ${again.done} rows taken, ${again.skipped} already there, ${again.seconds.toFixed(1)} s\n`,
    );
    await db.connect();
    await db.query(
      `do $$ begin execute format('grant pg_write_server_files to %I', current_user); exception when others then null; end $$`,
    );
    const copy = await bareCopies(db, serverFolder(shared), TABLES);
    process.stdout.write(
      `PERF-3: ${(done.seconds / copy).toFixed(2)} × the time of a bare COPY (target ≤ ${TARGET})\n`,
    );
  } finally {
    await db.end();
    await database.discard();
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(shared, { recursive: true, force: true });
  }
}

/** The database may run as another user: the folder is open to it, and gone a moment later. */
function serverFolder(folder: string): string {
  chmodSync(folder, 0o777);
  return folder;
}
