import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { changeUser } from './commands/users.ts';
import { forgetCredentials } from './index.ts';
import { identityInvariants } from './invariants.ts';
import { type Browser, type House, PASSWORD, totp } from './testing/house.ts';
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
  for (const path of ['/users', '/roles', '/permissions', '/api-keys', '/settings/security'])
    assert.equal((await browser.get(path)).status, 403, path);
  assert.equal(
    (await browser.post('/users', { email: 'a@b.test', name: 'a', password: PASSWORD, roles: ['agent'] })).status,
    403,
  );
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
  assert.equal(
    (await four.post(`/users/${(await newUser(['agent'])).id}/revoke-sessions`)).status,
    403,
    'not another’s',
  );
  assert.equal((await admin.post(`/users/${user.id}/reset-password`, { password: 'short' })).status, 400);
  assert.equal(
    (await admin.post(`/users/${user.id}/reset-password`, { password: 'a brand new password' })).status,
    200,
  );
  assert.equal((await four.get('/me')).status, 401);
  await signedIn(user.email, 'a brand new password');
});

test('CMP-2 the last administrator can be neither disabled nor demoted, also by two at once', async () => {
  const me = (await admin.get('/me')).body.user.id as string;
  assert.equal((await admin.patch(`/users/${me}`, { status: 'disabled' })).body.code, 'last_admin');
  assert.equal((await admin.patch(`/users/${me}`, { roles: ['agent'] })).body.code, 'last_admin');
  const second = await newUser(['admin']);
  const other = await signedIn(second.email);
  const answers = await Promise.all([
    admin.patch(`/users/${second.id}`, { roles: ['agent'] }),
    other.patch(`/users/${me}`, { roles: ['agent'] }),
  ]);
  const statuses = answers.map((a) => a.status);
  assert.equal(statuses.filter((s) => s === 200).length, 1, JSON.stringify(answers.map((a) => a.body)));
  const [row] = await house.db.systemTx((tx) =>
    tx.query<{ n: number }>(
      `select count(*) as n from identity.members m join kernel.orgs o on o.id = m.org_id and o.code = 'demo' where 'admin' = any (roles) and status = 'active'`,
    ),
  );
  assert.equal(row?.n, 1);
  const winner = statuses[0] === 200 ? admin : other;
  await winner.patch(`/users/${statuses[0] === 200 ? second.id : me}`, { roles: ['admin'] });
  await winner.patch(`/users/${statuses[0] === 200 ? me : second.id}`, { roles: ['admin'] });
});

test('CMP-2 a member disabled in the database is refused, though the session is still there', async () => {
  const user = await newUser(['agent']);
  const browser = await signedIn(user.email);
  assert.equal((await browser.get('/me')).status, 200);
  await house.db.systemTx((tx) =>
    tx.query(`update identity.members set status = 'disabled' where user_id = $1`, [user.id]),
  );
  forgetCredentials(); // in place of the five seconds
  assert.equal((await browser.get('/me')).body.code, 'account_disabled');
});

