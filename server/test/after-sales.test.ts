import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { type Parcels, parcelsOf } from './support/parcels.ts';
import { expectStatus, openShop, orderOf, place, SHIP_TO, standing, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
let on: Parcels;
let cs: Cases;
before(async () => {
  app = await testApp({ poolMax: 30 });
  org = await app.org();
  on = parcelsOf(app, org);
  cs = casesOf(org, on);
  await openShop(
    org,
    [
      { sku: 'A', price: 1000, stock: { W1: 1000 } },
      { sku: 'B', price: 333, stock: { W1: 1000 } },
      { sku: 'R', price: 1500, stock: { W1: 2 } },
      { sku: 'K', price: 600, stock: { W1: 1000 } },
    ],
    ['W1', 'W2'],
  );
});
after(() => app.close());
afterEach(async () => {
  await app.settleDown();
  assert.deepEqual(await app.faults(), [], 'every invariant holds after every test');
});

const line = (order: { lines: { id: string }[] }, quantity: number, i = 0) => ({
  lineId: order.lines[i]?.id ?? '',
  quantity,
});
type Item = { code: string; amount: { amount: number } };
const told = (c: { refund: { breakdown: Item[] } }): string[] =>
  c.refund.breakdown.map((b) => `${b.code} ${b.amount.amount}`);
const codes = (body: { errors: { path: string; code: string; facts?: object }[] }): string[] =>
  body.errors.map((e) => `${e.path}: ${e.code}`);

test('AFT-1 a return goes from the application to the money: policy, count, grade, stock, refund, follow-up', async () => {
  const stock = await stockOf(org, 'A');
  const order = await cs.delivered([{ sku: 'A', quantity: 3 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 2)], { description: '有划痕' });
  assert.deepEqual(
    [opened.status, opened.policy.decision, opened.refund.amount.amount],
    ['submitted', 'reviewed', 2000],
  );
  assert.match(opened.policy.clause, /quality/);
  await cs.act(opened.id, 'approve');
  assert.equal((await cs.act(opened.id, 'approve')).status, 'approved', 'agreeing twice changes nothing');
  const seen = await cs.comeBack(opened.id, [line(order, 2)]);
  assert.ok(seen.may.includes('execute'));
  assert.equal((await stockOf(org, 'A')).onHand, stock.onHand - 1, 'exactly what was counted is back');
  const executed = await cs.act(opened.id, 'execute');
  assert.deepEqual([executed.status, executed.refund.granted], ['refunding', true]);
  await app.settleDown();
  const done = await cs.view(opened.id);
  assert.deepEqual([done.status, done.refund.amount.amount, told(done)], ['done', 2000, ['goods 2000']]);
  assert.deepEqual(await on.refundsOf(order.payment.id), [2000]);
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.refunded.amount, now.lines[0].returned], [2000, 2]);
  assert.equal(done.steps.filter((s: { at: string | null }) => s.at !== null).length, 4);
  const asked = await cs.act(opened.id, 'follow-up', { satisfied: true, note: '满意' });
  assert.ok(asked.steps.every((s: { at: string | null }) => s.at !== null));
  const types = await on.told(order.id);
  for (const step of ['case_opened', 'case_approved', 'return_sent', 'return_received', 'case_done'])
    assert.ok(types.includes(`aftersales.${step}`), step);
});

test('AFT-2 the clause a case was decided by is read in the reader’s language, and receiving is offered while something is expected', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 2)]);
  const read = async (language: string): Promise<string> =>
    (await org.api('GET', `/after-sales/${opened.id}`, undefined, { 'accept-language': language })).body.policy.text;
  assert.match(await read('zh-CN'), /质量问题/);
  assert.match(await read('en'), /quality|fault/i);
  await cs.act(opened.id, 'approve');
  await cs.act(opened.id, 'receive', { lines: [line(order, 1)], warehouse: 'W1' });
  assert.ok((await cs.view(opened.id)).may.includes('receive'), 'one is still to come');
  const all = await cs.act(opened.id, 'receive', { lines: [line(order, 1)] });
  assert.deepEqual([all.may.includes('receive'), all.may.includes('inspect')], [false, true]);
  const more = await org.post(`/after-sales/${opened.id}/receive`, { lines: [line(order, 1)] });
  assert.deepEqual([more.status, more.body.code], [422, 'quantity_exceeded']);
});

