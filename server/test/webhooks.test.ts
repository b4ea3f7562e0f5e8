import assert from 'node:assert/strict';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { DAY_MS } from '#kernel/time.ts';
import { webhooksModule } from '#kernel/webhooks/index.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, place } from './support/shop.ts';

type Got = { headers: IncomingHttpHeaders; text: string; body: Answer['body'] };

/** A receiver on this machine: answers what `answer` says and keeps what it got. */
async function receiver() {
  const got: Got[] = [];
  const state = { status: 204, delayMs: 0, answer: '' };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      got.push({ headers: request.headers, text, body: JSON.parse(text) });
      setTimeout(() => {
        if (state.status === 302) response.setHeader('location', '/elsewhere');
        response.writeHead(state.status).end(state.answer);
      }, state.delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { got, state, port, url: `http://127.0.0.1:${port}/hook`, close: () => void server.close() };
}

let app: TestApp;
let target: Awaited<ReturnType<typeof receiver>>;
before(async () => {
  app = await testApp();
  target = await receiver();
});
after(async () => {
  target.close();
  await app.close();
});

/** What Standard Webhooks tells a receiver to do, written down apart from the code that signs. */
function verified(secret: string, { headers, text }: Got): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  const expected = createHmac('sha256', key).update(signed).digest();
  return String(headers['webhook-signature'])
    .split(' ')
    .map((signature) => signature.split(','))
    .some(([version, mac]) => {
      const given = Buffer.from(mac ?? '', 'base64');
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

async function house(code: string): Promise<TestOrg> {
  const org = await app.org(code);
  await openShop(org);
  expectStatus(await org.api('PUT', '/settings/webhooks', { values: { allowInsecure: true } }), 200);
  await app.settleDown();
  target.got.length = 0;
  Object.assign(target.state, { status: 204, delayMs: 0, answer: '' });
  return org;
}

const listen = async (org: TestOrg, events: string[] = ['orders.order_placed.v1']): Promise<Answer['body']> =>
  expectStatus(await org.post('/webhooks', { url: target.url, events }), 201);

const deliveries = async (org: TestOrg, id: string, query = ''): Promise<Answer['body'][]> =>
  expectStatus(await org.get(`/webhooks/${id}/deliveries${query}`), 200).items;

/** Lets every delivery that waits for its next try be tried now. */
async function tryNow(): Promise<void> {
  await app.db.systemTx((tx) =>
    tx.query(
      `update graphile_worker._private_jobs j set run_at = now()
         from graphile_worker._private_tasks t where t.id = j.task_id and t.identifier = 'webhooks.deliver'`,
    ),
  );
  await app.settleDown();
}

const [deliver] = webhooksModule.jobs as [(typeof webhooksModule.jobs)[number]];
const runJob = (org: TestOrg, deliveryId: string): Promise<void> =>
  deliver.run({ db: app.db, log: app.app.log }, { deliveryId }, systemCtx(org.id, new Date()));

test('PLT-3 an event arrives once, signed, with its ids, and says what happened', async () => {
  const org = await house('signed');
  await place(org); // before anybody listens: not told
  app.clock.pass(1000);
  const hook = await listen(org);
  app.clock.pass(1000);
  const order = await place(org);
  await app.settleDown();
  await app.settleDown();
  assert.equal(target.got.length, 1);
  const [got] = target.got as [Got];
  assert.ok(verified(hook.secret, got), 'the signature fits');
  assert.ok(!verified(hook.secret, { ...got, text: `${got.text} ` }), 'a changed body does not');
  assert.equal(got.body.type, 'orders.order_placed.v1');
  assert.equal(got.body.key, order.id);
  assert.equal(got.body.id, got.headers['webhook-id']);
  assert.match(got.body.id, /^\d+-\d+$/);
  assert.ok(Math.abs(Number(got.headers['webhook-timestamp']) - Date.now() / 1000) < 60);
  const [row] = (await deliveries(org, hook.id)) as [Answer['body']];
  assert.equal(got.headers['x-zhanggui-delivery'], row.id);
  assert.deepEqual([row.state, row.attempts, row.lastStatus, row.eventId], ['delivered', 1, 204, got.body.id]);
  const list = await org.get('/webhooks');
  assert.ok(!JSON.stringify(list.body).includes('whsec_'), 'the secret is shown once');
});

test('PLT-3 a delivery whose job runs twice at once, at a slow receiver, is sent once', async () => {
  const org = await house('twice');
  const hook = await listen(org);
  const ping = expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202);
  target.state.delayMs = 300;
  await Promise.all([runJob(org, ping.id), runJob(org, ping.id)]);
  await runJob(org, ping.id);
  await tryNow();
  assert.equal(target.got.length, 1);
  const [row] = (await deliveries(org, hook.id)) as [Answer['body']];
  assert.deepEqual([row.state, row.attempts], ['delivered', 1]);
});

test('PLT-3 receivers that hang leave workers to other jobs: a third delivery at once is put off', async () => {
  const org = await house('hang');
  const hook = await listen(org);
  const pings: Answer['body'][] = [];
  for (let i = 0; i < 3; i += 1) pings.push(expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202));
  target.state.delayMs = 300;
  const started = Date.now();
  const [a, b] = pings.slice(0, 2).map((ping) => runJob(org, ping.id));
  await runJob(org, pings[2].id);
  assert.ok(Date.now() - started < 250, 'the third did not wait for the receiver');
  await Promise.all([a, b]);
  await tryNow();
  assert.equal(target.got.length, 3);
  assert.ok((await deliveries(org, hook.id)).every((row) => row.state === 'delivered' && row.attempts === 1));
});

test('PLT-3 refusals, redirects and errors of a receiver are tried again later, under the same ids', async () => {
  const org = await house('retried');
  const hook = await listen(org);
  app.clock.pass(1000);
  await place(org);
  const seen: unknown[] = [];
  for (const status of [500, 302, 404]) {
    Object.assign(target.state, { status, answer: '王小明 13800138000'.repeat(1000) });
    await tryNow();
    const [row] = (await deliveries(org, hook.id, '?state=pending')) as [Answer['body']];
    seen.push([row.attempts, row.lastStatus, row.lastError]);
    const waits = (new Date(row.nextAt).getTime() - Date.now()) / 1000;
    const expected = [10, 60, 300][seen.length - 1] as number;
    assert.ok(waits > expected - 10 && waits <= expected, `waits ${waits} s`);
  }
  assert.deepEqual(seen, [
    [1, 500, 'http_500'],
    [2, 302, 'http_302'],
    [3, 404, 'http_404'],
  ]);
  assert.equal(expectStatus(await org.get('/webhooks'), 200).items[0].failures, 3);
  target.state.status = 200;
  await tryNow();
  assert.equal(target.got.length, 4);
  assert.equal(new Set(target.got.map((got) => got.headers['webhook-id'])).size, 1);
  assert.equal(new Set(target.got.map((got) => got.headers['x-zhanggui-delivery'])).size, 1);
  assert.equal(new Set(target.got.map((got) => got.text)).size, 1);
  assert.ok(target.got.every((got) => verified(hook.secret, got)));
  const view = expectStatus(await org.get('/webhooks'), 200).items[0];
  assert.deepEqual([view.failures, view.failingSince], [0, null]);
});

test('PLT-3 after eight retries a delivery has failed, and a person can have it sent again', async () => {
  const org = await house('given-up');
  const hook = await listen(org);
  const ping = expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202);
  target.state.status = 503;
  for (let i = 0; i < 12; i += 1) await tryNow();
  assert.equal(target.got.length, 9);
  const [row] = (await deliveries(org, hook.id, '?state=failed')) as [Answer['body']];
  assert.deepEqual([row.attempts, row.nextAt], [9, null]);
  target.state.status = 200;
  expectStatus(await org.post(`/webhooks/${hook.id}/deliveries/${ping.id}/redeliver`), 202);
  await app.settleDown();
  assert.equal(target.got.at(-1)?.headers['webhook-id'], row.eventId);
  assert.equal((await deliveries(org, hook.id))[0].state, 'delivered');
});

