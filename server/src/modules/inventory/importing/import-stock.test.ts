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
