import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import iconv from 'iconv-lite';
import { parcelsOf } from './support/parcels.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { billOf } from './support/wechat-bill.ts';
import { expectStatus, form, openShop, orderOf, place } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org('bank');
  await openShop(org, [{ sku: 'A', price: 1_000, stock: { W1: 1_000 } }]);
  expectStatus(
    await org.post('/bank-accounts', {
      code: 'main',
      name: '掌柜贸易有限公司',
      bank: '招商银行杭州分行',
      accountNo: '571900000012345',
      takesTransfers: true,
    }),
    201,
  );
});
after(() => app.close());
afterEach(async () => {
  assert.equal(expectStatus(await org.get('/ledger/trial-balance'), 200).balanced, true);
  assert.deepEqual(await app.faults(), []);
});

type Movement = { at?: string; in?: string; out?: string; ref?: string; remark?: string; party?: string };
let counter = 0;
/** A statement as a bank writes it: lines about the account above the header, GBK, tabs that keep numbers text. */
function statement(movements: readonly Movement[]): Buffer {
  const rows = movements.map((m) => {
    counter += 1;
    const cells = [m.at ?? '20261120', '101500', m.out ?? '', m.in ?? '', '1,000,000.00'];
    return [...cells, m.ref ?? `B${counter}`, '转账', m.remark ?? '', m.party ?? '王小明', '6222000000001234']
      .map((c) => `"${c}\t"`)
      .join(',');
  });
  const head = '交易日期,时间,支出金额,收入金额,余额,流水号,摘要,附言,对方户名,对方账号';
  return iconv.encode(
    ['账户明细', '账号：571900000012345', '', head, ...rows, '合计,,1.00,2.00,,,,,,'].join('\r\n'),
    'gb18030',
  );
}
async function load(movements: readonly Movement[] | Buffer, dryRun = false): Promise<Answer['body']> {
  const file = Buffer.isBuffer(movements) ? movements : statement(movements);
  const fields = { kind: 'bank-lines', mapping: '{"account":"main"}', dryRun: String(dryRun) };
  const { id } = expectStatus(await org.post('/imports', form(fields, 'statement.csv', file)), 202);
  for (let i = 0; i < 200; i += 1) {
    await app.settleDown();
    const { body } = await org.get(`/imports/${id}`);
    if (body.status !== 'queued' && body.status !== 'running') return body;
  }
  throw new Error('the import does not end');
}
const line = async (ref: string): Promise<Answer['body']> => {
  const { items } = expectStatus(await org.get(`/bank-lines?q=${ref}`), 200);
  assert.equal(items.length, 1, ref);
  return expectStatus(await org.get(`/bank-lines/${items[0].id}`), 200);
};
const balance = async (code: string): Promise<number> =>
  expectStatus(await org.get('/ledger/trial-balance'), 200).accounts.find((a: { code: string }) => a.code === code)
    ?.balance ?? 0;
const match = (id: string, what: object): Promise<Answer> => org.post(`/bank-lines/${id}/matches`, { match: what });
const transfer = async (quantity = 1) => {
  const order = await place(org, { lines: [{ sku: 'A', quantity }] });
  const payment = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'bank_transfer' }), 201);
  return { order, payment };
};

