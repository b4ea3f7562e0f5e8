import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { wechatAccountInput } from '#modules/payments/testing/real-channels.ts';
import { WechatPeer } from '#modules/payments/testing/wechat-peer.ts';
import { ServerProcess } from './support/server-process.ts';
import { anOrder } from './support/shop.ts';

let server: ServerProcess;
let peer: WechatPeer;
let key: string;
before(async () => {
  peer = await WechatPeer.start();
  server = await ServerProcess.create({ ZHANGGUI_WECHATPAY_URL: peer.url });
  await server.start();
  await server.cli('org', 'create', '--code', 'shop', '--name', 'Shop');
  key = await server.cli('api-key', 'create', '--org', 'shop', '--name', 'till');
  await must('/shops', { code: 'S1', name: '一号店' }, 201);
  await must('/warehouses', { code: 'W1', name: '一号仓' }, 201);
  const skus = [
    { sku: 'A', price: { amount: 1_990, currency: 'CNY' } },
    { sku: 'B', price: { amount: 990, currency: 'CNY' } },
  ];
  await must('/products', { code: 'A', title: 'A', category: 'x', skus }, 201);
  const lines = ['A', 'B'].map((sku) => ({ sku, quantity: 100 }));
  await must('/stock/receipts', { warehouse: 'W1', lines }, 201);
  await must('/payment-channels', wechatAccountInput(peer), 201);
});
after(async () => {
  await server.discard();
  await peer.close();
});

// oxlint-disable-next-line no-explicit-any -- tests look into whatever came back
type Json = any;

/** A server that has just started on a busy machine may send us away: nothing was done then, and it is asked again. */
async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  for (;;) {
    const answer = await sendOnce(method, path, body);
    if (answer.status !== 503) return answer;
    await wait(500);
  }
}

async function sendOnce(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, body: await response.json() };
}

async function must(path: string, body: unknown, status = 200): Promise<Json> {
  const got = await send('POST', path, body);
  assert.equal(got.status, status, JSON.stringify(got.body));
  return got.body;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 90_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `${what}: ${server.said}`);
    await wait(200);
  }
}

