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

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
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