test('PAY-1 a transfer that names its payment pays the order by itself; statements may overlap', async () => {
  const { order, payment } = await transfer();
  const page = await fetch(`${app.url}${payment.payUrl}`);
  const text = await page.text();
  assert.equal(page.status, 200);
  for (const shown of ['571900000012345', '掌柜贸易有限公司', payment.paymentNo])
    assert.ok(text.includes(shown), shown);
  const file = statement([
    { in: '10.00', ref: 'TR1', remark: `货款 ${payment.paymentNo}` },
    { in: '10.00', ref: 'TR2', remark: '没有写单号' },
    { out: '3.50', ref: 'TR3', remark: '手续费' },
  ]);
  const rehearsed = await load(file, true);
  assert.deepEqual([rehearsed.done, rehearsed.failed], [3, 0]);
  assert.equal((await org.get('/bank-lines?q=TR1')).body.items.length, 0, 'a dry run takes nothing');
  assert.deepEqual([(await load(file)).done, await load(file).then((r) => r.skipped)], [3, 3]);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).status, 'paid');
  const [named, unnamed] = [await line('TR1'), await line('TR2')];
  assert.deepEqual([named.state, named.matches[0].paymentId, named.left], ['matched', payment.id, 0]);
  assert.deepEqual([unnamed.state, unnamed.left, unnamed.party], ['open', 1_000, '王*明 **1234']);
  assert.deepEqual([await balance('bank'), await balance('clearing.bank_transfer')], [1_000, 0]);
  const { fields } = expectStatus(
    await org.post('/personal-data/reveal', { kind: 'bank_line', id: named.id, reason: '核对付款人' }),
    200,
  );
  assert.equal(fields.name, '王小明');
});

test('PAY-1 amounts alone match nothing: a person takes what is suggested, in parts, and may take it back', async () => {
  const { order, payment } = await transfer(3);
  await load([
    { in: '12.00', ref: 'PART1' },
    { in: '30.00', ref: 'PART2' },
  ]);
  const [part, rest] = [await line('PART1'), await line('PART2')];
  assert.deepEqual(
    rest.suggestions.payments.map((p: { id: string }) => p.id),
    [payment.id],
  );
  const before = await balance('bank');
  const taken = expectStatus(await match(part.id, { kind: 'payment', payment: payment.paymentNo }), 201);
  assert.deepEqual([taken.state, (await orderOf(org, order.id)).status], ['matched', 'pending_payment']);
  expectStatus(await org.post(`/bank-matches/${taken.matches[0].id}/undo`), 200);
  assert.equal(await balance('bank'), before);
  expectStatus(await match(part.id, { kind: 'payment', payment: payment.paymentNo }), 201);
  const over = await match(rest.id, { kind: 'payment', payment: order.orderNo, amount: 1_801 });
  assert.deepEqual([over.status, over.body.code], [422, 'bank_match_exceeds']);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => match(rest.id, { kind: 'payment', payment: payment.paymentNo })),
  );
  assert.equal(answers.filter((a) => a.status === 201).length, 1, JSON.stringify(answers.map((a) => a.body.code)));
  assert.equal((await orderOf(org, order.id)).status, 'paid');
  const left = await line('PART2');
  assert.deepEqual([left.state, left.left], ['open', 1_200]);
  const final = await org.post(`/bank-matches/${left.matches[0].id}/undo`);
  assert.deepEqual([final.status, final.body.code], [409, 'bank_match_final']);
  assert.equal(
    expectStatus(await match(left.id, { kind: 'other', account: 'suspense', note: '多付，待退' }), 201).state,
    'matched',
  );
});

test('PAY-1 a transfer for an order that is gone is recorded, and goes back by hand from our account', async () => {
  const { order, payment } = await transfer(2);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: '不要了' }), 200);
  await app.settleDown();
  assert.equal((await org.get(`/payments/${payment.id}`)).body.status, 'closed');
  await load([{ in: '20.00', ref: 'LATE', remark: payment.paymentNo }]);
  const late = await line('LATE');
  assert.equal(late.state, 'open', 'only an open payment is matched by itself');
  expectStatus(await match(late.id, { kind: 'payment', payment: payment.paymentNo }), 201);
  await app.settleDown();
  const [refund] = (await org.get(`/payments/${payment.id}/refunds`)).body.items;
  assert.deepEqual([refund.kind, refund.status, refund.amount], ['auto_late', 'abnormal', 2_000]);
  await load([{ out: '20.00', ref: 'BACK', party: '王小明' }]);
  const back = await line('BACK');
  assert.equal(back.suggestions.refunds[0].id, refund.id);
  expectStatus(await match(back.id, { kind: 'refund', refundId: refund.id }), 201);
  assert.equal((await org.get(`/payments/${payment.id}/refunds`)).body.items[0].status, 'succeeded');
  assert.equal(await balance('suspense'), 1_200, 'of the test before');
});

