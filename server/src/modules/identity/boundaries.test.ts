import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createApiKey } from './index.ts';
import { type Browser, type House, PASSWORD } from './testing/house.ts';
import { bearer, type Office, openOffice, SHOP } from './testing/office.ts';

let office: Office;
let house: House;
let admin: Browser;
let signedIn: Office['signedIn'];
let newUser: Office['newUser'];
let keyOf: Office['keyOf'];
before(async () => {
  office = await openOffice();
  ({ house, admin, signedIn, newUser, keyOf } = office);
});
after(() => house.close());

async function countQueries(work: () => Promise<unknown>): Promise<number> {
  const [a, b] = [house.db.systemTx, house.db.read];
  let count = 0;
  house.db.systemTx = (...args) => ((count += 1), a.apply(house.db, args)) as never;
  house.db.read = (...args) => ((count += 1), b.apply(house.db, args)) as never;
  await work();
  Object.assign(house.db, { systemTx: a, read: b });
  return count;
}

test('PLT-3 an API key opens what its scopes name, and nothing else', async () => {
  const all = await keyOf(['all']);
  assert.match(all, /^zg_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/);
  assert.equal((await house.browser().get('/probe', bearer(all))).status, 200);
  assert.equal((await house.browser().get('/probe', bearer(await keyOf(['orders.*'])))).status, 200);
  const narrow = await house.browser().get('/probe', bearer(await keyOf(['orders.order.cancel'])));
  assert.equal(narrow.status, 403);
  assert.equal(narrow.body.permission, 'orders.order.read');
  const me = await house.browser().get('/me', bearer(all));
  assert.equal(me.body.key.name, 'key');
  assert.equal(me.body.user, null);
  assert.ok(me.body.permissions.includes('payments.refund.approve'));
});

test('PLT-3 a wrong, malformed, expired or foreign credential is 401, none at all as well', async () => {
  const key = await keyOf(['all']);
  for (const wrong of [
    `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`,
    'zg_',
    'x'.repeat(10_000),
    key.toUpperCase(),
  ]) {
    assert.equal((await house.browser().get('/probe', bearer(wrong))).body.code, 'api_key_invalid');
  }
  assert.equal((await house.browser().get('/probe')).body.code, 'unauthenticated');
  assert.equal(
    (await house.browser().get('/probe', { cookie: 'zhanggui.session_token=made.up' })).body.code,
    'unauthenticated',
  );
  const expired = await createApiKey(house.db, { org: 'demo', name: 'short', scopes: ['all'] });
  await house.db.systemTx((tx) =>
    tx.query(`update identity.api_keys set expires_at = now() + interval '1 second' where name = 'short'`),
  );
  assert.equal((await house.browser().get('/probe', bearer(expired))).status, 200);
  house.passTime(2000);
  assert.equal(
    (await house.browser().get('/probe', bearer(expired))).body.code,
    'api_key_invalid',
    'though it was looked up a moment ago',
  );
});

test('PLT-3 a key or session seen a moment ago costs no query to recognise', async () => {
  const key = await keyOf(['all']);
  const browser = house.browser();
  await browser.get('/probe', bearer(key));
  assert.equal(await countQueries(() => browser.get('/probe', bearer(key))), 1, 'only the route’s own');
  await admin.get('/probe');
  assert.equal(await countQueries(() => admin.get('/probe')), 1);
});

test('PLT-3 the text of a key is told once, stored nowhere, and its use is noted', async () => {
  const made = await admin.post(
    '/api-keys',
    { name: 'erp', scopes: ['orders.*'], shops: [SHOP] },
    { 'idempotency-key': 'once' },
  );
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const { id, key } = made.body as { id: string; key: string };
  const probed = await house.browser().get('/probe', bearer(key));
  assert.deepEqual(probed.body, { shops: [SHOP] });
  await new Promise((resolve) => setTimeout(resolve, 200));
  const listed = (await admin.get('/api-keys?limit=1')).body;
  assert.equal(listed.items[0].id, id);
  assert.equal(listed.items[0].prefix, key.slice(0, 11));
  assert.ok(listed.items[0].lastUsedAt);
  assert.ok(listed.nextCursor);
  const secret = key.slice(12);
  const everywhere = await house.db.systemTx((tx) =>
    tx.query<{ hit: boolean }>(
      `select exists (select from identity.api_keys k where k::text like $1) or exists (select from kernel.outbox o where o::text like $1)
           or exists (select from kernel.idempotency i where i::text like $1) as hit`,
      [`%${secret}%`],
    ),
  );
  assert.equal(everywhere[0]?.hit, false);
});

