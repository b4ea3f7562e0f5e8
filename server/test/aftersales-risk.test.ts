import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { casesOf } from './support/cases.ts';
import { parcelsOf } from './support/parcels.ts';
import { customerOf } from './support/portal.ts';
import { expectStatus, openShop, orderOf, pay, phoneOf, place, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
let boss: Sender;
before(async () => {
  app = await testApp();
  org = await app.org();
  boss = await app.person(org.code);
  await openShop(org, []);
  const skus = [{ sku: 'A', price: { amount: 1_500, currency: 'CNY' } }];
  expectStatus(await org.post('/products', { code: 'P-A', title: '袜子', category: '服装', skus }), 201);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'A', quantity: 1_000 }] }), 201);
});
after(() => app.close());

async function bought(phone: string, over: object = {}): Promise<Body> {
  const order = await place(org, { payment: 'prepaid', shipTo: { ...SHIP_TO, phone }, ...over });
  app.clock.pass(11 * 60_000); // none is taken for a duplicate
  await app.settleDown();
  return orderOf(org, order.id);
}
const ask = async (order: Body, over: object = {}): Promise<Body> => {
  const lines = [{ lineId: order.lines[0].id, quantity: 1 }];
  const made = expectStatus(
    await org.post('/after-sales', { orderId: order.id, type: 'refund', reason: 'no_reason', lines, ...over }),
    201,
  );
  await app.settleDown();
  return made;
};
const risks = async (order: Body): Promise<Body[]> =>
  expectStatus(await org.get(`/after-sales/risks?customerId=${order.customer.id}`), 200).items;

test('AFT-12 claims that follow a pattern raise one risk case, with reasons and the cases they were seen at', async () => {
  const phone = phoneOf(70_000_001);
  const values = { rateFromOrders: 3, returnRatePercent: 60, claims: 3 };
  expectStatus(await org.api('PUT', '/settings/aftersales_risk', { values }), 200);
  const orders = [];
  for (let i = 0; i < 4; i += 1) orders.push(await bought(phone));
  const [first, second, third] = orders;
  await ask(first);
  await ask(second);
  assert.deepEqual(await risks(first), []); // 2 of 4
  const last = await ask(third);
  const [risk] = await risks(first);
  assert.deepEqual(risk.reasons.map((r: Body) => `${r.signal} ${r.value}/${r.threshold}`).toSorted(), [
    'claims 3/3',
    'return_rate 75/60',
  ]);
  assert.ok(risk.evidence.some((e: Body) => e.caseId === last.id));
  assert.deepEqual([risk.status, risk.may], ['open', ['dismiss', 'watch', 'require_review', 'blacklist']]);
  assert.ok(!JSON.stringify(risk).includes(phone));
  assert.equal((await risks(first)).length, 1);
  assert.deepEqual(await app.faults(), []);
});

test('AFT-12 required review: nothing is instant for that customer until it ends, and the order goes on the blacklist', async () => {
  const phone = phoneOf(70_000_002);
  const order = await bought(phone);
  const check = async (): Promise<Body> =>
    expectStatus(
      await org.post('/after-sales/policy-check', {
        orderId: order.id,
        lines: [{ lineId: order.lines[0].id, quantity: 1 }],
        type: 'refund',
        reason: 'no_reason',
      }),
      200,
    );
  assert.equal((await check()).instant, true);
  await ask(order, { description: '我是职业打假人，要求假一赔十' });
  const [risk] = await risks(order);
  assert.deepEqual([risk.reasons[0].signal, risk.status], ['wording', 'open']);
  assert.equal((await check()).instant, false, 'nor while the case waits to be looked at');
  const decided = expectStatus(
    await boss.post(`/after-sales/risks/${risk.id}/decide`, {
      decision: 'require_review',
      note: '多次索赔',
      reviewDays: 30,
      blacklist: ['phone'],
    }),
    200,
  );
  assert.equal(decided.status, 'review');
  const after = await check();
  assert.deepEqual([after.allowed, after.instant, after.lines[0].instant], [true, false, false]);
  const { items } = expectStatus(await boss.get(`/blacklist?phone=${phone}`), 200);
  assert.equal(items.length, 1);
  app.clock.pass(31 * 86_400_000);
  assert.equal((await check()).instant, true);
  const again = await boss.post(`/after-sales/risks/${risk.id}/decide`, { decision: 'dismiss', note: '已说明' });
  assert.equal(expectStatus(again, 200).status, 'dismissed');
  const over = await boss.post(`/after-sales/risks/${risk.id}/decide`, { decision: 'watch', note: 'x' });
  assert.equal(over.status, 409);
});

