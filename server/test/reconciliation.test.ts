import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { localDate } from '#kernel/time.ts';
import { paymentsModule } from '#modules/payments/index.ts';
import { type Answer, type Sender, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, form, openShop, pay, place } from './support/shop.ts';
import { billOf as wechatBill, type BillLine } from './support/wechat-bill.ts';

const ZONE = 'Asia/Shanghai';
let app: TestApp;
let org: TestOrg;
let clerk: Sender & { id: string };
let chief: Sender & { id: string };
before(async () => {
  const clock = stoppedClock();
  // noon in China: far from the end of the day, wherever and whenever this runs
  clock.at(new Date(`${localDate(clock.now(), ZONE)}T12:00:00+08:00`));
  app = await testApp({ clock });
  org = await app.org('books');
  clerk = await app.person('books');
  chief = await app.person('books');
  await openShop(org, [{ sku: 'A', price: 1_000, stock: { W1: 10_000 } }]);
});
after(() => app.close());
afterEach(async () => {
  const found: string[] = [];
  for (const i of paymentsModule.invariants ?? [])
    found.push(...(await app.db.read({ orgId: org.id }, (tx) => i.check(tx))));
  assert.deepEqual(found, [], 'every invariant holds after every test');
});

const today = (): string => localDate(app.clock.now(), ZONE);

const billOf = (lines: readonly BillLine[], states?: { count?: number }): string => wechatBill(today(), lines, states);
const load = (text: string | Buffer, over: Record<string, string> = {}, by: Sender = org): Promise<Answer> =>
  by.post('/reconciliations', form({ channel: 'sandbox', billDate: today(), ...over }, 'bill.csv', text as string));
const paid = async (): Promise<{ id: string; no: string; ref: string; amount: number }> => {
  const payment = await pay(org, (await place(org)).id);
  return { id: payment.id, no: payment.paymentNo, ref: payment.channelRef, amount: payment.amount };
};
const kinds = (body: Answer['body']): unknown[] =>
  body.differences.map((d: any) => [d.kind, d.reference, d.expected, d.actual]);
const bills = async (): Promise<number> => (await org.get('/reconciliations?limit=200')).body.items.length;

test('PAY-5 a bill is held against our books: matched, amount, status, long, short, fee, duplicate', async () => {
  const [good, wrong, dear, twice, short] = [await paid(), await paid(), await paid(), await paid(), await paid()];
  const open = expectStatus(await org.post(`/orders/${(await place(org)).id}/payments`, { channel: 'sandbox' }), 201);
  const waits = (await org.get(`/payments/${open.id}`)).body;
  const text = billOf([
    { txn: good.ref, no: 'other number', amount: good.amount, fee: 6 },
    { no: wrong.no, amount: wrong.amount + 1, fee: 6 },
    { no: dear.no, amount: dear.amount, fee: 60 },
    { txn: twice.ref, no: twice.no, amount: twice.amount, fee: 6 },
    { txn: twice.ref, no: twice.no, amount: twice.amount, fee: 6 },
    { no: waits.paymentNo, amount: waits.amount, fee: 6 },
    { txn: 'ALONE', no: 'NOBODYS', amount: 777, fee: 5 },
  ]);
  const before = await bills();
  assert.equal((await load(billOf([{ no: good.no, amount: 1_000 }], { count: 2 }))).body.code, 'bill_inconsistent');
  assert.equal(await bills(), before, 'nothing was booked');
  const body = expectStatus(await load(text), 201);
  assert.deepEqual(kinds(body), [
    ['amount', wrong.no, wrong.amount, wrong.amount + 1],
    ['fee', dear.no, 6, 60],
    ['duplicate', twice.no, undefined, twice.amount],
    ['status', waits.paymentNo, 'pending', 'success'],
    ['channel_only', 'NOBODYS', undefined, 777],
    ['local_only', short.no, short.amount, undefined],
  ]);
  assert.deepEqual([body.matched, body.rows, body.more, body.differenceCount, body.open], [2, 7, 0, 6, 6]);
  const again = await load(text);
  assert.deepEqual([again.status, again.body.code], [409, 'bill_already_loaded']);
  const repacked = await load(gzipSync(text));
  assert.deepEqual(
    [repacked.status, repacked.body.code],
    [409, 'bill_already_loaded'],
    'the same lines in another wrapping',
  );
  const lines = expectStatus(await org.get(`/reconciliations/${body.id}/lines?limit=2`), 200);
  assert.deepEqual(
    lines.items.map((l: any) => l.outcome),
    ['matched', 'amount'],
  );
  assert.equal((await org.get(`/reconciliations/${body.id}/lines?cursor=${lines.nextCursor}`)).body.items.length, 5);
  const page = expectStatus(await org.get(`/reconciliations/${body.id}/differences?limit=4`), 200);
  const rest = expectStatus(
    await org.get(`/reconciliations/${body.id}/differences?limit=4&cursor=${page.nextCursor}`),
    200,
  );
  assert.equal(page.items.length + rest.items.length, 6);
  const days = expectStatus(await org.get('/reconciliations/report'), 200).days;
  assert.deepEqual(
    days.map((d: any) => [d.date, d.channel, d.rows, d.matched, d.open]),
    [[today(), 'sandbox', 7, 2, 6]],
  );
  assert.match((await org.get(`/reconciliations/${body.id}/file`)).body, /总交易单数/);
  // the callback that was missing comes: the item closes by itself
  expectStatus(await org.post(`/sandbox/payments/${waits.id}/settle`, { outcome: 'success' }), 200);
  const now = expectStatus(await org.post(`/reconciliations/${body.id}/look-again`), 200);
  assert.deepEqual([now.matched, now.open], [3, 5]);
  assert.deepEqual(
    expectStatus(await org.post(`/reconciliations/${body.id}/look-again`), 200),
    now,
    'again changes nothing',
  );
});

