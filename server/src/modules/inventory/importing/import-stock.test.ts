import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { Db } from '#kernel/db/index.ts';
import { DiskFileStore, useFileStore } from '#kernel/files/index.ts';
import { newId } from '#kernel/ids.ts';
import { silentLog } from '#kernel/log.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import {
  getTransfer,
  rejectsCsv,
  runImport,
  startImport,
  takeTable,
  type TransferRow,
} from '#kernel/transfers/index.ts';
import '#modules/catalog/index.ts';
import { auditStock, createWarehouse } from '../index.ts';
import { listStock } from '../queries/stock.ts';
import { exportStockBins } from './export-stock-bins.ts';

const folder = await mkdtemp(join(tmpdir(), 'zhanggui-stock-'));
const database = await freshDatabase();
const db = new Db({ url: database.url });
useFileStore(new DiskFileStore(folder));
const orgId = newId();
const ctx = systemCtx(orgId);
await db.systemTx((tx) => tx.query(`insert into kernel.orgs (id, code, name) values ($1, 'stock', 'Test')`, [orgId]));
await db.inTx(ctx, (tx) => createWarehouse(tx, ctx, { code: 'GZ', name: '广州仓' }));
await db.inTx(ctx, (tx) => createWarehouse(tx, ctx, { code: 'SH', name: '上海仓' }));
after(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function load(kind: string, text: string, dryRun = false): Promise<TransferRow & { why: string }> {
  const table = await takeTable(ctx, Readable.from([Buffer.from(text)]), 'x.csv');
  const started = await startImport(db, ctx, { kind, table, dryRun }, false);
  await runImport({ db, log: silentLog }, orgId, started.id);
  const row = await db.read(ctx, (tx) => getTransfer(tx, started.id, 'import'));
  let why = '';
  for await (const part of rejectsCsv(db, orgId, row, 'en')) why += part;
  return { ...row, why };
}
const units = async (): Promise<number> =>
  (
    await db.read(ctx, (tx) =>
      tx.query<{ n: number }>('select coalesce(sum(on_hand), 0)::int as n from inventory.balances where org_id = $1', [
        orgId,
      ]),
    )
  )[0]?.n ?? -1;

const PRODUCTS =
  'code,title,category,sku,barcode,price,currency,weight_g,reserve_on\nP1,茶,食品/茶,P1-A,6901,88.00,CNY,250,order\nP1,茶,食品/茶,P1-B,6902,168.00,CNY,500,payment\nP2,杯,家居,P2,,39.5,CNY,,\n';

test('INV-1 products from a file: rows of one code are one product, all or nothing, the same again is skipped', async () => {
  const bad = await load('products', `${PRODUCTS}P3,壶,家居,P3,6902,abc,CNY,x,never\nP4,,家居,P2,,1,CNY,,\n`);
  assert.deepEqual([bad.state, bad.problem, bad.done, bad.failed], ['failed', 'rows_refused', 0, 2]);
  for (const part of [
    'price: ',
    'weight_g',
    'reserve_on',
    'barcode: “6902” is repeated',
    'title',
    'sku: “P2” is repeated',
  ])
    assert.ok(bad.why.includes(part), `${part} in ${bad.why}`);
  assert.equal((await load('products', PRODUCTS, true)).counts['products'], 2);
  const done = await load('products', PRODUCTS);
  assert.deepEqual([done.state, done.done, done.counts['products']], ['done', 3, 2]);
  const again = await load('products', PRODUCTS);
  assert.deepEqual([again.state, again.done, again.skipped], ['done', 0, 3]);
  assert.equal((await load('products', PRODUCTS.replace('88.00', '99.00'))).failed, 1);
});

test('INV-1 stock from a file: every bad row is named, nothing is booked until all are good, and the same file counts once', async () => {
  const bad = await load('stock', 'sku,warehouse,quantity\nP2,GZ,5\nNO,GZ,5\nP2,XX,5\nP2,GZ,-1\nP2,GZ,1.5\n');
  assert.deepEqual([bad.state, bad.failed, await units()], ['failed', 4, 0]);
  const good =
    '仓库,SKU,数量,批次,有效期至,成本,库位\nGZ,P1-A,100,B1,2027/01/31,56.00,A-01\nGZ,P1-A,20,B2,2027-06-30,57.5,A-02\nSH,P2,7,,,,\n';
  assert.deepEqual([(await load('stock', good, true)).done, await units()], [3, 0]);
  const done = await load('stock', good);
  assert.deepEqual([done.state, done.done, done.counts['receipts'], await units()], ['done', 3, 2, 127]);
  const again = await load('stock', good);
  assert.deepEqual([again.done, again.skipped, await units()], [0, 3, 127]);
  const [move] = await db.read(ctx, (tx) =>
    tx.query<Record<string, unknown>>(
      `select x.batch_no as batch, x.expires_on::text as expires, m.unit_cost as cost, b.code as bin from inventory.moves m
         join inventory.batches x on x.id = m.batch_id join inventory.bins b on b.id = m.bin_id where m.org_id = $1 and x.batch_no = 'B2'`,
      [orgId],
    ),
  );
  assert.deepEqual(move, { batch: 'B2', expires: '2027-06-30', cost: 5750, bin: 'A-02' });
  assert.equal((await db.read(ctx, auditStock)).ok, true);
});

test('INV-1 the same file at the same moment from two sides counts once', async () => {
  const before = await units();
  const text = 'sku,warehouse,quantity\nP2,GZ,11\n';
  const both = await Promise.all([load('stock', text), load('stock', text)]);
  assert.deepEqual(
    both.map((r) => r.state),
    ['done', 'done'],
  );
  assert.equal(both[0].done + both[1].done, 1);
  assert.equal(await units(), before + 11);
});

test('INV-1 goods are named by SKU, barcode or both; what contradicts itself or the books is refused, every row by its number', async () => {
  const before = await units();
  const bad = await load(
    'stock',
    `sku,barcode,warehouse,bin,batch,produced_on,expires_on,quantity,low_at
P1-A,6902,GZ,,,,,1,
,0000,GZ,,,,,1,
,,GZ,,,,,1,
P1-A,,GZ,,N1,2026-05-01,2026-01-01,1,
P1-A,,GZ,,N2,2026-01-01,2027-01-01,1,5
P1-A,,GZ,,N2,2026-01-01,2027-02-01,1,5
P1-A,,GZ,,N3,,,1,6
P1-A,,GZ,,N3,,,1,-6
P1-A,,GZ,,B2,,2029-01-01,1,
P1-A,6901,GZ,,B2,,2027-06-30,1,
`,
  );
  assert.deepEqual([bad.state, bad.failed, await units()], ['failed', 8, before]);
  for (const part of [
    'barcode: The barcode “6902” is that of P1-B',
    'barcode: No SKU has the barcode “0000”',
    'sku: Name the SKU or its barcode',
    'produced_on: It cannot have been produced',
    'expires_on: The batch “N2” is known with other dates',
    'low_at: Another row gives',
    'low_at: This is not a whole number',
    'expires_on: The batch “B2” is known with other dates',
  ])
    assert.ok(bad.why.includes(part), `${part} in ${bad.why}`);
  await assert.rejects(load('stock', 'warehouse,quantity\nGZ,1\n'), /columns_missing/);
});

test('INV-1 production and expiry dates, barcode and alert threshold of a file are kept; expired goods are frozen; the list of what is low goes by the threshold', async () => {
  const done = await load(
    'stock',
    '条码,仓库,库位,批号,生产日期,有效期至,数量,成本,预警值\n6902,SH,C-01,OLD,2019-01-01,2020-01-01,4,9.9,\n6902,SH,C-01,NEW,2026-01-01,2099-01-01,30,9.9,40\n',
  );
  assert.deepEqual([done.state, done.done], ['done', 2]);
  const [row] = await db.read(ctx, (tx) =>
    tx.query<Record<string, unknown>>(
      `select b.on_hand::int as good, b.frozen::int as frozen, a.low_at::int as low from inventory.balances b join inventory.alert_levels a using (org_id, sku_id, warehouse_id)
        where b.org_id = $1`,
      [orgId],
    ),
  );
  assert.deepEqual(row, { good: 30, frozen: 4, low: 40 });
  const low = await db.read(ctx, (tx) => listStock(tx, ctx, { limit: 50, lowOnly: true, warehouse: 'SH' }));
  assert.deepEqual(
    low.items.map((i) => [i.sku, i.available]),
    [
      ['P2', 7], // by the number of the settings
      ['P1-B', 30],
    ],
  );
  assert.deepEqual((await db.read(ctx, auditStock)).mismatches, []);
});

test('INV-1 a file whose work is cut off in the middle is booked whole the next time, or not at all', async () => {
  const before = await units();
  const text = `sku,warehouse,bin,quantity\n${Array.from({ length: 3000 }, (_, i) => `P1-A,GZ,K-${i},1\n`).join('')}`;
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const blocker = db.inTx(ctx, async (tx) => {
    await tx.query('select 1 from inventory.balances where org_id = $1 for update', [orgId]);
    await held;
  });
  const running = load('stock', text);
  const lost = assert.rejects(running);
  for (let i = 0; i < 200; i += 1) {
    const [cut] = await db.systemTx((tx) =>
      tx.query<{ n: boolean }>(
        `select pg_terminate_backend(pid) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%inventory.balances as b%'`,
      ),
    );
    if (cut) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await lost;
  release();
  await blocker;
  assert.equal(await units(), before);
  const done = await load('stock', text);
  assert.deepEqual([done.state, done.done, done.counts['receipts'], await units()], ['done', 3000, 2, before + 3000]);
  assert.equal((await load('stock', text)).skipped, 3000);
  assert.deepEqual((await db.read(ctx, auditStock)).mismatches, []);
});

test('INV-1 what stands where goes out by bin and batch, page after page, and by filter', async () => {
  const rowsOf = async (filters: object) => {
    const rows: unknown[][] = [];
    for await (const page of exportStockBins.pages(
      { db, ctx, personal: false },
      exportStockBins.filters.parse(filters),
    ))
      rows.push(...page.map((r) => [...r]));
    return rows;
  };
  const all = await rowsOf({});
  assert.ok(all.length > 3000, 'more than a page');
  assert.equal(new Set(all.map((r) => r.join('/'))).size, all.length, 'each once');
  assert.equal(
    all.filter((r) => r[8] === 'good').reduce((n, r) => n + Number(r[9]), 0),
    await units(),
  );
  assert.deepEqual(await rowsOf({ bin: 'C-01', state: 'frozen', expiresBy: '2020-12-31' }), [
    ['P1-B', '茶', 'SH', null, 'C-01', 'OLD', '2019-01-01', '2020-01-01', 'frozen', 4, 0],
  ]);
  assert.deepEqual(await rowsOf({ warehouse: 'NO' }), []);
});