test('AFT-5 a courier of ours fetches the goods: booked once, followed, and on their way when they are collected', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'approve');
  const from = new Date(app.clock.now().getTime() + HOUR_MS).toISOString();
  const until = new Date(app.clock.now().getTime() + 3 * HOUR_MS).toISOString();
  await cs.act(opened.id, 'pickup', { carrier: 'sandbox', from, until });
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).returning.pickup.state, 'booked');
  const [row] = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ id: string }>('select id from shipping.pickups where subject = $1', [opened.id]),
  );
  expectStatus(await org.post(`/sandbox/pickups/${row?.id}/advance`, { to: 'collected' }), 200);
  await app.settleDown();
  const now = await cs.view(opened.id);
  assert.equal(now.status, 'in_transit');
  assert.match(now.returning.waybillNo, /^SBX/);
});

test('AFT-1 a case is found by whose it is, and by the waybill of the parcel that came or went back', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }], {
    shipTo: { ...SHIP_TO, name: '诸葛静', phone: '13922220003' },
  });
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'approve');
  await cs.act(opened.id, 'ship', { carrier: 'sf', waybillNo: 'SF1650000000001' });
  await cs.act(opened.id, 'receive', { lines: [line(order, 1)] });
  const refused = { ...line(order, 1), grade: 'A', disposition: 'restock', accepted: false, note: '不是我们发的货' };
  await cs.act(opened.id, 'inspect', { lines: [refused] });
  await cs.act(opened.id, 'reject', { note: '不是我们发的货' });
  await cs.act(opened.id, 'send-back', { carrier: 'sf', waybillNo: 'SF1650000000002' });
  const found = async (q: string): Promise<string[]> =>
    expectStatus(await org.get(`/after-sales?q=${encodeURIComponent(q)}`), 200).items.map((c: { id: string }) => c.id);
  for (const q of [opened.no, order.orderNo, '139 2222 0003', '诸葛静', 'sf1650000000001', 'SF1650000000002'])
    assert.deepEqual(await found(q), [opened.id], q);
  for (const q of ['13922220', 'SF16500000', '诸葛', '%']) assert.deepEqual(await found(q), [], q);
});

test('AFT-5 three were asked for and two came: two are refunded, and the third can be asked for again', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 3 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 3)]);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 2)]);
  assert.equal((await cs.act(opened.id, 'execute')).refund.amount.amount, 2000);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).refunded.amount, 2000);
  assert.equal((await cs.open(order.id, 'return', [line(order, 1)])).status, 'submitted');
});

test('AFT-5 returning two of three restocks two; units are graded one by one, each goes where its row says, in the warehouse where it arrived', async () => {
  const order = await cs.delivered([{ sku: 'K', quantity: 4 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 4)]);
  await cs.act(opened.id, 'approve', { warehouse: 'W1' });
  await cs.act(opened.id, 'ship', { carrier: 'sf', waybillNo: 'SF1234567890123' });
  await cs.act(opened.id, 'receive', { warehouse: 'W2', lines: [line(order, 3)] });
  await cs.act(opened.id, 'receive', { lines: [line(order, 1)] });
  const of = line(order, 1);
  await cs.act(opened.id, 'inspect', {
    lines: [
      { ...of, grade: 'A', disposition: 'restock' },
      { ...of, grade: 'C', disposition: 'damaged' },
      { ...of, grade: 'D', disposition: 'scrap' },
      { ...of, grade: 'B', disposition: 'return_to_vendor' },
    ],
  });
  const at = expectStatus(await org.get('/stock?sku=K&warehouse=W2'), 200).items[0];
  assert.deepEqual([at.onHand, at.damaged, at.frozen], [1, 1, 1]);
  assert.deepEqual(
    (await standing(org, 'K')).filter((s) => !s.includes('996')).length >= 3,
    true,
    'each stands in its state',
  );
  await cs.act(opened.id, 'execute');
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).refunded.amount, 2400);
});

test('AFT-5 a return that is refused when it is here is refused: nothing is restocked, nothing is paid, and it is sent back', async () => {
  const stock = await stockOf(org, 'A');
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 1)], { accepted: false, note: '不是我们发的货' });
  const answer = await org.post(`/after-sales/${opened.id}/execute`, {});
  assert.deepEqual([answer.status, answer.body.code], [409, 'nothing_accepted']);
  const refused = await cs.act(opened.id, 'reject', { note: '不是我们发的货' });
  assert.deepEqual([refused.status, refused.refund.amount.amount], ['rejected', 0]);
  const back = await cs.act(opened.id, 'send-back', { carrier: 'sf', waybillNo: 'SF9999999999999' });
  assert.equal(back.returning.sentBack.waybillNo, 'SF9999999999999');
  assert.equal((await org.post(`/after-sales/${opened.id}/execute`, {})).status, 409);
  assert.equal((await stockOf(org, 'A')).onHand, stock.onHand - 1);
  assert.equal((await orderOf(org, order.id)).refunded.amount, 0);
});

