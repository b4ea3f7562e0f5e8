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
  await must('/shops', { code: 'S1', name: '一号店' });
  await must('/warehouses', { code: 'W1', name: '一号仓' });
  await must('/products', {
    code: 'A',
    title: 'A',
    category: 'x',
    skus: [{ sku: 'A', price: { amount: 1_990, currency: 'CNY' } }],
  });
  await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'A', quantity: 100 }] });
  await must('/payment-channels', wechatAccountInput(peer));
});
after(async () => {
  await server.discard();
  await peer.close();
});

type Json = Record<string, unknown>;

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

async function must(path: string, body: unknown): Promise<Json> {
  const got = await send('POST', path, body);
  assert.equal(got.status, 201, JSON.stringify(got.body));
  return got.body;
}

/** Asks until it is so; a slow machine may take its time. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 60_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `${what}: ${server.said}`);
    await wait(200);
  }
}

const settling = (path: string): Promise<number> =>
  send('GET', path).then(({ body }) => (body['items'] as { settles: boolean }[]).filter((r) => r.settles).length);

test('PAY-2 killed between the channel’s success and our commit, the payment and its refund settle once after the restart', async () => {
  const order = await must('/orders', anOrder({ lines: [{ sku: 'A', quantity: 1 }], payment: 'online' }));
  const made = await must(`/orders/${String(order['id'])}/payments`, { channel: 'wechat' });
  assert.match(String(made['payUrl']), /^weixin:/, 'the answer of the request has what the payer scans');
  const no = String(made['paymentNo']);
  peer.pay(no);
  const lost = peer.tell(no).catch(() => [0]); // it arrives while the server is being killed
  await Promise.all([lost, server.end('SIGKILL')]);
  await server.start();
  // the channel repeats what it got no answer to, from where the server is now
  peer.order(no).notifyUrl = `${server.url}${new URL(peer.order(no).notifyUrl).pathname}`;
  assert.deepEqual(new Set(await peer.tell(no, { times: 5 })), new Set([200]));
  const path = `/payments/${String(made['id'])}`;
  assert.equal((await send('GET', path)).body['status'], 'succeeded');
  assert.equal(await settling(`${path}/records`), 1);

  peer.faults.delayMs = 1_500; // the channel pays while we wait, and we are killed waiting
  await must(`${path}/refunds`, { amount: 1_000, reason: '少发' });
  await until(
    'the refund is on its way',
    async () => peer.calls.includes('POST /v3/refund/domestic/refunds') || peer.books.refunds.size > 0,
  );
  await server.end('SIGKILL');
  peer.faults.delayMs = 0;
  await server.start();
  await until('the refund is complete', async () => (await send('GET', path)).body['refundedAmount'] === 1_000);
  assert.equal(peer.books.refunded(no), 1_000, 'paid back once');
  assert.equal(peer.books.refunds.size, 1);
});
