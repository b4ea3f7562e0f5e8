import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { localDate } from '#kernel/time.ts';
import { redact } from '#modules/payments/story/redact.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, form, openShop, pay, place } from './support/shop.ts';
import { billOf } from './support/wechat-bill.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org('story');
  await openShop(org, [{ sku: 'A', price: 1_000, stock: { W1: 1_000 } }]);
});
after(() => app.close());

const tell = (number: string): Promise<Answer> => org.get(`/payment-stories?number=${encodeURIComponent(number)}`);

test('PAY-7 from any number the same story: requests, callbacks, bookings, bill lines and decisions, in their order', async () => {
  const order = await place(org);
  const payment = await pay(org, order.id, 2);
  const refund = expectStatus(await org.post(`/payments/${payment.id}/refunds`, { amount: 300, reason: '破损' }), 201);
  await app.settleDown();
  const billDate = localDate(app.clock.now(), 'Asia/Shanghai');
  const at = `${billDate} 00:00:01`;
  const text = billOf(billDate, [{ txn: payment.channelRef, no: payment.paymentNo, amount: payment.amount + 5, at }]);
  const bill = expectStatus(
    await org.post('/reconciliations', form({ channel: 'sandbox', billDate }, 'b.csv', text)),
    201,
  );
  const difference = bill.differences.find((d: { kind: string }) => d.kind === 'amount');
  expectStatus(
    await org.post(`/reconciliation-differences/${difference.id}/note`, { note: '已联系渠道，等待答复' }),
    200,
  );
  const story = expectStatus(await tell(order.orderNo), 200);
  assert.deepEqual(
    [story.payments.map((p: { id: string }) => p.id), story.refunds.map((r: { id: string }) => r.id)],
    [[payment.id], [refund.id]],
  );
  const kinds = story.items.map((i: { source: string; what: string }) => `${i.source} ${i.what}`);
  for (const expected of [
    'event payments.payment_opened.v1',
    'callback accepted',
    'callback duplicate',
    'entry payment_succeeded',
    'event payments.payment_succeeded.v1',
    'entry refund_requested',
    'entry refund_succeeded',
    'bill amount',
    'difference note',
  ])
    assert.ok(kinds.includes(expected), `${expected} in ${kinds.join(', ')}`);
  const times = story.items.map((i: { at: string }) => i.at);
  assert.deepEqual(times, times.toSorted());
  const numbers = [
    payment.paymentNo,
    payment.paymentNo.toLowerCase(),
    payment.id,
    order.id,
    payment.channelRef,
    refund.refundNo,
    difference.id,
    story.items.find((i: { source: string }) => i.source === 'entry').ref,
  ];
  for (const number of numbers) {
    const same = expectStatus(await tell(number), 200);
    assert.deepEqual(
      same.items.map((i: { at: string; what: string }) => [i.at, i.what]),
      story.items.map((i: { at: string; what: string }) => [i.at, i.what]),
      number,
    );
  }
});

test('PAY-7 what stands in a bill alone has its story too; what nobody knows has none; other shops’ is not told', async () => {
  const billDate = localDate(app.clock.now(), 'Asia/Shanghai');
  const text = billOf(billDate, [{ txn: 'ALONE-7', no: 'NOBODY-7', amount: 70, at: `${billDate} 00:00:02` }]);
  expectStatus(await org.post('/reconciliations', form({ channel: 'wechat', billDate }, 'b.csv', text)), 201);
  const story = expectStatus(await tell('ALONE-7'), 200);
  assert.deepEqual([story.payments, story.differences[0].kind], [[], 'channel_only']);
  assert.deepEqual(
    story.items.map((i: { source: string }) => i.source),
    ['bill'],
  );
  assert.equal((await tell('NO-SUCH-NUMBER')).body.code, 'payment_story_not_found');
  const order = await place(org);
  await pay(org, order.id);
  const { id: second } = expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const elsewhere = await app.person('story', ['admin'], { shops: [second] });
  const agent = await app.person('story', ['agent']);
  const seen = expectStatus(await agent.get(`/payment-stories?number=${order.orderNo}`), 200);
  const sources = new Set(seen.items.map((i: { source: string }) => i.source));
  assert.deepEqual([...sources].toSorted(), ['callback', 'event'], 'books, bills and the bank are for finance');
  for (const number of [order.orderNo, 'ALONE-7'])
    assert.equal((await elsewhere.get(`/payment-stories?number=${number}`)).status, 404, number);
});

test('PAY-7 secrets and personal data are hidden at any depth, texts are cut', () => {
  const shown = redact({
    amount: 1,
    openid: 'o123',
    resource: { ciphertext: 'x', list: [{ buyer_id: '2088', trade_no: 'T1', sign: 's' }] },
    long: 'a'.repeat(2_000),
    buyer_logon_id: null,
  }) as Record<string, any>;
  assert.deepEqual(shown['resource'], {
    ciphertext: '***',
    list: [{ buyer_id: '***', trade_no: 'T1', sign: '***' }],
  });
  assert.deepEqual([shown['amount'], shown['openid'], shown['buyer_logon_id']], [1, '***', null]);
  assert.equal(shown['long'].length, 501);
});
