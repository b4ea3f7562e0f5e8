import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { signShopToken } from '#modules/customers/portal/shop-token.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { codeSentTo } from './support/portal.ts';
import { expectStatus, openShop, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let app: TestApp;
let org: TestOrg;
let other: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org('mine');
  await app.person('mine');
  other = await app.org('other');
  await app.person('other');
  for (const one of [org, other]) {
    await openShop(one, [{ sku: 'A', price: 5_000, stock: { W1: 10_000 } }]);
    expectStatus(await one.post('/shops', { code: 'S2', name: '二号店' }), 201);
    expectStatus(await one.api('PUT', '/settings/sms', { values: { provider: 'sandbox' } }), 200);
  }
});
after(() => app.close());

let phones = 700_000;
const nextPhone = (): string => phoneOf((phones += 1));
const to = (phone: string): Record<string, unknown> => ({ shipTo: { ...SHIP_TO, phone } });

async function ask(phone: string, code = 'mine'): Promise<Answer> {
  const answer = await app.nobody.post('/portal/codes', { org: code, phone });
  await app.settleDown();
  return answer;
}
async function byPhone(phone: string, of: TestOrg = org): Promise<ReturnType<TestApp['bearing']>> {
  expectStatus(await ask(phone, of.code), 202);
  const code = await codeSentTo(of, phone);
  const { token } = expectStatus(await app.nobody.post('/portal/sessions/phone', { org: of.code, phone, code }), 201);
  return app.bearing(token);
}
const numbers = (answer: Answer): string[] => expectStatus(answer, 200).items.map((o: Body) => o.orderNo);

async function portalKey(shop = 'S1', of: TestOrg = org): Promise<Body> {
  return expectStatus(await of.post('/portal-keys', { shop }), 201);
}
let nonces = 0;
const claims = (over: object = {}): Parameters<typeof signShopToken>[1] => ({
  org: 'mine',
  shop: 'S1',
  customer: 'u-1',
  exp: Math.floor(app.clock.now().getTime() / 1000) + 60,
  nonce: `nonce-number-${String((nonces += 1)).padStart(8, '0')}`,
  ...over,
});
const byShop = (token: string): Promise<Answer> => app.nobody.post('/portal/sessions/shop', { token });

test('ORD-13 the token of the integration guide is what its example says', () => {
  const given = { org: 'demo', shop: 'main', customer: 'u-1001', exp: 1_790_000_000, nonce: '0f8b1c7d2a934e56' };
  // printf 'zgs1.<payload>' | openssl dgst -sha256 -hmac 'zgp_example' -binary | basenc --base64url, typed in
  assert.equal(
    signShopToken('zgp_example', given),
    'zgs1.eyJvcmciOiJkZW1vIiwic2hvcCI6Im1haW4iLCJjdXN0b21lciI6InUtMTAwMSIsImV4cCI6MTc5MDAwMDAwMCwibm9uY2UiOiIwZjhiMWM3ZDJhOTM0ZTU2In0.8sXZ8jrtsNI4CY6GcKXZdhS6t4EWtuFeGWeEsAMX4Dc',
  );
});

test('AFT-1 a customer a shop vouches for sees the orders of that customer number, and no others', async () => {
  const { secret } = await portalKey();
  const mine = await place(org, { customer: { externalId: 'u-1' }, ...to(nextPhone()) });
  const theirs = await place(org, { customer: { externalId: 'u-2' }, ...to(nextPhone()) });
  const elsewhere = await place(org, { shop: 'S2', customer: { externalId: 'u-1' }, ...to(nextPhone()) });
  const foreign = await place(other, { customer: { externalId: 'u-1' }, ...to(nextPhone()) });
  const { token } = expectStatus(await byShop(signShopToken(secret, claims())), 201);
  const customer = app.bearing(token);
  assert.deepEqual(numbers(await customer.get('/portal/orders')), [mine.orderNo]);
  assert.equal(expectStatus(await customer.get(`/portal/orders/${mine.id}`), 200).orderNo, mine.orderNo);
  for (const id of [theirs.id, elsewhere.id, foreign.id]) {
    for (const path of ['', '/timeline', '/parcels', '/invoices', '/claims'])
      assert.equal((await customer.get(`/portal/orders/${id}${path}`)).status, 404, `${path} of another's order`);
    assert.equal((await customer.post(`/portal/orders/${id}/cancel`, { reason: 'x' })).status, 404);
  }
  const session = expectStatus(await customer.get('/portal/session'), 200);
  assert.deepEqual([session.way, session.orderId, session.org.code], ['shop', null, 'mine']);
});