test('AFT-4 asking for more than is left names how many are, also across cases and whatever their kind', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 3 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 2)]);
  const answer = await org.post('/after-sales', {
    orderId: order.id,
    type: 'exchange',
    lines: [line(order, 2)],
    reason: 'quality',
  });
  assert.deepEqual(
    [answer.status, answer.body.code, codes(answer.body)],
    [422, 'quantity_exceeded', ['lines[0].quantity: too_big']],
  );
  assert.match(answer.body.errors[0].message, /1/);
  await cs.act(opened.id, 'cancel');
  assert.equal(
    (await cs.open(order.id, 'exchange', [line(order, 3)])).status,
    'submitted',
    'what was taken back is free',
  );
});

test('AFT-5 fifty applications at once for three units take three', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 3 }]);
  const body = { orderId: order.id, type: 'return', lines: [line(order, 1)], reason: 'quality' };
  const answers = await Promise.all(Array.from({ length: 50 }, () => org.post('/after-sales', body)));
  assert.equal(answers.filter((a) => a.status === 201).length, 3);
  assert.deepEqual(
    [...new Set(answers.filter((a) => a.status !== 201).map((a) => a.body.code))],
    ['quantity_exceeded'],
  );
});

test('AFT-5 twenty who carry out one return at once pay it once', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 1)]);
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => org.post(`/after-sales/${opened.id}/execute`, {})),
  );
  assert.equal(answers.filter((a) => a.status === 200).length, 1);
  await app.settleDown();
  assert.deepEqual(await on.refundsOf(order.payment.id), [1000]);
  assert.equal((await orderOf(org, order.id)).status, 'closed', 'all of it is back');
});

test('AFT-5 nothing was paid yet: the units leave the order, no refund of nothing is made, and the case is done', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 2 }], payment: 'cod' });
  await app.settleDown();
  const opened = await cs.open(order.id, 'refund', [line(order, 1)], { reason: 'no_reason' });
  await cs.act(opened.id, 'approve');
  const done = await cs.act(opened.id, 'execute');
  assert.deepEqual([done.status, done.refund.legs], ['done', []]);
  await app.settleDown();
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.lines[0].cancelled, now.refunded.amount, now.status], [1, 0, 'paid']);
});

test('AFT-4 nothing is given back of an order that has given everything back', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 1000, reason: 'goodwill' }), 201);
  await app.settleDown();
  const body = { orderId: order.id, type: 'return', lines: [line(order, 1)], reason: 'quality' };
  const answer = await org.post('/after-sales', body);
  assert.deepEqual([answer.status, answer.body.code], [409, 'order_not_eligible']);
});

test('AFT-5 what was given back by hand is told in the preview, and what is previewed is what goes back', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }]);
  expectStatus(await org.post(`/payments/${order.payment.id}/refunds`, { amount: 1500, reason: 'goodwill' }), 201);
  await app.settleDown();
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  assert.deepEqual(told(opened), ['goods 1000', 'already_given -500']);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 1)]);
  await cs.act(opened.id, 'execute');
  await app.settleDown();
  assert.deepEqual((await on.refundsOf(order.payment.id)).toSorted(), [1500, 500]);
});

test('AFT-5 an order paid by two payments gives back from both, and the case follows each', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  const lines = [{ lineId: order.lines[0].id, quantity: 3 }];
  expectStatus(await org.post(`/orders/${order.id}/amend`, { lines }), 200);
  const more = expectStatus(await org.post(`/orders/${order.id}/payments`, { channel: 'sandbox' }), 201);
  expectStatus(await org.post(`/sandbox/payments/${more.id}/settle`, { outcome: 'success' }), 200);
  await app.settleDown();
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'delivered');
  const opened = await cs.open(order.id, 'return', [line(order, 2)]);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 2)]);
  const executed = await cs.act(opened.id, 'execute');
  assert.deepEqual(
    executed.refund.legs.map((l: { amount: { amount: number } }) => l.amount.amount),
    [1000, 1000],
  );
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).status, 'done');
});

