import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { auditModule, defineReveal, sealEvents } from '#kernel/audit/index.ts';
import { approvalsModule, defineApproval } from '#kernel/approvals/index.ts';
import { defineRoute } from '#kernel/http/route.ts';
import { drainSubscribers } from '#kernel/outbox/subscribers.ts';
import { Attempts } from './attempts.ts';
import { CredentialCache, forgetCredentials } from './credential-cache.ts';
import { findOrg } from './index.ts';
import { type House, openHouse, PASSWORD } from './testing/house.ts';

defineReveal({
  kind: 'nodes_test',
  permission: 'nodes_test.thing.read',
  load: async (_tx, id) => ({ phone: `phone of ${id}`, name: `name of ${id}` }),
});
const approval = defineApproval({
  kind: 'nodes_test.thing',
  permission: 'nodes_test.thing.decide',
  fourEyes: true,
  expiresAfterMs: 60_000,
  onApproved: async () => undefined,
});
const ask = defineRoute({
  method: 'POST',
  path: '/ask',
  permission: 'session',
  tags: ['test'],
  summary: 'Asks for approval',
  input: z.object({ subject: z.string().max(80) }),
  output: z.object({ approvalId: z.string() }),
  run: async (tx, ctx, { subject }) => ({ approvalId: await approval.request(tx, ctx, { subject, facts: {} }) }),
});

let house: House;
before(async () => {
  const permissions = {
    ...auditModule.permissions,
    ...approvalsModule.permissions,
    'nodes_test.thing.read': 'r',
    'nodes_test.thing.decide': 'd',
  };
  house = await openHouse({ routes: [...auditModule.routes, ...approvalsModule.routes, ask], permissions });
  await house.org('demo');
  await house.person('demo', 'admin@demo.test', ['admin']);
  await house.person('demo', 'second@demo.test', ['admin']);
});
after(() => house.close());

const signedIn = async (email: string) => {
  const browser = house.browser();
  assert.equal((await browser.signIn(email)).status, 200);
  return browser;
};

test('CMP-2 on several nodes together no more than five wrong passwords are tried', async () => {
  const nodes = Array.from({ length: 4 }, () => new Attempts(house.db));
  let tried = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) =>
      (nodes[i % nodes.length] as Attempts).guard('somebody@demo.test', '10.9.9.9', async (attempt) => {
        tried += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        await attempt.failed();
      }),
    ),
  );
  assert.equal(tried, 5);
  assert.equal(results.filter((r) => r.status === 'rejected' && r.reason.code === 'account_locked').length, 35);
});

test('CMP-2 what another node revoked is noticed within five seconds', async () => {
  let clock = 0;
  let answer = 'may';
  const cache = new CredentialCache<string>(() => clock);
  const look = (): Promise<string> => cache.get('key', async () => answer);
  assert.equal(await look(), 'may');
  answer = 'may not';
  clock = 4999;
  assert.equal(await look(), 'may');
  clock = 5000;
  assert.equal(await look(), 'may not');
  answer = 'may again';
  forgetCredentials();
  assert.equal(await look(), 'may again');
  cache.dispose();
});

test('CMP-2 a look-up that began before a revocation is not believed after it', async () => {
  const cache = new CredentialCache<string>();
  const slow = Promise.withResolvers<string>();
  const early = cache.get('key', () => slow.promise);
  forgetCredentials();
  slow.resolve('may');
  assert.equal(await early, 'may');
  assert.equal(await cache.get('key', async () => 'may not'), 'may not');
  await assert.rejects(cache.get('other', () => Promise.reject(new Error('database away'))));
  assert.equal(await cache.get('other', async () => 'fine'), 'fine', 'a failure is not remembered');
  cache.dispose();
});

