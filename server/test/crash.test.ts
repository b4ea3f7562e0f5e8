import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { ServerProcess } from './support/server-process.ts';
import { anOrder, type Levels, phoneOf, SHIP_TO } from './support/shop.ts';

const SENDERS = 24;
const UNITS = 100_000;

let server: ServerProcess;
let key: string;
before(async () => {
  server = await ServerProcess.create();
  await server.start();
  await server.cli('org', 'create', '--code', 'shop', '--name', 'Shop');
  key = await server.cli('api-key', 'create', '--org', 'shop', '--name', 'load');
  await must('/shops', { code: 'S1', name: '一号店' });
  await must('/warehouses', { code: 'W1', name: '一号仓' });
  for (const sku of ['A', 'B', 'HOT']) {
    await must('/products', {
      code: sku,
      title: sku,
      category: 'x',
      skus: [{ sku, price: { amount: 100, currency: 'CNY' } }],
    });
    await must('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: UNITS }] });
  }
});
after(() => server.discard());

type Json = Record<string, unknown>;
type Got = { status: number; body: Json };

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
  return { status: response.status, body: (await response.json()) as Json };
}

async function must(path: string, body: unknown): Promise<Json> {
  const got = await send('POST', path, body);
  assert.equal(got.status, 201, JSON.stringify(got.body));
  return got.body;
}

type Sent = {
  no: string;
  body: Json;
  /** The order's id once the server has said 201. */ id?: string;
  cancelled: boolean;
};
const sent: Sent[] = [];
const surprises: number[] = [];
let sending = false;

/** Places orders one after another, cancels some of its own, and does not mind a server that goes away. */
async function sender(seed: number): Promise<void> {
  for (let n = 0; sending; n += 1) {
    const no = `C-${seed}-${sent.length}-${n}`;
    const lines = [
      { sku: 'HOT', quantity: 1 },
      { sku: n % 2 === 0 ? 'A' : 'B', quantity: 1 + (n % 3) },
    ];
    const order: Sent = {
      no,
      body: anOrder({
        externalNo: no,
        lines,
        payment: n % 4 === 0 ? 'online' : 'prepaid',
        shipTo: { ...SHIP_TO, phone: phoneOf(seed * 1_000_000 + n) },
      }),
      cancelled: false,
    };
    sent.push(order);
    try {
      const got = await send('POST', '/orders', order.body, order.no);
      if (got.status === 201) order.id = got.body['id'] as string;
      else if (got.status !== 503) surprises.push(got.status);
      if (
        got.status === 201 &&
        n % 5 === 0 &&
        (await send('POST', `/orders/${order.id}/cancel`, { reason: 'x' })).status === 200
      )
        order.cancelled = true;
    } catch {
      await wait(20); // cut off: whether it was taken is what the replay will tell
    }
  }
}

/** How long a slow machine may take until a round's first orders are answered. */
const LOAD_MS_MAX = 60_000;

/** Waits until orders sent since `from` are being answered: a fixed time is none at all on a machine that is busy. */
async function loadSince(from: number): Promise<void> {
  const until = Date.now() + LOAD_MS_MAX;
  while (sent.slice(from).filter((o) => o.id).length < SENDERS) {
    assert.ok(Date.now() < until, `there was load when it was killed: ${server.said}`);
    await wait(10);
  }
}

/** Load, a kill in the middle of it, and a start. The moment differs from round to round, the same on every run. */
async function round(i: number, kill: () => void | Promise<unknown>): Promise<void> {
  sending = true;
  const from = sent.length;
  const senders = Array.from({ length: SENDERS }, (_, s) => sender(i * SENDERS + s));
  try {
    await loadSince(from);
    await wait((i * 137) % 400);
    await kill();
    await wait(100);
  } finally {
    sending = false; // else the senders go on for ever, and nobody hears what went wrong
    await Promise.all(senders);
    await server.end('SIGKILL');
    await server.start(); // whatever went wrong here, the tests after this one speak for themselves
  }
}