test('AFT-12 what was dismissed counts no more; who is watched is looked at anew', async () => {
  const phone = phoneOf(70_000_003);
  const first = await bought(phone);
  await ask(first, { description: '职业打假' });
  const [risk] = await risks(first);
  expectStatus(await boss.post(`/after-sales/risks/${risk.id}/decide`, { decision: 'watch', note: '观察' }), 200);
  const second = await bought(phone);
  await ask(second, { description: '退一赔三' });
  assert.deepEqual(
    (await risks(first)).map((r: Body) => r.status),
    ['open'],
  );
  expectStatus(await boss.post(`/after-sales/risks/${risk.id}/decide`, { decision: 'dismiss', note: '误会' }), 200);
  app.clock.pass(60_000);
  await ask(await bought(phone), { description: '不想要了' });
  assert.deepEqual(
    (await risks(first)).map((r: Body) => r.status),
    ['dismissed'],
  );
});

test('AFT-12 accounts with claims that share an address are seen; without claims they are neighbours', async () => {
  const address = { address: '同一路 9 号 301' };
  const people = [];
  for (let i = 0; i < 3; i += 1)
    people.push(
      await bought(phoneOf(70_000_010 + i), { shipTo: { ...SHIP_TO, ...address, phone: phoneOf(70_000_010 + i) } }),
    );
  const [a, b, c] = people;
  await ask(a);
  await ask(b);
  assert.deepEqual(await risks(b), []);
  await ask(c);
  const [risk] = await risks(c);
  assert.deepEqual(
    risk.reasons.map((r: Body) => [r.signal, r.value]),
    [['shared_address', 3]],
  );
  assert.deepEqual(await app.faults(), []);
});

test('AFT-5 of an order that is held for review, or of a customer with an open risk case, no money goes back at once', async () => {
  const values = { instantRefundLevels: ['vip'], instantRefundMax: 1_000_000 };
  expectStatus(await org.api('PUT', '/settings/aftersales', { values }), 200);
  const on = parcelsOf(app, org);
  const cs = casesOf(org, on);
  const bought2 = async (externalId: string): Promise<Body> => {
    const { id } = await cs.delivered([{ sku: 'A', quantity: 2 }], {
      customer: { externalId, level: 'vip' },
      shipTo: { ...SHIP_TO, phone: phoneOf(70_000_100 + externalId.length), address: `${externalId}路 1 号` },
    });
    return orderOf(org, id);
  };
  const sendBack = async (order: Body, more: Record<string, unknown> = {}): Promise<Body> => {
    const opened = await cs.open(order.id, 'return', [{ lineId: order.lines[0].id, quantity: 1 }], more);
    await cs.act(opened.id, 'approve');
    await app.settleDown();
    return cs.act(opened.id, 'ship', { carrier: 'sf', waybillNo: 'SF1234567890123' });
  };
  const trusted = await sendBack(await bought2('trusted'));
  assert.equal(trusted.refund.ahead.amount, 1_500, 'a trusted customer has the money when the goods are on their way');

  const risky = await bought2('risky');
  const waits = await sendBack(risky, { description: '职业打假，假一赔十' });
  assert.equal((await risks(risky))[0].status, 'open');
  assert.equal(waits.refund.ahead.amount, 0, 'somebody is to look first');

  const held = await place(org, {
    lines: [{ sku: 'A', quantity: 1 }],
    customer: { externalId: 'held', level: 'vip' },
    shipTo: { ...SHIP_TO, phone: phoneOf(70_000_200), address: '别处路 9 号' },
  });
  await pay(org, held.id);
  await app.settleDown();
  const who = await customerOf(app, org, 'held');
  const refund = { type: 'refund', reason: 'no_reason', lines: [{ lineId: held.lines[0].id, quantity: 1 }] };
  const check = async (): Promise<boolean> =>
    expectStatus(await who.post(`/portal/orders/${held.id}/after-sales/check`, refund), 200).policy.instant;
  assert.equal(await check(), true);
  expectStatus(await org.post(`/orders/${held.id}/hold`, { note: '疑似刷单' }), 200);
  assert.equal(await check(), false);
  const asked = expectStatus(
    await who.post(`/portal/orders/${held.id}/after-sales`, { ...refund, description: '不要了' }),
    201,
  );
  assert.deepEqual([asked.status, asked.policy.decision], ['submitted', 'reviewed']);
  await cs.act(asked.id, 'approve');
  assert.equal((await cs.act(asked.id, 'execute')).refund.granted, true, 'a person decides as ever');
  await app.settleDown();
  assert.deepEqual(await app.faults(), []);
});
