import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { compensateSubject, refundAll, refundSubject } from './index.ts';
import { faults } from './providers/sandbox/peer.ts';
import { calm, clientOf } from './testing/client.ts';
import { type Harness, startHarness } from './testing/harness.ts';

let h: Harness;
let client: ReturnType<typeof clientOf>;
before(async () => {
  h = await startHarness();
  client = clientOf(h);
});
after(() => h.close());
afterEach(async () => {
  calm();
  assert.deepEqual(await h.faults(), [], 'every invariant holds after every test');
});

test('PAY-3 partial refunds are repeated up to the payment and not beyond', async () => {
  const { subjectId, id } = await client.paid(2_000);
  const path = `/api/v1/payments/${id}/refunds`;
  const first = await h.post(path, { amount: 700, reason: '少发一件' });
  assert.deepEqual([first.status, first.body.status, first.body.amount], [201, 'requested', 700]);
  const tooMuch = await h.post(path, { amount: 1_301, reason: 'x' });
  assert.deepEqual(
    [tooMuch.status, tooMuch.body.code, tooMuch.body.left],
    [422, 'refund_exceeds_payment', { amount: 1_300, currency: 'CNY' }],
  );
  assert.equal((await h.post(path, { amount: 1_300, reason: 'rest' })).status, 201);
  assert.equal((await h.post(path, { amount: 1, reason: 'x' })).status, 422);
  await h.settleDown();
  assert.deepEqual(
    (await client.refunds(id)).map((r: any) => r.status),
    ['succeeded', 'succeeded'],
  );
  assert.equal((await client.payment(id)).refundedAmount, 2_000);
  assert.equal((await h.readSubject(subjectId)).refunded, 2_000);
});

test('PAY-3 only what has been paid can be refunded', async () => {
  const made = await h.pay(await h.subject(2_100));
  const refused = await h.post(`/api/v1/payments/${made.id}/refunds`, { amount: 1, reason: 'x' });
  assert.deepEqual([refused.status, refused.body.code], [409, 'payment_not_succeeded']);
  for (const bad of [{ amount: 0 }, { amount: -5 }, { amount: 1.5 }, {}]) {
    assert.equal((await h.post(`/api/v1/payments/${made.id}/refunds`, { reason: 'x', ...bad })).status, 400);
  }
});

test('PAY-3 fifty concurrent refunds never exceed the payment', async () => {
  const { subjectId, id } = await client.paid(1_000);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => h.post(`/api/v1/payments/${id}/refunds`, { amount: 90, reason: 'race' })),
  );
  assert.deepEqual(
    [answers.filter((a) => a.status === 201).length, answers.filter((a) => a.status === 422).length],
    [11, 39],
  );
  await h.settleDown();
  assert.equal((await client.payment(id)).refundedAmount, 990);
  assert.equal((await h.readSubject(subjectId)).refunded, 990);
});

test('PAY-3 the table itself refuses refunds above the payment', async () => {
  const { id } = await client.paid(100);
  const beyond = h.db.inTx(h, (tx) =>
    tx.query('update payments.payments set refunding_amount = 101 where id = $1', [id]),
  );
  await assert.rejects(beyond, { code: '23514' });
});

test('PAY-3 a refund whose answer is lost is asked about, and paid once', async () => {
  const { id } = await client.paid(2_200);
  await client.dueNow();
  await h.settleDown(); // nothing but the refund is left to talk to the channel
  await h.post(`/api/v1/payments/${id}/refunds`, { amount: 2_200, reason: 'x' });
  faults.dropReplies = 2; // the channel pays, and its answer is lost; then the question's answer is lost too
  for (let i = 0; i < 3; i += 1) {
    await h.settleDown();
    await client.dueNow();
  }
  const [refund] = await client.refunds(id);
  assert.deepEqual([refund.status, refund.attempts], ['succeeded', 3]);
  const peer = await h.db.read(h, (tx) =>
    tx.query<{ amount: number }>('select amount from payments.sandbox_refunds where refund_no = $1', [refund.refundNo]),
  );
  assert.deepEqual(
    peer.map((p) => p.amount),
    [2_200],
  );
});

test('PAY-3 a refund in processing is asked about until it is done', async () => {
  const { id } = await client.paid(2_300);
  faults.slowRefunds = true;
  await h.post(`/api/v1/payments/${id}/refunds`, { amount: 300, reason: 'x' });
  await h.settleDown();
  assert.equal((await client.refunds(id))[0].status, 'processing');
  faults.slowRefunds = false;
  await client.dueNow();
  await h.settleDown();
  assert.equal((await client.refunds(id))[0].status, 'succeeded');
});