test('AFT-1 a refund of goods not sent yet keeps them from going, gives their money back, and the rest goes out', async () => {
  const stock = await stockOf(org, 'A');
  const order = await on.paidOrder([{ sku: 'A', quantity: 3 }]);
  const opened = await cs.open(order.id, 'refund', [line(order, 2)], { reason: 'no_reason' });
  assert.deepEqual((await orderOf(org, order.id)).holds, ['after_sales']);
  assert.equal((await org.post('/parcels', { orderId: order.id })).status, 409);
  await cs.act(opened.id, 'approve');
  await cs.act(opened.id, 'execute');
  await app.settleDown();
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.holds, now.refunded.amount, now.lines[0].cancelled], [[], 2000, 2]);
  assert.equal((await stockOf(org, 'A')).reserved, stock.reserved + 1);
  assert.equal((await cs.view(opened.id)).status, 'done');
  await on.ship(order.id);
  assert.equal((await orderOf(org, order.id)).status, 'shipped');
});

test('AFT-1 a refund of everything not sent yet cancels the order; a refused one lets it go', async () => {
  const order = await on.paidOrder([{ sku: 'A', quantity: 1 }]);
  const first = await cs.open(order.id, 'refund', [line(order, 1)], { reason: 'no_reason' });
  await cs.act(first.id, 'reject', { note: '已安排发货' });
  assert.deepEqual((await orderOf(org, order.id)).holds, []);
  const second = await cs.open(order.id, 'refund', [line(order, 1)], { reason: 'no_reason' });
  await cs.act(second.id, 'approve');
  await cs.act(second.id, 'execute');
  await app.settleDown();
  const now = await orderOf(org, order.id);
  assert.deepEqual([now.status, now.refunded.amount, (await cs.view(second.id)).status], ['cancelled', 1000, 'done']);
});

test('AFT-2 beyond the policy an agent cannot promise anything; another person’s special approval can (AFT-11)', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 1)], { reason: 'no_reason' });
  assert.deepEqual([opened.policy.decision, opened.policy.clause], ['refused', 'fresh.no_reason']);
  assert.ok(!opened.may.includes('approve'));
  const answer = await org.post(`/after-sales/${opened.id}/approve`, {});
  assert.deepEqual([answer.status, answer.body.code], [422, 'policy_refuses']);
  await cs.act(opened.id, 'ask-goodwill', { note: '老客户' });
  const boss = await app.person('shop');
  const { items } = expectStatus(await boss.get('/approvals?view=all'), 200);
  const request = items.find(
    (i: { kind: string; state: string }) => i.kind === 'aftersales.goodwill' && i.state === 'pending',
  );
  expectStatus(await boss.post(`/approvals/${request.id}/approve`, {}), 200);
  assert.deepEqual([(await cs.view(opened.id)).status, (await cs.view(opened.id)).goodwill], ['approved', 'granted']);
});

test('AFT-4 an agent proposes to keep the goods for part of the money; the customer takes it, and may still return them later', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 2)]);
  const over = await org.post(`/after-sales/${opened.id}/offers`, { kind: 'refund', amount: 2001 });
  assert.equal(over.status, 422, 'no more than they are worth');
  const offered = await cs.act(opened.id, 'offers', { kind: 'refund', amount: 500 });
  assert.equal(offered.offers[0].state, 'open');
  const accepted = await cs.act(opened.id, 'answer-offer', { answer: 'accept' });
  assert.deepEqual([accepted.status, accepted.type, accepted.refund.amount.amount], ['approved', 'refund', 500]);
  await cs.act(opened.id, 'execute');
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).refunded.amount, 500);
  const again = await cs.open(order.id, 'return', [line(order, 2)]);
  assert.equal(again.refund.amount.amount, 1500, 'what was given back for them is not given again');
});

