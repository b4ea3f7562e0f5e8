import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS, localDate } from '#kernel/time.ts';
import { type Answer, type Sender, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { addGoods, anOrder, expectStatus, form, openShop } from './support/shop.ts';

/** What shops, suppliers and stations are owed, from real orders to the bank's answer (PAY-6). */
const ZONE = 'Asia/Shanghai';
let app: TestApp;
let org: TestOrg;
let clerk: Sender & { id: string };
let chief: Sender & { id: string };
let hands: Parcels;
let shopId: string;
before(async () => {
  const clock = stoppedClock();
  clock.at(new Date(`${localDate(clock.now(), ZONE)}T12:00:00+08:00`));
  app = await testApp({ clock });
  org = await app.org('market');
  await app.person('market');
  clerk = await app.person('market', ['finance']);
  chief = await app.person('market', ['finance']);
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 1_000 } }]);
  [shopId] = expectStatus(await org.get('/shops'), 200).items.map((s: { id: string }) => s.id);
  hands = parcelsOf(app, org);
});
after(() => app.close());

const TERMS = {
  cycle: { kind: 'daily', days: 1 },
  commission: { rateMillionths: 50_000, backOnRefund: true },
  hold: { rateMillionths: 100_000, days: 3 },
  minimum: 100,
};
const sound = async (): Promise<void> => {
  assert.equal(expectStatus(await org.get('/ledger/trial-balance'), 200).balanced, true);
  assert.deepEqual(await app.faults(), []);
};
const bookedAs = async (account: string): Promise<number> => {
  const { items } = expectStatus(await org.get('/ledger/accounts'), 200);
  return items.find((a: { code: string }) => a.code === account)?.balance ?? 0;
};
const party = async (id = shopId): Promise<Answer['body']> =>
  expectStatus(await clerk.get(`/settlements/parties/${id}`), 200);
const statements = async (query = ''): Promise<Answer['body'][]> =>
  expectStatus(await clerk.get(`/settlements/statements?limit=100&partyId=${shopId}${query}`), 200).items;
const statement = async (id: string): Promise<Answer['body']> =>
  expectStatus(await clerk.get(`/settlements/statements/${id}`), 200);

/** Placed, paid, sent and received: the order is completed. */
async function complete(quantity: number): Promise<Answer['body']> {
  const order = await hands.paidOrder([{ sku: 'A', quantity }]);
  await hands.ship(order.id);
  expectStatus(await org.post(`/orders/${order.id}/confirm-receipt`), 200);
  await app.settleDown();
  return order;
}
/** A day later, after what happens at night. */
async function nextDay(days = 1): Promise<void> {
  app.clock.pass(days * DAY_MS);
  await app.settleDown();
}
async function approve(id: string): Promise<Answer['body']> {
  const asked = expectStatus(await clerk.post(`/settlements/statements/${id}/submit`), 200);
  expectStatus(await chief.post(`/approvals/${asked.approvalId}/approve`), 200);
  return statement(id);
}

test('PAY-6 a sale of a shop nobody has an agreement with is ours when the order is completed', async () => {
  await complete(1);
  assert.equal(await bookedAs('prepayments'), 0);
  assert.equal(await bookedAs('sales'), 10_000);
  await sound();
});

test('PAY-6 a party is a shop that exists, once; people of one shop and without the right see none', async () => {
  const wanted = { kind: 'shop', reference: shopId, terms: TERMS };
  assert.equal((await clerk.post('/settlements/parties', { ...wanted, reference: crypto.randomUUID() })).status, 400);
  const made = expectStatus(await clerk.post('/settlements/parties', wanted), 201);
  assert.deepEqual([made.id, made.name, made.account, made.agreements.length], [shopId, '一号店', null, 1]);
  assert.equal((await clerk.post('/settlements/parties', wanted)).body.code, 'settlement_party_exists');
  const ofOneShop = await app.person('market', ['finance'], { shops: [shopId] });
  for (const path of ['parties', 'statements', 'items', 'payouts', `parties/${shopId}`])
    assert.equal((await ofOneShop.get(`/settlements/${path}`)).status, 403, path);
  const agent = await app.person('market', ['agent']);
  assert.equal((await agent.get('/settlements/statements')).status, 403);
});

