import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { localDate } from '#kernel/time.ts';
import { faults } from '#modules/payments/providers/sandbox/peer.ts';
import { type Answer, type Sender, stoppedClock, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, form, openShop, orderOf, pay, place } from './support/shop.ts';
import { billOf, type BillLine } from './support/wechat-bill.ts';

/** What two people decide about differences, as the books and the orders have it afterwards. */
const ZONE = 'Asia/Shanghai';
let app: TestApp;
let org: TestOrg;
let clerk: Sender & { id: string };
let chief: Sender & { id: string };
before(async () => {
  const clock = stoppedClock();
  clock.at(new Date(`${localDate(clock.now(), ZONE)}T12:00:00+08:00`));
  app = await testApp({ clock });
  org = await app.org('decided');
  clerk = await app.person('decided');
  chief = await app.person('decided');
  await openShop(org, [{ sku: 'A', price: 1_000, stock: { W1: 1_000 } }]);
});
after(() => app.close());
afterEach(async () => {
  assert.equal(expectStatus(await org.get('/ledger/trial-balance'), 200).balanced, true);
  assert.deepEqual(await app.faults(), []);
});

const today = (): string => localDate(app.clock.now(), ZONE);
const load = async (lines: readonly BillLine[]): Promise<Answer['body']> =>
  expectStatus(
    await org.post(
      '/reconciliations',
      form({ channel: 'sandbox', billDate: today() }, 'bill.csv', billOf(today(), lines)),
    ),
    201,
  );
const paid = async () => {
  const order = await place(org);
  const payment = await pay(org, order.id);
  return { orderId: order.id, id: payment.id, no: payment.paymentNo, ref: payment.channelRef, amount: payment.amount };
};
const lineOf = (p: Awaited<ReturnType<typeof paid>>): BillLine => ({ txn: p.ref, no: p.no, amount: p.amount });
/** Balances on the account's own side, and only of these accounts. */
const balances = async (...codes: string[]): Promise<number[]> => {
  const { accounts } = expectStatus(await org.get('/ledger/trial-balance'), 200);
  return codes.map((code) => accounts.find((a: { code: string }) => a.code === code)?.balance ?? 0);
};
const since = async (codes: string[], work: () => Promise<void>): Promise<number[]> => {
  const before = await balances(...codes);
  await work();
  return (await balances(...codes)).map((b, i) => b - (before[i] ?? 0));
};
const decide = async (id: string, action: string): Promise<Answer['body']> => {
  const at = `/reconciliation-differences/${id}`;
  expectStatus(await clerk.post(`${at}/propose`, { action, reason: '核对无误' }), 200);
  return expectStatus(await chief.post(`${at}/confirm`), 200);
};
const CHANNEL = 'clearing.sandbox';

test('PAY-5 what the channel kept for its services is booked with its bill, what it gave back too', async () => {
  const one = await paid();
  const moved = await since(['channel_fees', CHANNEL], async () => {
    await load([
      { ...lineOf(one), fee: 6 },
      { txn: 'F2', no: 'F2', amount: 5_000, fee: 30 },
    ]);
    await load([{ txn: 'F3', no: 'F3', amount: 800, fee: -4, refund: { txn: 'F3R', no: 'F3R' } }]);
  });
  assert.deepEqual(moved, [6 + 30 - 4, -(6 + 30 - 4)]);
});

test('PAY-5 money of nobody is put aside, then booked; written off it is a gain; reopened it is as before', async () => {
  const bill = await load([
    { txn: 'LONG-1', no: 'LONG-1', amount: 700 },
    { txn: 'LONG-2', no: 'LONG-2', amount: 55 },
  ]);
  const [first, second] = bill.differences;
  const codes = [CHANNEL, 'differences', 'suspense', 'difference_gains'];
  assert.deepEqual(await since(codes, async () => void (await decide(first.id, 'keep_pending'))), [700, -700, 0, 0]);
  assert.deepEqual(await since(codes, async () => void (await decide(first.id, 'add_booking'))), [0, 700, 700, 0]);
  assert.deepEqual(await since(codes, async () => void (await decide(second.id, 'write_off'))), [55, 0, 0, 55]);
  const reopen = async (id: string): Promise<void> =>
    void expectStatus(await chief.post(`/reconciliation-differences/${id}/reopen`, { note: '误操作' }), 200);
  assert.deepEqual(await since(codes, () => reopen(second.id)), [-55, 0, 0, -55]);
  assert.deepEqual(await since(codes, async () => void (await decide(second.id, 'write_off'))), [55, 0, 0, 55]);
  assert.deepEqual(await since(codes, () => reopen(first.id)), [-700, 0, -700, 0], 'both entries are taken back');
});

