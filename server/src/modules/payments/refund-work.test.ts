import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { refundSubject } from './index.ts';
import { payoutOf } from './testing/client.ts';
import { type Rig, startWorld, type World } from './testing/real-channels.ts';

let w: World;
let [wechat, alipay, unionpay] = [{} as Rig, {} as Rig, {} as Rig];
before(async () => {
  w = await startWorld();
  [wechat, alipay, unionpay] = w.rigs as [Rig, Rig, Rig];
});
after(() => w.close());
afterEach(async () => {
  w.calm();
  assert.deepEqual(await w.h.faults(), [], 'every invariant holds after every test');
});

const refund = (paymentId: string, amount: number, who?: string) =>
  w.h.post(`/api/v1/payments/${paymentId}/refunds`, { amount, reason: '少发一件' }, who);
const show = async (id: string) => (await w.h.get(`/api/v1/refunds/${id}`)).body;
const first = async (paymentId: string) => (await w.client.refunds(paymentId))[0];
const pendingApproval = async (): Promise<string> =>
  (await w.h.get('/api/v1/approvals?view=all&state=pending')).body.items[0].id;

for (const code of ['wechat', 'alipay', 'unionpay'] as const) {
  const rigOf = (): Rig => ({ wechat, alipay, unionpay })[code];

  test(`PAY-3 ${code}: partial refunds go back under one number each, however often an answer is lost`, async () => {
    const rig = rigOf();
    const made = await w.paid(rig, 3_000);
    await w.soon();
    assert.equal((await refund(made.id, 1_000)).status, 201);
    rig.faults.dropReplies = 2; // it is paid and its answer is lost, and so is that to the question after
    await w.soon(4);
    assert.equal((await first(made.id)).status, 'succeeded');
    assert.equal((await refund(made.id, 2_000)).status, 201);
    rig.faults.errors = 1;
    await w.soon(3);
    assert.deepEqual([rig.refunded(made.paymentNo), (await w.client.payment(made.id)).refundedAmount], [3_000, 3_000]);
    assert.equal((await refund(made.id, 1)).status, 422);
  });

  test(`PAY-3 ${code}: a refund that is worked on is asked about; what the channel refuses for good waits for a person`, async () => {
    const rig = rigOf();
    const made = await w.paid(rig, 3_001);
    rig.faults.slowRefunds = true;
    await refund(made.id, 1_000);
    await w.soon(2);
    assert.equal((await first(made.id)).status, 'processing');
    rig.faults.slowRefunds = false;
    await w.soon(2);
    assert.equal((await first(made.id)).status, 'succeeded');
    rig.faults.refuseRefunds = code === 'wechat' ? 'NOT_ENOUGH' : 'ACQ.SELLER_BALANCE_NOT_ENOUGH';
    await refund(made.id, 500);
    await w.soon(1);
    const abnormal = await first(made.id);
    assert.equal(abnormal.status, 'abnormal');
    assert.match(abnormal.failure, /NOT_ENOUGH/);
    rig.faults.refuseRefunds = undefined; // the account was topped up
    await w.h.post(`/api/v1/refunds/${abnormal.id}/retry`, {});
    await w.soon(2);
    assert.deepEqual([(await show(abnormal.id)).status, rig.refunded(made.paymentNo)], ['succeeded', 1_500]);
  });
}

test('PAY-3 codes of Alipay that decide nothing are asked again, never taken for a refusal', async () => {
  const made = await w.paid(alipay, 3_002);
  alipay.faults.refuseRefunds = 'ACQ.SYSTEM_ERROR';
  await refund(made.id, 100);
  await w.soon(2);
  assert.equal((await first(made.id)).status, 'processing');
  alipay.faults.refuseRefunds = undefined;
  await w.soon(2);
  assert.equal((await first(made.id)).status, 'succeeded');
});

test('PAY-3 unionpay: a callback completes a refund once, or makes it wait for a person', async () => {
  const made = await w.paid(unionpay, 3_100);
  unionpay.faults.slowRefunds = true;
  for (const amount of [1_000, 500]) await refund(made.id, amount);
  await w.soon(1);
  const [small, large] = await w.client.refunds(made.id);
  assert.deepEqual([small.status, large.status], ['processing', 'processing']);
  const peer = (no: string) => w.unionpay.books.backs.get(no);
  Object.assign(peer(large.refundNo) ?? {}, { state: 'done' });
  assert.deepEqual(new Set(await w.unionpay.tell(large.refundNo, { times: 20 })), new Set([200]));
  assert.equal((await show(large.id)).status, 'succeeded');
  Object.assign(peer(small.refundNo) ?? {}, { state: 'refused' });
  assert.deepEqual(await w.unionpay.tell(small.refundNo), [200]);
  assert.deepEqual(
    [(await show(small.id)).status, (await show(small.id)).failure],
    ['abnormal', 'unionpay: 51 成功[0000000]'],
  );
  assert.equal((await w.client.payment(made.id)).refundedAmount, 1_000);
});

