import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';
import { DAY_MS } from '#kernel/time.ts';
import { faults } from '#modules/payments/providers/sandbox/peer.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { parcelsOf } from './support/parcels.ts';
import { type Customer, customerOf } from './support/portal.ts';
import { expectStatus, openShop } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let cs: Cases;
before(async () => {
  app = await testApp({ poolMax: 30 });
  org = await app.org();
  await app.person('shop');
  cs = casesOf(org, parcelsOf(app, org));
  await openShop(org, [{ sku: 'A', price: 1000, stock: { W1: 1000 } }]);
});
after(() => app.close());
afterEach(async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), [], 'every invariant holds after every test');
});

let buyers = 0;
/** A repair that is quoted; its customer, signed in; and the order it is about. */
async function quoted(amount: number): Promise<{ id: string; orderId: string; customer: Customer }> {
  buyers += 1;
  const externalId = `mended-${buyers}`;
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }], { customer: { externalId } });
  const line = { lineId: order.lines[0].id, quantity: 1 };
  const opened = await cs.open(order.id, 'repair', [line], { reason: 'other' });
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line], { disposition: 'repair' });
  await cs.act(opened.id, 'quote', { amount, note: '更换屏幕' });
  return { id: opened.id, orderId: order.id, customer: await customerOf(app, org, externalId) };
}
async function accepted(amount: number) {
  const made = await quoted(amount);
  await cs.act(made.id, 'answer-quote', { answer: 'accept' });
  return made;
}
const openPayment = async (id: string): Promise<Body> =>
  expectStatus(await org.post(`/after-sales/${id}/fee/payments`, { channel: 'sandbox' }), 201);
const settle = async (paymentId: string, more: object = {}): Promise<Body> =>
  expectStatus(await org.post(`/sandbox/payments/${paymentId}/settle`, { outcome: 'success', ...more }), 200);
const payNow = async (id: string): Promise<Body> => {
  const made = await openPayment(id);
  await settle(made.id);
  return expectStatus(await org.get(`/payments/${made.id}`), 200);
};
const paymentsOf = async (id: string): Promise<Body[]> =>
  expectStatus(await org.get(`/payments?subject=${id}&limit=50`), 200).items;
/** State, what was paid, what went back, what is due, and whether the next step waits for it. */
async function fee(id: string): Promise<unknown[]> {
  const { repair } = await cs.view(id);
  const f = repair.fee;
  return [f.status, f.paid.amount, f.refunded.amount, f.due.amount, f.waits];
}
/** What stands on an account: credits less debits. */
async function booked(account: string): Promise<number> {
  const { items } = expectStatus(await org.get('/ledger/accounts'), 200) as { items: Body[] };
  return items.filter((a) => a.code === account).reduce((n, a) => n + a.credit - a.debit, 0);
}
const entries = async (): Promise<[string, number, number][]> =>
  expectStatus(await org.get('/ledger/accounts/repair_fees/postings'), 200)
    .items.map((p: Body) => [p.kind, p.debit, p.credit])
    .toSorted();
const put = async (values: object): Promise<void> => {
  expectStatus(await org.api('PUT', '/settings/aftersales', { values }), 200);
};