test('PAY-5 what a channel pays out is explained by the days of its bills, each once', async () => {
  const nets: [string, number, number][] = [
    ['2026-11-16', 10_000, 60],
    ['2026-11-17', 20_000, 120],
    ['2026-11-18', 5_000, 30],
  ];
  for (const [billDate, amount, fee] of nets) {
    const text = billOf(billDate, [{ txn: `W${billDate}`, no: `N${billDate}`, amount, fee }]);
    expectStatus(await org.post('/reconciliations', form({ channel: 'wechat', billDate }, 'b.csv', text)), 201);
  }
  const net = (30_000 - 180) / 100;
  await load([
    { in: net.toFixed(2), ref: 'OUT1' },
    { in: '1.00', ref: 'OUT2' },
  ]);
  const [paidOut, other] = [await line('OUT1'), await line('OUT2')];
  assert.deepEqual(
    paidOut.suggestions.settlements.map((s: { channel: string; bills: { on: string }[] }) => [
      s.channel,
      s.bills.map((b) => b.on),
    ]),
    [['wechat', ['2026-11-16', '2026-11-17']]],
  );
  const billIds = paidOut.suggestions.settlements[0].bills.map((b: { id: string }) => b.id);
  const before = await balance('clearing.wechat');
  const wrong = await match(other.id, { kind: 'settlement', channel: 'wechat', billIds });
  assert.deepEqual([wrong.status, wrong.body.code], [422, 'bank_match_exceeds']);
  const made = expectStatus(await match(paidOut.id, { kind: 'settlement', channel: 'wechat', billIds }), 201);
  assert.equal(await balance('clearing.wechat'), before - 29_820);
  const again = await match(other.id, { kind: 'settlement', channel: 'wechat', billIds });
  assert.deepEqual([again.status, again.body.code], [409, 'already_paid_out']);
  const left = expectStatus(await org.get('/bank-lines/outstanding?channel=wechat'), 200).items;
  assert.deepEqual(
    left.map((b: { on: string }) => b.on),
    ['2026-11-18'],
  );
  expectStatus(await org.post(`/bank-matches/${made.matches[0].id}/undo`), 200);
  assert.equal((await org.get('/bank-lines/outstanding?channel=wechat')).body.items.length, 3);
});

test('PAY-1 a courier’s cash is owed by it from the delivery, and handed over less its fee', async () => {
  const order = await place(org, { payment: 'cod', lines: [{ sku: 'A', quantity: 4 }] });
  const cod = await balance('clearing.cod');
  const on = parcelsOf(app, org);
  await app.settleDown();
  const { shipmentId } = await on.ship(order.id);
  await on.advance(shipmentId, 'delivered', { times: 3 });
  await app.settleDown();
  const delivered = await orderOf(org, order.id);
  assert.deepEqual([delivered.status, delivered.paid.amount], ['delivered', 4_000]);
  assert.equal(await balance('clearing.cod'), cod + 4_000);
  await load([{ in: '39.60', ref: 'COD1', party: '顺丰速运' }]);
  const over = await line('COD1');
  const fees = await balance('channel_fees');
  const what = { kind: 'settlement', channel: 'cod', fee: 40, orderNos: [order.orderNo] };
  expectStatus(await match(over.id, what), 201);
  assert.deepEqual([await balance('clearing.cod'), (await balance('channel_fees')) - fees], [cod, 40]);
  assert.deepEqual((await org.get('/bank-lines/outstanding?channel=cod')).body.items, []);
  const other = await place(org);
  const chosen = await org.post(`/orders/${other.id}/payments`, { channel: 'cod' });
  assert.equal(chosen.body.code, 'unknown_payment_channel', 'nobody chooses it to pay with');
});

