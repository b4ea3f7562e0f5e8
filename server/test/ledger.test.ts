import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, expectStatus, openShop, orderOf, pay, place } from './support/shop.ts';

/** What the orders' own life does to the books. */
let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [{ sku: 'A', price: 1_000, stock: { W1: 100 } }]);
});
after(() => app.close());

type Row = { kind: string; about: string | null; debit: number; credit: number; subjectNo: string | null };
const postings = async (account: string, about: string): Promise<[string, number][]> => {
  const answer = await org.get(`/ledger/accounts/${account}/postings?limit=200`);
  if (answer.body.code === 'ledger_account_not_found') return [];
  return (expectStatus(answer, 200).items as Row[])
    .filter((p) => p.about === about)
    .map((p): [string, number] => [p.kind, p.credit - p.debit])
    .toReversed();
};
const sound = async (): Promise<void> => {
  assert.equal(expectStatus(await org.get('/ledger/trial-balance'), 200).balanced, true);
  assert.deepEqual(await app.faults(), []);
};

test('PAY-4 a cancelled order’s money leaves the customer’s account and the channel’s', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }] });
  await pay(org, order.id, 3);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: 'no' }), 200);
  await app.settleDown();
  assert.deepEqual(await postings('prepayments', order.id), [
    ['payment_succeeded', 2_000],
    ['refund_requested', -2_000],
  ]);
  assert.deepEqual(await postings('clearing.sandbox', order.id), [
    ['payment_succeeded', -2_000],
    ['refund_succeeded', 2_000],
  ]);
  await sound();
});

test('PAY-4 what a marketplace or a courier has collected is not ours, and is not booked', async () => {
  for (const payment of ['prepaid', 'cod']) {
    const order = await place(org, { payment });
    await app.settleDown();
    assert.deepEqual(await postings('prepayments', order.id), [], payment);
  }
  await sound();
});

test('PAY-4 a deposit the shop keeps is income, and is the customer’s again when it is given back after all', async () => {
  await addGoods(org, { sku: 'PS', price: 5_000 });
  const now = app.clock.now().getTime();
  const iso = (ms: number): string => new Date(now + ms).toISOString();
  expectStatus(
    await org.post('/offers', {
      code: 'PRE',
      title: '预售',
      kind: 'presale',
      startsAt: iso(-HOUR_MS),
      endsAt: iso(DAY_MS),
      scope: { skus: ['PS'] },
      deposit: 1_000,
      expandsTo: 2_000,
      balanceFrom: iso(2 * DAY_MS),
      balanceTo: iso(4 * DAY_MS),
    }),
    201,
  );
  const { id } = await place(org, { lines: [{ sku: 'PS', quantity: 1 }] });
  const deposit = await pay(org, id);
  await app.settleDown();
  app.clock.at(new Date(now + 4 * DAY_MS));
  await app.settleDown();
  assert.equal((await orderOf(org, id)).presale.state, 'forfeited');
  assert.deepEqual(await postings('prepayments', id), [
    ['payment_succeeded', 1_000],
    ['deposit_kept', -1_000],
  ]);
  assert.deepEqual(await postings('forfeited_deposits', id), [['deposit_kept', 1_000]]);
  await sound();
  for (const amount of [400, 600]) {
    expectStatus(await org.post(`/payments/${deposit.id}/refunds`, { amount, reason: 'goodwill' }), 201);
    await app.settleDown();
    await sound();
  }
  // Refunds run by the system's clock, which this test has not moved: they stand before what the deadline did.
  assert.deepEqual((await postings('forfeited_deposits', id)).toSorted(), [
    ['deposit_given_back', -400],
    ['deposit_given_back', -600],
    ['deposit_kept', 1_000],
  ]);
  const left = (await postings('prepayments', id)).reduce((sum, [, amount]) => sum + amount, 0);
  assert.equal(left, 0);
});

test('PAY-4 finance and auditors read the books; service, warehouses and people of one shop do not', async () => {
  for (const [role, status] of [
    ['finance', 200],
    ['readonly', 200],
    ['agent', 403],
    ['agent_supervisor', 403],
    ['order_reviewer', 403],
    ['operations', 403],
    ['warehouse_manager', 403],
  ] as const) {
    const person = await app.person(org.code, [role]);
    assert.equal((await person.get('/ledger/trial-balance')).status, status, role);
  }
  const [shop] = (await org.get('/shops')).body.items;
  const ofOneShop = await app.person(org.code, ['finance'], { shops: [shop.id] });
  for (const path of ['trial-balance', 'accounts', 'accounts/clearing.sandbox/postings'])
    assert.equal((await ofOneShop.get(`/ledger/${path}`)).status, 403, path);
  const agent = await app.person(org.code, ['agent']);
  assert.equal((await agent.get('/payments?limit=1')).status, 200, 'payments they see as before');
});

test('PAY-4 the books are exported with both sides of every entry, in the order of days', async () => {
  const run = expectStatus(await org.post('/exports', { kind: 'ledger', format: 'csv' }), 202);
  await app.settleDown();
  const { status, downloadUrl } = expectStatus(await org.get(`/exports/${run.id}`), 200);
  assert.equal(status, 'done');
  const [head, ...lines] = String((await org.get(downloadUrl)).body)
    .replace('\uFEFF', '')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  assert.equal(
    head?.join(),
    'day,at,entry,kind,document,order_no,account,account_number,account_name,currency,debit,credit',
  );
  const [{ n } = { n: 0 }] = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ n: number }>('select count(*) as n from ledger.postings'),
  );
  assert.equal(lines.length, n);
  const sum = (column: number): number => lines.reduce((total, l) => total + Number(l[column]), 0);
  assert.equal(sum(10), sum(11));
  const [first] = lines;
  assert.deepEqual(first?.slice(6, 8), ['clearing.sandbox', '1012']);
  assert.match(first?.[8] ?? '', /sandbox|沙箱/);
  assert.deepEqual(first?.slice(9), ['CNY', '2000', '0']);
  assert.equal(lines[0]?.[2], lines[1]?.[2]);
  const days = lines.map((l) => String(l[0]));
  assert.deepEqual(days, days.toSorted());
  assert.equal((await org.post('/exports', { kind: 'ledger', filters: { from: 'yesterday' } })).status, 400);
});