test('PAY-3 one refund of an order is spread over what was paid by two channels', async () => {
  const subjectId = await w.h.subject(5_000);
  const a = await w.paid(wechat, 2_000, subjectId);
  const b = await w.paid(alipay, 3_000, subjectId);
  const made = await w.h.db.inTx(w.h, (tx) =>
    refundSubject(tx, w.h.ctx(), subjectId, { amount: 3_500, reason: '退货' }),
  );
  assert.deepEqual(
    made.map((r) => r.amount),
    [2_000, 1_500],
  );
  await w.soon();
  assert.deepEqual([wechat.refunded(a.paymentNo), alipay.refunded(b.paymentNo)], [2_000, 1_500]);
  assert.equal((await w.h.readSubject(subjectId)).refunded, 3_500);
});

test('PAY-3 wechat: a callback completes a refund once, or makes it abnormal; foreign amounts do nothing', async () => {
  const made = await w.paid(wechat, 3_003);
  wechat.faults.slowRefunds = true;
  for (const amount of [1_000, 500]) await refund(made.id, amount);
  await w.soon(1);
  const [small, large] = await w.client.refunds(made.id);
  assert.deepEqual(await w.wechat.endRefund(large.refundNo, 'SUCCESS', { amount: 999 }), [200]);
  assert.equal((await show(large.id)).status, 'processing');
  assert.deepEqual(new Set(await w.wechat.endRefund(large.refundNo, 'SUCCESS', { times: 20 })), new Set([200]));
  assert.equal((await show(large.id)).status, 'succeeded');
  assert.deepEqual(await w.wechat.endRefund(small.refundNo, 'ABNORMAL'), [200]);
  assert.deepEqual([(await show(small.id)).status, (await show(small.id)).failure], ['abnormal', 'wechat: ABNORMAL']);
  assert.deepEqual(await w.wechat.endRefund(small.refundNo, 'SUCCESS'), [200], 'paid after all');
  assert.equal((await show(small.id)).status, 'succeeded');
  assert.equal((await w.client.payment(made.id)).refundedAmount, 1_500);
  const said = await w.client.verdicts(made.id);
  assert.deepEqual(
    [said.filter((v) => v === 'wrong_amount').length, said.filter((v) => v === 'duplicate').length],
    [1, 19],
  );
});

test('PAY-3 a refund above one’s own limit waits for another person, and holds its amount meanwhile', async () => {
  const made = await w.paid(wechat, 3_004);
  assert.equal((await refund(made.id, 100, 'junior')).body.status, 'requested', 'up to the limit at once');
  const asked = await refund(made.id, 2_000, 'junior');
  assert.deepEqual([asked.status, asked.body.status], [201, 'awaiting_approval']);
  assert.equal((await refund(made.id, 1_000)).status, 422, 'what waits is not there to be refunded again');
  await w.soon(1);
  assert.equal(wechat.refunded(made.paymentNo), 100, 'nothing is sent before');
  const approval = await pendingApproval();
  const decide = (who: string) => w.h.post(`/api/v1/approvals/${approval}/approve`, {}, who);
  assert.equal((await decide('junior')).status, 403, 'nobody approves what they asked for');
  assert.equal((await decide('second')).status, 200);
  await w.soon(1);
  assert.deepEqual([(await show(asked.body.id)).status, wechat.refunded(made.paymentNo)], ['succeeded', 2_100]);
});

test('PAY-3 what is rejected, withdrawn or decided by nobody in time is free to be refunded again', async () => {
  const made = await w.paid(wechat, 3_005);
  const ends: ((approval: string) => Promise<unknown>)[] = [
    (id) => w.h.post(`/api/v1/approvals/${id}/reject`, { note: '金额不符' }, 'second'),
    (id) => w.h.post(`/api/v1/approvals/${id}/withdraw`, {}, 'junior'),
    async () => {
      w.h.clock.offsetMs = 8 * 86_400_000;
      await w.h.sweep();
      w.h.clock.offsetMs = 0;
    },
  ];
  for (const end of ends) {
    const asked = await refund(made.id, 3_005, 'junior');
    await end(await pendingApproval());
    await w.h.settleDown();
    assert.deepEqual(
      [(await show(asked.body.id)).status, (await w.client.payment(made.id)).refundingAmount],
      ['failed', 0],
    );
  }
  const dropped = await refund(made.id, 3_005, 'junior');
  assert.equal((await w.client.resolve(dropped.body.id, 'abandoned')).body.status, 'failed');
  assert.equal((await w.h.post(`/api/v1/approvals/${await pendingApproval()}/approve`, {}, 'second')).status, 409);
});

