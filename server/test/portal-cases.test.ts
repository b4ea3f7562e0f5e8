import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { type Cases, casesOf } from './support/cases.ts';
import { parcelsOf } from './support/parcels.ts';
import { codeSentTo, type Customer, customerOf } from './support/portal.ts';
import { expectStatus, openShop, orderOf, phoneOf, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let on: Cases;
before(async () => {
  app = await testApp();
  org = await app.org();
  await app.person('shop');
  await openShop(org, [{ sku: 'A', price: 10_000, stock: { W1: 1000 } }]);
  expectStatus(await org.api('PUT', '/settings/sms', { values: { provider: 'sandbox' } }), 200);
  on = casesOf(org, parcelsOf(app, org));
});
after(() => app.close());

let buyers = 930_000;
const nextPhone = (): string => phoneOf((buyers += 1));

async function byPhone(phone: string): Promise<Customer> {
  expectStatus(await app.nobody.post('/portal/codes', { org: 'shop', phone }), 202);
  await app.settleDown();
  const code = await codeSentTo(org, phone);
  const { token } = expectStatus(await app.nobody.post('/portal/sessions/phone', { org: 'shop', phone, code }), 201);
  return { ...app.bearing(token), token };
}
async function photo(who: Customer): Promise<string> {
  const bytes = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#36c' } })
    .jpeg()
    .toBuffer();
  const made = expectStatus(await who.post('/uploads', { name: 'a.jpg', size: bytes.length }), 201);
  const sent = await fetch(`${app.url}/api/v1/uploads/${made.id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${who.token}`,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    },
    body: new Uint8Array(bytes),
  });
  assert.equal(sent.status, 204);
  return expectStatus(await who.post(`/uploads/${made.id}/finish`), 200).id;
}
const bytesAt = async (who: { token: string }, url: string): Promise<number> =>
  (await fetch(`${app.url}/api/v1${url}`, { headers: { authorization: `Bearer ${who.token}` } })).status;
const ask = (who: Sender, orderId: string, path: string, body: object): Promise<Answer> =>
  who.post(`/portal/orders/${orderId}/after-sales${path}`, body);

test('AFT-1 a customer is told what the policy says and asked only what it needs, then shows it, and the case keeps it', async () => {
  const phone = nextPhone();
  const order = await on.delivered([{ sku: 'A', quantity: 2 }], { shipTo: { ...SHIP_TO, phone } });
  const who = await byPhone(phone);
  const [line] = (await orderOf(org, order.id)).lines;
  const guide = expectStatus(await who.get(`/portal/orders/${order.id}/after-sales/guide`), 200);
  const reasons = guide.types.find((x: Body) => x.type === 'repair').reasons;
  assert.ok(reasons.includes('malfunction') && !reasons.includes('no_reason'));
  const lines = [{ lineId: line.id, quantity: 1 }];
  const fault = { type: 'exchange', lines, reason: 'quality' };
  const check = expectStatus(await ask(who, order.id, '/check', fault), 200);
  const facts = [check.policy.allowed, check.policy.evidence, check.policy.freight, check.comesBack, check.refund];
  assert.ok(check.policy.text.length > 0 && check.policy.clause.length > 0);
  assert.ok(check.policy.allowed === false || facts.includes('photo'), JSON.stringify(check));

  const wanted = { type: 'return', lines, reason: 'quality' };
  const said = expectStatus(await ask(who, order.id, '/check', wanted), 200);
  if (said.policy.evidence === 'none') return assert.fail(JSON.stringify(said));
  assert.equal(said.refund.amount.amount, 10_000);
  const bare = await ask(who, order.id, '', { orderId: order.id, ...wanted });
  assert.deepEqual([bare.status, bare.body.code], [422, 'evidence_required']);
  const evidence = [await photo(who)];
  const made = expectStatus(await ask(who, order.id, '', { orderId: order.id, ...wanted, evidence }), 201);
  assert.equal(made.refund.amount.amount, said.refund.amount.amount, 'the preview is what is carried out');
  assert.deepEqual(
    made.steps.map((s: Body) => s.step),
    ['accepted', 'diagnosed', 'agreed', 'executed', 'followed_up'],
  );
  for (const url of [`/evidence/${evidence[0]}`, `/evidence/${evidence[0]}/thumbnail`]) {
    assert.equal(await bytesAt(who, `/portal/after-sales/${made.id}${url}`), 200);
    assert.equal(await bytesAt({ token: org.key }, `/after-sales/${made.id}${url}`), 200);
  }
  const listed = expectStatus(await who.get('/portal/orders?show=after_sales'), 200);
  assert.deepEqual(
    listed.items.map((o: Body) => [o.orderNo, o.openCases]),
    [[order.orderNo, 1]],
  );
  const more = expectStatus(
    await who.post(`/portal/after-sales/${made.id}/evidence`, { fileIds: [await photo(who)] }),
    200,
  );
  assert.equal(more.evidence.length, 2);
});