test('PLT-3 nothing but failures for three days switches an endpoint off and tells its maker', async () => {
  const org = await house('dead');
  const maker = await app.person('dead');
  const hook = expectStatus(await maker.post('/webhooks', { url: target.url, events: ['*'] }), 201);
  target.state.status = 500;
  expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202);
  await app.settleDown();
  const since = new Date(Date.now() - 3 * DAY_MS);
  await app.db.systemTx((tx) =>
    tx.query('update kernel.webhook_endpoints set failing_since = $2 where id = $1', [hook.id, since]),
  );
  await tryNow();
  const [view] = expectStatus(await org.get('/webhooks'), 200).items;
  assert.deepEqual([view.enabled, view.disabledReason], [false, 'failing']);
  const told = expectStatus(await maker.get('/notifications'), 200).items;
  assert.match(told[0].body, /127\.0\.0\.1/);
  await tryNow();
  const rows = await deliveries(org, hook.id);
  assert.ok(
    rows.every((row) => row.state === 'failed' && row.lastError === 'endpoint_disabled'),
    'nothing goes on waiting',
  );
  const sent = target.got.length;
  await place(org);
  await app.settleDown();
  assert.equal(target.got.length, sent, 'nothing is sent to it');
  assert.equal((await org.post(`/webhooks/${hook.id}/ping`)).body.code, 'webhook_disabled');
  const on = expectStatus(await org.api('PATCH', `/webhooks/${hook.id}`, { enabled: true }), 200);
  assert.deepEqual([on.enabled, on.failures, on.failingSince], [true, 0, null]);
});

