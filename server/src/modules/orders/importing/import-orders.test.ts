import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import iconv from 'iconv-lite';
import { systemCtx } from '#kernel/context.ts';
import { useFieldCrypto } from '#kernel/crypto/index.ts';
import { Db } from '#kernel/db/index.ts';
import { DiskFileStore, openFile, useFileStore } from '#kernel/files/index.ts';
import { newId } from '#kernel/ids.ts';
import { silentLog } from '#kernel/log.ts';
import { freshDatabase } from '#kernel/testing/database.ts';
import {
  getTransfer,
  rejectsCsv,
  runExport,
  runImport,
  startExport,
  startImport,
  takeTable,
  type TransferRow,
} from '#kernel/transfers/index.ts';
import { catalogModule, createProduct, createShop } from '#modules/catalog/index.ts';
import { createReceipt, createWarehouse, inventoryModule } from '#modules/inventory/index.ts';
import { ordersModule } from '../index.ts';
import { minorOf } from './classify.ts';
import { dateParser } from './dates.ts';

const folder = await mkdtemp(join(tmpdir(), 'zhanggui-imports-'));
const database = await freshDatabase();
const db = new Db({ url: database.url });
useFieldCrypto({ db, secret: 'a secret for these tests only' });
useFileStore(new DiskFileStore(folder));
const orgId = newId();
const ctx = { ...systemCtx(orgId), locale: 'en' as const };
await db.systemTx((tx) => tx.query(`insert into kernel.orgs (id, code, name) values ($1, 'imports', 'Test')`, [orgId]));
await db.inTx(ctx, async (tx) => {
  await createShop(tx, ctx, { code: 'uk', name: 'UK', currency: 'GBP' });
  await createShop(tx, ctx, { code: 'cn', name: '中文店', currency: 'CNY' });
  await createWarehouse(tx, ctx, { code: 'GZ', name: '广州仓' });
  await createProduct(tx, ctx, {
    code: 'CHA',
    title: '龙井',
    category: '茶',
    skus: [{ sku: 'CHA', price: { amount: 8800, currency: 'CNY' } }],
  });
  await createReceipt(tx, ctx, { warehouse: 'GZ', lines: [{ sku: 'CHA', quantity: 5 }] });
});
after(async () => {
  await db.close();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function load(text: string | Buffer, mapping: object = {}, dryRun = false): Promise<TransferRow> {
  const table = await takeTable(ctx, Readable.from([Buffer.from(text)]), 'orders.csv');
  const started = await startImport(db, ctx, { kind: 'orders', table, mapping, dryRun }, false);
  await runImport({ db, log: silentLog }, orgId, started.id);
  return db.read(ctx, (tx) => getTransfer(tx, started.id, 'import'));
}
const rejects = async (row: TransferRow): Promise<Record<string, string>> => {
  let text = '';
  for await (const part of rejectsCsv(db, orgId, row, 'en')) text += part;
  const [header = '', ...lines] = text.split('\r\n').slice(0, -1);
  const own = header.split(',').length - 3; // the file's columns; the number and the codes stand behind them
  return Object.fromEntries(lines.map((line) => line.split(',').slice(own, own + 2) as [string, string]));
};
const rows = <T>(sql: string): Promise<T[]> => db.read(ctx, (tx) => tx.query<T>(sql, [orgId]));
async function faults(): Promise<string[]> {
  const found: string[] = [];
  for (const i of [catalogModule, inventoryModule, ordersModule].flatMap((m) => m.invariants ?? []))
    found.push(...(await db.read(ctx, (tx) => i.check(tx))));
  return found;
}

const HEADER = 'Invoice,Code,What,Qty,When,Price,Customer\n';
const MAPPING = {
  fields: {
    externalNo: 'Invoice',
    shop: { value: 'uk' },
    placedAt: 'When',
    customerId: { column: 'Customer', replace: [['\\.0$', '']] },
    name: { template: 'Customer {Customer}' },
    sku: { column: 'Code', upper: true },
    title: 'What',
    quantity: 'Qty',
    unitPrice: 'Price',
  },
  date: { format: 'yyyy-MM-dd HH:mm', zone: 'Europe/London' },
  lines: [
    { when: [{ column: 'Code', equals: 'POST' }], as: 'freight' },
    { when: [{ column: 'Code', equals: 'D' }], as: 'discount' },
    { when: [{ column: 'Code', matches: '^FEE' }], as: 'ignore', reason: 'a fee' },
  ],
  cancellations: { prefix: 'C' },
  products: { create: true, category: 'Gifts' },
  historical: true,
};
const FILE =
  HEADER +
  [
    '1,a1,Lamp,2,2010-06-01 10:00,6.95,77.0', // 2
    '2,B2,Bowl,1,2010-06-01 10:00,3.00,78', // 3: another order's row between those of the first
    '1,POST,Postage,1,2010-06-01 10:00,5.00,77', // 4
    '1,D,Discount,-1,2010-06-01 10:00,1.90,77', // 5
    '3,A1,Lamp,3,2010-06-02 09:00,6.95,77', // 6
    '4,FEE1,Fee,1,2010-06-02 09:00,9.00,77', // 7
    '5,B2,Bowl,-4,2010-06-02 09:00,0.0,', // 8
    '6,B2,Bowl,1,2010-06-02 09:00,-3.00,79', // 9
    '7,B2,Bowl,x,2010-06-02 09:00,3.00,79', // 10
    '8,B2,Bowl,1,2010-06-02 09:00,0.001,79', // 11
    '9,POST,Postage,1,2010-06-02 09:00,5.00,79', // 12
    '10,B2,Bowl,6,2010-06-02 11:00,2.50,', // 13: nobody's
    'C11,A1,Lamp,-2,2010-06-03 09:00,6.95,77', // 14: of order 3, the latest with enough
    'C12,A1,Lamp,-2,2010-06-03 10:00,6.00,77', // 15: order 3 has one left, so order 1
    'C13,A1,Lamp,-2,2010-06-03 11:00,6.95,77', // 16: none has two left
    'C14,B2,Bowl,-6,2010-06-03 11:00,2.50,', // 17: nobody's
    'C15,A1,Lamp,-1,2009-06-03 11:00,6.95,77', // 18: before any order
    '16,B2,Bowl,1,yesterday,3.00,79', // 19
  ].join('\n');

test('ORD-1 finished orders of the past by a mapping: grouped, postage and discount on the order, cancellations as refunds, every other row with its reason', async () => {
  const dry = await load(FILE, MAPPING, true);
  assert.deepEqual(
    [dry.state, (await rows<{ n: number }>('select count(*)::int as n from orders.orders where org_id = $1'))[0]?.n],
    ['done', 0],
  );
  const done = await load(FILE, MAPPING);
  assert.deepEqual([done.state, done.done, done.failed, done.skipped, done.total], ['done', 8, 10, 0, 18]);
  assert.deepEqual(done.counts, { orders: 4, orderLines: 4, ordersAlreadyThere: 0, refunds: 2, refundLines: 2 });
  assert.deepEqual(await rejects(done), {
    7: 'left_out_by_rule',
    8: 'not_a_sale',
    9: 'negative_price',
    10: 'not_a_number',
    11: 'not_an_amount',
    12: 'no_goods',
    16: 'no_matching_order',
    17: 'cancellation_without_customer',
    18: 'no_matching_order',
    19: 'invalid_format',
  });
  const orders = await rows<Record<string, unknown>>(
    `select external_no as no, status, historical as past, goods_amount as g, discount_amount as d, freight_amount as f, total_amount as t, refunded_amount as r, placed_at::text as at, created_at = placed_at as dated, left(id::text, 8) as stamp
       from orders.orders where org_id = $1 order by id`,
  );
  assert.deepEqual(
    orders.map((o) => [o['no'], o['status'], o['g'], o['d'], o['f'], o['t'], o['r']]),
    [
      ['1', 'completed', 1390, 190, 500, 1700, 1200],
      ['2', 'completed', 300, 0, 0, 300, 0],
      ['3', 'completed', 2085, 0, 0, 2085, 1390],
      ['10', 'completed', 1500, 0, 0, 1500, 0],
    ],
  );
  assert.equal(orders[0]?.['at'], '2010-06-01 09:00:00+00'); // summer time in London
  assert.ok(orders.every((o) => o['dated'] && o['past'] && String(o['stamp']).startsWith('0128'))); // ids of June 2010: lists sort by when it happened
  assert.deepEqual(await faults(), []);
  assert.equal(
    (
      await rows<{ n: number }>(
        `select count(*)::int as n from kernel.outbox where org_id = $1 and type like 'orders.%'`,
      )
    )[0]?.n,
    6,
  ); // four orders, two refunds
  assert.equal(
    (
      await rows<{ n: number }>(
        `select count(*)::int as n from inventory.moves where org_id = $1 and kind <> 'receive'`,
      )
    )[0]?.n,
    0,
  );
});

test('ORD-1 the same orders again add nothing, and an order that differs is refused, not changed', async () => {
  const again = await load(FILE, MAPPING);
  assert.deepEqual(
    [again.done, again.skipped, again.failed, again.counts['orders'], again.counts['refunds']],
    [0, 8, 10, 0, 0],
  );
  const other = await load(`${HEADER}2,B2,Bowl,2,2010-06-01 10:00,3.00,78\n`, MAPPING);
  assert.deepEqual([other.done, await rejects(other)], [0, { 2: 'exists_otherwise' }]);
  assert.deepEqual(await faults(), []);
});

const LIVE =
  '订单号,店铺,收货人,手机,省,市,区,地址,SKU,数量,单价\n' +
  [
    'T1,cn,王小明,13800138000,广东省,广州市,天河区,体育西路 1 号,CHA,2,88.00',
    'T2,cn,李小红,123,广东省,广州市,天河区,体育西路 2 号,CHA,1,',
    'T3,cn,张三,13800138001,广东省,广州市,天河区,体育西路 3 号,CHA,4,',
    'T4,cn,赵六,13800138002,广东省,广州市,天河区,体育西路 4 号,CHA,3,',
  ].join('\n');

test('ORD-1 live orders from our own template in GBK pass the same checks and stock as the API', async () => {
  const dry = await load(iconv.encode(LIVE, 'gbk'), {}, true);
  assert.deepEqual([dry.done, await rejects(dry)], [3, { 3: 'bad_phone' }]);
  const done = await load(iconv.encode(LIVE, 'gbk'));
  const refused = await rejects(done);
  assert.deepEqual([done.state, done.done, done.failed, refused[3]], ['done', 2, 2, 'bad_phone']);
  assert.ok(refused[4] === 'insufficient_stock' || refused[5] === 'insufficient_stock'); // five there, two taken
  const again = await load(iconv.encode(LIVE, 'gbk'));
  assert.deepEqual([again.done, again.skipped], [0, 2]);
  assert.deepEqual(await faults(), []);
});

test('ORD-1 the export of orders masks names and numbers unless whoever asks may export them', async () => {
  const text = async (can: readonly string[]): Promise<string> => {
    const as = { ...ctx, actor: { ...ctx.actor, kind: 'user' as const, id: 'u1', can: new Set(can) } };
    const row = await startExport(db, as, { kind: 'orders', format: 'csv', filters: { shop: 'cn' } }, false);
    await runExport({ db, log: silentLog }, orgId, row.id);
    const done = await db.read(as, (tx) => getTransfer(tx, row.id, 'export'));
    const opened = await db.read(as, (tx) => openFile(tx, as, done.file_id as string));
    return Buffer.concat(await (await opened.stream()).toArray()).toString();
  };
  const masked = await text(['orders.order.read']);
  assert.match(masked, /王\*明,138\*\*\*\*8000,广东省,广州市,天河区,\*\*\*\*/);
  assert.doesNotMatch(masked, /13800138000|体育西路/);
  assert.match(
    await text(['orders.order.read', 'compliance.personal_data.export']),
    /王小明,13800138000,广东省,广州市,天河区,体育西路 1 号/,
  );
});

test('ORD-1 amounts are read without floats, dates in their zone, times that do not exist are refused', () => {
  assert.deepEqual(
    ['19.90', '0.1', '1,234.5', '0.005', '-3'].map((t) => minorOf(t, 'GBP', 'reject')),
    [1990, 10, 123_450, undefined, -300],
  );
  assert.deepEqual(
    ['0.005', '0.004', '-0.005', '1.999'].map((t) => minorOf(t, 'GBP', 'half_up')),
    [1, 0, -1, 200],
  );
  const us = dateParser('M/d/yyyy H:mm', 'America/New_York');
  assert.equal(us('7/4/2010 9:05')?.toISOString(), '2010-07-04T13:05:00.000Z');
  assert.equal(us('12/1/2010')?.toISOString(), '2010-12-01T05:00:00.000Z');
  assert.deepEqual([us('13/1/2010 9:00'), us('2/30/2010 9:00'), us('x')], [undefined, undefined, undefined]);
});