test('CMP-2 a shop token is refused when forged, changed, expired, too long, used, or of another shop or organisation', async () => {
  const { secret } = await portalKey('S2');
  const foreign = await portalKey('S1', other);
  const reasonOf = async (token: string): Promise<string> => {
    const answer = await byShop(token);
    assert.equal(answer.status, 422, JSON.stringify(answer.body));
    assert.equal(answer.body.code, 'portal_token_refused');
    return answer.body.reason;
  };
  const good = claims({ shop: 'S2' });
  const now = Math.floor(app.clock.now().getTime() / 1000);
  assert.equal(await reasonOf(signShopToken('zgp_guess', good)), 'invalid');
  assert.equal(await reasonOf(signShopToken(foreign.secret, { ...good, shop: 'S1' })), 'invalid');
  assert.equal(await reasonOf(signShopToken(secret, { ...good, shop: 'S1' })), 'invalid', 'the secret of another shop');
  assert.equal(await reasonOf(signShopToken(secret, { ...good, org: 'other' })), 'invalid');
  assert.equal(await reasonOf(signShopToken(secret, { ...good, org: 'nobody' })), 'invalid');
  assert.equal(await reasonOf(signShopToken(secret, { ...good, shop: 'nowhere' })), 'invalid');
  assert.equal(await reasonOf(signShopToken(secret, { ...good, exp: now - 1 })), 'expired');
  assert.equal(await reasonOf(signShopToken(secret, { ...good, exp: now + 301 })), 'too_long');
  const [head, payload = '', mac] = signShopToken(secret, good).split('.');
  const changed = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const bent = Buffer.from(JSON.stringify({ ...changed, customer: 'u-2' })).toString('base64url');
  assert.equal(await reasonOf(`${head}.${bent}.${mac}`), 'invalid');
  const unsigned = createHmac('sha256', secret).update(payload).digest('base64url'); // without its version
  assert.equal(await reasonOf(`${head}.${payload}.${unsigned}`), 'invalid');
  for (const junk of ['x', 'zgs1..', `zgs1.${'A'.repeat(1800)}.${mac}`, `zgs1.e30.${mac}`]) await reasonOf(junk);

  const token = signShopToken(secret, good);
  const answers = await Promise.all(Array.from({ length: 8 }, () => byShop(token)));
  assert.deepEqual(answers.map((a) => a.status).toSorted(), [201, 422, 422, 422, 422, 422, 422, 422]);
  assert.equal(await reasonOf(token), 'used');
});

test('CMP-2 a shop changes its secret without a gap: two are good at once, a third is not made, a revoked one opens nothing', async () => {
  expectStatus(await org.post('/shops', { code: 'S3', name: '三号店' }), 201);
  const old = await portalKey('S3');
  const next = await portalKey('S3');
  assert.notEqual(old.secret, next.secret);
  assert.equal((await org.post('/portal-keys', { shop: 'S3' })).body.code, 'portal_keys_full');
  const both = await Promise.all(
    [old, next].map((k) => byShop(signShopToken(k.secret, claims({ shop: 'S3', customer: 'u-9' })))),
  );
  assert.deepEqual(
    both.map((a) => a.status),
    [201, 201],
  );
  const listed = expectStatus(await org.get('/portal-keys'), 200);
  assert.ok(!JSON.stringify(listed).includes(old.secret));
  expectStatus(await org.api('DELETE', `/portal-keys/${old.id}`), 204);
  assert.equal((await byShop(signShopToken(old.secret, claims({ shop: 'S3' })))).status, 422);
  assert.equal((await org.api('DELETE', `/portal-keys/${old.id}`)).status, 404);
  expectStatus(await byShop(signShopToken(next.secret, claims({ shop: 'S3' }))), 201);
  const supervisor = await app.person('mine', ['agent_supervisor', 'order_reviewer']);
  assert.equal((await supervisor.post('/portal-keys', { shop: 'S3' })).status, 403);
  const [stored] = await app.db.systemTx((tx) =>
    tx.query<{ text: string }>(`select string_agg(k::text, '') as text from customers.portal_keys k`),
  );
  assert.ok(!stored?.text.includes(next.secret), 'the secret lies sealed');
});