test('AFT-6 an exchange reserves the replacement when it is agreed, sends it when the goods are here, and returns what it is cheaper', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }]);
  const before = await stockOf(org, 'K');
  const opened = await cs.open(order.id, 'exchange', [{ ...line(order, 2), sku: 'K' }]);
  const approved = await cs.act(opened.id, 'approve');
  assert.deepEqual([approved.replacement.status, approved.replacement.holds], ['paid', ['exchange']]);
  assert.equal((await stockOf(org, 'K')).reserved, before.reserved + 2);
  assert.equal((await org.post('/parcels', { orderId: approved.replacement.orderId })).status, 409, 'it waits');
  await cs.comeBack(opened.id, [line(order, 2)]);
  const executed = await cs.act(opened.id, 'execute');
  assert.deepEqual([executed.status, executed.refund.amount.amount], ['exchanging', 800]);
  await app.settleDown();
  assert.deepEqual(await on.refundsOf(order.payment.id), [800]);
  await on.ship(approved.replacement.orderId);
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).status, 'done');
  // what replaced them comes back too: its worth is in the first payment
  const replacement = await orderOf(org, approved.replacement.orderId);
  const back = await cs.open(replacement.id, 'return', [line(replacement, 2)]);
  await cs.act(back.id, 'approve');
  await cs.comeBack(back.id, [line(replacement, 2)]);
  assert.equal((await cs.act(back.id, 'execute')).refund.amount.amount, 1200);
  await app.settleDown();
  assert.deepEqual((await on.refundsOf(order.payment.id)).toSorted(), [1200, 800]);
});

test('AFT-6 dearer goods are paid for before they go; not paid in time, the exchange falls and its stock is free', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const before = await stockOf(org, 'R');
  const opened = await cs.open(order.id, 'exchange', [{ ...line(order, 1), sku: 'R' }]);
  const approved = await cs.act(opened.id, 'approve');
  assert.deepEqual([approved.replacement.status, approved.replacement.due.amount], ['pending_payment', 500]);
  assert.equal((await stockOf(org, 'R')).available, before.available - 1);
  app.clock.pass(25 * HOUR_MS);
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).status, 'cancelled');
  assert.equal((await stockOf(org, 'R')).available, before.available);
  const second = await cs.open(order.id, 'exchange', [{ ...line(order, 1), sku: 'R' }]);
  const { replacement } = await cs.act(second.id, 'approve');
  const payment = expectStatus(await org.post(`/orders/${replacement.orderId}/payments`, { channel: 'sandbox' }), 201);
  expectStatus(await org.post(`/sandbox/payments/${payment.id}/settle`, { outcome: 'success' }), 200);
  await cs.comeBack(second.id, [line(order, 1)]);
  await cs.act(second.id, 'execute');
  await app.settleDown();
  await on.ship(replacement.orderId);
  await app.settleDown();
  assert.equal((await cs.view(second.id)).status, 'done');
});

test('AFT-6 when there is not enough of the replacement the exchange is refused and names the goods; nothing is kept', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 5 }]);
  const opened = await cs.open(order.id, 'exchange', [{ ...line(order, 5), sku: 'R' }]);
  const answer = await org.post(`/after-sales/${opened.id}/approve`, {});
  assert.deepEqual([answer.status, answer.body.code], [422, 'insufficient_stock']);
  const still = await cs.view(opened.id);
  assert.deepEqual([still.status, still.replacement], ['submitted', null]);
  await cs.act(opened.id, 'cancel');
});

test('AFT-1 what was missing is sent again, free, and what was paid for it is not given back beside', async () => {
  const order = await cs.delivered([{ sku: 'B', quantity: 2 }]);
  const opened = await cs.open(order.id, 'reship', [line(order, 1)], { reason: 'missing' });
  const approved = await cs.act(opened.id, 'approve');
  const sent = await orderOf(org, approved.replacement.orderId);
  assert.deepEqual([sent.total.amount, sent.status], [0, 'paid']);
  await cs.act(opened.id, 'execute');
  await app.settleDown();
  await on.ship(sent.id);
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).status, 'done');
  const more = await org.post('/after-sales', {
    orderId: order.id,
    type: 'refund',
    lines: [line(order, 2)],
    reason: 'missing',
  });
  assert.equal(more.body.code, 'quantity_exceeded');
});

test('AFT-7 a repair is diagnosed, quoted, paid for, finished and returned, and what came never enters our stock', async () => {
  const stock = await stockOf(org, 'A');
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await cs.open(order.id, 'repair', [line(order, 1)], { reason: 'other' });
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 1)], { disposition: 'repair' });
  assert.equal((await stockOf(org, 'A')).onHand, stock.onHand - 1);
  await cs.act(opened.id, 'quote', { amount: 300, note: '更换屏幕' });
  await cs.act(opened.id, 'answer-quote', { answer: 'accept' });
  const unpaid = await org.post(`/after-sales/${opened.id}/finish-repair`, {});
  assert.equal(unpaid.body.code, 'fee_not_paid');
  await cs.act(opened.id, 'finish-repair', { feeReference: '微信 1234' });
  const done = await cs.act(opened.id, 'execute', { carrier: 'sf', waybillNo: 'SF7777777777777' });
  assert.deepEqual([done.status, done.returning.sentBack.waybillNo], ['done', 'SF7777777777777']);
  assert.equal(
    (await cs.open(order.id, 'return', [line(order, 1)])).status,
    'submitted',
    'what was mended may still come back',
  );
});