test('PAY-5 refunds are matched by their numbers, and a bill of the account does not disturb that of the trades', async () => {
  const one = await paid();
  const refund = expectStatus(await org.post(`/payments/${one.id}/refunds`, { amount: 400, reason: 'x' }), 201);
  await app.settleDown();
  const lone = { amount: 100, no: one.no, refund: { no: 'R-UNKNOWN' } };
  const body = expectStatus(
    await load(
      billOf([
        { txn: one.ref, no: one.no, amount: one.amount },
        { no: one.no, amount: 400, refund: { no: refund.refundNo } },
        lone,
      ]),
    ),
    201,
  );
  assert.deepEqual([body.matched, body.refunds, body.refundedAmount], [2, 2, 500]);
  assert.deepEqual(kinds(body), [['channel_only', 'R-UNKNOWN', undefined, 100]]);
  const fund = `记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号
\`${today()} 10:00:00,\`${one.ref},\`F1,\`交易,\`交易,\`收入,\`${(one.amount / 100).toFixed(2)},\`1.00,\`s,\`,\`${one.no}
资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额
\`1,\`1,\`${(one.amount / 100).toFixed(2)},\`0,\`0.00
`;
  const funds = expectStatus(await load(iconv.encode(fund, 'gb18030') as unknown as string), 201);
  assert.deepEqual([funds.billType, funds.matched, funds.differences], ['FUND', 1, []]);
});

test('PAY-5 what is one-sided at the cut-off is carried over, closes by itself when tomorrow brings it, else becomes a difference', async () => {
  const day = today();
  app.clock.at(new Date(`${day}T23:55:00+08:00`));
  const [late, lost] = [await paid(), await paid()];
  const waiting = expectStatus(
    await org.post(`/orders/${(await place(org)).id}/payments`, { channel: 'sandbox' }),
    201,
  );
  const waits = (await org.get(`/payments/${waiting.id}`)).body;
  const body = expectStatus(await load(billOf([{ txn: 'NIGHT', no: 'NIGHT', amount: 5, at: `${day} 23:59:59` }])), 201);
  assert.deepEqual([body.carried, body.open, body.differences], [3, 0, []]);
  app.clock.at(new Date(`${day}T12:00:00+08:00`));
  app.clock.pass(24 * 3_600_000);
  const next = expectStatus(
    await load(billOf([{ txn: late.ref, no: late.no, amount: late.amount, at: `${today()} 00:00:01` }])),
    201,
  );
  assert.deepEqual([next.matched, next.differences], [1, []]);
  const { items } = expectStatus(await org.get(`/reconciliations/${body.id}/differences`), 200);
  const of = (reference: string) => items.find((d: any) => d.reference === reference);
  assert.deepEqual([of(late.no).state, of(late.no).evidence], ['closed', { reconciliationId: next.id, line: 2 }]);
  assert.deepEqual([of(lost.no).state, of('NIGHT').state], ['open', 'open'], 'nobody brought them');
  assert.equal(waits.status, 'pending');
  const third = expectStatus(await load(billOf([{ txn: lost.ref, no: lost.no, amount: lost.amount }])), 201);
  const closed = (await org.get(`/reconciliation-differences/${of(lost.no).id}`)).body;
  assert.deepEqual(
    [closed.state, closed.evidence.reconciliationId, closed.moves[0].event],
    ['closed', third.id, 'settle'],
  );
});

