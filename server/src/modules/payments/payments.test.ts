import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { sendCallback, faults } from './providers/sandbox/peer.ts';
import { sandboxKeys, signHeaders } from './providers/sandbox/signature.ts';
import { closePending, refundAll, refundSubject } from './index.ts';
import { type Harness, startHarness } from './testing/harness.ts';

let h: Harness;
before(async () => {
  h = await startHarness();
});
after(() => h.close());
afterEach(async () => {
  Object.assign(faults, { delayMs: 0, dropReplies: 0, errors: 0, refuseRefunds: undefined, slowRefunds: false });
  h.clock.offsetMs = 0;
  assert.deepEqual(await h.faults(), [], 'every invariant holds after every test');
});

const settle = (paymentId: string, outcome: string, more: object = {}) =>
  h.post(`/sandbox/payments/${paymentId}/settle`, { outcome, ...more });
const payment = async (id: string) => (await h.get(`/api/v1/payments/${id}`)).body;
const refunds = async (id: string) => (await h.get(`/api/v1/payments/${id}/refunds`)).body.items;
const verdicts = async (id: string) =>
  (await h.get(`/api/v1/payments/${id}/records`)).body.items.map((r: { verdict: string }) => r.verdict);
const paid = async (total: number) => {
  const subjectId = await h.subject(total);
  const made = await h.pay(subjectId);
  assert.equal((await settle(made.id, 'success')).body.status, 'succeeded');
  return { subjectId, id: made.id, no: made.paymentNo };
};

test('PAY-2 a payment is opened for what is owed, and the sandbox settles it by a signed callback', async () => {
  const subjectId = await h.subject(19_900);
  const made = await h.pay(subjectId);
  assert.deepEqual(
    [made.status, made.amount, made.currency, made.payUrl],
    ['pending', 19_900, 'CNY', `/sandbox/pay/${made.id}`],
  );
  assert.match(made.paymentNo, /^P\d{18}$/);
  const settled = await settle(made.id, 'success');
  assert.deepEqual(settled.body, { paymentId: made.id, status: 'succeeded', callbacks: [{ status: 200 }] });
  const seen = await payment(made.id);
  assert.deepEqual(
    [seen.status, seen.accepted, seen.received],
    ['succeeded', true, { amount: 19_900, currency: 'CNY' }],
  );
  assert.equal((await h.readSubject(subjectId)).paid, 19_900);
  assert.deepEqual(await verdicts(made.id), ['accepted']);
  assert.deepEqual(
    (await h.get(`/api/v1/payments?subject=${subjectId}`)).body.items.map((p: { id: string }) => p.id),
    [made.id],
  );
});

test('PAY-2 a failed payment pays nothing, and a later success of it still counts', async () => {
  const subjectId = await h.subject(500);
  const made = await h.pay(subjectId);
  assert.equal((await settle(made.id, 'failure')).body.status, 'failed');
  assert.equal((await h.readSubject(subjectId)).paid, 0);
  assert.equal((await settle(made.id, 'success')).body.status, 'succeeded');
  assert.equal((await h.readSubject(subjectId)).paid, 500);
  await settle(made.id, 'failure');
  assert.deepEqual(await verdicts(made.id), ['accepted', 'accepted', 'superseded']);
});

test('PAY-2 thirty callbacks at once for one payment pay once', async () => {
  const subjectId = await h.subject(700);
  const made = await h.pay(subjectId);
  const { body } = await settle(made.id, 'success', { times: 30 });
  assert.deepEqual(new Set(body.callbacks.map((c: { status: number }) => c.status)), new Set([200]));
  assert.equal((await h.readSubject(subjectId)).paid, 700);
  const all = await verdicts(made.id);
  assert.deepEqual(
    [all.filter((v: string) => v === 'accepted').length, all.filter((v: string) => v === 'duplicate').length],
    [1, 29],
  );
  await h.settleDown();
  assert.deepEqual(await refunds(made.id), []);
});