test('CMP-2 of two administrators who disable each other in overlapping transactions one remains', async () => {
  const org = await house.org('pair');
  const [a, b] = [
    await house.person('pair', 'a@pair.test', ['admin']),
    await house.person('pair', 'b@pair.test', ['admin']),
  ];
  const ctx = systemCtx(org.id);
  const disabledA = Promise.withResolvers<void>();
  const first = house.db.inTx(ctx, async (tx) => {
    await changeUser(tx, ctx, { userId: a.id, status: 'disabled' });
    disabledA.resolve();
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  await disabledA.promise;
  const second = house.db.inTx(ctx, (tx) => changeUser(tx, ctx, { userId: b.id, status: 'disabled' }));
  const results = await Promise.allSettled([first, second]);
  assert.deepEqual(
    results.map((r) => r.status),
    ['fulfilled', 'rejected'],
  );
  assert.deepEqual(await house.db.read(ctx, (tx) => identityInvariants[0]?.check(tx) ?? Promise.resolve(['none'])), []);
});

test('CMP-2 nobody grants what they do not have, nor takes over who has more', async () => {
  const role = await admin.post('/roles', {
    code: 'hr',
    name: { 'zh-CN': '人事', en: 'HR' },
    permissions: ['identity.*', 'orders.order.read'],
  });
  assert.equal(role.status, 201, JSON.stringify(role.body));
  const hr = await signedIn((await newUser(['hr'])).email);
  const grown = await hr.post('/users', {
    email: 'grown@demo.test',
    name: 'g',
    password: PASSWORD,
    roles: ['finance'],
  });
  assert.equal(grown.body.code, 'permission_not_held');
  assert.ok(grown.body.permissions.includes('payments.refund.approve'));
  const adminId = (await admin.get('/me')).body.user.id as string;
  for (const path of [
    `/users/${adminId}/reset-password`,
    `/users/${adminId}/unlock`,
    `/users/${adminId}/revoke-sessions`,
    `/users/${adminId}/remove-two-factor`,
  ]) {
    assert.equal((await hr.post(path, { password: 'a password of mine' })).body.code, 'permission_not_held', path);
  }
  assert.equal((await hr.patch(`/users/${adminId}`, { name: 'x' })).body.code, 'permission_not_held');
  assert.equal((await hr.post('/api-keys', { name: 'x', scopes: ['all'] })).body.code, 'permission_not_held');
  assert.equal(
    (await hr.post('/roles', { code: 'big', name: { 'zh-CN': '大', en: 'b' }, permissions: ['*'] })).body.code,
    'permission_not_held',
  );
  assert.equal(
    (await hr.patch('/roles/hr', { permissions: ['identity.*', 'payments.*'] })).body.code,
    'permission_not_held',
  );
  assert.equal(
    (await hr.post('/users', { email: 'peer@demo.test', name: 'p', password: PASSWORD, roles: ['hr'] })).status,
    201,
  );
  const scoped = await newUser(['hr'], { shops: [SHOP] });
  const limited = await signedIn(scoped.email);
  assert.equal(
    (await limited.post('/users', { email: 'w@demo.test', name: 'w', password: PASSWORD, roles: ['hr'] })).body.code,
    'scope_not_held',
  );
});

test('CMP-2 own roles: unknown permissions, taken and built-in codes are refused; a change reaches who has it', async () => {
  const name = { 'zh-CN': '看', en: 'viewer' };
  assert.deepEqual((await admin.post('/roles', { code: 'v', name, permissions: ['no.such.thing'] })).body.permissions, [
    'no.such.thing',
  ]);
  assert.equal(
    (await admin.post('/roles', { code: 'finance', name, permissions: ['orders.*'] })).body.code,
    'role_taken',
  );
  assert.equal((await admin.patch('/roles/finance', { permissions: ['orders.*'] })).body.code, 'role_built_in');
  assert.equal((await admin.patch('/roles/nothing', { permissions: ['orders.*'] })).body.code, 'role_not_found');
  const made = await admin.post('/roles', { code: 'viewer', name, permissions: ['catalog.*'] });
  assert.equal(
    (await admin.post('/roles', { code: 'viewer', name, permissions: ['catalog.*'] })).body.code,
    'role_taken',
  );
  const viewer = await signedIn((await newUser(['viewer'])).email);
  assert.equal((await viewer.get('/probe')).status, 403);
  assert.equal(
    (await admin.patch('/roles/viewer', { permissions: ['orders.*'] }, { 'if-match': String(made.headers.etag) }))
      .status,
    200,
  );
  assert.equal((await viewer.get('/probe')).status, 200);
  assert.equal(
    (await admin.post('/users', { email: 'z@demo.test', name: 'z', password: PASSWORD, roles: ['nope'] })).body.code,
    'role_unknown',
  );
  const roles = (await admin.get('/roles')).body.items as { code: string; builtIn: boolean }[];
  assert.equal(roles.filter((r) => r.builtIn).length, 11);
});

test('CMP-2 a write with a cookie must come from our own pages', async () => {
  const foreign = [
    { origin: 'https://evil.test' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: '', 'sec-fetch-site': 'none' },
  ];
  for (const headers of foreign) {
    assert.equal(
      (await admin.post('/roles', {}, headers as Record<string, string>)).body.code,
      'csrf_refused',
      JSON.stringify(headers),
    );
    assert.equal(
      (await admin.post('/api/auth/sign-out', {}, headers as Record<string, string>)).body.code,
      'csrf_refused',
    );
  }
  const cookie = [...admin.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
  const bare = await house.app.inject({
    method: 'POST',
    url: '/api/v1/roles',
    headers: { host: 'zhanggui.test', cookie },
    payload: {},
  });
  assert.equal(bare.json().code, 'csrf_refused', 'no word about where it comes from');
  const browserLike = await house.app.inject({
    method: 'POST',
    url: '/api/v1/roles',
    headers: { host: 'zhanggui.test', cookie, 'sec-fetch-site': 'same-origin' },
    payload: {},
  });
  assert.equal(browserLike.json().code, 'invalid_request');
  assert.equal(
    (await admin.get('/me', { origin: 'https://evil.test' })).status,
    200,
    'reading is left to the browser’s own rules',
  );
  assert.equal(
    (await house.browser().post('/roles', {}, { ...bearer(await keyOf(['all'])), origin: 'https://evil.test' })).status,
    400,
    'a key is not sent by itself',
  );
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

test('CMP-3 changes of people, roles and keys are events with no personal data', async () => {
  const events = await house.db.systemTx((tx) =>
    tx.query<{ type: string; data: string }>(
      `select type, data::text as data from kernel.outbox where type like 'identity.%'`,
    ),
  );
  const types = new Set(events.map((e) => e.type));
  for (const type of [
    'user_added',
    'user_changed',
    'password_reset',
    'sessions_revoked',
    'role_saved',
    'api_key_created',
    'api_key_revoked',
    'signed_in',
    'two_factor_changed',
  ]) {
    assert.ok(types.has(`identity.${type}.v1`), type);
  }
  for (const event of events) assert.doesNotMatch(event.data, /@|User \d/, event.type);
});