test('AFT-1 a code sent to the telephone opens the orders under that number in that organisation, also those sent to it for somebody else', async () => {
  const phone = nextPhone();
  const mine = await place(org, to(phone));
  const gift = await place(org, { customer: { externalId: 'giver', phone: nextPhone() }, ...to(phone) });
  const bought = await place(org, { customer: { externalId: 'me-at-S1', phone }, ...to(nextPhone()) });
  const foreign = await place(other, to(phone));
  const stranger = await place(org, to(nextPhone()));
  const customer = await byPhone(phone);
  assert.deepEqual(numbers(await customer.get('/portal/orders')), [bought.orderNo, gift.orderNo, mine.orderNo]);
  for (const own of [mine, gift, bought]) expectStatus(await customer.get(`/portal/orders/${own.id}/timeline`), 200);
  for (const { id } of [foreign, stranger]) assert.equal((await customer.get(`/portal/orders/${id}`)).status, 404);
  const shown = expectStatus(await customer.get(`/portal/orders/${gift.id}`), 200);
  assert.ok(!JSON.stringify(shown).includes(phone), 'personal data is masked');
  assert.match(expectStatus(await customer.get('/portal/session'), 200).phone, /^\d{3}\*{4}\d{4}$/);
  // what a customer of the portal does on a listed order works like with the order's own token
  expectStatus(await customer.post(`/portal/orders/${mine.id}/cancel`, { reason: '不想要了' }), 200);
});

test('AFT-1 somebody who has only been sent a gift signs in too, and their notices are not the giver’s', async () => {
  const phone = nextPhone();
  const gift = await place(org, { customer: { externalId: 'giver-2', phone: nextPhone() }, ...to(phone) });
  await pay(org, gift.id);
  await app.settleDown();
  const customer = await byPhone(phone);
  assert.deepEqual(numbers(await customer.get('/portal/orders')), [gift.orderNo]);
  assert.deepEqual(expectStatus(await customer.get('/notifications'), 200).items, []);
  assert.deepEqual(await app.faults(), []);
});

test('CMP-1 asking for a code answers the same for a known and an unknown number, and writes the same', async () => {
  const known = nextPhone();
  await place(org, to(known));
  const unknown = nextPhone();
  const answers = [await ask(known), await ask(unknown)];
  assert.deepEqual(
    answers.map((a) => [a.status, a.body]),
    [
      [202, {}],
      [202, {}],
    ],
  );
  assert.match(await codeSentTo(org, known), /^\d{6}$/);
  await assert.rejects(codeSentTo(org, unknown));
  const wrong = await Promise.all(
    [known, unknown].map((phone) => app.nobody.post('/portal/sessions/phone', { org: 'mine', phone, code: '000000' })),
  );
  assert.deepEqual(
    wrong.map((a) => [a.status, a.body.code, a.body.detail]),
    [wrong[0], wrong[0]].map((a) => [422, 'portal_code_refused', a?.body.detail]),
  );
  const rows = await app.db.systemTx((tx) =>
    tx.query<{ n: number }>(
      `select count(*)::int as n from customers.portal_codes where org_id = $1 and attempts = 1 and phone_sealed is not null`,
      [org.id],
    ),
  );
  assert.ok((rows[0]?.n ?? 0) >= 2);
});

