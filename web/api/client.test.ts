import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from './client.ts';
import { createIntent, randomId } from './intent.ts';
import { ApiProblem, isDecided } from './problem.ts';
import type { NewOrder } from './types.ts';

const ORDER: NewOrder = { shop: 's', channel: 'web', shipTo: { name: 'n', phone: 'p', address: 'a' }, lines: [] };

type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | 'network';

function scripted(...answers: Answer[]) {
  const calls: { url: string; headers: Headers }[] = [];
  const slept: number[] = [];
  let turned = 0;
  const client = createClient({
    origin: 'http://shop.test',
    locale: () => 'zh-CN',
    sleep: async (ms) => void slept.push(ms),
    onUnauthenticated: () => (turned += 1),
    fetch: (async (request: Request) => {
      calls.push({ url: request.url.slice('http://shop.test'.length), headers: request.headers });
      const answer = answers[Math.min(calls.length, answers.length) - 1] ?? 'network';
      if (answer === 'network') throw new TypeError('fetch failed');
      const headers = { 'content-type': 'application/problem+json', ...answer.headers };
      return new Response(JSON.stringify(answer.body ?? {}), { status: answer.status, headers });
    }) as typeof fetch,
  });
  return { client, calls, slept, turned: () => turned };
}

test('a GET is tried again when nothing was decided, a POST never', async () => {
  const reading = scripted(
    'network',
    { status: 503, headers: { 'retry-after': '2' } },
    { status: 200, body: { ok: true } },
  );
  assert.deepEqual(await reading.client.get('/orders'), { ok: true });
  assert.equal(reading.calls.length, 3);
  assert.deepEqual(reading.slept, [300, 2000]);

  const writing = scripted({ status: 503 });
  await assert.rejects(
    writing.client.post('/orders', { body: ORDER, idempotencyKey: 'k' }),
    (e: ApiProblem) => e.status === 503,
  );
  assert.equal(writing.calls.length, 1);
});

test('a refused GET is not repeated', async () => {
  const { client, calls } = scripted({ status: 404, body: { code: 'order_not_found', title: '没有这个订单' } });
  await assert.rejects(
    client.get('/orders/{orderId}', { path: { orderId: 'x' } }),
    (e: ApiProblem) => e.code === 'order_not_found' && e.title === '没有这个订单',
  );
  assert.equal(calls.length, 1);
});

test('language, query, version and idempotency key travel as headers and address', async () => {
  const { client, calls } = scripted({ status: 200 });
  await client.get('/orders', { query: { q: '张三', limit: 50, shop: '' } });
  await client.post('/orders', { body: ORDER, idempotencyKey: 'k1', version: 7 });
  await client.repeatable('/sandbox/payments/{paymentId}/settle', {
    path: { paymentId: 'p' },
    body: { outcome: 'success' },
  });
  assert.equal(calls[0]?.url, `/api/v1/orders?q=${encodeURIComponent('张三')}&limit=50`);
  assert.equal(calls[0]?.headers.get('accept-language'), 'zh-CN');
  assert.equal(calls[1]?.headers.get('idempotency-key'), 'k1');
  assert.equal(calls[1]?.headers.get('if-match'), '"7"');
  assert.equal(calls[2]?.url, '/sandbox/payments/p/settle');
});

test('a 401 is reported once and thrown', async () => {
  const { client, turned } = scripted({ status: 401, body: { code: 'unauthenticated', title: 'x' } });
  await assert.rejects(client.get('/me'));
  assert.equal(turned(), 1);
});

test('every error of a problem is kept, and bodies that are no problem still make one', async () => {
  const errors = [{ path: 'lines[0].sku', code: 'unknown_sku', message: '没有此商品' }, { nonsense: 1 }];
  const full = scripted({ status: 422, body: { code: 'invalid_order', title: 't', errors, orderId: 'o' } });
  await assert.rejects(
    full.client.post('/orders', { body: ORDER, idempotencyKey: 'k' }),
    (e: ApiProblem) => e.errors.length === 1 && e.facts['orderId'] === 'o',
  );
  const auth = scripted({ status: 401, body: { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'no' } });
  await assert.rejects(
    auth.client.beside('/api/auth/sign-in/email', {}),
    (e: ApiProblem) => e.code === 'invalid_email_or_password',
  );
  const html = scripted({ status: 502, headers: { 'content-type': 'text/html' } });
  await assert.rejects(
    html.client.post('/orders', { body: ORDER, idempotencyKey: 'k' }),
    (e: ApiProblem) => e.code === 'http_502',
  );
});

test('ORD-1 pressing again after a lost connection carries the same key; a changed form or an answer makes a new one', () => {
  let made = 0;
  const intent = createIntent(() => `k${(made += 1)}`);
  assert.equal(intent.keyFor({ a: 1 }), 'k1');
  assert.equal(intent.keyFor({ a: 1 }), 'k1');
  assert.equal(intent.keyFor({ a: 2 }), 'k2');
  intent.settle();
  assert.equal(intent.keyFor({ a: 2 }), 'k3');
});

test('only an answer from the server decides an intent', () => {
  const of = (status: number) => new ApiProblem({ status, code: 'x', title: 'x' });
  assert.deepEqual(
    [400, 409, 422].map((s) => isDecided(of(s))),
    [true, true, true],
  );
  assert.deepEqual(
    [0, 408, 429, 500, 503].map((s) => isDecided(of(s))),
    [false, false, false, false, false],
  );
  assert.equal(isDecided(new Error('x')), false);
});

test('random ids are version-4 UUIDs', () => {
  assert.match(randomId(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