/** Every order is asked for again under its key: whoever got an answer gets the same, whoever did not gets one now. */
async function replayAll(): Promise<void> {
  const queue = [...sent];
  await Promise.all(
    Array.from({ length: SENDERS }, async () => {
      for (let order = queue.pop(); order; order = queue.pop()) {
        const got = await send('POST', '/orders', order.body, order.no);
        assert.equal(got.status, 201, JSON.stringify(got.body));
        if (order.id) assert.equal(got.body['id'], order.id, `${order.no} was answered 201 and is another order now`);
        order.id = got.body['id'] as string;
      }
    }),
  );
}

async function allOrders(): Promise<{ id: string; externalNo: string; status: string }[]> {
  const found: { id: string; externalNo: string; status: string }[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = (await send('GET', `/orders?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`)).body as {
      items: typeof found;
      nextCursor: string | null;
    };
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

test('PERF-1 five kills of the server under load lose nothing that was answered', async () => {
  for (let i = 0; i < 5; i += 1) await round(i, () => server.end('SIGKILL'));
});

test('PERF-1 five kills of PostgreSQL under load lose nothing that was answered, and do not end the server', async () => {
  for (let i = 5; i < 10; i += 1) {
    await round(i, async () => {
      server.killDatabase();
      await wait(150);
      assert.ok(server.isRunning, `the server ended with its database: ${server.said}`);
    });
  }
});

test('PERF-1 after ten kills every order answered 201 exists once, none is half made, no stock is lost', async () => {
  await replayAll();
  assert.deepEqual(surprises, [], `killed, it answers 201, 503 or nothing: ${server.failures.slice(-3).join()}`);
  const orders = await allOrders();
  assert.equal(orders.length, sent.length);
  assert.equal(new Set(orders.map((o) => o.externalNo)).size, sent.length);
  const status = new Map(orders.map((o) => [o.id, o.status]));
  for (const o of sent) {
    assert.ok(o.id && status.has(o.id));
    if (o.cancelled) assert.equal(status.get(o.id), 'cancelled');
  }
  const open = sent.filter((o) => status.get(o.id as string) !== 'cancelled');
  const want = (sku: string): number =>
    open
      .flatMap((o) => o.body['lines'] as { sku: string; quantity: number }[])
      .filter((l) => l.sku === sku)
      .reduce((n, l) => n + l.quantity, 0);
  for (const sku of ['A', 'B', 'HOT']) {
    const [level] = (await send('GET', `/stock?sku=${sku}`)).body['items'] as Levels[];
    assert.deepEqual([level?.onHand, level?.reserved], [UNITS, want(sku)], sku);
  }
});

test('PERF-1 what followed from the orders happened too, each once', async () => {
  const missing = async (): Promise<number> => {
    const { items } = (await send('GET', '/orders?status=paid&limit=200')).body as { items: { id: string }[] };
    const shown = await Promise.all(
      items
        .slice(0, 40)
        .map(async (o) => (await send('GET', `/orders/${o.id}/timeline`)).body['items'] as { type: string }[]),
    );
    const confirmed = shown.map((t) => t.filter((e) => e.type === 'orders.order_confirmed.v1').length);
    assert.ok(confirmed.every((n) => n <= 1));
    return confirmed.filter((n) => n === 0).length;
  };
  for (let tries = 0; tries < 100 && (await missing()) > 0; tries += 1) await wait(200);
  assert.equal(await missing(), 0, 'every paid order was confirmed, also those whose server was killed before');
});

test('PERF-1 doctor finds nothing wrong, and SIGTERM ends everything with 0', async () => {
  const findings = JSON.parse(await server.cli('doctor', '--json')) as { invariant: string; faults: string[] }[];
  assert.ok(findings.length > 5);
  assert.deepEqual(
    findings.flatMap((f) => f.faults),
    [],
  );
  assert.equal(await server.end('SIGTERM'), 0);
});