test('PAY-6 an account is seen masked by everybody, and used when a second person has agreed', async () => {
  const account = { payee: '王掌柜', bank: '招商银行', account: '6225 8801 1234 5678' };
  const asked = expectStatus(await clerk.post(`/settlements/parties/${shopId}/account`, account), 202);
  assert.equal(asked.account, null);
  const [pending] = asked.accounts;
  assert.match(pending.masked, /\*\*\*\* 5678/);
  assert.ok(!JSON.stringify(asked).includes('62258801'));
  assert.equal(
    (await clerk.post(`/settlements/parties/${shopId}/account`, account)).body.code,
    'settlement_account_pending',
  );
  assert.equal((await clerk.post(`/approvals/${pending.approvalId}/approve`)).body.code, 'four_eyes');
  expectStatus(await chief.post(`/approvals/${pending.approvalId}/approve`), 200);
  assert.match((await party()).account, /5678/);
  const again = expectStatus(
    await clerk.post(`/settlements/parties/${shopId}/account`, { ...account, account: '622588019999' }),
    202,
  );
  expectStatus(await clerk.post(`/approvals/${again.accounts[0].approvalId}/withdraw`), 200);
  await app.settleDown();
  assert.deepEqual(
    (await party()).accounts.map((a: { state: string }) => a.state),
    ['rejected', 'active'],
  );
});

let paidOrder: Answer['body'];
test('PAY-6 what is completed on a day is settled the next: commission, what is held back, what is paid', async () => {
  paidOrder = await complete(2);
  const partly = await hands.paidOrder([{ sku: 'A', quantity: 1 }]);
  await hands.ship(partly.id);
  // back before it is completed: the sale is the less
  expectStatus(await org.post(`/payments/${partly.payment.id}/refunds`, { amount: 4_000, reason: 'goodwill' }), 201);
  await app.settleDown();
  expectStatus(await org.post(`/orders/${partly.id}/confirm-receipt`), 200);
  await app.settleDown();
  const { items } = expectStatus(await clerk.get(`/settlements/items?partyId=${shopId}`), 200);
  assert.deepEqual(
    items.map((i: { kind: string; amount: number }) => [i.kind, i.amount]),
    [
      ['commission', -300],
      ['sale', 6_000],
      ['commission', -1_000],
      ['sale', 20_000],
    ],
  );
  assert.deepEqual([await bookedAs('merchants_payable'), await bookedAs('commissions')], [24_700, 1_300]);
  assert.equal((await statements()).length, 0);
  await nextDay();
  const [made] = await statements();
  assert.deepEqual(
    [made.state, made.sales, made.commission, made.held, made.payable, made.items],
    ['draft', 26_000, -1_300, -2_600, 22_100, 5],
  );
  assert.equal(made.from, made.to);
  await nextDay(0);
  assert.equal((await statements()).length, 1, 'asked again it makes none');
  await sound();
});