test('PAY-5 a difference is settled by two people, with evidence, and a refund among the actions is paid', async () => {
  const one = await paid();
  const over = expectStatus(
    await load(billOf([{ txn: one.ref, no: one.no, amount: one.amount - 250 }, { amount: 3 }])),
    201,
  );
  const twice = await load(billOf([{ txn: 'AGAIN', no: one.no, amount: one.amount }]));
  const [difference] = expectStatus(twice, 201).differences;
  assert.equal(difference.kind, 'duplicate');
  const at = `/reconciliation-differences/${difference.id}`;
  const file = expectStatus(await clerk.post('/files', form({}, 'proof.csv', 'a,b\n1,2\n')), 201);
  assert.equal(
    (await clerk.post(`${at}/propose`, { action: 'add_booking', reason: '不适用' })).body.code,
    'difference_action_unfit',
  );
  const proposal = { action: 'refund', reason: '客户重复付款', fileIds: [file.id] };
  const made = expectStatus(await clerk.post(`${at}/propose`, proposal), 200);
  assert.deepEqual([made.state, made.ownedByMe, made.may.includes('confirm')], ['proposed', true, false]);
  assert.deepEqual(
    [(await clerk.post(`${at}/confirm`)).body.code, (await org.post(`${at}/confirm`)).body.code],
    ['four_eyes', 'four_eyes'],
  );
  const all = await Promise.all([1, 2, 3, 4].map(() => chief.post(`${at}/confirm`, { note: '同意' })));
  assert.equal(all.filter((a) => a.status === 200).length, 1, JSON.stringify(all.map((a) => a.body.code)));
  const done = (await chief.get(at)).body;
  assert.deepEqual(
    [done.state, done.action, done.moves.map((m: any) => m.event)],
    ['closed', 'refund', ['confirm', 'propose']],
  );
  assert.deepEqual(done.moves[1].fileIds, [file.id]);
  const refunds = (await org.get(`/payments/${one.id}/refunds`)).body.items;
  assert.deepEqual(
    refunds.map((r: any) => [r.id, r.amount]),
    [[done.madeRefundId, one.amount]],
  );
  const less = over.differences.find((d: any) => d.kind === 'amount');
  const park = `/reconciliation-differences/${less.id}`;
  expectStatus(await clerk.post(`${park}/propose`, { action: 'keep_pending', reason: '待渠道核实' }), 200);
  assert.equal(expectStatus(await chief.post(`${park}/reject`, { note: '先联系渠道' }), 200).state, 'open');
  expectStatus(await clerk.post(`${park}/propose`, { action: 'keep_pending', reason: '已联系渠道' }), 200);
  assert.equal(expectStatus(await chief.post(`${park}/confirm`), 200).state, 'parked');
  const long = over.differences.find((d: any) => d.kind === 'channel_only');
  const off = `/reconciliation-differences/${long.id}`;
  expectStatus(await clerk.post(`${off}/propose`, { action: 'write_off', reason: '尾差' }), 200);
  expectStatus(await chief.post(`${off}/confirm`), 200);
  assert.equal(expectStatus(await chief.post(`${off}/reopen`, { note: '误操作' }), 200).state, 'open');
  const mine = (await clerk.get('/reconciliation-differences?mine=true&state=unsettled')).body.items.map(
    (d: any) => d.id,
  );
  assert.ok(mine.includes(less.id) && !mine.includes(difference.id));
  const counts = (await org.get('/reconciliation-differences/counts')).body.items;
  const listed = (await org.get('/reconciliation-differences?limit=200')).body.items;
  assert.equal(
    counts.reduce((n: number, c: any) => n + c.count, 0),
    listed.length,
  );
});

