import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { createLog, silentLog } from '#kernel/log.ts';
import { startTracing } from '#kernel/tracing/index.ts';
import { testApp } from './support/app.ts';
import { anOrder, expectStatus, openShop, SHIP_TO } from './support/shop.ts';

type Attribute = { key: string; value: Record<string, unknown> };
type Span = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  links?: { spanId: string }[];
  attributes: Attribute[];
};

/** Stands where a collector of OpenTelemetry would. */
async function collector() {
  const bodies: string[] = [];
  const paths = new Set<string | undefined>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    paths.add(request.url);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const spans = (): Span[] =>
    bodies.flatMap((body) =>
      (JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] }).resourceSpans.flatMap((r) =>
        r.scopeSpans.flatMap((s) => s.spans),
      ),
    );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { bodies, paths, spans, url, close: () => void server.close() };
}

const valueOf = (span: Span, key: string): unknown =>
  Object.values(span.attributes.find((a) => a.key === key)?.value ?? {})[0];

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

test('PLT-4 a placed order is traced from the caller to its batch, and no span knows the customer', async (t) => {
  const sink = await collector();
  const stop = await startTracing({ OTEL_EXPORTER_OTLP_ENDPOINT: sink.url }, silentLog);
  const app = await testApp();
  t.after(async () => {
    await app.close();
    await stop();
    sink.close();
  });
  const org = await app.org('traced');
  await openShop(org);
  const traceparent = `00-${TRACE}-${CALLER}-01`;
  const person = { ...SHIP_TO, name: '欧阳测试', phone: '13912345678', address: '保密路 77 号' };
  const places = Array.from({ length: 3 }, () =>
    org.post('/orders', anOrder({ shipTo: person, remark: '请放门口' }), { traceparent, 'user-agent': 'till' }),
  );
  for (const answer of await Promise.all(places)) expectStatus(answer, 201);
  expectStatus(await org.get('/orders?phone=13912345678'), 200);
  expectStatus(await org.get('/orders/13912345678'), 404);
  const ctx = systemCtx(org.id);
  await assert.rejects(app.db.inTx(ctx, (tx) => tx.query(`select $1::text::int`, ['欧阳测试'])));
  await app.settleDown();
  await stop();

  assert.deepEqual([...sink.paths], ['/v1/traces']);
  const spans = sink.spans();
  const requests = spans.filter((s) => s.name === 'POST /api/v1/orders');
  assert.equal(requests.length, 3);
  for (const request of requests) {
    assert.deepEqual([request.traceId, request.parentSpanId], [TRACE, CALLER]);
    assert.equal(valueOf(request, 'http.route'), '/api/v1/orders');
    assert.equal(Number(valueOf(request, 'http.response.status_code')), 201);
  }
  const ids = new Set(requests.map((r) => r.spanId));
  const batches = spans.filter((s) => s.name === 'orders.intake' && s.traceId === TRACE);
  const named = batches.flatMap((b) => [b.parentSpanId ?? '', ...(b.links ?? []).map((l) => l.spanId)]);
  assert.deepEqual(named.toSorted(), [...ids].toSorted(), 'each request is parent of its batch or linked from it');
  assert.equal(
    batches.reduce((n, b) => n + Number(valueOf(b, 'zhanggui.orders')), 0),
    3,
  );
  const calls = spans.filter((s) => s.name === 'db.transaction' && batches.some((b) => b.spanId === s.parentSpanId));
  assert.ok(calls.length > 0, 'the batch shows its transaction');
  assert.ok(spans.some((s) => s.name.startsWith('subscriber ') && Number(valueOf(s, 'zhanggui.events')) > 0));
  assert.ok(
    spans.some((s) => s.name === 'GET /api/v1/orders/:orderId'),
    'the pattern of the route, not the address',
  );
  assert.ok(
    spans.every((s) => s.name !== 'db.transaction' || s.parentSpanId),
    'no transaction on its own',
  );
  const all = sink.bodies.join();
  for (const secret of [person.name, person.phone, person.address, '请放门口', org.key, 'phone=', 'select '])
    assert.ok(!all.includes(secret), `a span tells ${secret}`);
});

test('PLT-4 the log of a request that fails says what failed and nothing of the customer', async (t) => {
  const lines: string[] = [];
  const to = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) });
  const app = await testApp({ log: createLog('debug', to) });
  t.after(() => app.close());
  const org = await app.org('logged');
  await openShop(org);
  const person = { ...SHIP_TO, name: '欧阳测试', phone: '13912345678', address: '保密路 77 号' };
  const send = (): Promise<Response> =>
    fetch(`${app.url}/api/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(anOrder({ shipTo: person, remark: '请放门口' })),
    });
  // what the database says of the row it could not store, and of the value it could not read
  await app.db.systemTx((tx) => tx.query('alter table orders.orders add check (order_no is null) not valid'));
  assert.equal((await send()).status, 500);
  const ctx = systemCtx(org.id);
  const unread = await app.db
    .inTx(ctx, (tx) => tx.query(`select $1::text::int`, [`${person.name}"${person.phone}`]))
    .catch((e: unknown) => e);
  app.app.log.error(
    { err: unread, because: unread, shipTo: person, a: { b: [{ shipTo: person, c: { ...person } }] } },
    'request failed',
  );
  assert.equal(person.phone, '13912345678', 'what is logged is not changed by it');
  const failed = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((l) => l['level'] === 50);
  assert.equal(failed.length, 2);
  assert.ok(failed.every((l) => l['msg'] === 'request failed' && l['err']));
  assert.ok(failed[0]?.['requestId'], 'it can be found by the id that the answer carried');
  const all = lines.join();
  for (const secret of [person.name, person.phone, person.address, '请放门口', org.key])
    assert.ok(!all.includes(secret), `a log line tells ${secret}: ${lines.find((l) => l.includes(secret))}`);
});

test('PLT-4 without an endpoint nothing of OpenTelemetry is loaded', async () => {
  const { spawnSync } = await import('node:child_process');
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => { if (url.includes('/@opentelemetry/') && !url.includes('/api/')) loaded.push(url); return next(url, context); } });
    const { startTracing } = await import('#kernel/tracing/index.ts');
    await import('#app/http.ts');
    await startTracing({}, console);
    console.log(loaded.length);`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: `${import.meta.dirname}/../..`,
  });
  assert.equal(ran.stdout.toString().trim(), '0', ran.stderr.toString());
});
