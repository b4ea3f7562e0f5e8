import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { newId } from '#kernel/ids.ts';
import { closePending } from './index.ts';
import { faults, sendCallback } from './providers/sandbox/peer.ts';
import { sandboxKeys, signHeaders } from './providers/sandbox/signature.ts';
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

test('PAY-2 a payment is opened for what is owed, and the sandbox settles it by a signed callback', async () => {
  const subjectId = await h.subject(19_900);
  const made = await h.pay(subjectId);
  assert.deepEqual(
    [made.status, made.amount, made.currency, made.payUrl],
    ['pending', 19_900, 'CNY', `/sandbox/pay/${made.id}`],
  );
  assert.match(made.paymentNo, /^P\d{18}$/);
  const settled = await client.settle(made.id, 'success');
  assert.deepEqual(settled.body, { paymentId: made.id, status: 'succeeded', callbacks: [{ status: 200 }] });
  const seen = await client.payment(made.id);
  assert.deepEqual(
    [seen.status, seen.accepted, seen.received],
    ['succeeded', true, { amount: 19_900, currency: 'CNY' }],
  );
  assert.equal((await h.readSubject(subjectId)).paid, 19_900);
  assert.deepEqual(await client.verdicts(made.id), ['accepted']);
  assert.deepEqual(
    (await h.get(`/api/v1/payments?subject=${subjectId}`)).body.items.map((p: { id: string }) => p.id),
    [made.id],
  );
});

test('PAY-2 a failed payment pays nothing, and a later success of it still counts', async () => {
  const subjectId = await h.subject(500);
  const made = await h.pay(subjectId);
  assert.equal((await client.settle(made.id, 'failure')).body.status, 'failed');
  assert.equal((await h.readSubject(subjectId)).paid, 0);
  assert.equal((await client.settle(made.id, 'success')).body.status, 'succeeded');
  assert.equal((await h.readSubject(subjectId)).paid, 500);
  await client.settle(made.id, 'failure');
  assert.deepEqual(await client.verdicts(made.id), ['accepted', 'accepted', 'superseded']);
});

test('PAY-2 thirty callbacks at once for one payment pay once', async () => {
  const subjectId = await h.subject(700);
  const made = await h.pay(subjectId);
  const { body } = await client.settle(made.id, 'success', { times: 30 });
  assert.deepEqual(new Set(body.callbacks.map((c: { status: number }) => c.status)), new Set([200]));
  assert.equal((await h.readSubject(subjectId)).paid, 700);
  const all = await client.verdicts(made.id);
  assert.deepEqual(
    [all.filter((v: string) => v === 'accepted').length, all.filter((v: string) => v === 'duplicate').length],
    [1, 29],
  );
  await h.settleDown();
  assert.deepEqual(await client.refunds(made.id), []);
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
  assert.equal((await client.payment(id)).status, 'pending');
  const once = { nonce: 'the-same-nonce' };
  assert.deepEqual(await callback({ paymentNo }, once), { status: 200, code: 'SUCCESS' });
  assert.deepEqual(await callback({ paymentNo }, once), { status: 409, code: 'callback_replayed' });
  assert.equal((await h.readSubject(subjectId)).paid, 800);
  assert.deepEqual(await client.verdicts(id), [
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
    assert.equal((await client.settle(made.id, 'success', wrong)).body.callbacks[0].status, 200);
    await h.settleDown();
    const seen = await client.payment(made.id);
    assert.deepEqual([seen.accepted, seen.refundedAmount], [false, wrong.amount ?? 900]);
    const [refund, ...rest] = await client.refunds(made.id);
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
  const both = await Promise.all([client.settle(first.id, 'success'), client.settle(second.id, 'success')]);
  assert.deepEqual(
    both.map((a) => a.body.status),
    ['succeeded', 'succeeded'],
  );
  await h.settleDown();
  const seen = await Promise.all([client.payment(first.id), client.payment(second.id)]);
  assert.deepEqual(seen.map((p) => p.accepted).toSorted(), [false, true]);
  const [unwanted] = seen.filter((p) => !p.accepted);
  assert.equal(unwanted.refundedAmount, 1_000);
  assert.equal((await client.refunds(unwanted.id))[0].kind, 'auto_duplicate');
  assert.deepEqual([(await h.readSubject(subjectId)).paid, (await h.readSubject(subjectId)).refunded], [1_000, 0]);
});

test('PAY-2 payment after cancellation is refunded automatically', async () => {
  const subjectId = await h.subject(1_100);
  const made = await h.pay(subjectId);
  await h.cancelSubject(subjectId);
  await client.settle(made.id, 'success', { times: 3 });
  await h.settleDown();
  const list = await client.refunds(made.id);
  assert.deepEqual(
    list.map((r: any) => [r.kind, r.status, r.amount]),
    [['auto_late', 'succeeded', 1_100]],
  );
  assert.equal((await h.readSubject(subjectId)).paid, 0);
});

test('PAY-2 once an order is paid its other open payments are closed at the channel', async () => {
  const subjectId = await h.subject(1_200);
  const [first, second] = [await h.pay(subjectId), await h.pay(subjectId)];
  await client.settle(first.id, 'success');
  await h.settleDown();
  assert.equal((await client.payment(second.id)).status, 'closed');
  await client.settle(second.id, 'success'); // the payer was faster than the closing, and the channel says so late
  await h.settleDown();
  assert.deepEqual(
    [(await client.payment(second.id)).accepted, (await client.payment(second.id)).refundedAmount],
    [false, 1_200],
  );
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
  await client.dueNow();
  await h.settleDown();
  assert.equal((await client.payment(a.id)).status, 'closed');
  assert.deepEqual([(await client.payment(b.id)).status, (await client.payment(b.id)).accepted], ['succeeded', true]);
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
  const { subjectId } = await client.paid(1_600);
  await assert.rejects(h.pay(subjectId), /nothing_to_pay/);
  const other = await h.subject(100);
  await assert.rejects(h.pay(other, 101), /payment_exceeds_due/);
  await h.pay(other, 40);
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
  assert.equal(await sendCallback(h.env, { paymentNo: made.paymentNo }, new Date()), 401); // incomplete: refused, not crashed
});

test('PLT-1 another organisation sees no payment, and the application role no channel key', async () => {
  const { id } = await client.paid(50);
  const other = { orgId: newId() };
  const seen = await h.db.read(other, (tx) => tx.query('select 1 from payments.payments where id = $1', [id]));
  assert.deepEqual(seen, []);
  const changed = await h.db.inTx(other, (tx) =>
    tx.query('update payments.payments set refunded_amount = 1 where id = $1 returning 1', [id]),
  );
  assert.deepEqual(changed, []);
  const key = h.db.inTx(h, (tx) => tx.query('select private_key_sealed from payments.channel_keys'));
  await assert.rejects(key, { code: '42501' });
  const rewritten = h.db.inTx(h, (tx) => tx.query(`update payments.callbacks set verdict = 'accepted'`));
  await assert.rejects(rewritten, { code: '42501' });
});