/** A callback as the sandbox would send it, bent by the test before or after it is signed. */
async function callback(
  says: Record<string, unknown>,
  bend: { at?: Date; nonce?: string; after?: (body: string) => string; headers?: Record<string, string> } = {},
) {
  const timestamp = Math.floor((bend.at ?? new Date()).getTime() / 1000);
  const nonce = bend.nonce ?? `nonce-${Math.random()}`;
  const body = JSON.stringify({
    amount: 800,
    currency: 'CNY',
    outcome: 'success',
    channelRef: 'SBXTEST',
    timestamp,
    nonce,
    ...says,
  });
  const headers = { ...signHeaders(await sandboxKeys(h.db), Buffer.from(body), timestamp, nonce), ...bend.headers };
  const response = await fetch(`${h.url}/api/v1/callbacks/payments/sandbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: bend.after?.(body) ?? body,
  });
  return { status: response.status, code: ((await response.json()) as { code: string }).code };
}

test('PAY-2 forged, stale and replayed callbacks are refused and recorded, and pay nothing', async () => {
  const subjectId = await h.subject(800);
  const { id, paymentNo } = await h.pay(subjectId);
  const bent = { after: (body: string) => body.replace('800', '801') };
  assert.deepEqual(await callback({ paymentNo }, bent), { status: 401, code: 'callback_signature_invalid' });
  const bare = { headers: { 'x-sandbox-signature': '' } };
  assert.deepEqual(await callback({ paymentNo }, bare), { status: 401, code: 'callback_signature_invalid' });
  const spaced = { after: (body: string) => body.replace('{', '{ ') }; // the same JSON in other bytes
  assert.deepEqual(await callback({ paymentNo }, spaced), { status: 401, code: 'callback_signature_invalid' });
  const early = { at: new Date(Date.now() - 301_000) };
  assert.deepEqual(await callback({ paymentNo }, early), { status: 401, code: 'callback_stale' });
  const ahead = { at: new Date(Date.now() + 302_000) };
  assert.deepEqual(await callback({ paymentNo }, ahead), { status: 401, code: 'callback_stale' });
  assert.deepEqual(await callback({ paymentNo: 'P260101000000000000' }), { status: 404, code: 'payment_not_found' });
  assert.equal((await payment(id)).status, 'pending');
  const once = { nonce: 'the-same-nonce' };
  assert.deepEqual(await callback({ paymentNo }, once), { status: 200, code: 'SUCCESS' });
  assert.deepEqual(await callback({ paymentNo }, once), { status: 409, code: 'callback_replayed' });
  assert.equal((await h.readSubject(subjectId)).paid, 800);
  assert.deepEqual(await verdicts(id), [
    'bad_signature',
    'bad_signature',
    'bad_signature',
    'stale',
    'stale',
    'accepted',
    'replayed_nonce',
  ]);
});

test('PAY-2 a callback that is no JSON, or of a channel we do not have, is refused without harm', async () => {
  const send = (channel: string, body: string) =>
    fetch(`${h.url}/api/v1/callbacks/payments/${channel}`, { method: 'POST', body });
  assert.equal((await send('sandbox', '\u0000\u0001 not json')).status, 401);
  assert.equal((await send('sandbox', '')).status, 401);
  assert.equal((await send('nosuch', '{}')).status, 422);
  assert.equal((await send('sandbox', 'x'.repeat(300_000))).status, 413);
});

test('PAY-2 a wrong amount or currency is recorded, refunded in full, and pays nothing', async () => {
  for (const wrong of [{ amount: 899 }, { amount: 901 }, { currency: 'USD' }]) {
    const subjectId = await h.subject(900);
    const made = await h.pay(subjectId);
    assert.equal((await settle(made.id, 'success', wrong)).body.callbacks[0].status, 200);
    await h.settleDown();
    const seen = await payment(made.id);
    assert.deepEqual([seen.accepted, seen.refundedAmount], [false, wrong.amount ?? 900]);
    const [refund, ...rest] = await refunds(made.id);
    assert.deepEqual(
      [refund.kind, refund.status, refund.currency, rest.length],
      ['auto_wrong_amount', 'succeeded', wrong.currency ?? 'CNY', 0],
    );
    const subject = await h.readSubject(subjectId);
    assert.deepEqual([subject.paid, subject.refunded], [0, 0]);
  }
});

test('PAY-2 a second payment of the same order is refunded automatically', async () => {
  const subjectId = await h.subject(1_000);
  const [first, second] = [await h.pay(subjectId), await h.pay(subjectId)];
  const both = await Promise.all([settle(first.id, 'success'), settle(second.id, 'success')]);
  assert.deepEqual(
    both.map((a) => a.body.status),
    ['succeeded', 'succeeded'],
  );
  await h.settleDown();
  const seen = await Promise.all([payment(first.id), payment(second.id)]);
  assert.deepEqual(seen.map((p) => p.accepted).toSorted(), [false, true]);
  const [unwanted] = seen.filter((p) => !p.accepted);
  assert.equal(unwanted.refundedAmount, 1_000);
  assert.equal((await refunds(unwanted.id))[0].kind, 'auto_duplicate');
  assert.deepEqual([(await h.readSubject(subjectId)).paid, (await h.readSubject(subjectId)).refunded], [1_000, 0]);
});

test('PAY-2 payment after cancellation is refunded automatically', async () => {
  const subjectId = await h.subject(1_100);
  const made = await h.pay(subjectId);
  await h.cancelSubject(subjectId);
  await settle(made.id, 'success', { times: 3 });
  await h.settleDown();
  const list = await refunds(made.id);
  assert.deepEqual(
    list.map((r: any) => [r.kind, r.status, r.amount]),
    [['auto_late', 'succeeded', 1_100]],
  );
  assert.equal((await h.readSubject(subjectId)).paid, 0);
});

test('PAY-2 once an order is paid its other open payments are closed at the channel', async () => {
  const subjectId = await h.subject(1_200);
  const [first, second] = [await h.pay(subjectId), await h.pay(subjectId)];
  await settle(first.id, 'success');
  await h.settleDown();
  assert.equal((await payment(second.id)).status, 'closed');
  await settle(second.id, 'success'); // the payer was faster than the closing, and the channel says so late
  await h.settleDown();
  assert.deepEqual([(await payment(second.id)).accepted, (await payment(second.id)).refundedAmount], [false, 1_200]);
});

test('PAY-2 an expired payment is asked about, and closed only when the channel has no money', async () => {
  const [unpaid, paidQuietly] = [await h.subject(1_300), await h.subject(1_400)];
  const [a, b] = [await h.pay(unpaid), await h.pay(paidQuietly)];
  await h.settleDown();
  // paid at the channel, and the callback is lost on the way
  await h.db.inTx(h, (tx) =>
    tx.query(`update payments.sandbox_transactions set status = 'paid' where payment_no = $1`, [b.paymentNo]),
  );
  await h.db.inTx(h, async (tx) => {
    await closePending(tx, h.ctx(), unpaid);
    await closePending(tx, h.ctx(), paidQuietly);
  });
  faults.errors = 1; // no answer is no failure: nothing may be decided on it
  await h.settleDown();
  await h.db.systemTx((tx) => tx.query('update graphile_worker._private_jobs set run_at = now()'));
  await h.settleDown();
  assert.equal((await payment(a.id)).status, 'closed');
  assert.deepEqual([(await payment(b.id)).status, (await payment(b.id)).accepted], ['succeeded', true]);
  assert.equal((await h.get(`/api/v1/payments/${b.id}/records`)).body.items[0].source, 'query');
  assert.equal((await h.readSubject(paidQuietly)).paid, 1_400);
});

test('PAY-2 the expiry of a payment is a job that waits for its time and outlives a restart', async () => {
  const made = await h.pay(await h.subject(1_450));
  const rows = await h.db.systemTx((tx) =>
    tx.query<{ run_at: Date }>(`select run_at from graphile_worker._private_jobs where key = $1`, [
      `${h.orgId}:payments.close_payment:${made.id}`,
    ]),
  );
  assert.equal(rows[0]?.run_at.toISOString(), made.expiresAt);
});

test('PAY-2 a payment can be asked about by hand', async () => {
  const subjectId = await h.subject(1_500);
  const made = await h.pay(subjectId);
  await h.settleDown();
  assert.equal((await h.post(`/api/v1/payments/${made.id}/query`, {})).body.status, 'pending');
  await h.db.inTx(h, (tx) =>
    tx.query(`update payments.sandbox_transactions set status = 'paid' where payment_no = $1`, [made.paymentNo]),
  );
  assert.equal((await h.post(`/api/v1/payments/${made.id}/query`, {})).body.status, 'succeeded');
});

test('PAY-2 nothing more can be paid than is owed', async () => {
  const { subjectId } = await paid(1_600);
  await assert.rejects(h.pay(subjectId), /nothing_to_pay/);
  const other = await h.subject(100);
  await assert.rejects(h.pay(other, 101), /payment_exceeds_due/);
  await h.pay(other, 40);
});

test('PAY-3 partial refunds are repeated up to the payment and not beyond', async () => {
  const { subjectId, id } = await paid(2_000);
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
    (await refunds(id)).map((r: any) => r.status),
    ['succeeded', 'succeeded'],
  );
  assert.equal((await payment(id)).refundedAmount, 2_000);
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
  const { subjectId, id } = await paid(1_000);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => h.post(`/api/v1/payments/${id}/refunds`, { amount: 90, reason: 'race' })),
  );
  assert.deepEqual(
    [answers.filter((a) => a.status === 201).length, answers.filter((a) => a.status === 422).length],
    [11, 39],
  );
  await h.settleDown();
  assert.equal((await payment(id)).refundedAmount, 990);
  assert.equal((await h.readSubject(subjectId)).refunded, 990);
});

test('PAY-3 the table itself refuses refunds above the payment', async () => {
  const { id } = await paid(100);
  const beyond = h.db.inTx(h, (tx) =>
    tx.query('update payments.payments set refunding_amount = 101 where id = $1', [id]),
  );
  await assert.rejects(beyond, { code: '23514' });
});

const dueNow = () => h.db.systemTx((tx) => tx.query('update graphile_worker._private_jobs set run_at = now()'));

test('PAY-3 a refund whose answer is lost is asked about, and paid once', async () => {
  const { id } = await paid(2_200);
  await h.settleDown();
  await h.post(`/api/v1/payments/${id}/refunds`, { amount: 2_200, reason: 'x' });
  faults.dropReplies = 2; // the channel pays, and its answer is lost; then the question's answer is lost too
  for (let i = 0; i < 3; i += 1) {
    await h.settleDown();
    await dueNow();
  }
  const [refund] = await refunds(id);
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
  const { id } = await paid(2_300);
  faults.slowRefunds = true;
  await h.post(`/api/v1/payments/${id}/refunds`, { amount: 300, reason: 'x' });
  await h.settleDown();
  assert.equal((await refunds(id))[0].status, 'processing');
  faults.slowRefunds = false;
  await dueNow();
  await h.settleDown();
  assert.equal((await refunds(id))[0].status, 'succeeded');
});

test('PAY-3 a refund the channel refuses waits for a person, holding its amount', async () => {
  const { id } = await paid(2_400);
  faults.refuseRefunds = 'account closed';
  await h.post(`/api/v1/payments/${id}/refunds`, { amount: 2_400, reason: 'x' });
  await h.settleDown();
  const [refund] = await refunds(id);
  assert.deepEqual(
    [refund.status, refund.failure, refund.may],
    ['abnormal', 'account closed', ['retry', 'pay_by_hand', 'abandon']],
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
  assert.equal((await payment(id)).refundedAmount, 2_400);
});

test('PAY-3 a cancelled order gives everything back, from payment to payment', async () => {
  const subjectId = await h.subject(3_000);
  const [a, b] = [await h.pay(subjectId, 1_000), await h.pay(subjectId, 2_000)];
  await settle(a.id, 'success');
  await settle(b.id, 'success');
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

test('PAY-2 the sandbox page shows the payment in both languages, settles it, and leads only to our own pages', async () => {
  const subjectId = await h.subject(19_900);
  const made = await h.pay(subjectId);
  const url = `${h.url}/sandbox/pay/${made.id}`;
  const zh = await fetch(`${url}?back=${encodeURIComponent('/portal/o/1')}`);
  const page = await zh.text();
  assert.match(page, /沙箱收银台[\s\S]*¥199\.00[\s\S]*支付成功/);
  assert.match(page, /<a href="\/portal\/o\/1">/);
  assert.ok(!page.includes('<script'));
  assert.match(await (await fetch(url, { headers: { 'accept-language': 'en' } })).text(), /Sandbox cash desk/);
  for (const away of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    assert.ok(!(await (await fetch(`${url}?back=${encodeURIComponent(away)}`)).text()).includes('href'));
  }
  const form = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'outcome=success',
  };
  const paidPage = await fetch(url, form);
  assert.match(await paidPage.text(), /支付成功/);
  assert.equal((await h.readSubject(subjectId)).paid, 19_900);
  assert.equal((await fetch(`${h.url}/sandbox/pay/${subjectId}`)).status, 404);
});

test('PAY-2 the sandbox tells when nobody answers its callback', async () => {
  const made = await h.pay(await h.subject(10));
  h.clock.offsetMs = 0;
  assert.equal(await sendCallback(h.env, { paymentNo: made.paymentNo }, new Date()), 401); // incomplete: refused, not crashed
});
