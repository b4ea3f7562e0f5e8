import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { refundAll, refundSubject } from './index.ts';
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
