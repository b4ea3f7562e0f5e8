import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Answer, type Sender, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { expectStatus, openShop, orderOf, phoneOf, place, SHIP_TO } from './support/shop.ts';

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