test('CMP-2 a code is good five minutes, once, for its own number, and for five tries', async () => {
  const phone = nextPhone();
  await place(org, to(phone));
  const enter = (code: string, who = phone): Promise<Answer> =>
    app.nobody.post('/portal/sessions/phone', { org: 'mine', phone: who, code });

  expectStatus(await ask(phone), 202);
  const first = await codeSentTo(org, phone);
  app.clock.pass(5 * MINUTE);
  assert.equal((await enter(first)).status, 422, 'it has run out');

  expectStatus(await ask(phone), 202);
  const code = await codeSentTo(org, phone);
  assert.equal((await enter(code, nextPhone())).status, 422, 'of another number');
  const two = await Promise.all([enter(code), enter(code), enter(code)]);
  assert.deepEqual(two.map((a) => a.status).toSorted(), [201, 422, 422], 'used once, however many ask at once');

  expectStatus(await ask(phone), 202);
  const third = await codeSentTo(org, phone);
  const wrong = String((Number(third) + 1) % 1_000_000).padStart(6, '0');
  const guesses = await Promise.all(Array.from({ length: 12 }, () => enter(wrong)));
  assert.ok(guesses.every((a) => a.status === 422));
  assert.equal((await enter(third)).status, 422, 'after five wrong tries the right code opens nothing');
  const [row] = await app.db.systemTx((tx) =>
    tx.query<{ attempts: number }>(
      'select attempts from customers.portal_codes order by created_at desc, id desc limit 1',
    ),
  );
  assert.equal(row?.attempts, 5);
});

test('CMP-2 a number asks for five codes in an hour at most, known or not, and only the latest is good', async () => {
  app.clock.pass(2 * HOUR);
  for (const isKnown of [true, false]) {
    const phone = nextPhone();
    if (isKnown) await place(org, to(phone));
    const asked = await Promise.all(
      Array.from({ length: 8 }, () => app.nobody.post('/portal/codes', { org: 'mine', phone })),
    );
    const taken = asked.filter((a) => a.status === 202).length;
    assert.equal(taken, 5, 'eight at once are five');
    assert.ok(asked.every((a) => a.status === 202 || (a.status === 429 && a.headers.get('retry-after') !== null)));
    app.clock.pass(2 * HOUR);
  }
});

test('CMP-2 an address that asks for many numbers is stopped', async () => {
  expectStatus(await org.api('PUT', '/settings/portal', { values: { codesPerAddressHour: 3 } }), 200);
  app.clock.pass(2 * HOUR);
  const statuses: number[] = [];
  for (let i = 0; i < 5; i += 1)
    statuses.push((await app.nobody.post('/portal/codes', { org: 'mine', phone: nextPhone() })).status);
  expectStatus(await org.api('PUT', '/settings/portal', { values: { codesPerAddressHour: 1000 } }), 200);
  assert.deepEqual(statuses, [202, 202, 202, 429, 429]);
});

test('CMP-2 a session runs out after twelve hours without use, goes on with use, and ends after seven days', async () => {
  const phone = nextPhone();
  await place(org, to(phone));
  const idle = await byPhone(phone);
  app.clock.pass(11 * HOUR);
  const used = await byPhone(phone);
  expectStatus(await idle.get('/portal/orders'), 200); // goes on
  app.clock.pass(11 * HOUR);
  expectStatus(await idle.get('/portal/orders'), 200);
  app.clock.pass(12 * HOUR);
  assert.equal((await idle.get('/portal/orders')).status, 401);
  assert.equal((await used.get('/portal/orders')).status, 401);
  const long = await byPhone(phone);
  let hours = 0;
  while ((await long.get('/portal/orders')).status === 200) {
    app.clock.pass(6 * HOUR);
    hours += 6;
    assert.ok(hours <= 7 * 24, 'not beyond seven days');
  }
  assert.equal(hours, 7 * 24);
});

test('CMP-2 who signs out is out at once; made-up tokens open nothing; tokens lie in the database as hashes', async () => {
  const phone = nextPhone();
  const order = await place(org, to(phone));
  const opened = expectStatus(
    await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: phone.slice(-4) }),
    201,
  );
  const customer = app.bearing(opened.token);
  expectStatus(await customer.get(`/portal/orders/${order.id}`), 200);
  assert.deepEqual(numbers(await customer.get('/portal/orders')), [order.orderNo]);
  assert.equal((await customer.get('/notifications')).status, 403, 'one order opens nothing else of its customer');
  const [kept] = await app.db.systemTx((tx) =>
    tx.query<{ text: string }>(`select string_agg(s::text, '') as text from customers.portal_sessions s`),
  );
  assert.ok(kept && !kept.text.includes(opened.token.slice(4)));
  expectStatus(await customer.api('DELETE', '/portal/session'), 204);
  assert.equal((await customer.get(`/portal/orders/${order.id}`)).status, 401);
  const body = Buffer.from(opened.token.slice(4), 'base64url');
  const otherOrg = Buffer.concat([Buffer.from(other.id.replaceAll('-', ''), 'hex'), body.subarray(16)]);
  for (const token of ['zgc_', 'zgc_x', `zgc_${otherOrg.toString('base64url')}`, `${opened.token}A`])
    assert.equal((await app.bearing(token).get('/portal/orders')).status, 401, token);
});