test('CMP-1 personal data is shown over HTTP with a reason, and its refusal is recorded', async () => {
  const admin = await signedIn('admin@demo.test');
  const look = (over: object = {}) =>
    admin.post(
      '/personal-data/reveal',
      { kind: 'nodes_test', id: 'x1', reason: 'customer called', ...over },
      { 'idempotency-key': 'again' },
    );
  assert.equal((await look({ reason: '    no  ' })).status, 400);
  assert.equal((await look({ kind: 'none' })).body.code, 'reveal_unknown');
  const shown = await look({ fields: ['phone'] });
  assert.deepEqual(shown.body, { fields: { phone: 'phone of x1' } });
  assert.equal(shown.headers['cache-control'], 'no-store');
  assert.equal(
    (await house.db.systemTx((tx) => tx.query('select from kernel.idempotency'))).length,
    0,
    'nothing is kept for replays',
  );
  const id = (await findOrg(house.db, 'demo'))?.id as string;
  await house.db.systemTx((tx) => tx.query('update kernel.reveal_counts set looks = 100 where org_id = $1', [id]));
  const refused = await look();
  assert.equal(refused.status, 429);
  assert.equal(refused.body.code, 'reveal_limit_reached');
  const events = (await admin.get('/audit/events?type=kernel.')).body.items as { type: string; summary: string }[];
  assert.deepEqual(
    events.map((e) => e.type),
    ['kernel.look_refused.v1', 'kernel.personal_data_seen.v1'],
  );
});

test('CMP-3 the record is listed newest first, filtered and a page at a time, and verifies', async () => {
  const admin = await signedIn('admin@demo.test');
  const { id } = (await admin.get('/me')).body.user;
  const seen: number[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page = (
      await admin.get(`/audit/events?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`)
    ).body as { items: { seq: number }[]; nextCursor: string | null };
    seen.push(...page.items.map((e) => e.seq));
    cursor = page.nextCursor;
  }
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => b - a),
  );
  assert.equal(new Set(seen).size, seen.length);
  assert.ok(seen.length >= 6);
  const mine = (await admin.get(`/audit/events?actor=${id}&type=identity.signed_in`)).body.items as {
    actor: { id: string };
    type: string;
  }[];
  assert.ok(mine.length >= 2 && mine.every((e) => e.actor.id === id && e.type === 'identity.signed_in.v1'));
  assert.equal(
    (await admin.get(`/audit/events?key=${id}&from=2001-01-01T00:00:00Z&to=2001-01-02T00:00:00Z`)).body.items.length,
    0,
  );
  assert.equal((await admin.get('/audit/events?cursor=made-up')).body.code, 'invalid_cursor');
  await drainSubscribers(house.db, (await findOrg(house.db, 'demo'))?.id as string, [sealEvents]);
  const verdict = (await admin.get('/audit/verify')).body;
  assert.equal(verdict.ok, true);
  assert.equal(verdict.events, seen.length);
  const clerk = await admin.post('/users', {
    email: 'clerk@demo.test',
    name: 'Clerk',
    password: PASSWORD,
    roles: ['warehouse'],
  });
  assert.equal(clerk.status, 201);
  const browser = await signedIn('clerk@demo.test');
  for (const path of ['/audit/events', '/audit/verify']) assert.equal((await browser.get(path)).status, 403);
  assert.equal(
    (await browser.post('/personal-data/reveal', { kind: 'nodes_test', id: 'x', reason: 'because I want' })).status,
    403,
  );
});

test('PLT-2 an approval over HTTP: asked by one, decided by another', async () => {
  const [one, two] = [await signedIn('admin@demo.test'), await signedIn('second@demo.test')];
  const { approvalId } = (await one.post('/ask', { subject: 'thing-1' })).body as { approvalId: string };
  assert.equal((await one.post(`/approvals/${approvalId}/approve`)).body.code, 'four_eyes');
  assert.equal((await two.get('/approvals')).body.items[0].id, approvalId);
  assert.equal((await two.post(`/approvals/${approvalId}/reject`)).status, 400, 'a rejection says why');
  const done = await two.post(`/approvals/${approvalId}/approve`, { note: 'looks right' }, { 'if-match': '"1"' });
  assert.equal(done.body.state, 'approved');
  assert.equal(done.headers.etag, '"2"');
  assert.equal((await two.post(`/approvals/${approvalId}/approve`)).body.code, 'approval_decided');
});