/** Paid at the channel, sent, and looked at after it came back: ready to be carried out. */
async function inspected(type: 'return' | 'exchange'): Promise<{ caseId: string; orderId: string; paymentNo: string }> {
  const order = await must('/orders', anOrder({ lines: [{ sku: 'A', quantity: 1 }], payment: 'online' }), 201);
  const payment = await must(`/orders/${order.id}/payments`, { channel: 'wechat' }, 201);
  peer.pay(payment.paymentNo);
  peer.order(payment.paymentNo).notifyUrl = `${server.url}${new URL(peer.order(payment.paymentNo).notifyUrl).pathname}`;
  await peer.tell(payment.paymentNo);
  await until('the order is confirmed', async () => {
    const { body } = await send('GET', `/orders/${order.id}`);
    return body.status === 'paid' && body.holds.length === 0;
  });
  const parcel = await must('/parcels', { orderId: order.id }, 201);
  await must(`/parcels/${parcel.id}/scan`, { code: 'A' });
  await must(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' });
  const lineId = order.lines[0].id;
  const lines = [{ lineId, quantity: 1, ...(type === 'exchange' ? { sku: 'B' } : {}) }];
  const opened = await must('/after-sales', { orderId: order.id, type, lines, reason: 'quality' }, 201);
  await must(`/after-sales/${opened.id}/approve`, {});
  await must(`/after-sales/${opened.id}/receive`, {});
  const seen = { lineId, quantity: 1, grade: 'A', disposition: 'restock' };
  await must(`/after-sales/${opened.id}/inspect`, { lines: [seen] });
  return { caseId: opened.id, orderId: order.id, paymentNo: payment.paymentNo };
}

/** Kills the server some milliseconds after it was told to carry the case out, and tells it again when it is back. */
async function executeThroughDeath(caseId: string, killAfterMs: number): Promise<void> {
  const lost = send('POST', `/after-sales/${caseId}/execute`, {}).catch(() => undefined);
  await wait(killAfterMs);
  await Promise.all([lost, server.end('SIGKILL')]);
  await server.start();
  const again = await send('POST', `/after-sales/${caseId}/execute`, {});
  assert.ok([200, 409].includes(again.status), JSON.stringify(again.body));
}

test('AFT-5 killed in the middle of carrying out a return, it is paid back once, whenever the server died', async () => {
  for (const killAfterMs of [0, 15, 60]) {
    const { caseId, orderId, paymentNo } = await inspected('return');
    await executeThroughDeath(caseId, killAfterMs);
    await until('the case is done', async () => (await send('GET', `/after-sales/${caseId}`)).body.status === 'done');
    assert.equal(peer.books.refunded(paymentNo), 1_990, `killed after ${killAfterMs} ms: paid back once`);
    const { body } = await send('GET', `/orders/${orderId}`);
    assert.deepEqual([body.refunded.amount, body.status], [1_990, 'closed']);
  }
  assert.equal(peer.books.refunds.size, 3);
});

test('AFT-6 killed in the middle of an exchange, its difference goes back once and one replacement goes out', async () => {
  const { caseId, paymentNo } = await inspected('exchange');
  await executeThroughDeath(caseId, 10);
  const { body } = await send('GET', `/after-sales/${caseId}`);
  assert.equal(body.status, 'exchanging');
  await until('the difference is back', async () => peer.books.refunded(paymentNo) === 1_000);
  const replacement = body.replacement.orderId;
  await until('it may go', async () => (await send('GET', `/orders/${replacement}`)).body.holds.length === 0);
  const parcel = await must('/parcels', { orderId: replacement }, 201);
  await must(`/parcels/${parcel.id}/scan`, { code: 'B' });
  await must(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' });
  await until('the case is done', async () => (await send('GET', `/after-sales/${caseId}`)).body.status === 'done');
  assert.equal(peer.books.refunded(paymentNo), 1_000);
  assert.match(await server.cli('doctor'), /0 faults|ok|nothing/i);
});

/** A repair whose fee is agreed, and a payment of it that is open at the channel. */
async function feeOpen(amount: number): Promise<{ caseId: string; paymentId: string; paymentNo: string }> {
  const order = await must('/orders', anOrder({ lines: [{ sku: 'A', quantity: 1 }], payment: 'prepaid' }), 201);
  await until('the order may go', async () => (await send('GET', `/orders/${order.id}`)).body.holds.length === 0);
  const parcel = await must('/parcels', { orderId: order.id }, 201);
  await must(`/parcels/${parcel.id}/scan`, { code: 'A' });
  await must(`/parcels/${parcel.id}/ship`, { carrier: 'sandbox' });
  const line = { lineId: order.lines[0].id, quantity: 1 };
  const opened = await must('/after-sales', { orderId: order.id, type: 'repair', lines: [line], reason: 'other' }, 201);
  await must(`/after-sales/${opened.id}/approve`, {});
  await must(`/after-sales/${opened.id}/receive`, {});
  await must(`/after-sales/${opened.id}/inspect`, { lines: [{ ...line, grade: 'B', disposition: 'repair' }] });
  await must(`/after-sales/${opened.id}/quote`, { amount });
  await must(`/after-sales/${opened.id}/answer-quote`, { answer: 'accept' });
  const payment = await must(`/after-sales/${opened.id}/fee/payments`, { channel: 'wechat' }, 201);
  return { caseId: opened.id, paymentId: payment.id, paymentNo: payment.paymentNo };
}

/** The channel tells again what it got no answer to, where the server is now. */
const tellAgain = async (paymentNo: string): Promise<void> => {
  peer.order(paymentNo).notifyUrl = `${server.url}${new URL(peer.order(paymentNo).notifyUrl).pathname}`;
  assert.deepEqual(new Set(await peer.tell(paymentNo, { times: 3 })), new Set([200]));
};

test('AFT-7 killed around the commit of a fee’s payment, it is paid once, and earned once when the repair is finished', async () => {
  for (const killAfterMs of [0, 10, 40]) {
    const { caseId, paymentNo } = await feeOpen(500);
    peer.pay(paymentNo);
    const lost = tellAgain(paymentNo).catch(() => undefined);
    await wait(killAfterMs);
    await Promise.all([lost, server.end('SIGKILL')]);
    await server.start();
    await tellAgain(paymentNo);
    const { fee } = (await send('GET', `/after-sales/${caseId}`)).body.repair;
    assert.deepEqual([fee.status, fee.paid.amount, fee.due.amount], ['paid', 500, 0], `killed after ${killAfterMs} ms`);
    const gone = send('POST', `/after-sales/${caseId}/finish-repair`, {}).catch(() => undefined);
    await wait(killAfterMs);
    await Promise.all([gone, server.end('SIGKILL')]);
    await server.start();
    const again = await send('POST', `/after-sales/${caseId}/finish-repair`, {});
    assert.ok([200, 409].includes(again.status), JSON.stringify(again.body));
    assert.equal((await send('GET', `/after-sales/${caseId}`)).body.status, 'repaired');
    assert.equal(peer.books.refunded(paymentNo), 0);
  }
  const { items } = (await send('GET', '/ledger/accounts')).body;
  const earned = items.find((a: Json) => a.code === 'repair_fees');
  assert.deepEqual([earned.debit, earned.credit], [0, 1_500]);
  assert.match(await server.cli('doctor'), /0 faults|ok|nothing/i);
});

test('AFT-7 killed in the middle of giving a repair up, its fee goes back once', async () => {
  for (const killAfterMs of [0, 20]) {
    const { caseId, paymentId, paymentNo } = await feeOpen(700);
    peer.pay(paymentNo);
    await tellAgain(paymentNo);
    const lost = send('POST', `/after-sales/${caseId}/give-up-repair`, {}).catch(() => undefined);
    await wait(killAfterMs);
    await Promise.all([lost, server.end('SIGKILL')]);
    await server.start();
    const again = await send('POST', `/after-sales/${caseId}/give-up-repair`, {});
    assert.ok([200, 409].includes(again.status), JSON.stringify(again.body));
    const path = `/payments/${paymentId}`;
    await until('the fee is back', async () => (await send('GET', path)).body.refundedAmount === 700);
    assert.equal(peer.books.refunded(paymentNo), 700, `killed after ${killAfterMs} ms: paid back once`);
    const { fee } = (await send('GET', `/after-sales/${caseId}`)).body.repair;
    assert.deepEqual([fee.status, fee.refunded.amount], ['cancelled', 700]);
  }
  assert.match(await server.cli('doctor'), /0 faults|ok|nothing/i);
});