test('PAY-5 what a bill has as paid and we had not heard of pays its order, once, however many confirm', async () => {
  const order = await place(org);
  const { id } = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' }), 201);
  const open = (await org.get(`/payments/${id}`)).body;
  const bill = await load([{ txn: 'LATE-1', no: open.paymentNo, amount: open.amount }]);
  const [difference] = bill.differences;
  assert.deepEqual([difference.kind, difference.actual], ['status', 'success']);
  const moved = await since([CHANNEL, 'prepayments'], async () => {
    const at = `/reconciliation-differences/${difference.id}`;
    expectStatus(await clerk.post(`${at}/propose`, { action: 'add_booking', reason: '渠道已收款' }), 200);
    const answers = await Promise.all(Array.from({ length: 6 }, () => chief.post(`${at}/confirm`)));
    assert.equal(answers.filter((a) => a.status === 200).length, 1);
  });
  assert.deepEqual(moved, [open.amount, open.amount]);
  const now = (await org.get(`/payments/${id}`)).body;
  assert.deepEqual([now.status, now.accepted, now.channelRef], ['succeeded', true, 'LATE-1']);
  assert.equal((await orderOf(org, order.id)).status, 'paid');
});

test('PAY-5 a payment the channel never had is taken back: the order is owed it again, and no channel is asked to pay', async () => {
  const [gone, other] = [await paid(), await paid()];
  const bill = await load([lineOf(other)]);
  const short = bill.differences.find((d: { reference: string }) => d.reference === gone.no);
  const view = (await clerk.get(`/reconciliation-differences/${short.id}`)).body;
  assert.deepEqual(view.actions, ['reverse', 'keep_pending', 'write_off']);
  const moved = await since([CHANNEL, 'prepayments', 'refunds_in_transit'], async () => {
    await decide(short.id, 'reverse');
    await app.settleDown();
  });
  assert.deepEqual(moved, [-gone.amount, -gone.amount, 0]);
  const [refund] = (await org.get(`/payments/${gone.id}/refunds`)).body.items;
  assert.deepEqual([refund.kind, refund.status, refund.attempts], ['reversal', 'succeeded', 0]);
  const asked = await app.db.systemTx((tx) =>
    tx.query('select from payments.sandbox_refunds where org_id = $1 and refund_no = $2', [org.id, refund.refundNo]),
  );
  assert.equal(asked.length, 0, 'the channel was asked for nothing');
  assert.equal((await orderOf(org, gone.orderId)).refunded.amount, gone.amount);
  const next = await load([{ txn: 'FILLER', no: 'FILLER', amount: 1 }]);
  assert.ok(!next.differences.some((d: { reference: string }) => d.reference === refund.refundNo), 'no bill lacks it');
});

test('PAY-5 what was put aside comes back by itself when a later bill brings the missing side', async () => {
  const late = await paid();
  const bill = await load([{ txn: 'EARLY', no: 'EARLY', amount: 2 }]);
  const short = bill.differences.find((d: { reference: string }) => d.reference === late.no);
  const codes = [CHANNEL, 'differences'];
  assert.deepEqual(await since(codes, async () => void (await decide(short.id, 'keep_pending'))), [
    -late.amount,
    late.amount,
  ]);
  assert.deepEqual(await since(codes, async () => void (await load([lineOf(late)]))), [late.amount, -late.amount]);
  assert.equal((await clerk.get(`/reconciliation-differences/${short.id}`)).body.state, 'closed');
});

test('PAY-5 what the channel took too much is booked before it is given back', async () => {
  const one = await paid();
  const bill = await load([{ ...lineOf(one), amount: one.amount + 300 }]);
  const codes = [CHANNEL, 'prepayments', 'refunds_in_transit'];
  const moved = await since(codes, async () => {
    await decide(bill.differences[0].id, 'refund');
    await app.settleDown();
  });
  assert.deepEqual(moved, [0, 0, 0], 'it came and it went');
  const refunds = (await org.get(`/payments/${one.id}/refunds`)).body.items;
  assert.deepEqual(
    refunds.map((r: { amount: number; status: string }) => [r.amount, r.status]),
    [[300, 'succeeded']],
  );
});

test('PAY-5 a refund paid by hand is not looked for in the bill of a channel', async () => {
  const one = await paid();
  faults.refuseRefunds = 'account closed';
  expectStatus(await org.post(`/payments/${one.id}/refunds`, { amount: 100, reason: 'x' }), 201);
  await app.settleDown();
  faults.refuseRefunds = undefined;
  const [refund] = (await org.get(`/payments/${one.id}/refunds`)).body.items;
  assert.equal(refund.status, 'abnormal');
  const payout = { payee: { name: '王小明', account: '6222000000001234' }, bankReference: 'BANK-1' };
  expectStatus(await org.post(`/refunds/${refund.id}/resolve`, { outcome: 'paid_by_hand', payout }), 200);
  const bill = await load([lineOf(one), { txn: 'RX', no: 'RX', amount: 1, refund: { txn: 'RXR', no: 'RXR' } }]);
  assert.ok(!bill.differences.some((d: { reference: string }) => d.reference === refund.refundNo));
});