test('PLT-1 settings come with their schema; bad values, stale versions and unknown sections are refused', async () => {
  const got = await admin.get('/settings/security');
  assert.equal(got.body.schema.properties.requireTwoFactor.type, 'array');
  assert.equal(
    (await admin.put('/settings/security', { values: { requireTwoFactor: 7, other: 1 } })).body.errors.length,
    2,
  );
  const stale = await admin.put('/settings/security', { values: { requireTwoFactor: ['x'] } }, { 'if-match': '"99"' });
  assert.equal(stale.status, 412);
  assert.equal((await admin.get('/settings/none')).body.code, 'settings_unknown');
  assert.ok((await admin.get('/settings')).body.items.some((s: { section: string }) => s.section === 'security'));
});

test('PLT-1 one organisation sees and reaches nobody of another', async () => {
  const stranger = await signedIn('admin@other.test');
  const user = await newUser(['agent']);
  const key = (await admin.post('/api-keys', { name: 'ours', scopes: ['all'] })).body;
  assert.deepEqual(
    (await stranger.get('/users')).body.items.map((u: { email: string }) => u.email),
    ['admin@other.test'],
  );
  assert.equal((await stranger.get(`/users/${user.id}`)).body.code, 'user_not_found');
  assert.equal((await stranger.patch(`/users/${user.id}`, { name: 'x' })).body.code, 'user_not_found');
  for (const path of ['unlock', 'revoke-sessions', 'remove-two-factor', 'reset-password']) {
    assert.equal(
      (await stranger.post(`/users/${user.id}/${path}`, { password: PASSWORD })).body.code,
      'user_not_found',
      path,
    );
  }
  assert.equal((await stranger.post(`/api-keys/${key.id}/revoke`)).body.code, 'api_key_not_found');
  assert.deepEqual((await stranger.get('/api-keys')).body.items, []);
  const taken = await stranger.post('/users', { email: user.email, name: 'x', password: PASSWORD, roles: ['agent'] });
  assert.equal(
    taken.body.code,
    'email_taken',
    'a person belongs to one organisation, or its administrators could take the account over',
  );
});

test('PLT-1 the application role reaches log-in tables through its own organisation’s members only', async () => {
  const other = await house.db.systemTx((tx) =>
    tx.query<{ id: string }>(`select id from kernel.orgs where code = 'other'`),
  );
  const theirs = (await admin.get('/me')).body.user.id as string;
  const ctx = { orgId: other[0]?.id as string };
  for (const table of [
    'auth.users',
    'auth.sessions',
    'auth.accounts',
    'auth.two_factors',
    'auth.verifications',
    'identity.log_in_attempts',
    'identity.used_codes',
  ]) {
    await assert.rejects(
      () => house.db.inTx(ctx, (tx) => tx.query(`select * from ${table}`)),
      /permission denied/,
      table,
    );
  }
  const attacks = [
    `select identity.set_password($1, 'x', now())`,
    'select identity.end_sessions($1)',
    'select identity.remove_two_factor($1, now())',
    `select identity.rename_user($1, 'x', now())`,
  ];
  for (const sql of attacks)
    await assert.rejects(() => house.db.inTx(ctx, (tx) => tx.query(sql, [theirs])), /not a member/, sql);
  assert.deepEqual(
    await house.db.inTx(ctx, (tx) => tx.query('select * from identity.log_in_state($1)', [[theirs]])),
    [],
  );
  for (const table of ['members', 'roles', 'api_keys']) {
    const rows = await house.db.read(ctx, (tx) => tx.query<{ org_id: string }>(`select org_id from identity.${table}`));
    assert.ok(
      rows.every((r) => r.org_id === ctx.orgId),
      table,
    );
  }
});