test('PAY-6 a second person approves, whose limit reaches it; then nothing of it changes', async () => {
  const [draft] = await statements();
  assert.equal(
    (await clerk.post('/settlements/payouts', { statementIds: [draft.id] })).body.code,
    'transition_refused',
  );
  expectStatus(await clerk.post(`/settlements/statements/${draft.id}/dispute`, { dispute: '对方称少算一单' }), 200);
  assert.equal((await clerk.post(`/settlements/statements/${draft.id}/submit`)).body.code, 'settlement_disputed');
  expectStatus(await clerk.post(`/settlements/statements/${draft.id}/dispute`, { dispute: null }), 200);
  // an adjustment into the draft, agreed by another
  const adjustment = { amount: -100, reason: '包装破损', statementId: draft.id };
  const asked = expectStatus(await clerk.post(`/settlements/parties/${shopId}/adjust`, adjustment), 202);
  expectStatus(await chief.post(`/approvals/${asked.approvalId}/approve`), 200);
  assert.deepEqual([(await statement(draft.id)).adjustments, (await statement(draft.id)).payable], [-100, 22_000]);
  const tooMuch = await clerk.post(`/settlements/parties/${shopId}/adjust`, { ...adjustment, amount: -22_001 });
  assert.equal(tooMuch.body.code, 'settlement_adjustment_unfit');
  const submitted = expectStatus(await clerk.post(`/settlements/statements/${draft.id}/submit`), 200);
  assert.equal((await clerk.post(`/approvals/${submitted.approvalId}/approve`)).body.code, 'four_eyes');
  expectStatus(await chief.post(`/approvals/${submitted.approvalId}/reject`, { note: '再核对' }), 200);
  assert.equal((await statement(draft.id)).state, 'rejected');
  const approved = await approve(draft.id);
  assert.deepEqual([approved.state, approved.payable], ['approved', 22_000]);
  assert.match(approved.hash, /^[0-9a-f]{64}$/);
  assert.equal(
    (await clerk.post(`/settlements/parties/${shopId}/adjust`, adjustment)).body.code,
    'settlement_adjustment_unfit',
  );
  await sound();
});

test('PAY-6 a batch goes to the bank with accounts in the clear, recorded as looks; its answer comes back as a file', async () => {
  const [approved] = await statements('&state=approved');
  const made = await Promise.all(
    Array.from({ length: 5 }, () => clerk.post('/settlements/payouts', { statementIds: [approved.id] })),
  );
  assert.deepEqual(made.map((m) => m.status).toSorted(), [201, 409, 409, 409, 409], 'nobody is paid twice');
  const batch = made.find((m) => m.status === 201)?.body;
  assert.equal((await org.get('/ledger/accounts/bank/postings')).body.code, 'ledger_account_not_found');
  assert.ok(!JSON.stringify(batch).includes('6225880112345678'));
  const agent = await app.person('market', ['readonly']);
  assert.equal((await agent.get(`/settlements/payouts/${batch.id}/file`)).status, 403);
  const file = String((await clerk.get(`/settlements/payouts/${batch.id}/file`)).body);
  assert.match(file, /王掌柜,招商银行,,6225880112345678,220\.00,CNY/);
  const looks = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ data: { subjectId: string } }>(
      `select data from kernel.outbox where type = 'kernel.personal_data_seen.v1'`,
    ),
  );
  assert.deepEqual(
    looks.map((l) => l.data.subjectId),
    [shopId],
  );

  // the bank sends it back; it is paid with the next batch
  const results = async (text: string): Promise<Answer['body']> => {
    const run = expectStatus(await clerk.post('/imports', form({ kind: 'payouts' }, 'bank.csv', text)), 202);
    await app.settleDown();
    return expectStatus(await clerk.get(`/imports/${run.id}`), 200);
  };
  const [line] = batch.lines;
  const refused = await results(`付款单号,处理结果,银行流水号,失败原因\n${line.no},失败,,户名不符\nP0,成功,X1,\n`);
  assert.deepEqual([refused.done, refused.failed], [1, 1]);
  assert.equal((await statement(approved.id)).state, 'failed');
  await sound();
  const second = expectStatus(await clerk.post('/settlements/payouts', { statementIds: [approved.id] }), 201);
  const text = `reference,result,bank_reference\n${second.lines[0].no},paid,BANK-1\n`;
  assert.equal((await results(text)).done, 1);
  assert.equal((await results(`${text}\n`)).skipped, 1, 'the same answer again changes nothing');
  assert.equal((await statement(approved.id)).state, 'paid');
  assert.equal(await bookedAs('bank'), -22_000);
  assert.equal(await bookedAs('merchants_payable'), 24_700 - 100 - 22_000, 'what is held back is still owed');
  const late = await clerk.post(`/settlements/payments/${second.lines[0].id}/failed`, { reason: 'late' });
  assert.equal(late.body.code, 'transition_refused');
  await sound();
});