test('AFT-1 of a case nothing is shown to other customers, and files of others are no evidence', async () => {
  const phone = nextPhone();
  const order = await on.delivered([{ sku: 'A', quantity: 1 }], { shipTo: { ...SHIP_TO, phone } });
  const who = await byPhone(phone);
  const other = await customerOf(app, org, 'somebody-else');
  const [line] = (await orderOf(org, order.id)).lines;
  const wanted = { orderId: order.id, type: 'return', lines: [{ lineId: line.id, quantity: 1 }], reason: 'quality' };
  const stolen = await ask(who, order.id, '', { ...wanted, evidence: [await photo(other)] });
  assert.deepEqual([stolen.status, stolen.body.errors[0].code], [422, 'unknown_file']);
  assert.equal((await ask(other, order.id, '', wanted)).status, 404);
  assert.equal((await ask(other, order.id, '/check', { ...wanted, orderId: undefined })).status, 404);
  const evidence = [await photo(who)];
  const made = expectStatus(await ask(who, order.id, '', { ...wanted, evidence }), 201);
  const refused = await other.get(`/portal/after-sales/${made.id}`);
  assert.deepEqual([refused.status, refused.body.code], [404, 'case_not_found']);
  assert.ok(!JSON.stringify(refused.body).includes(order.id), 'whose order it is, is not told');
  assert.equal(await bytesAt(other, `/portal/after-sales/${made.id}/evidence/${evidence[0]}`), 404);
  assert.equal(await bytesAt(other, `/files/${evidence[0]}`), 404);
  for (const path of ['cancel', 'escalate'])
    assert.equal((await other.post(`/portal/after-sales/${made.id}/${path}`, {})).status, 404);
  expectStatus(await who.post(`/portal/after-sales/${made.id}/cancel`, {}), 200);
  assert.deepEqual(expectStatus(await who.get('/portal/orders?show=after_sales'), 200).items, []);
});

test('AFT-1 whom a gift was sent to may ask for after-sales of it, with photos of their own, and follow the case', async () => {
  const phone = nextPhone();
  const order = await on.delivered([{ sku: 'A', quantity: 1 }], {
    customer: { externalId: `giver-${phone}`, phone: nextPhone() },
    shipTo: { ...SHIP_TO, phone },
  });
  const who = await byPhone(phone);
  const [line] = (await orderOf(org, order.id)).lines;
  const wanted = { orderId: order.id, type: 'return', lines: [{ lineId: line.id, quantity: 1 }], reason: 'quality' };
  const made = expectStatus(await ask(who, order.id, '', { ...wanted, evidence: [await photo(who)] }), 201);
  const seen = expectStatus(await who.get(`/portal/after-sales/${made.id}`), 200);
  assert.ok(seen.may.includes('cancel'));
  const listed = expectStatus(await who.get('/portal/orders?show=after_sales'), 200);
  assert.deepEqual(
    listed.items.map((o: Body) => o.orderNo),
    [order.orderNo],
  );
  const giver = await customerOf(app, org, `giver-${phone}`);
  expectStatus(await giver.get(`/portal/after-sales/${made.id}`), 200);
});

test('AFT-1 a session for one order reaches its cases and no others', async () => {
  const phone = nextPhone();
  const [one, two] = [
    await on.delivered([{ sku: 'A', quantity: 1 }], { shipTo: { ...SHIP_TO, phone } }),
    await on.delivered([{ sku: 'A', quantity: 2 }], { shipTo: { ...SHIP_TO, phone } }),
  ];
  const caseOf = async (order: Body): Promise<string> =>
    (
      await on.open(order.id, 'return', [{ lineId: (await orderOf(org, order.id)).lines[0].id, quantity: 1 }], {
        reason: 'no_reason',
      })
    ).id;
  const [mine, others] = [await caseOf(one), await caseOf(two)];
  const { token } = expectStatus(await app.nobody.post('/portal/sessions', { orderNo: one.orderNo, phone }), 201);
  const who = app.bearing(token);
  expectStatus(await who.get(`/portal/after-sales/${mine}`), 200);
  assert.ok([403, 404].includes((await who.get(`/portal/after-sales/${others}`)).status));
  assert.deepEqual(await app.faults(), []);
});

test('AFT-2 the clause of a case is shown in the language of who reads it, whoever opened it', async () => {
  const order = await on.delivered([{ sku: 'A', quantity: 1 }]);
  const opened = await on.open(order.id, 'return', [{ lineId: order.lines[0].id, quantity: 1 }]);
  const readIn = async (locale: string): Promise<string> =>
    expectStatus(await org.api('GET', `/after-sales/${opened.id}`, undefined, { 'accept-language': locale }), 200)
      .policy.text;
  assert.match(await readIn('en'), /Fault/);
  assert.match(await readIn('zh-CN'), /质量问题/);
});