test('AFT-7 a customer accepts a quote and pays it on the portal; it is earned when the repair is finished', async () => {
  const { id, orderId, customer } = await quoted(300);
  const before = { income: await booked('repair_fees'), owed: await booked('prepayments') };
  const agreed = expectStatus(await customer.post(`/portal/after-sales/${id}/answer-quote`, { answer: 'accept' }), 200);
  assert.deepEqual([agreed.status, agreed.repair.fee.status, agreed.repair.fee.due.amount], ['repairing', 'due', 300]);
  assert.ok(agreed.may.includes('pay_fee'));
  assert.deepEqual([agreed.dueKind, agreed.overdue], ['fee', false]);
  const early = await org.post(`/after-sales/${id}/finish-repair`, {});
  assert.deepEqual(
    [early.status, early.body.code, early.body.fee],
    [409, 'fee_not_paid', { amount: 300, currency: 'CNY' }],
  );
  const options = expectStatus(await customer.get(`/portal/after-sales/${id}/payment-options`), 200);
  assert.ok(options.items.some((o: Body) => o.channel === 'sandbox'));
  const made = expectStatus(await customer.post(`/portal/after-sales/${id}/payments`, { channel: 'sandbox' }), 201);
  const { no } = await cs.view(id);
  assert.deepEqual([made.amount, made.subjectId, made.subjectKind, made.orderNo], [300, id, 'repair_fee', no]);
  await settle(made.id, { times: 5 });
  assert.deepEqual(await fee(id), ['paid', 300, 0, 0, false]);
  const seen = await cs.view(id);
  assert.deepEqual(
    [seen.dueKind, seen.may.includes('pay_fee'), seen.may.includes('finish_repair')],
    [null, false, true],
  );
  const again = await customer.post(`/portal/after-sales/${id}/payments`, { channel: 'sandbox' });
  assert.deepEqual([again.status, again.body.code], [409, 'fee_not_due']);
  assert.equal(await booked('repair_fees'), before.income, 'not earned before it works again');
  assert.equal(await booked('prepayments'), before.owed + 300);
  await cs.act(id, 'finish-repair', {});
  assert.equal(await booked('repair_fees'), before.income + 300);
  assert.equal(await booked('prepayments'), before.owed);
  const done = await cs.act(id, 'execute', { carrier: 'sf', waybillNo: 'SF7777777777777' });
  assert.deepEqual([done.status, done.repair.fee.status], ['done', 'paid']);
  const told = expectStatus(await customer.get(`/portal/orders/${orderId}/timeline`), 200).items as Body[];
  assert.deepEqual(
    told.map((e) => e.summary).filter((s) => /[Rr]epair fee/.test(s)),
    ['Repair fee paid: ¥3.00'],
  );
});

test('AFT-7 twenty payments of one fee at once settle it once, and nineteen go back', async () => {
  const { id } = await accepted(700);
  const made: Body[] = [];
  for (let i = 0; i < 20; i += 1) made.push(await openPayment(id));
  const tooMany = await org.post(`/after-sales/${id}/fee/payments`, { channel: 'sandbox' });
  assert.equal(tooMany.body.code, 'too_many_open_payments');
  await Promise.all(made.map((p) => settle(p.id, { times: 2 })));
  assert.deepEqual(await fee(id), ['paid', 700, 0, 0, false]);
  await app.settleDown();
  const all = await paymentsOf(id);
  assert.equal(all.filter((p) => p.status === 'succeeded' && p.accepted).length, 1);
  const unwanted = all.filter((p) => p.accepted === false);
  assert.equal(unwanted.length, 19);
  assert.ok(unwanted.every((p) => p.refundedAmount === 700));
  assert.deepEqual(await fee(id), ['paid', 700, 0, 0, false], 'what went back was never the fee');
});

test('AFT-7 a wrong amount or currency pays no fee and goes back whole', async () => {
  const { id } = await accepted(900);
  for (const wrong of [{ amount: 899 }, { amount: 901 }, { currency: 'USD' }]) {
    const made = await openPayment(id);
    await settle(made.id, wrong);
    await app.settleDown();
    const seen = expectStatus(await org.get(`/payments/${made.id}`), 200);
    assert.deepEqual([seen.accepted, seen.refundedAmount], [false, wrong.amount ?? 900]);
    assert.deepEqual(await fee(id), ['due', 0, 0, 900, true]);
  }
  assert.equal((await payNow(id)).accepted, true);
});

test('AFT-7 a repair that is given up gives back what was paid, and what arrives afterwards goes back by itself', async () => {
  const income = await booked('repair_fees');
  const paid = await accepted(400);
  await payNow(paid.id);
  const late = await accepted(500);
  const open = await openPayment(late.id);
  const refused = await paid.customer.post(`/portal/after-sales/${paid.id}/give-up-repair`, {});
  assert.equal(refused.status, 403, 'once it is paid, who mends it says whether it is given up');
  const view = await cs.act(paid.id, 'give-up-repair', { note: '主板无货' });
  assert.deepEqual([view.status, view.note, view.repair.fee.status], ['declined', '主板无货', 'cancelled']);
  const given = expectStatus(await late.customer.post(`/portal/after-sales/${late.id}/give-up-repair`, {}), 200);
  assert.equal(given.status, 'declined');
  await settle(open.id); // the customer had the page of the channel open
  await app.settleDown();
  assert.deepEqual(await fee(paid.id), ['cancelled', 400, 400, 0, false]);
  assert.deepEqual(await fee(late.id), ['cancelled', 0, 0, 0, false]);
  const [back] = await paymentsOf(late.id);
  assert.deepEqual([back.accepted, back.refundedAmount], [false, 500]);
  assert.equal(await booked('repair_fees'), income);
  for (const { id } of [paid, late]) assert.equal((await cs.act(id, 'execute', {})).status, 'done');
});