test('PAY-5 a dry run says what would come of a bill, and leaves everything as it was', async () => {
  const one = await paid();
  const text = billOf([{ txn: one.ref, no: one.no, amount: one.amount }, { amount: 9 }]);
  const [before, books] = [await bills(), (await org.get('/ledger/trial-balance')).body];
  const rehearsed = expectStatus(await load(text, { dryRun: 'true' }), 201);
  assert.equal(rehearsed.dryRun, true);
  assert.equal(await bills(), before);
  assert.deepEqual((await org.get('/ledger/trial-balance')).body, books);
  assert.equal((await org.get(`/reconciliations/${rehearsed.id}`)).status, 404);
  const loaded = expectStatus(await load(text), 201);
  assert.deepEqual([loaded.dryRun, kinds(loaded)], [false, kinds(rehearsed)]);
});

test('PAY-5 the same file from eight sides at once counts once; one that breaks off in the middle counts never', async () => {
  const one = await paid();
  const text = billOf([{ txn: one.ref, no: one.no, amount: one.amount }]);
  const answers = await Promise.all(Array.from({ length: 8 }, () => load(text)));
  assert.deepEqual(answers.map((a) => a.status).toSorted(), [201, ...Array.from({ length: 7 }, () => 409)]);
  const many = billOf(Array.from({ length: 30_000 }, () => ({ amount: 100 })));
  const before = await bills();
  assert.equal((await load(many.slice(0, -200))).status, 422);
  // the connection of the loading transaction is killed while it loads
  const loading = load(many).catch(() => undefined);
  for (let i = 0; i < 2_000; i += 1) {
    const killed = await app.db.systemTx((tx) =>
      tx.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'copy bill_in%' and state = 'active'`,
      ),
    );
    if (killed.length > 0) break;
  }
  await loading;
  const now = await bills();
  assert.ok(now === before || now === before + 1, 'all of it or none');
  const left = await app.db.systemTx((tx) =>
    tx.query<{ n: number }>(
      'select count(*) as n from payments.bill_lines l where not exists (select from payments.bills b where b.org_id = l.org_id and b.id = l.bill_id)',
    ),
  );
  assert.deepEqual(left, [{ n: 0 }]);
});

test('PAY-5 the sandbox hands out its own books as a bill, which is fetched every morning and told to finance', async () => {
  const day = today();
  const csv = (await org.get(`/sandbox-bills/${day}`)).body;
  assert.match(csv, /交易时间/);
  app.clock.pass(24 * 3_600_000);
  await paid(); // winds the clock
  const told = async (): Promise<any[]> =>
    (await clerk.get('/notifications')).body.items.filter((n: any) => JSON.stringify(n).includes('reconciled'));
  assert.equal((await told()).length, 0);
  app.clock.at(new Date(`${today()}T10:31:00+08:00`));
  app.clock.pass(24 * 3_600_000);
  await app.settleDown();
  await app.settleDown();
  const { items } = (
    await org.get(`/reconciliations?from=${localDate(new Date(app.clock.now().getTime() - 86_400_000), ZONE)}`)
  ).body;
  assert.ok(
    items.some((b: any) => b.source === 'fetch'),
    JSON.stringify(items),
  );
  assert.equal((await told()).length, 1);
  const twice = await org.post('/reconciliations/fetch', { channel: 'sandbox', billDate: items[0].billDate });
  assert.equal(twice.body.code, 'bill_already_loaded');
});

test('PAY-5 bad requests are refused by name', async () => {
  assert.equal((await load('x', { channel: 'cash' })).body.code, 'unknown_payment_channel');
  assert.deepEqual(
    (await load('x', { billDate: '2026-02-30' })).body.errors.map((e: any) => e.path),
    ['billDate'],
  );
  assert.equal((await load('nonsense')).body.code, 'bill_unreadable');
  assert.equal((await org.post('/reconciliations', {})).body.code, 'file_missing');
  assert.equal(
    (await org.post('/reconciliations/fetch', { channel: 'wechat', billDate: today() })).body.code,
    'bill_not_offered',
  );
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 });
  assert.equal((await load(bomb)).status, 422);
  const reader = await app.person('books', ['agent']);
  assert.equal((await load('x', {}, reader)).status, 403);
  expectStatus(await org.api('PUT', '/settings/payments', { values: { merchants: ['1900000999'] } }), 200);
  assert.equal((await load(billOf([{ amount: 1 }]), { channel: 'wechat' })).body.code, 'bill_inconsistent');
  expectStatus(await org.api('PUT', '/settings/payments', { values: { merchants: [] } }), 200);
});