test('PAY-3 automatic refunds wait for nobody', async () => {
  const made = await w.open('wechat', 2_000_000);
  await w.h.cancelSubject(made.subjectId);
  w.wechat.pay(made.paymentNo);
  await w.wechat.tell(made.paymentNo);
  assert.equal((await first(made.id)).status, 'requested');
  await w.h.settleDown();
  assert.equal(wechat.refunded(made.paymentNo), 2_000_000);
});

test('PAY-3 a refund the channel will not pay is taken on, paid by bank transfer and confirmed by a second person', async () => {
  const made = await w.paid(wechat, 3_006);
  wechat.faults.refuseRefunds = 'INVALID_REQUEST'; // as after a year
  await refund(made.id, 3_000);
  await w.soon(1);
  const { id } = await first(made.id);
  assert.equal((await w.h.post(`/api/v1/refunds/${id}/take`, {}, 'junior')).body.owner.id, 'user-3');
  assert.equal(
    (await w.h.post(`/api/v1/refunds/${id}/resolve`, { outcome: 'paid_by_hand' })).status,
    400,
    'how it was paid is asked',
  );
  const proposed = await w.client.resolve(id, 'paid_by_hand', 'junior');
  assert.deepEqual([proposed.body.status, proposed.body.payout.state, proposed.body.may], ['abnormal', 'proposed', []]);
  assert.equal(
    (await w.h.post(`/api/v1/refunds/${id}/retry`, {})).body.code,
    'payout_proposed',
    'else it is paid twice',
  );
  assert.equal((await w.h.post(`/api/v1/approvals/${await pendingApproval()}/approve`, {}, 'second')).status, 200);
  const done = await show(id);
  assert.deepEqual(
    [
      done.status,
      done.paidByHand,
      done.payout.state,
      done.payout.payee,
      done.payout.proposedBy.id,
      done.payout.confirmedBy.id,
    ],
    ['succeeded', true, 'confirmed', '…1234', 'user-3', 'user-2'],
  );
  const stored = await w.h.db.read(w.h, (tx) =>
    tx.query(
      'select o::text, (select string_agg(data::text, $$ $$) from kernel.outbox) as e from payments.refund_payouts o',
    ),
  );
  for (const secret of ['王小明', '6225880137001234', '招商银行']) assert.ok(!JSON.stringify(stored).includes(secret));
  assert.deepEqual(await w.wechat.tell(made.paymentNo), [200]);
});

test('PAY-3 one bank transfer pays one refund, and a refund paid by hand that the channel pays too is told', async () => {
  const made = await w.paid(wechat, 3_007);
  wechat.faults.slowRefunds = true;
  for (const amount of [50, 60]) await refund(made.id, amount);
  await w.soon(1);
  const [b, a] = await w.client.refunds(made.id);
  for (const r of [a, b]) await w.wechat.endRefund(r.refundNo, 'ABNORMAL');
  assert.equal((await w.client.resolve(a.id, 'paid_by_hand')).body.status, 'succeeded', 'below the limit at once');
  const same = await w.h.post(`/api/v1/refunds/${b.id}/resolve`, { outcome: 'paid_by_hand', payout: payoutOf(a.id) });
  assert.deepEqual([same.status, same.body.code], [409, 'payout_exists']);
  await w.wechat.endRefund(a.refundNo, 'SUCCESS');
  assert.ok((await w.client.verdicts(made.id)).includes('paid_twice'));
});

test('PAY-3 fifty people who press at once pay a refund by hand once', async () => {
  const made = await w.paid(wechat, 3_008);
  wechat.faults.refuseRefunds = 'INVALID_REQUEST';
  await refund(made.id, 70);
  await w.soon(1);
  const { id } = await first(made.id);
  const got = await Promise.all(Array.from({ length: 50 }, () => w.client.resolve(id, 'paid_by_hand')));
  assert.equal(got.filter((g) => g.status === 200).length, 1);
  assert.equal((await w.client.payment(made.id)).refundedAmount, 70);
});
