import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ServerProcess } from './support/server-process.ts';
import { anOrder } from './support/shop.ts';

const HANDS = 8;
const LOAD_MS_MAX = 60_000;

let server: ServerProcess;
let key: string;
type Got = { status: number; body: any };

async function send(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<Got> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    },
    body: body === undefined ? null : JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, body: await response.json() };
}
const post = (path: string, body: unknown, idempotencyKey?: string) => send('POST', path, body, idempotencyKey);

async function must(path: string, body: unknown): Promise<any> {
  const got = await post(path, body);
  assert.equal(got.status, 201, JSON.stringify(got.body));
  return got.body;
}

before(async () => {
  server = await ServerProcess.create();
  await server.start();
  await server.cli('org', 'create', '--code', 'shop', '--name', 'Shop');
  key = await server.cli('api-key', 'create', '--org', 'shop', '--name', 'hands');
  await must('/shops', { code: 'S1', name: '一号店' });
  await must('/warehouses', { code: 'W1', name: '一号仓' });
  for (const sku of ['A', 'B']) {
    await must('/products', {
      code: sku,
      title: sku,
      category: 'x',
      skus: [{ sku, price: { amount: 100, currency: 'CNY' } }],
    });
  }
});
after(() => server.discard());

/** What was answered: it must be so after every kill. */
const received = new Map<string, number>();
const shipped: string[] = [];
let working = false;

/** The whole way of goods, over and over: in, promised, picked from their bins, packed, out. A server that goes away is not minded. */
async function hand(seed: number): Promise<void> {
  for (let n = 0; working; n += 1) {
    try {
      const sku = (seed + n) % 2 === 0 ? 'A' : 'B';
      const reference = randomUUID();
      const line = { sku, quantity: 3, bin: `B-${n % 4}`, batch: `L${n % 3}`, expiresOn: `203${n % 3}-01-01` };
      const receipt = await post('/stock/receipts', { warehouse: 'W1', reference, lines: [line] }, reference);
      if (receipt.status === 201) received.set(receipt.body.id, 3);
      const order = await post('/orders', anOrder({ payment: 'prepaid', lines: [{ sku, quantity: 2 }] }), randomUUID());
      if (order.status !== 201) continue;
      const wave = await post('/waves', { warehouse: 'W1', orderIds: [order.body.id] });
      const pick = wave.body.picks?.[0];
      if (!pick) continue;
      await post(`/picks/${pick.id}/scan`, { code: sku, quantity: 1, scanId: randomUUID() });
      if (n % 3 === 0) await post(`/picks/${pick.id}/short`, { lineId: pick.lines[0].lineId, missing: 1 });
      else await post(`/picks/${pick.id}/scan`, { code: sku, quantity: 1, scanId: randomUUID() });
      if (n % 3 === 0) await post(`/picks/${pick.id}/scan`, { code: sku, quantity: 1, scanId: randomUUID() });
      const parcel = await post('/parcels', { orderId: order.body.id });
      if (parcel.status !== 201) continue;
      await post(`/parcels/${parcel.body.id}/scan`, { code: sku, quantity: 2, scanId: randomUUID() });
      const left = await post(`/parcels/${parcel.body.id}/ship`, { carrier: 'sandbox' });
      if (left.status === 200) shipped.push(parcel.body.id);
    } catch {
      await wait(20);
    }
  }
}

async function round(i: number, kill: () => void | Promise<unknown>): Promise<void> {
  working = true;
  const from = shipped.length;
  const hands = Array.from({ length: HANDS }, (_, h) => hand(i * HANDS + h));
  try {
    const until = Date.now() + LOAD_MS_MAX;
    while (shipped.length < from + HANDS) {
      assert.ok(Date.now() < until, `goods leave when it is killed: ${server.said}`);
      await wait(10);
    }
    await wait((i * 137) % 200);
    await kill();
    await wait(100);
  } finally {
    working = false;
    await Promise.all(hands);
    await server.end('SIGKILL');
    await server.start();
  }
}

test('FUL-4 INV-2 killed in the middle of picking and packing, server and database by turns: what was answered stays, all books agree', async () => {
  for (let i = 0; i < 4; i += 1)
    await round(i, async () => {
      if (i % 2 === 0) return void (await server.end('SIGKILL'));
      server.killDatabase();
      await wait(150);
    });
  for (const id of shipped) assert.equal((await send('GET', `/parcels/${id}`)).body.shippedAt !== null, true, id);
  for (const [id] of received) assert.equal((await send('GET', `/stock/documents/${id}`)).body.state, 'posted');
  const audit = await send('GET', '/stock/audit');
  assert.deepEqual(audit.body.mismatches, []);
  const findings = JSON.parse(await server.cli('doctor', '--json')) as { invariant: string; faults: string[] }[];
  assert.deepEqual(
    findings.flatMap((f) => f.faults),
    [],
  );
  assert.equal(await server.end('SIGTERM'), 0);
});