test('PAY-1 cash is with the courier too when the customer confirms before the carrier tells; told later it counts once', async () => {
  const order = await place(org, { payment: 'cod', lines: [{ sku: 'A', quantity: 2 }] });
  await app.settleDown();
  const on = parcelsOf(app, org);
  const { shipmentId } = await on.ship(order.id);
  const cod = await balance('clearing.cod');
  expectStatus(await org.post(`/orders/${order.id}/confirm-receipt`), 200);
  await on.advance(shipmentId, 'delivered', { times: 2 });
  await app.settleDown();
  const done = await orderOf(org, order.id);
  assert.deepEqual([done.status, done.paid.amount], ['completed', 2_000]);
  assert.equal(await balance('clearing.cod'), cod + 2_000);
});

test('PAY-1 a statement’s bad rows are refused with their place, the others are taken', async () => {
  const body = await load([
    { in: '1.00', ref: 'OK1' },
    { at: '20261399', in: '1.00', ref: 'BAD1' },
    { in: '1.005', ref: 'BAD2' },
  ]);
  assert.deepEqual([body.status, body.done, body.failed], ['done', 1, 2]);
  const csv = await org.api('GET', body.rejectsUrl.replace('/api/v1', ''));
  assert.match(String(csv.body), /BAD1[^\n]*invalid_date/);
  assert.match(String(csv.body), /BAD2[^\n]*invalid_amount/);
  const fields = { kind: 'bank-lines', mapping: '{"account":"main"}' };
  const unreadable = await org.post('/imports', form(fields, 'statement.csv', 'hello,world,again\n1,2,3\n'));
  assert.equal(unreadable.body.code, 'columns_missing');
  const nowhere = await org.post('/imports', form({ ...fields, mapping: '{"account":"x"}' }, 'a.csv', statement([])));
  assert.equal(nowhere.body.code, 'bank_account_not_found');
});

test('PAY-1 an account customers pay to is changed under its version, and its code is used once', async () => {
  const body = { code: 'second', name: '掌柜贸易', bank: '工商银行', accountNo: '6222-0001', currency: 'CNY' };
  const made = expectStatus(await org.post('/bank-accounts', body), 201);
  assert.equal((await org.post('/bank-accounts', body)).body.code, 'bank_account_exists');
  const change = { name: '掌柜贸易', bank: '工商银行', accountNo: '6222-0002', takesTransfers: false, enabled: false };
  const changed = expectStatus(await org.api('PUT', `/bank-accounts/${made.id}`, change), 200);
  assert.deepEqual([changed.accountNo, changed.version], ['6222-0002', 2]);
});

test('PAY-5 a large movement is booked to an account of choice when a second person agrees, and stays open until then', async () => {
  await load([{ in: '20000.00', ref: 'LARGE' }]);
  const large = await line('LARGE');
  const what = { kind: 'other', account: 'difference_gains', note: '利息收入' };
  const before = await balance('difference_gains');
  const clerk = await app.person('bank');
  const asked = expectStatus(await clerk.post(`/bank-lines/${large.id}/matches`, { match: what }), 201);
  assert.deepEqual([asked.state, asked.matches], ['open', []]);
  const [approval] = expectStatus(await clerk.get('/approvals?view=mine'), 200).items;
  assert.equal((await clerk.post(`/approvals/${approval.id}/approve`, {})).body.code, 'four_eyes');
  const chief = await app.person('bank');
  expectStatus(await org.api('PUT', `/users/${chief.id}/limits`, { limits: { 'payments.bank': 100_000_000 } }), 200);
  expectStatus(await chief.post(`/approvals/${approval.id}/approve`, {}), 200);
  assert.equal((await line('LARGE')).state, 'matched');
  assert.equal(await balance('difference_gains'), before + 2_000_000);
});