test('AFT-7 a quote made anew counts what was paid: the difference is owed, goes back, or all of it does', async () => {
  const { id } = await accepted(300);
  await payNow(id);
  const stale = await accepted(300);
  const old = await openPayment(stale.id);
  await cs.act(stale.id, 'quote', { amount: 450 });
  await settle(old.id); // while the new quote is not answered nothing is wanted
  await app.settleDown();
  assert.deepEqual(await fee(stale.id), ['held', 0, 0, 0, false]);
  await cs.act(stale.id, 'answer-quote', { answer: 'decline' });
  assert.deepEqual(await fee(stale.id), ['cancelled', 0, 0, 0, false]);

  await cs.act(id, 'quote', { amount: 500 });
  assert.deepEqual(await fee(id), ['held', 300, 0, 0, false]);
  await cs.act(id, 'answer-quote', { answer: 'accept' });
  assert.deepEqual(await fee(id), ['due', 300, 0, 200, true]);
  assert.equal((await payNow(id)).amount, 200);
  await cs.act(id, 'quote', { amount: 100 });
  await cs.act(id, 'answer-quote', { answer: 'accept' });
  await app.settleDown();
  assert.deepEqual(await fee(id), ['paid', 500, 400, 0, false], 'what is more than the new fee is back');
  await cs.act(id, 'quote', { amount: 250 });
  app.clock.pass(8 * DAY_MS); // nobody answers: it counts as declined
  await app.settleDown();
  assert.deepEqual(await fee(id), ['cancelled', 500, 500, 0, false]);
});

test('AFT-7 a fee that is given back after it was earned is earned no longer', async () => {
  const { id } = await accepted(800);
  const payment = await payNow(id);
  await cs.act(id, 'finish-repair', {});
  const income = await booked('repair_fees');
  expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: 300, reason: '补偿' }), 201);
  await app.settleDown();
  assert.equal(await booked('repair_fees'), income - 300);
  assert.deepEqual(await fee(id), ['paid', 800, 300, 0, false], 'and is not owed again');
  assert.deepEqual(
    (await entries()).filter(([, debit, credit]) => debit === 300 || credit === 800),
    [
      ['repair_fee_earned', 0, 800],
      ['repair_fee_given_back', 300, 0],
    ],
  );
});

test('AFT-7 an organisation says what waits for the fee: the end of the repair, the way back, or nothing', async () => {
  try {
    await put({ repairWaitsForFee: 'send_back' });
    const later = await accepted(200);
    assert.equal((await cs.act(later.id, 'finish-repair', {})).status, 'repaired');
    assert.deepEqual(await fee(later.id), ['due', 0, 0, 200, true]);
    const early = await org.post(`/after-sales/${later.id}/execute`, {});
    assert.equal(early.body.code, 'fee_not_paid');
    const income = await booked('repair_fees');
    await payNow(later.id);
    assert.equal(await booked('repair_fees'), income + 200, 'earned as it comes, for it is mended already');
    assert.equal((await cs.act(later.id, 'execute', {})).status, 'done');

    await put({ repairWaitsForFee: 'never' });
    const never = await accepted(200);
    await cs.act(never.id, 'finish-repair', {});
    assert.equal((await cs.act(never.id, 'execute', {})).status, 'done');
    assert.deepEqual(await fee(never.id), ['due', 0, 0, 200, false]);
    assert.equal((await payNow(never.id)).accepted, true, 'it can be paid when the goods are home');
    assert.equal(await booked('repair_fees'), income + 400);
  } finally {
    await put({ repairWaitsForFee: 'finish' });
  }
});

test('AFT-7 staff note what was paid outside: nothing is owed any more, and a payment that still comes goes back', async () => {
  const { id } = await accepted(600);
  const open = await openPayment(id);
  const income = await booked('repair_fees');
  const finished = await cs.act(id, 'finish-repair', { feeReference: '现金 0012' });
  assert.deepEqual([finished.status, finished.repair.paidBy, finished.dueKind], ['repaired', '现金 0012', null]);
  assert.deepEqual(await fee(id), ['outside', 0, 0, 0, false]);
  await settle(open.id);
  await app.settleDown();
  assert.equal((await paymentsOf(id))[0].refundedAmount, 600);
  assert.equal(await booked('repair_fees'), income, 'cash at the counter is not in these books');
  assert.equal((await cs.act(id, 'execute', {})).status, 'done');
});