test('AFT-7 a quote nobody answers counts as declined; under the warranty nothing is quoted', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }]);
  const declined = await cs.open(order.id, 'repair', [line(order, 1)]);
  const free = await cs.open(order.id, 'repair', [line(order, 1)]);
  for (const c of [declined, free]) {
    await cs.act(c.id, 'approve');
    await cs.comeBack(c.id, [line(order, 1)], { disposition: 'repair' });
  }
  await cs.act(free.id, 'repair');
  await cs.act(free.id, 'finish-repair', {});
  assert.equal((await cs.act(free.id, 'execute', {})).status, 'done');
  await cs.act(declined.id, 'quote', { amount: 300 });
  app.clock.pass(8 * DAY_MS);
  await app.settleDown();
  assert.equal((await cs.view(declined.id)).status, 'declined');
  assert.equal((await cs.act(declined.id, 'execute', {})).status, 'done');
});

test('AFT-8 a refused case is appealed: the arbiter’s verdict is done, and its evidence stays with the case', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'reject', { note: '人为损坏' });
  await cs.act(opened.id, 'escalate', { note: '不是我弄坏的' });
  const agent = await app.person('shop', ['agent']);
  assert.equal((await agent.post(`/after-sales/${opened.id}/arbitrate`, { verdict: 'uphold', note: 'x' })).status, 403);
  const decided = await cs.act(opened.id, 'arbitrate', { verdict: 'uphold', note: '检测为质量问题' });
  assert.deepEqual(
    [decided.status, decided.verdict.verdict, decided.verdict.note],
    ['approved', 'uphold', '检测为质量问题'],
  );
  await cs.comeBack(opened.id, [line(order, 1)]);
  await cs.act(opened.id, 'execute');
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).status, 'done');
});

test('AFT-3 what nobody answers is overdue after a day; goods not sent are reminded of after two and given up after seven', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }]);
  const waits = await cs.open(order.id, 'return', [line(order, 1)]);
  const agreed = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(agreed.id, 'approve');
  app.clock.pass(25 * HOUR_MS);
  await app.settleDown();
  assert.deepEqual([(await cs.view(waits.id)).overdue, (await cs.view(waits.id)).status], [true, 'submitted']);
  const answer = (await cs.view(waits.id)).timers.find((t: { kind: string }) => t.kind === 'aftersales.answer');
  assert.equal(answer.state, 'breached');
  app.clock.pass(24 * HOUR_MS);
  await app.settleDown();
  const reminded = (await cs.view(agreed.id)).timers.find(
    (t: { kind: string }) => t.kind === 'aftersales.return_reminder',
  );
  assert.equal(reminded.state, 'breached');
  app.clock.pass(6 * DAY_MS);
  await app.settleDown();
  assert.equal((await cs.view(agreed.id)).status, 'expired');
  assert.equal(
    (await cs.open(order.id, 'return', [line(order, 1)], { reason: 'quality' })).status,
    'submitted',
    'its unit is free again',
  );
});

test('AFT-3 where the organisation wants it, what nobody answers counts as agreed', async () => {
  expectStatus(await org.api('PUT', '/settings/aftersales', { values: { agreeWhenUnanswered: true } }), 200);
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  const beyond = await cs.open(order.id, 'return', [line(order, 1)], { reason: 'no_reason' });
  app.clock.pass(25 * HOUR_MS);
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).status, 'approved');
  assert.equal((await cs.view(beyond.id)).status, 'submitted', 'never beyond the policy');
  expectStatus(await org.api('PUT', '/settings/aftersales', { values: { agreeWhenUnanswered: false } }), 200);
});

