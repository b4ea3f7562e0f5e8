import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { createApiKey } from './index.ts';
import { type Browser, type House, openHouse, PASSWORD, totp } from './testing/house.ts';

const probe = defineRoute({
  method: 'GET',
  path: '/probe',
  permission: 'orders.order.read',
  tags: ['test'],
  summary: 'Asks for a permission',
  input: z.object({}),
  output: z.object({ shops: z.array(z.string()).nullable() }),
  run: async (_tx, ctx) => ({ shops: ctx.actor.shops === null ? null : [...ctx.actor.shops] }),
});
const PERMISSIONS = { 'orders.order.read': 'r', 'orders.order.cancel': 'c', 'payments.refund.approve': 'a', 'catalog.product.read': 'p' };
const SHOP = '01890000-0000-7000-8000-000000000001';

let house: House;
let admin: Browser;
before(async () => {
  house = await openHouse({ routes: [probe], permissions: PERMISSIONS });
  await house.org('demo');
  await house.org('other');
  await house.person('demo', 'admin@demo.test', ['admin']);
  await house.person('other', 'admin@other.test', ['admin']);
  admin = await signedIn('admin@demo.test');
});
after(() => house.close());

async function signedIn(email: string, password = PASSWORD): Promise<Browser> {
  const browser = house.browser();
  const answer = await browser.signIn(email, password);
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return browser;
}
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const keyOf = (scopes: string[], org = 'demo'): Promise<string> => createApiKey(house.db, { org, name: 'key', scopes });
let n = 0;
async function newUser(roles: string[], over: object = {}): Promise<{ id: string; email: string; version: number }> {
  n += 1;
  const made = await admin.post('/users', { email: `user${n}@demo.test`, name: `User ${n}`, password: PASSWORD, roles, ...over });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  return made.body;
}
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
  for (const wrong of [`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, 'zg_', 'x'.repeat(10_000), key.toUpperCase()]) {
    assert.equal((await house.browser().get('/probe', bearer(wrong))).body.code, 'api_key_invalid');
  }
  assert.equal((await house.browser().get('/probe')).body.code, 'unauthenticated');
  assert.equal((await house.browser().get('/probe', { cookie: 'zhanggui.session_token=made.up' })).body.code, 'unauthenticated');
  const expired = await createApiKey(house.db, { org: 'demo', name: 'short', scopes: ['all'] });
  await house.db.systemTx((tx) => tx.query(`update identity.api_keys set expires_at = now() + interval '1 second' where name = 'short'`));
  assert.equal((await house.browser().get('/probe', bearer(expired))).status, 200);
  house.passTime(2000);
  assert.equal((await house.browser().get('/probe', bearer(expired))).body.code, 'api_key_invalid', 'though it was looked up a moment ago');
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
  const made = await admin.post('/api-keys', { name: 'erp', scopes: ['orders.*'], shops: [SHOP] }, { 'idempotency-key': 'once' });
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

test('CMP-2 a revoked key stops at once', async () => {
  const made = (await admin.post('/api-keys', { name: 'gone soon', scopes: ['all'] })).body;
  assert.equal((await house.browser().get('/probe', bearer(made.key))).status, 200);
  const revoked = await admin.post(`/api-keys/${made.id}/revoke`);
  assert.ok(revoked.body.revokedAt);
  assert.equal((await house.browser().get('/probe', bearer(made.key))).body.code, 'api_key_invalid');
  assert.equal((await admin.post(`/api-keys/${made.id}/revoke`)).status, 200, 'twice changes nothing');
});

test('CMP-2 roles decide what a person may do', async () => {
  const agent = await newUser(['agent']);
  const browser = await signedIn(agent.email);
  assert.equal((await browser.get('/probe')).status, 200);
  for (const path of ['/users', '/roles', '/permissions', '/api-keys', '/settings/security']) assert.equal((await browser.get(path)).status, 403, path);
  assert.equal((await browser.post('/users', { email: 'a@b.test', name: 'a', password: PASSWORD, roles: ['agent'] })).status, 403);
  assert.equal((await browser.post('/api-keys', { name: 'x', scopes: ['all'] })).status, 403);
  assert.equal((await browser.put('/settings/security', { values: {} })).status, 403);
  assert.equal((await browser.post(`/users/${agent.id}/unlock`)).status, 403);
});

test('CMP-2 a changed role holds from the next request', async () => {
  const user = await newUser(['compliance']);
  const browser = await signedIn(user.email);
  assert.equal((await browser.get('/users')).status, 200);
  const changed = await admin.patch(`/users/${user.id}`, { roles: ['warehouse'] }, { 'if-match': `"${user.version}"` });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));
  assert.equal((await browser.get('/users')).status, 403);
  const stale = await admin.patch(`/users/${user.id}`, { name: 'Other' }, { 'if-match': `"${user.version}"` });
  assert.equal(stale.status, 412);
});

test('CMP-2 a disabled person is out at once and cannot come back', async () => {
  const user = await newUser(['agent']);
  const browser = await signedIn(user.email);
  assert.equal((await admin.patch(`/users/${user.id}`, { status: 'disabled' })).status, 200);
  assert.equal((await browser.get('/me')).status, 401);
  assert.equal((await house.browser().signIn(user.email)).body.code, 'account_disabled');
  assert.equal((await admin.patch(`/users/${user.id}`, { status: 'active' })).status, 200);
  await signedIn(user.email);
});

test('CMP-2 sessions end when revoked, by an administrator or by oneself, and when the password is reset', async () => {
  const user = await newUser(['agent']);
  const [one, two] = [await signedIn(user.email), await signedIn(user.email)];
  assert.deepEqual((await one.post(`/users/${user.id}/revoke-sessions`)).body, { ended: 2 });
  assert.equal((await two.get('/me')).status, 401);
  const three = await signedIn(user.email);
  assert.equal((await admin.post(`/users/${user.id}/revoke-sessions`)).body.ended, 1);
  assert.equal((await three.get('/me')).status, 401);
  const four = await signedIn(user.email);
  assert.equal((await four.post(`/users/${(await newUser(['agent'])).id}/revoke-sessions`)).status, 403, 'not another’s');
  assert.equal((await admin.post(`/users/${user.id}/reset-password`, { password: 'short' })).status, 400);
  assert.equal((await admin.post(`/users/${user.id}/reset-password`, { password: 'a brand new password' })).status, 200);
  assert.equal((await four.get('/me')).status, 401);
  await signedIn(user.email, 'a brand new password');
});

test('CMP-2 the last administrator can be neither disabled nor demoted, also by two at once', async () => {
  const me = (await admin.get('/me')).body.user.id as string;
  assert.equal((await admin.patch(`/users/${me}`, { status: 'disabled' })).body.code, 'last_admin');
  assert.equal((await admin.patch(`/users/${me}`, { roles: ['agent'] })).body.code, 'last_admin');
  const second = await newUser(['admin']);
  const other = await signedIn(second.email);
  const answers = await Promise.all([admin.patch(`/users/${second.id}`, { roles: ['agent'] }), other.patch(`/users/${me}`, { roles: ['agent'] })]);
  const statuses = answers.map((a) => a.status);
  assert.equal(statuses.filter((s) => s === 200).length, 1, JSON.stringify(answers.map((a) => a.body)));
  const [row] = await house.db.systemTx((tx) => tx.query<{ n: number }>(`select count(*) as n from identity.members m join kernel.orgs o on o.id = m.org_id and o.code = 'demo' where 'admin' = any (roles) and status = 'active'`));
  assert.equal(row?.n, 1);
  const winner = statuses[0] === 200 ? admin : other;
  await winner.patch(`/users/${statuses[0] === 200 ? second.id : me}`, { roles: ['admin'] });
  await winner.patch(`/users/${statuses[0] === 200 ? me : second.id}`, { roles: ['admin'] });
});

test('CMP-2 nobody grants what they do not have, nor takes over who has more', async () => {
  const role = await admin.post('/roles', { code: 'hr', name: { 'zh-CN': '人事', en: 'HR' }, permissions: ['identity.*', 'orders.order.read'] });
  assert.equal(role.status, 201, JSON.stringify(role.body));
  const hr = await signedIn((await newUser(['hr'])).email);
  const grown = await hr.post('/users', { email: 'grown@demo.test', name: 'g', password: PASSWORD, roles: ['finance'] });
  assert.equal(grown.body.code, 'permission_not_held');
  assert.ok(grown.body.permissions.includes('payments.refund.approve'));
  const adminId = (await admin.get('/me')).body.user.id as string;
  for (const path of [`/users/${adminId}/reset-password`, `/users/${adminId}/unlock`, `/users/${adminId}/revoke-sessions`, `/users/${adminId}/remove-two-factor`]) {
    assert.equal((await hr.post(path, { password: 'a password of mine' })).body.code, 'permission_not_held', path);
  }
  assert.equal((await hr.patch(`/users/${adminId}`, { name: 'x' })).body.code, 'permission_not_held');
  assert.equal((await hr.post('/api-keys', { name: 'x', scopes: ['all'] })).body.code, 'permission_not_held');
  assert.equal((await hr.post('/roles', { code: 'big', name: { 'zh-CN': '大', en: 'b' }, permissions: ['*'] })).body.code, 'permission_not_held');
  assert.equal((await hr.patch('/roles/hr', { permissions: ['identity.*', 'payments.*'] })).body.code, 'permission_not_held');
  assert.equal((await hr.post('/users', { email: 'peer@demo.test', name: 'p', password: PASSWORD, roles: ['hr'] })).status, 201);
  const scoped = await newUser(['hr'], { shops: [SHOP] });
  const limited = await signedIn(scoped.email);
  assert.equal((await limited.post('/users', { email: 'w@demo.test', name: 'w', password: PASSWORD, roles: ['hr'] })).body.code, 'scope_not_held');
});

test('CMP-2 own roles: unknown permissions, taken and built-in codes are refused; a change reaches who has it', async () => {
  const name = { 'zh-CN': '看', en: 'viewer' };
  assert.deepEqual((await admin.post('/roles', { code: 'v', name, permissions: ['no.such.thing'] })).body.permissions, ['no.such.thing']);
  assert.equal((await admin.post('/roles', { code: 'finance', name, permissions: ['orders.*'] })).body.code, 'role_taken');
  assert.equal((await admin.patch('/roles/finance', { permissions: ['orders.*'] })).body.code, 'role_built_in');
  assert.equal((await admin.patch('/roles/nothing', { permissions: ['orders.*'] })).body.code, 'role_not_found');
  const made = await admin.post('/roles', { code: 'viewer', name, permissions: ['catalog.*'] });
  assert.equal((await admin.post('/roles', { code: 'viewer', name, permissions: ['catalog.*'] })).body.code, 'role_taken');
  const viewer = await signedIn((await newUser(['viewer'])).email);
  assert.equal((await viewer.get('/probe')).status, 403);
  assert.equal((await admin.patch('/roles/viewer', { permissions: ['orders.*'] }, { 'if-match': String(made.headers.etag) })).status, 200);
  assert.equal((await viewer.get('/probe')).status, 200);
  assert.equal((await admin.post('/users', { email: 'z@demo.test', name: 'z', password: PASSWORD, roles: ['nope'] })).body.code, 'role_unknown');
  const roles = (await admin.get('/roles')).body.items as { code: string; builtIn: boolean }[];
  assert.equal(roles.filter((r) => r.builtIn).length, 10);
});

test('CMP-2 a write with a cookie must come from our own pages', async () => {
  const foreign = [{ origin: 'https://evil.test' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: '', 'sec-fetch-site': 'none' }];
  for (const headers of foreign) {
    assert.equal((await admin.post('/roles', {}, headers as Record<string, string>)).body.code, 'csrf_refused', JSON.stringify(headers));
    assert.equal((await admin.post('/api/auth/sign-out', {}, headers as Record<string, string>)).body.code, 'csrf_refused');
  }
  const cookie = [...admin.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
  const bare = await house.app.inject({ method: 'POST', url: '/api/v1/roles', headers: { host: 'zhanggui.test', cookie }, payload: {} });
  assert.equal(bare.json().code, 'csrf_refused', 'no word about where it comes from');
  const browserLike = await house.app.inject({ method: 'POST', url: '/api/v1/roles', headers: { host: 'zhanggui.test', cookie, 'sec-fetch-site': 'same-origin' }, payload: {} });
  assert.equal(browserLike.json().code, 'invalid_request');
  assert.equal((await admin.get('/me', { origin: 'https://evil.test' })).status, 200, 'reading is left to the browser’s own rules');
  assert.equal((await house.browser().post('/roles', {}, { ...bearer(await keyOf(['all'])), origin: 'https://evil.test' })).status, 400, 'a key is not sent by itself');
});

test('CMP-2 a role can be made to need a second factor: until then only enrolling is open', async () => {
  const user = await newUser(['finance']);
  const browser = await signedIn(user.email);
  assert.equal((await browser.get('/probe')).status, 200);
  const set = await admin.put('/settings/security', { values: { requireTwoFactor: ['finance'] } });
  assert.equal(set.status, 200, JSON.stringify(set.body));
  assert.equal((await browser.get('/probe')).body.code, 'two_factor_required');
  const me = (await browser.get('/me')).body;
  assert.equal(me.mustEnrolTwoFactor, true);
  assert.deepEqual(me.permissions, []);
  const { totpURI } = (await browser.post('/api/auth/two-factor/enable', { password: PASSWORD })).body;
  assert.equal((await browser.post('/api/auth/two-factor/verify-totp', { code: totp(totpURI) })).status, 200);
  assert.equal((await browser.get('/probe')).status, 200);
  const lost = await admin.post(`/users/${user.id}/remove-two-factor`);
  assert.equal(lost.body.twoFactorEnabled, false);
  assert.equal((await browser.get('/me')).status, 401);
  await admin.put('/settings/security', { values: { requireTwoFactor: [] } });
  assert.equal((await (await signedIn(user.email)).get('/probe')).status, 200);
});

test('PLT-1 settings come with their schema; bad values, stale versions and unknown sections are refused', async () => {
  const got = await admin.get('/settings/security');
  assert.equal(got.body.schema.properties.requireTwoFactor.type, 'array');
  assert.equal((await admin.put('/settings/security', { values: { requireTwoFactor: 7, other: 1 } })).body.errors.length, 2);
  const stale = await admin.put('/settings/security', { values: { requireTwoFactor: ['x'] } }, { 'if-match': '"99"' });
  assert.equal(stale.status, 412);
  assert.equal((await admin.get('/settings/none')).body.code, 'settings_unknown');
  assert.ok((await admin.get('/settings')).body.items.some((s: { section: string }) => s.section === 'security'));
});

test('PLT-1 one organisation sees and reaches nobody of another', async () => {
  const stranger = await signedIn('admin@other.test');
  const user = await newUser(['agent']);
  const key = (await admin.post('/api-keys', { name: 'ours', scopes: ['all'] })).body;
  assert.deepEqual((await stranger.get('/users')).body.items.map((u: { email: string }) => u.email), ['admin@other.test']);
  assert.equal((await stranger.get(`/users/${user.id}`)).body.code, 'user_not_found');
  assert.equal((await stranger.patch(`/users/${user.id}`, { name: 'x' })).body.code, 'user_not_found');
  for (const path of ['unlock', 'revoke-sessions', 'remove-two-factor', 'reset-password']) {
    assert.equal((await stranger.post(`/users/${user.id}/${path}`, { password: PASSWORD })).body.code, 'user_not_found', path);
  }
  assert.equal((await stranger.post(`/api-keys/${key.id}/revoke`)).body.code, 'api_key_not_found');
  assert.deepEqual((await stranger.get('/api-keys')).body.items, []);
  const taken = await stranger.post('/users', { email: user.email, name: 'x', password: PASSWORD, roles: ['agent'] });
  assert.equal(taken.body.code, 'email_taken', 'a person belongs to one organisation, or its administrators could take the account over');
});

test('PLT-1 the application role reaches log-in tables through its own organisation’s members only', async () => {
  const other = await house.db.systemTx((tx) => tx.query<{ id: string }>(`select id from kernel.orgs where code = 'other'`));
  const theirs = (await admin.get('/me')).body.user.id as string;
  const ctx = { orgId: other[0]?.id as string };
  for (const table of ['auth.users', 'auth.sessions', 'auth.accounts', 'auth.two_factors', 'auth.verifications', 'identity.log_in_attempts', 'identity.used_codes']) {
    await assert.rejects(() => house.db.inTx(ctx, (tx) => tx.query(`select * from ${table}`)), /permission denied/, table);
  }
  const attacks = [`select identity.set_password($1, 'x', now())`, 'select identity.end_sessions($1)', 'select identity.remove_two_factor($1, now())', `select identity.rename_user($1, 'x', now())`];
  for (const sql of attacks) await assert.rejects(() => house.db.inTx(ctx, (tx) => tx.query(sql, [theirs])), /not a member/, sql);
  assert.deepEqual(await house.db.inTx(ctx, (tx) => tx.query('select * from identity.log_in_state($1)', [[theirs]])), []);
  for (const table of ['members', 'roles', 'api_keys']) {
    const rows = await house.db.read(ctx, (tx) => tx.query<{ org_id: string }>(`select org_id from identity.${table}`));
    assert.ok(rows.every((r) => r.org_id === ctx.orgId), table);
  }
});

test('CMP-3 changes of people, roles and keys are events with no personal data', async () => {
  const events = await house.db.systemTx((tx) => tx.query<{ type: string; data: string }>(`select type, data::text as data from kernel.outbox where type like 'identity.%'`));
  const types = new Set(events.map((e) => e.type));
  for (const type of ['user_added', 'user_changed', 'password_reset', 'sessions_revoked', 'role_saved', 'api_key_created', 'api_key_revoked', 'signed_in', 'two_factor_changed']) {
    assert.ok(types.has(`identity.${type}.v1`), type);
  }
  for (const event of events) assert.doesNotMatch(event.data, /@|User \d/, event.type);
});