test('AFT-7 nobody else pays for, sees or gives up a customer’s repair, and staff need to be allowed to', async () => {
  const { id } = await accepted(100);
  const other = await customerOf(app, org, 'somebody-else');
  await cs.delivered([{ sku: 'A', quantity: 1 }], { customer: { externalId: 'somebody-else' } });
  for (const [path, body] of [
    ['payments', { channel: 'sandbox' }],
    ['give-up-repair', {}],
  ] as const)
    assert.equal((await other.post(`/portal/after-sales/${id}/${path}`, body)).body.code, 'case_not_found');
  assert.equal((await other.get(`/portal/after-sales/${id}/payment-options`)).body.code, 'case_not_found');
  const store = await app.person('shop', ['warehouse']);
  assert.equal((await store.post(`/after-sales/${id}/fee/payments`, { channel: 'sandbox' })).status, 403);
  const agent = await app.person('shop', ['agent']);
  expectStatus(await agent.post(`/after-sales/${id}/fee/payments`, { channel: 'sandbox' }), 201);
  const second = expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const elsewhere = await app.person('shop', ['agent'], { shops: [second.id] });
  assert.equal((await elsewhere.post(`/after-sales/${id}/fee/payments`, { channel: 'sandbox' })).status, 404);
  assert.equal((await elsewhere.get(`/payments/options?subject=${id}`)).status, 404);
  assert.equal((await elsewhere.get(`/payments?subject=${id}`)).status, 403);
  await cs.act(id, 'give-up-repair');
});

test('AFT-7 a fee whose refund is abandoned stays where it is, and finance gives it back another way', async () => {
  const { id } = await accepted(350);
  const payment = await payNow(id);
  faults.refuseRefunds = 'no money left';
  try {
    await cs.act(id, 'give-up-repair');
    await app.settleDown();
  } finally {
    faults.refuseRefunds = undefined;
  }
  const [refund] = expectStatus(await org.get(`/payments/${payment.id}/refunds`), 200).items;
  assert.equal(refund.status, 'abnormal');
  expectStatus(await org.post(`/refunds/${refund.id}/resolve`, { outcome: 'abandoned' }), 200);
  await app.settleDown();
  assert.deepEqual(await fee(id), ['cancelled', 350, 0, 0, false]);
  assert.deepEqual(await app.faults(), []);
  expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: 350, reason: '重新退' }), 201);
  await app.settleDown();
  assert.deepEqual(await fee(id), ['cancelled', 350, 350, 0, false]);
});

test('AFT-7 the database refuses a fee that gives back or earns more than came', async () => {
  const { id } = await accepted(100);
  await payNow(id);
  for (const broken of ['refunded = 101', 'earned = 100', "paid = 99, state = 'paid'", 'amount = 0'])
    await assert.rejects(
      app.db.inTx({ orgId: org.id }, (tx) =>
        tx.query(`update aftersales.repair_fees set ${broken} where case_id = $1`, [id]),
      ),
      /violates check constraint/,
      broken,
    );
  await app.db.inTx({ orgId: org.id }, (tx) =>
    tx.query('update aftersales.repair_fees set paid = 150 where case_id = $1', [id]),
  );
  assert.match((await app.faults()).join('\n'), /150\/0\/0 is not 100\/0\/0/, 'doctor says what the books say');
  await app.db.inTx({ orgId: org.id }, (tx) =>
    tx.query('update aftersales.repair_fees set paid = 100 where case_id = $1', [id]),
  );
});

test('AFT-7 repairs that were under way when fees came to be collected owe theirs, or have it noted as paid', async () => {
  const [owing, noted] = [await accepted(120), await accepted(130)];
  await cs.act(noted.id, 'finish-repair', { feeReference: '现金 0013' });
  const file = new URL('../src/modules/aftersales/migrations/0040-repair-fees.sql', import.meta.url);
  const sql = await readFile(file, 'utf8');
  const statement = sql.slice(sql.lastIndexOf('insert into aftersales.repair_fees'));
  await app.db.systemTx(async (tx) => {
    await tx.query('delete from aftersales.repair_fees where case_id = any ($1)', [[owing.id, noted.id]]);
    await tx.query(`${statement.trimEnd().replace(/;$/, '')} and id in ('${owing.id}', '${noted.id}')`);
  });
  assert.deepEqual(await fee(owing.id), ['due', 0, 0, 120, true]);
  assert.deepEqual(await fee(noted.id), ['outside', 0, 0, 0, false]);
  assert.equal((await payNow(owing.id)).accepted, true);
  assert.equal((await cs.act(noted.id, 'execute', {})).status, 'done');
});