test('AFT-5 a trusted customer has the money when the goods are on their way; what never comes is owed, and given to nobody twice', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 2 }], { customer: { externalId: 'vip-1', level: 'vip' } });
  const opened = await cs.open(order.id, 'return', [line(order, 2)]);
  assert.equal(opened.vip, true);
  await cs.act(opened.id, 'approve');
  const sent = await cs.act(opened.id, 'ship', { carrier: 'sf', waybillNo: 'SF1234567890123' });
  assert.deepEqual([sent.status, sent.refund.ahead.amount], ['in_transit', 2000]);
  await app.settleDown();
  assert.deepEqual(await on.refundsOf(order.payment.id), [2000]);
  app.clock.pass(16 * DAY_MS);
  await app.settleDown();
  const over = await cs.view(opened.id);
  assert.deepEqual(
    [over.status, over.debts.map((d: { why: string; amount: { amount: number } }) => [d.why, d.amount.amount])],
    ['expired', [['never_came', 2000]]],
  );
  const debt = expectStatus(await org.get('/after-sales-debts?status=open'), 200).items[0];
  expectStatus(await org.post(`/after-sales-debts/${debt.id}/settle`, { outcome: 'settled', note: '转账' }), 200);
});

test('AFT-5 less came than was paid ahead for: the difference is owed; nothing is paid again', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 3 }], { customer: { externalId: 'vip-2', level: 'vip' } });
  const opened = await cs.open(order.id, 'return', [line(order, 3)]);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 2)]);
  const executed = await cs.act(opened.id, 'execute');
  assert.deepEqual([executed.refund.amount.amount, executed.debts[0].amount.amount], [2000, 1000]);
  await app.settleDown();
  assert.deepEqual(await on.refundsOf(order.payment.id), [3000]);
  assert.equal((await cs.view(opened.id)).status, 'done');
});

test('AFT-5 damage lowers the refund only where it can be seen', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'approve');
  await cs.act(opened.id, 'ship', { carrier: 'sf', waybillNo: 'SF1234567890123' });
  await cs.act(opened.id, 'receive', {});
  const lines = [{ ...line(order, 1), grade: 'C', disposition: 'damaged', deduction: 300 }];
  const blind = await org.post(`/after-sales/${opened.id}/inspect`, { lines });
  assert.deepEqual([blind.status, blind.body.code], [422, 'deduction_needs_evidence']);
  const photo = expectStatus(await org.post('/files', picture()), 201);
  await cs.act(opened.id, 'inspect', { lines, evidence: [photo.id] });
  const executed = await cs.act(opened.id, 'execute');
  assert.deepEqual(told(executed), ['goods 1000', 'damage -300']);
  assert.equal((await org.get(`/after-sales/${opened.id}/evidence/${photo.id}`)).status, 200);
});

test('AFT-1 evidence is what it is by its content: a table is none', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 1 }]);
  const made = new FormData();
  made.set('file', new Blob(['a,b\n1,2\n']), 'photo.csv');
  const file = expectStatus(await org.post('/files', made), 201);
  const answer = await org.post('/after-sales', {
    orderId: order.id,
    type: 'return',
    lines: [line(order, 1)],
    reason: 'quality',
    evidence: [file.id],
  });
  assert.deepEqual([answer.status, codes(answer.body)], [422, ['evidence[0]: not_evidence']]);
});

test('AFT-5 marketplace money: what is due from it is written down, and the case is done when it has paid', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 1 }], payment: 'prepaid' });
  await app.settleDown();
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'delivered');
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 1)]);
  const executed = await cs.act(opened.id, 'execute');
  assert.deepEqual([executed.status, executed.refund.legs[0].external], ['refunding', true]);
  expectStatus(
    await org.post(`/external-refunds/${executed.refund.legs[0].refundId}/settle`, { reference: 'TM-1' }),
    200,
  );
  await app.settleDown();
  assert.equal((await cs.view(opened.id)).status, 'done');
});