test('CMP-2 an order’s telephone is guessed ten times an hour by its last four digits, and ten times as a whole', async () => {
  const phone = nextPhone();
  const order = await place(org, to(phone));
  const open = async (given: string): Promise<number> =>
    (await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone: given })).status;
  const spend = (whole: boolean) =>
    app.db.inTx({ orgId: org.id }, (tx) =>
      tx.query(
        `insert into customers.portal_tries (org_id, subject, whole, failures, since) values ($1, $2, $3, 9, $4) returning 1`,
        [org.id, order.id, whole, app.clock.now()],
      ),
    );
  const others = (digits: string): string => digits.slice(0, -1) + ((Number(digits.at(-1)) + 1) % 10);
  assert.equal((await spend(false)).length, 1);
  assert.equal(await open(others(phone.slice(-4))), 404, 'the tenth');
  assert.equal(await open(phone.slice(-4)), 404, 'right, but one try too many');
  assert.equal(await open(phone), 201, 'the whole number is counted by itself');
  assert.equal(await open(phone.slice(-4)), 201, 'who knows it begins anew');
  assert.equal((await spend(true)).length, 1);
  assert.equal(await open(others(phone)), 404, 'the tenth');
  assert.equal(await open(phone), 404, 'right, but one try too many');
  app.clock.pass(61 * MINUTE);
  assert.equal(await open(phone), 201, 'an hour later');
});

test('AFT-1 my orders are paged and filtered: to pay, to send, to receive', async () => {
  const phone = nextPhone();
  const placed: Body[] = [];
  for (let i = 0; i < 5; i += 1)
    placed.push(await place(org, { ...to(phone), lines: [{ sku: 'A', quantity: i + 1 }] }));
  await pay(org, placed[0].id);
  await app.settleDown();
  const customer = await byPhone(phone);
  const first = expectStatus(await customer.get('/portal/orders?limit=2'), 200);
  const second = expectStatus(await customer.get(`/portal/orders?limit=2&cursor=${first.nextCursor}`), 200);
  const third = expectStatus(await customer.get(`/portal/orders?limit=2&cursor=${second.nextCursor}`), 200);
  assert.deepEqual(
    [first, second, third].flatMap((p: Body) => p.items.map((o: Body) => o.orderNo)),
    placed.map((o) => o.orderNo).toReversed(),
  );
  assert.equal(third.nextCursor, null);
  assert.deepEqual(numbers(await customer.get('/portal/orders?show=to_ship')), [placed[0].orderNo]);
  assert.deepEqual(numbers(await customer.get('/portal/orders?show=to_receive')), []);
  assert.deepEqual(numbers(await customer.get('/portal/orders?show=after_sales')), []);
  const due = expectStatus(await customer.get('/portal/orders?show=to_pay'), 200).items;
  assert.deepEqual(
    due.map((o: Body) => [o.orderNo, o.due.amount]),
    placed
      .slice(1)
      .toReversed()
      .map((o) => [o.orderNo, o.total.amount]),
  );
  assert.equal((await org.get('/portal/orders')).status, 403, 'for customers alone');
});

test('PLT-1 who asks without naming an organisation is asked for it where there are several', async () => {
  assert.deepEqual((await app.nobody.get('/portal/welcome')).body, { org: null, phoneSignIn: false });
  assert.deepEqual((await app.nobody.get('/portal/welcome?org=mine')).body, {
    org: { code: 'mine', name: 'Org mine' },
    phoneSignIn: true,
  });
  const answer = await app.nobody.post('/portal/codes', { phone: nextPhone() });
  assert.deepEqual([answer.status, answer.body.errors[0].path], [400, 'org']);
});