test('PAY-6 what goes back after it was settled is taken off the next statement; a debt is carried until it is earned', async () => {
  expectStatus(
    await org.post(`/payments/${paidOrder.payment.id}/refunds`, { amount: 20_000, reason: 'returned' }),
    201,
  );
  await app.settleDown();
  await sound();
  const { items } = expectStatus(await clerk.get(`/settlements/items?partyId=${shopId}&open=true`), 200);
  assert.deepEqual(
    items.map((i: { kind: string; amount: number }) => [i.kind, i.amount]),
    [
      ['commission', 1_000],
      ['refund', -20_000],
      ['release', 2_600],
    ],
  );
  await nextDay();
  const [debt] = await statements();
  assert.deepEqual([debt.refunds, debt.commission, debt.carriedOut, debt.payable], [-20_000, 1_000, 19_000, 0]);
  const closed = await approve(debt.id);
  assert.equal(closed.state, 'closed', 'there is nothing to pay');
  assert.equal((await party()).balance, -19_000 + 2_600);
  await nextDay(5);
  const [released, ...rest] = await statements();
  assert.equal(rest.length, 2, 'a debt alone makes no statement; what was held back did');
  assert.deepEqual([released.released, released.carriedIn, released.carriedOut], [2_600, -19_000, 16_400]);
  await complete(3);
  await nextDay();
  const [earned] = await statements();
  assert.deepEqual(
    [earned.sales, earned.commission, earned.held, earned.carriedIn, earned.payable],
    [30_000, -1_500, -3_000, -16_400, 9_100],
  );
  await sound();
});

test('PAY-6 the agreement in force when the order was placed counts, and a version never begins in the past', async () => {
  const now = app.clock.now().getTime();
  const terms = { ...TERMS, commission: { rateMillionths: 200_000 }, hold: {} };
  const add = (effectiveFrom: number) =>
    clerk.post(`/settlements/parties/${shopId}/agreements`, {
      terms,
      effectiveFrom: new Date(effectiveFrom).toISOString(),
    });
  assert.equal((await add(now - 2 * DAY_MS)).body.code, 'agreement_backdated');
  const order = await hands.paidOrder([{ sku: 'A', quantity: 1 }]);
  app.clock.pass(1_000);
  expectStatus(await add(app.clock.now().getTime()), 201);
  await hands.ship(order.id);
  expectStatus(await org.post(`/orders/${order.id}/confirm-receipt`), 200);
  const later = await complete(1);
  const commissionOf = async (about: string): Promise<number[]> =>
    expectStatus(await clerk.get(`/settlements/items?about=${about}&kind=commission`), 200).items.map(
      (i: { amount: number }) => i.amount,
    );
  assert.deepEqual([await commissionOf(order.id), await commissionOf(later.id)], [[-500], [-2_000]]);
  const preview = expectStatus(
    await clerk.post(`/settlements/parties/${shopId}/preview`, {
      terms,
      from: localDate(new Date(now - 30 * DAY_MS), ZONE),
      to: localDate(app.clock.now(), ZONE),
    }),
    200,
  );
  assert.deepEqual([preview.orders, preview.sales, preview.wouldBe], [5, 76_000, 15_200]);
  await sound();
});

test('PAY-6 money others collect is not settled; with some a commission is due of it all the same', async () => {
  await addGoods(org, { sku: 'B', price: 10_000 });
  const before_ = await bookedAs('merchants_payable');
  const done = async (): Promise<string> => {
    const order = await org.post('/orders', {
      ...anOrder({ payment: 'prepaid' }),
    });
    await app.settleDown();
    await hands.ship(order.body.id);
    expectStatus(await org.post(`/orders/${order.body.id}/confirm-receipt`), 200);
    await app.settleDown();
    return order.body.id;
  };
  await done();
  assert.equal(await bookedAs('merchants_payable'), before_);
  const terms = { ...TERMS, commission: { rateMillionths: 50_000, onOthersMoney: true } };
  app.clock.pass(1_000);
  const effectiveFrom = app.clock.now().toISOString();
  expectStatus(await clerk.post(`/settlements/parties/${shopId}/agreements`, { terms, effectiveFrom }), 201);
  await done();
  assert.equal(await bookedAs('merchants_payable'), before_ - 500);
  await sound();
});