test('AFT-4 a refund that is given up puts the case back, its money can be given anew, and sums come from the ledger', async () => {
  const order = await place(org, { lines: [{ sku: 'A', quantity: 1 }], payment: 'cod' });
  await app.settleDown();
  const parcel = await on.ship(order.id);
  await on.advance(parcel.shipmentId, 'delivered');
  await app.settleDown();
  const opened = await cs.open(order.id, 'return', [line(order, 1)]);
  await cs.act(opened.id, 'approve');
  await cs.comeBack(opened.id, [line(order, 1)]);
  const executed = await cs.act(opened.id, 'execute');
  await app.settleDown(); // cash is paid back by hand: the channel refuses
  const refundId = executed.refund.legs[0].refundId;
  expectStatus(
    await org.post(`/refunds/${refundId}/resolve`, { outcome: 'abandoned', note: 'wrong account number' }),
    200,
  );
  await app.settleDown();
  const back = await cs.view(opened.id);
  assert.deepEqual([back.status, back.may.includes('execute')], ['inspected', true]);
  await cs.act(opened.id, 'execute');
  await app.settleDown();
  const again = (await cs.view(opened.id)).refund.legs.find((l: { state: string }) => l.state === 'going');
  assert.notEqual(again.refundId, refundId, 'another refund, under another number');
  const work = expectStatus(await org.get(`/refunds/${again.refundId}`), 200);
  assert.deepEqual([work.amount, work.status], [1000, 'abnormal'], 'it waits for a payout by hand');
});

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
function picture(): FormData {
  const made = new FormData();
  made.set('file', new Blob([Buffer.from(PNG, 'base64')]), 'dot.png');
  return made;
}

test('AFT-4 many cases at once: each says what became of it; nobody is given a case who does not decide on cases', async () => {
  const order = await cs.delivered([{ sku: 'A', quantity: 3 }]);
  const fits = await cs.open(order.id, 'return', [line(order, 1)]);
  const beyond = await cs.open(order.id, 'return', [line(order, 1)], { reason: 'no_reason' });
  const kept = await cs.open(order.id, 'return', [line(order, 1)]);
  const person = await app.person('shop', ['agent']);
  const stranger = await app.person('shop', ['warehouse']);
  const owners = expectStatus(await org.get('/case-owners'), 200).items.map((o: { id: string }) => o.id);
  assert.ok(owners.includes(person.id) && !owners.includes(stranger.id));
  const caseIds = [fits.id, beyond.id];
  const bulk = async (body: object) =>
    expectStatus(await org.post('/after-sales/bulk', { caseIds, ...body }), 200).results;
  const given = await bulk({ action: 'assign', ownerId: person.id });
  assert.deepEqual(
    given.map((r: { done: boolean }) => r.done),
    [true, true],
  );
  assert.equal((await cs.view(fits.id)).owner.id, person.id);
  const refused = await bulk({ action: 'assign', ownerId: stranger.id });
  assert.deepEqual(
    refused.map((r: { done: boolean; code: string }) => [r.done, r.code]),
    [
      [false, 'case_invalid'],
      [false, 'case_invalid'],
    ],
  );
  const decided = await bulk({ action: 'approve' });
  const said = new Map(decided.map((r: { no: string; done: boolean; code: string }) => [r.no, [r.done, r.code]]));
  assert.deepEqual(said.get(fits.no), [true, null]);
  assert.deepEqual(said.get(beyond.no), [false, 'policy_refuses']);
  const filters = { view: 'all', ids: caseIds };
  const started = expectStatus(await org.post('/exports', { kind: 'after_sales', format: 'csv', filters }), 202);
  await app.settleDown();
  const { downloadUrl } = expectStatus(await org.get(`/exports/${started.id}`), 200);
  const text = String((await org.get(downloadUrl)).body);
  assert.ok(text.includes(fits.no) && text.includes(beyond.no) && !text.includes(kept.no));
});

test('AFT-4 views of the list are each person’s own, and of this list alone', async () => {
  const [ann, bob] = [await app.person('shop', ['agent']), await app.person('shop', ['agent'])];
  const view = { name: '我的', filters: { view: 'all', owner: 'me' } };
  const { items } = expectStatus(await ann.api('PUT', '/case-views', view), 200);
  assert.deepEqual([items[0].name, items[0].filters], [view.name, view.filters]);
  expectStatus(await ann.api('PUT', '/case-views', { ...view, filters: { view: 'done' } }), 200);
  const [mine] = expectStatus(await ann.get('/case-views'), 200).items;
  assert.deepEqual(mine.filters, { view: 'done' }, 'the same name again replaces it');
  assert.deepEqual(expectStatus(await ann.get('/ticket-views'), 200).items, []);
  assert.deepEqual(expectStatus(await bob.get('/case-views'), 200).items, []);
  assert.equal((await bob.api('DELETE', `/case-views/${mine.id}`)).body.code, 'case_view_not_found');
  assert.equal((await ann.api('DELETE', `/ticket-views/${mine.id}`)).status, 404);
  assert.deepEqual(expectStatus(await ann.api('DELETE', `/case-views/${mine.id}`), 200).items, []);
});
