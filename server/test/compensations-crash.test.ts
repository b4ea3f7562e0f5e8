import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { wechatAccountInput } from '#modules/payments/testing/real-channels.ts';
import { WechatPeer } from '#modules/payments/testing/wechat-peer.ts';
import { ServerProcess } from './support/server-process.ts';
import { anOrder } from './support/shop.ts';

let server: ServerProcess;
let peer: WechatPeer;
let apiKey: string;
before(async () => {
  peer = await WechatPeer.start();
  server = await ServerProcess.create({ ZHANGGUI_WECHATPAY_URL: peer.url });
  await server.start();
  await server.cli('org', 'create', '--code', 'shop', '--name', 'Shop');
  apiKey = await server.cli('api-key', 'create', '--org', 'shop', '--name', 'till');
  await must('/shops', { code: 'S1', name: '一号店' }, 201);
  await must('/warehouses', { code: 'W1', name: '一号仓' }, 201);
  const skus = [{ sku: 'A', price: { amount: 1_990, currency: 'CNY' } }];
  await must('/products', { code: 'A', title: 'A', category: 'x', skus }, 201);
  await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'A', quantity: 100 }] }, 201);
  await must('/payment-channels', wechatAccountInput(peer), 201);
});
after(async () => {
  await server.discard();
  await peer.close();
});

// oxlint-disable-next-line no-explicit-any -- tests look into whatever came back
type Json = any;

/** A server that has just started on a busy machine may send us away: nothing was done then, and it is asked again. */
async function send(
  method: string,
  path: string,
  body?: unknown,
  key?: string,
): Promise<{ status: number; body: Json }> {
  for (;;) {
    const answer = await sendOnce(method, path, body, key);
    if (answer.status !== 503) return answer;
    await wait(500);
  }
}

async function sendOnce(
  method: string,
  path: string,
  body?: unknown,
  idempotencyKey?: string,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    },
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

async function paidOrder(): Promise<{ id: string; customerId: string; paymentNo: string }> {
  const order = await must('/orders', anOrder({ lines: [{ sku: 'A', quantity: 1 }], payment: 'online' }), 201);
  const { paymentNo } = await must(`/orders/${order.id}/payments`, { channel: 'wechat' }, 201);
  peer.pay(paymentNo);
  peer.order(paymentNo).notifyUrl = `${server.url}${new URL(peer.order(paymentNo).notifyUrl).pathname}`;
  await peer.tell(paymentNo);
  return { id: order.id, customerId: (await send('GET', `/orders/${order.id}`)).body.customer.id, paymentNo };
}
const spent = async (): Promise<number> =>
  (await send('GET', '/after-sales/compensation-budgets')).body.items[0].spent.amount;

test('AFT-10 killed in the middle of granting, a compensation is given exactly once or not at all, and the budget knows', async () => {
  const budget = await send('PUT', '/after-sales/compensation-budgets', { scope: 'organisation', monthly: 10_000 });
  assert.equal(budget.status, 200, JSON.stringify(budget.body));
  const asked = { reason: 'quality', note: '客户不满' };
  let due = 0;
  for (const [i, killAfterMs] of [0, 8, 20, 50].entries()) {
    const order = await paidOrder();
    const path = `/orders/${order.id}/compensations`;
    const points = { ...asked, kind: 'points', points: 300 };
    const cash = { ...asked, kind: 'cash', amount: 500 };
    const lost = Promise.allSettled([send('POST', path, points, `p-${i}`), send('POST', path, cash, `c-${i}`)]);
    await wait(killAfterMs);
    await server.end('SIGKILL');
    await lost; // answered, or lost with the process
    await server.start();
    const { items } = (await send('GET', `/after-sales/compensations?orderId=${order.id}`)).body;
    const worth = items.reduce((n: number, c: Json) => n + c.value.amount, 0);
    assert.equal(await spent(), due + worth, `killed after ${killAfterMs} ms: charged is what is given`);
    const has = (await send('GET', `/customers/${order.customerId}/points`)).body.balance;
    assert.equal(has, items.some((c: Json) => c.kind === 'points') ? 300 : 0);
    for (const [body, key] of [
      [points, `p-${i}`],
      [cash, `c-${i}`],
    ] as const)
      assert.equal((await send('POST', path, body, key)).status, 201, 'asked again under its key, it is there once');
    due += 800;
    assert.equal(await spent(), due);
    assert.equal((await send('GET', `/customers/${order.customerId}/points`)).body.balance, 300);
    await until('the cash is back', async () => peer.books.refunded(order.paymentNo) === 500);
    const all = (await send('GET', `/after-sales/compensations?orderId=${order.id}`)).body.items;
    assert.equal(all.length, 2);
  }
  const { body } = await send('GET', '/ledger/accounts');
  const promised = body.items.find((a: Json) => a.code === 'points_promised');
  assert.deepEqual([promised.debit, promised.credit], [0, 1_200]);
  assert.match(await server.cli('doctor'), /0 faults|ok|nothing/i);
});