test('PAY-6 a statement is a document in both languages, and its lines a table', async () => {
  const [made] = await statements();
  const pdf = await fetch(`${app.url}/api/v1/settlements/statements/${made.id}/document`, {
    headers: { authorization: `Bearer ${org.key}`, 'accept-language': 'zh-CN' },
  });
  assert.equal(pdf.headers.get('content-type'), 'application/pdf');
  assert.equal(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
    '%PDF-',
  );
  const run = expectStatus(
    await clerk.post('/exports', { kind: 'settlement', format: 'csv', filters: { statementId: made.id } }),
    202,
  );
  await app.settleDown();
  const { downloadUrl } = expectStatus(await clerk.get(`/exports/${run.id}`), 200);
  const lines = String((await clerk.get(downloadUrl)).body)
    .trim()
    .split(/\r?\n/);
  assert.equal(lines.length - 1, made.items);
});

test('PAY-6 what a supplier is owed comes as a table: a document counts once, and what is wrong is refused row by row', async () => {
  const supplier = {
    kind: 'supplier',
    reference: 'G-1',
    name: '安溪茶业',
    terms: { cycle: { kind: 'weekly', weekday: 1 } },
  };
  const { id } = expectStatus(await clerk.post('/settlements/parties', supplier), 201);
  const day = localDate(app.clock.now(), ZONE);
  const text = `结算方类型,结算方编码,单号,日期,金额,说明
供应商,G-1,RK-1,${day},1860.00,铁观音
供应商,G-1,RK-1,${day},1860.00,again
供应商,G-1,RK-2,${day},-60.5,短少
供应商,G-9,RK-3,${day},1.00,
站点,G-1,RK-4,${day},1.00,
供应商,G-1,RK-5,${day},1.005,
`;
  const run = expectStatus(await clerk.post('/imports', form({ kind: 'settlement_items' }, 'items.csv', text)), 202);
  await app.settleDown();
  const done = expectStatus(await clerk.get(`/imports/${run.id}`), 200);
  assert.deepEqual([done.done, done.skipped, done.failed], [2, 1, 3]);
  assert.equal((await party(id)).open.amount, 186_000 - 6_050);
  assert.equal(await bookedAs('purchase_costs'), 186_000 - 6_050);
  await sound();
});

test('PAY-6 finance sees in one answer where the money is and what waits; a part one may not see is not there', async () => {
  const f = expectStatus(await clerk.get('/finance/summary'), 200);
  assert.equal(f.days.length, 30);
  const of = (account: string): number => f.balances.find((b: { account: string }) => b.account === account)?.balance;
  assert.equal(of('merchants_payable'), await bookedAs('merchants_payable'));
  assert.equal(of('bank'), -22_000);
  const [channel] = f.channels;
  assert.equal(channel.balances.at(-1), await bookedAs('clearing.sandbox'));
  const sum = (list: number[]): number => list.reduce((n, x) => n + x, 0);
  assert.equal(sum(f.days.map((d: { moneyIn: number }) => d.moneyIn)), sum(channel.moneyIn));
  const counted = expectStatus(await clerk.get('/settlements/statements/counts'), 200).items;
  const drafts = counted.filter((c: { state: string }) => c.state === 'draft' || c.state === 'rejected');
  assert.equal(f.settlements.draft.count, sum(drafts.map((c: { count: number }) => c.count)));
  const ofOneShop = await app.person('market', ['finance'], { shops: [shopId] });
  const less = expectStatus(await ofOneShop.get('/finance/summary'), 200);
  assert.deepEqual([less.balances, less.days, less.settlements], [null, null, null]);
});