test('PLT-3 an endpoint switched off by hand gets nothing; an old version of it cannot be changed', async () => {
  const org = await house('off');
  const hook = await listen(org, ['*']);
  expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202);
  const stale = { 'if-match': `"${hook.version}"` };
  expectStatus(await org.api('PATCH', `/webhooks/${hook.id}`, { enabled: false }, stale), 200);
  expectStatus(await org.api('PATCH', `/webhooks/${hook.id}`, { enabled: true }, stale), 412);
  await app.settleDown();
  assert.equal(target.got.length, 0);
  expectStatus(await org.api('DELETE', `/webhooks/${hook.id}`), 200);
  expectStatus(await org.get(`/webhooks/${hook.id}/deliveries`), 404);
});

test('PLT-3 after a rotation both secrets sign for a day, then the new one alone', async () => {
  const org = await house('rotated');
  const hook = await listen(org);
  const next = expectStatus(await org.post(`/webhooks/${hook.id}/rotate-secret`), 200);
  assert.notEqual(next.secret, hook.secret);
  const stored = await app.db.systemTx((tx) =>
    tx.query<{ text: string }>('select t::text as text from kernel.webhook_endpoints t where org_id = $1', [org.id]),
  );
  for (const secret of [hook.secret, next.secret]) assert.ok(!JSON.stringify(stored).includes(secret.slice(6)));
  expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202);
  await app.settleDown();
  const [both] = target.got as [Got];
  assert.ok(verified(next.secret, both) && verified(hook.secret, both));
  await app.db.systemTx((tx) =>
    tx.query('update kernel.webhook_endpoints set previous_until = $2 where id = $1', [hook.id, new Date()]),
  );
  expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202);
  await app.settleDown();
  const alone = target.got[1] as Got;
  assert.ok(verified(next.secret, alone) && !verified(hook.secret, alone));
});

test('PLT-3 our own network is not reached: by address, by name, by a setting taken back', async () => {
  const org = await house('inside');
  const byName = `http://localhost:${target.port}/hook`;
  const named = expectStatus(await org.post('/webhooks', { url: byName, events: ['*'] }), 201);
  const literal = await listen(org);
  expectStatus(await org.post('/webhooks', { url: 'http://169.254.169.254/latest', events: ['*'] }), 422);
  expectStatus(await org.api('PUT', '/settings/webhooks', { values: { allowInsecure: false } }), 200);
  for (const url of [
    target.url,
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://user:password@example.com/',
  ]) {
    const refused = await org.post('/webhooks', { url, events: ['*'] });
    assert.deepEqual([refused.status, refused.body.code], [422, 'webhook_url_refused'], url);
  }
  const insideName = expectStatus(
    await org.post('/webhooks', { url: `https://localhost:${target.port}/hook`, events: ['orders.*'] }),
    201,
  );
  for (const hook of [named, literal, insideName]) expectStatus(await org.post(`/webhooks/${hook.id}/ping`), 202);
  await app.settleDown();
  assert.equal(target.got.length, 0, 'not one connection');
  const why = async (id: string): Promise<string> => (await deliveries(org, id)).at(-1).lastError;
  assert.equal(await why(named.id), 'insecure_url');
  assert.equal(await why(literal.id), 'insecure_url');
  assert.equal(await why(insideName.id), 'address_refused');
});

test('PLT-3 what cannot be meant is refused: no such event, a scope of some shops, too many endpoints', async () => {
  const org = await house('refused');
  const typo = await org.post('/webhooks', { url: target.url, events: ['orders.*', 'order.*'] });
  assert.deepEqual(
    [typo.status, typo.body.errors[0].path, typo.body.errors[0].code],
    [400, 'events[1]', 'webhook_event_unknown'],
  );
  const [shop] = expectStatus(await org.get('/shops'), 200).items;
  const narrow = await app.person('refused', ['admin'], { shops: [shop.id] });
  const body = { url: target.url, events: ['*'] };
  assert.equal((await narrow.post('/webhooks', body)).body.code, 'webhook_needs_full_scope');
  const all = await Promise.all(Array.from({ length: 22 }, () => org.post('/webhooks', body)));
  assert.equal(all.filter((a) => a.status === 201).length, 20);
  assert.ok(expectStatus(await org.get('/webhooks/event-types'), 200).items.length > 20);
});

test('PLT-1 an organisation’s events go to its own endpoints alone', async () => {
  const ours = await house('ours');
  const other = await house('other');
  const mine = await listen(ours, ['*']);
  const theirs = await listen(other, ['*']);
  app.clock.pass(1000);
  const order = await place(ours);
  await app.settleDown();
  const placed = target.got.filter((got) => got.body.type === 'orders.order_placed.v1');
  assert.equal(placed.length, 1);
  assert.equal(placed[0]?.body.key, order.id);
  assert.ok(placed.every((got) => verified(mine.secret, got) && !verified(theirs.secret, got)));
  expectStatus(await other.get(`/webhooks/${mine.id}/deliveries`), 404);
  expectStatus(await other.post(`/webhooks/${mine.id}/ping`), 404);
  const [row] = await deliveries(ours, mine.id);
  expectStatus(await other.post(`/webhooks/${theirs.id}/deliveries/${row.id}/redeliver`), 404);
});