test('PAY-3 a refund the channel refuses waits for a person, holding its amount', async () => {
  const { id } = await client.paid(2_400);
  faults.refuseRefunds = 'account closed';
  await h.post(`/api/v1/payments/${id}/refunds`, { amount: 2_400, reason: 'x' });
  await h.settleDown();
  const [refund] = await client.refunds(id);
  assert.deepEqual(
    [refund.status, refund.failure, refund.may],
    ['abnormal', 'account closed', ['take', 'retry', 'pay_by_hand', 'abandon']],
  );
  assert.deepEqual(
    (await h.get('/api/v1/refunds?status=abnormal')).body.items.map((r: any) => r.id),
    [refund.id],
  );
  assert.equal((await h.post(`/api/v1/payments/${id}/refunds`, { amount: 1, reason: 'x' })).status, 422);
  assert.equal((await h.post(`/api/v1/refunds/${refund.id}/retry`, {})).body.status, 'requested');
  await h.settleDown();
  assert.equal((await h.post(`/api/v1/refunds/${refund.id}/resolve`, { outcome: 'abandoned' })).body.status, 'failed');
  assert.equal((await h.post(`/api/v1/refunds/${refund.id}/resolve`, { outcome: 'abandoned' })).status, 409);
  faults.refuseRefunds = undefined;
  assert.equal((await h.post(`/api/v1/payments/${id}/refunds`, { amount: 2_400, reason: 'again' })).status, 201);
  await h.settleDown();
  assert.equal((await client.payment(id)).refundedAmount, 2_400);
});

test('PAY-3 a cancelled order gives everything back, from payment to payment', async () => {
  const subjectId = await h.subject(3_000);
  const [a, b] = [await h.pay(subjectId, 1_000), await h.pay(subjectId, 2_000)];
  await client.settle(a.id, 'success');
  await client.settle(b.id, 'success');
  await h.db.inTx(h, (tx) => refundSubject(tx, h.ctx(), subjectId, { amount: 1_200, reason: 'part' }));
  await assert.rejects(
    h.db.inTx(h, (tx) => refundSubject(tx, h.ctx(), subjectId, { amount: 1_801, reason: 'x' })),
    /refund_exceeds_payment/,
  );
  const rest = await h.db.inTx(h, (tx) => refundAll(tx, h.ctx(), subjectId, '订单取消'));
  assert.deepEqual(
    rest.map((r) => [r.paymentId, r.amount, r.kind]),
    [[b.id, 1_800, 'cancel']],
  );
  assert.deepEqual(await h.db.inTx(h, (tx) => refundAll(tx, h.ctx(), subjectId, 'again')), []);
  await h.settleDown();
  assert.equal((await h.readSubject(subjectId)).refunded, 3_000);
});

test('AFT-10 a compensation goes through the channel out of our own pocket; all that was paid can still be given back', async () => {
  const { subjectId, id } = await client.paid(10_000);
  const made = await h.db.inTx({ orgId: h.orgId }, (tx) =>
    compensateSubject(tx, h.ctx(), subjectId, { most: 1_000, reason: '致歉' }),
  );
  assert.deepEqual(
    made.map((m) => m.amount),
    [1_000],
  );
  await h.settleDown();
  assert.deepEqual(
    (await client.refunds(id)).map((r: any) => [r.kind, r.status, r.amount]),
    [['compensation', 'succeeded', 1_000]],
  );
  const payment = await client.payment(id);
  assert.deepEqual([payment.refundedAmount, payment.refundingAmount], [0, 0]); // the order stays paid
  assert.equal((await h.readSubject(subjectId)).refunded, 0);
  const path = `/api/v1/payments/${id}/refunds`;
  const refused = await h.post(path, { amount: 10_000, reason: 'x' });
  assert.deepEqual([refused.status, refused.body.left.amount], [422, 9_000]); // in one go the channel has not got so much
  await h.db.inTx({ orgId: h.orgId }, (tx) =>
    refundSubject(tx, h.ctx(), subjectId, { amount: 10_000, reason: '退货' }),
  );
  await h.settleDown();
  assert.deepEqual(
    (await client.refunds(id)).filter((r: any) => r.kind === 'manual').map((r: any) => [r.status, r.amount, r.failure]),
    [
      ['abnormal', 1_000, 'compensated'],
      ['succeeded', 9_000, null],
    ],
  );
  const rest = (await client.refunds(id)).find((r: any) => r.status === 'abnormal');
  const payout = {
    payee: { name: '王小明', bank: '招商银行', account: '6225880112345678' },
    bankReference: 'B-AFT10',
    note: '赔付后通道余额不足',
  };
  assert.equal((await h.post(`/api/v1/refunds/${rest.id}/resolve`, { outcome: 'paid_by_hand', payout })).status, 200);
  assert.equal((await h.readSubject(subjectId)).refunded, 10_000);
  assert.equal((await client.payment(id)).refundedAmount, 10_000);
  const more = await h.db.inTx({ orgId: h.orgId }, (tx) =>
    compensateSubject(tx, h.ctx(), subjectId, { most: 1, reason: 'x' }),
  );
  assert.deepEqual(more, []);
});

test('AFT-10 a compensation given up gives the channel its room back; fifty at once never exceed what was paid', async () => {
  const { subjectId, id } = await client.paid(1_000);
  const each = await Promise.all(
    Array.from({ length: 50 }, () =>
      h.db.inTx({ orgId: h.orgId }, async (tx) => {
        await tx.query('select 1 from public.subjects where id = $1 for update', [subjectId]);
        return compensateSubject(tx, h.ctx(), subjectId, { most: 90, reason: 'race' });
      }),
    ),
  );
  assert.equal(
    each.flat().reduce((sum, m) => sum + m.amount, 0),
    1_000,
  );
  await h.settleDown();
  assert.equal((await client.payment(id)).refundedAmount, 0);
});
