import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { systemCtx } from '#kernel/context.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { nightlyProtection } from '#modules/aftersales/protection/index.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { parcelsOf } from './support/parcels.ts';
import { expectStatus, orderOf, pay, place, problems } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await app.person(org.code);
  expectStatus(await org.post('/shops', { code: 'S1', name: '一号店' }), 201);
  expectStatus(await org.post('/warehouses', { code: 'W1', name: 'W1' }), 201);
});
after(() => app.close());

let goods = 0;
async function newSku(price: number, category = '服装/女装'): Promise<string> {
  goods += 1;
  const sku = `PP-${goods}`;
  const skus = [{ sku, price: { amount: price, currency: 'CNY' } }];
  expectStatus(await org.post('/products', { code: `P-${sku}`, title: `商品 ${sku}`, category, skus }), 201);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity: 1_000 }] }), 201);
  app.clock.pass(MINUTE_MS);
  return sku;
}
async function reprice(sku: string, amount: number): Promise<Date> {
  app.clock.pass(MINUTE_MS);
  const product = (await org.get(`/products?q=${sku}`)).body.items.find((p: Body) => p.code === `P-${sku}`);
  const skus = [{ sku, price: { amount, currency: 'CNY' } }];
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { skus }), 200);
  const at = app.clock.now();
  app.clock.pass(MINUTE_MS);
  return at;
}
async function bought(lines: { sku: string; quantity: number }[], over: object = {}): Promise<Body> {
  const order = await place(org, { lines, ...over });
  await pay(org, order.id);
  await app.settleDown();
  app.clock.pass(MINUTE_MS);
  return orderOf(org, order.id);
}
/** Until after the next nightly run. */
async function night(): Promise<void> {
  await app.settleDown();
  app.clock.pass(DAY_MS);
  await app.settleDown();
}
const ask = async (order: Body, body: object = {}): Promise<Body> =>
  expectStatus(await org.post(`/orders/${order.id}/price-protection`, body), 200);
const protectionsOf = async (order: Body): Promise<Body[]> =>
  expectStatus(await org.get(`/after-sales/price-protections?orderId=${order.id}`), 200).items;
const amounts = async (order: Body): Promise<number[]> =>
  (await protectionsOf(order)).map((p: Body) => p.amount.amount);
const pointsOf = async (order: Body): Promise<number> =>
  expectStatus(await org.get(`/customers/${order.customer.id}/points`), 200).balance;
const clean = async (): Promise<void> => assert.deepEqual(await app.faults(), []);

test('AFT-9 a price that fell is found by night and the difference goes back by the original way, once', async () => {
  const sku = await newSku(10_000);
  const order = await bought([{ sku, quantity: 3 }]);
  await bought([{ sku: await newSku(10_000), quantity: 1 }]); // other goods are not looked at
  await reprice(sku, 9_000);
  await night();
  const [made] = await protectionsOf(order);
  assert.deepEqual(
    [made.units, made.priceFrom.amount, made.priceTo.amount, made.amount.amount, made.how, made.points, made.clause],
    [3, 10_000, 9_000, 3_000, 'nightly', 0, 'general.price_protection'],
  );
  const now = await orderOf(org, order.id);
  assert.equal(now.refunded.amount, 3_000);
  assert.equal(await pointsOf(order), 0);
  await night();
  await night();
  assert.deepEqual(await amounts(order), [3_000]);
  const { runs } = expectStatus(await org.get('/after-sales/price-protections/summary'), 200);
  const run = runs.at(-1);
  assert.deepEqual([run.skus, run.orders, run.lines, run.refunded[0].amount], [1, 1, 1, 3_000]);
  const told = expectStatus(await org.get(`/orders/${order.id}/timeline`), 200).items.map((i: Body) => i.type);
  assert.ok(told.includes('aftersales.price_protected.v1'));
  await clean();
});

test('AFT-9 a customer who found it first gets 50 points; a fall further later pays only the rest', async () => {
  const sku = await newSku(10_000);
  const order = await bought([{ sku, quantity: 2 }]);
  await reprice(sku, 9_500);
  const preview = expectStatus(await org.get(`/orders/${order.id}/price-protection`), 200);
  assert.deepEqual([preview.total.amount, preview.may], [1_000, ['protect']]);
  const first = await ask(order);
  assert.deepEqual([first.refunded.amount, first.points], [1_000, 50]);
  const again = await ask(order);
  assert.deepEqual([again.refunded.amount, again.points, again.lines[0].why], [0, 0, 'already_given']);
  await night();
  assert.deepEqual(await amounts(order), [1_000]);
  await reprice(sku, 9_800); // up again, and down to where it was
  await reprice(sku, 9_500);
  assert.equal((await ask(order)).refunded.amount, 0);
  await reprice(sku, 9_200);
  await night();
  assert.deepEqual(await amounts(order), [600, 1_000]);
  const points = await pointsOf(order);
  assert.equal(points, 50);
  const asked = await ask(order);
  assert.deepEqual([asked.points, await pointsOf(order)], [0, points]);
  await clean();
});

test('AFT-9 what was really paid for a unit counts: discounts of the line first', async () => {
  const sku = await newSku(10_000);
  const now = app.clock.now().getTime();
  expectStatus(
    await org.post('/offers', {
      code: `PPT-${sku}`,
      title: '立减',
      kind: 'limited_time_discount',
      percentOff: 10,
      scope: { skus: [sku] },
      startsAt: new Date(now - HOUR_MS).toISOString(),
      endsAt: new Date(now + HOUR_MS).toISOString(),
    }),
    201,
  );
  const order = await bought([{ sku, quantity: 2 }]);
  assert.equal(order.total.amount, 18_000);
  await reprice(sku, 9_200);
  assert.equal((await ask(order)).lines[0].why, 'no_fall'); // it costs more now than what was paid
  await reprice(sku, 8_900);
  assert.equal((await ask(order)).refunded.amount, 200);
  await clean();
});

test('AFT-9 flash sales, gifts, falls after 15 days, mistaken prices and what came back are excluded', async () => {
  const [flash, plain, gift, wrong] = [
    await newSku(10_000),
    await newSku(10_000),
    await newSku(500),
    await newSku(10_000),
  ];
  const now = app.clock.now().getTime();
  const during = { startsAt: new Date(now - HOUR_MS).toISOString(), endsAt: new Date(now + HOUR_MS).toISOString() };
  const offer = async (body: object): Promise<unknown> =>
    expectStatus(await org.post('/offers', { title: 'x', ...during, ...body }), 201);
  await offer({
    code: `F-${flash}`,
    kind: 'flash_sale',
    price: 9_000,
    limitPerCustomer: 5,
    quota: 100,
    scope: { skus: [flash] },
  });
  await offer({ code: `G-${gift}`, kind: 'gift', spend: 1_000, giftSku: gift, quantity: 1, scope: { skus: [plain] } });
  const order = await bought([
    { sku: flash, quantity: 1 },
    { sku: plain, quantity: 1 },
    { sku: wrong, quantity: 1 },
  ]);
  await reprice(flash, 8_000);
  await reprice(gift, 400);
  await reprice(wrong, 9_900);
  const said = await org.post('/after-sales/price-falls', {
    sku: wrong,
    fromAt: app.clock.now().toISOString(),
    verdict: 'error',
    reason: 'x',
  });
  assert.deepEqual([said.status, said.body.code], [404, 'price_fall_not_found']);
  const { items } = expectStatus(await org.get(`/after-sales/price-falls?sku=${wrong}`), 200);
  expectStatus(
    await org.post('/after-sales/price-falls', {
      sku: wrong,
      fromAt: items[0].fromAt,
      verdict: 'error',
      reason: '标错价',
    }),
    200,
  );
  const preview = expectStatus(await org.get(`/orders/${order.id}/price-protection`), 200);
  assert.deepEqual(Object.fromEntries(preview.lines.map((l: Body) => [l.sku, l.why])), {
    [flash]: 'flash_sale',
    [plain]: 'no_fall',
    [wrong]: 'no_fall',
    [gift]: 'gift',
  });
  app.clock.pass(16 * DAY_MS);
  await reprice(plain, 8_000);
  const late = await ask(order);
  assert.deepEqual([late.refunded.amount, late.lines.find((l: Body) => l.sku === plain).why], [0, 'window_over']);
  await night();
  assert.deepEqual(await amounts(order), []);
  await clean();
});

test('AFT-9 a steep fall waits for somebody to say that it was meant; then the buyers get it', async () => {
  const sku = await newSku(10_000);
  const order = await bought([{ sku, quantity: 1 }]);
  const fromAt = await reprice(sku, 100); // a dropped zero or two
  assert.equal((await ask(order)).lines[0].why, 'being_checked');
  await night();
  assert.deepEqual(await amounts(order), []);
  const falls = expectStatus(await org.get(`/after-sales/price-falls?sku=${sku}`), 200).items;
  assert.deepEqual([falls[0].state, falls[0].percent, falls[0].fromAt], ['held', 99, fromAt.toISOString()]);
  expectStatus(
    await org.post('/after-sales/price-falls', { sku, fromAt: falls[0].fromAt, verdict: 'genuine', reason: '清仓' }),
    200,
  );
  await app.settleDown();
  assert.deepEqual(await amounts(order), [9_900]);
  await clean();
});

test('AFT-9 fifty requests and the nightly run at once pay one fall once', async () => {
  const sku = await newSku(10_000);
  const orders = [];
  for (let i = 0; i < 5; i += 1) orders.push(await bought([{ sku, quantity: 2 }]));
  await reprice(sku, 9_000);
  const ctx = systemCtx(org.id, app.clock.now());
  const run = (): Promise<void> =>
    nightlyProtection.run({ db: app.db, log: app.app.log }, { at: app.clock.now().toISOString() }, ctx);
  await Promise.all([
    run(),
    ...orders.flatMap((o) => Array.from({ length: 10 }, () => org.post(`/orders/${o.id}/price-protection`))),
    run(),
  ]);
  await app.settleDown();
  for (const order of orders) {
    assert.deepEqual(await amounts(order), [2_000]);
    assert.equal((await orderOf(org, order.id)).refunded.amount, 2_000);
    const [made] = await protectionsOf(order);
    assert.equal(await pointsOf(order), made.how === 'nightly' ? 0 : 50);
  }
  await clean();
});

test('AFT-9 the database refuses a second protection from the same fall, whoever writes it', async () => {
  const sku = await newSku(10_000);
  const order = await bought([{ sku, quantity: 1 }]);
  await reprice(sku, 9_000);
  await ask(order);
  const copy = (change: string): Promise<unknown> =>
    app.db.inTx({ orgId: org.id }, (tx) =>
      tx.query(
        `insert into aftersales.price_protections (org_id, id, order_id, line_id, sku_id, shop_id, customer_id, previous, price_from, price_to, units, amount,
           currency, fell_at, how, policy_version, clause, refund_ids, at, actor_id)
         select org_id, gen_random_uuid(), order_id, line_id, sku_id, shop_id, customer_id, ${change}, units, 1, currency, fell_at, how, policy_version,
           clause, refund_ids, at, actor_id from aftersales.price_protections where org_id = $1 and order_id = $2`,
        [org.id, order.id],
      ),
    );
  await assert.rejects(copy('null, 10000, 9000'), /price_protections_first/);
  await assert.rejects(copy('id, 9500, 8000'), /foreign key/); // begins within what was paid
  await assert.rejects(copy('id, 9000, 9000'), /check/);
});

test('AFT-9 a part of a split order is not paid again for what the whole was', async () => {
  const sku = await newSku(10_000);
  const order = await bought([{ sku, quantity: 2 }]);
  await reprice(sku, 9_000);
  assert.equal((await ask(order)).refunded.amount, 2_000);
  await app.settleDown();
  const [line] = (await orderOf(org, order.id)).lines;
  const split = expectStatus(
    await org.post(`/orders/${order.id}/split`, { groups: [[{ lineId: line.id, quantity: 1 }]] }),
    200,
  );
  for (const part of split.orders) assert.equal((await ask(part)).refunded.amount, 0);
  await reprice(sku, 8_500);
  await night();
  for (const part of split.orders) assert.deepEqual(await amounts(part), [500]);
  assert.equal((await org.post(`/orders/${order.id}/price-protection`)).status, 409);
  await clean();
});

test('AFT-9 returned units are not protected, and no more goes back than is left of a line', async () => {
  const sku = await newSku(10_000);
  const parcels = parcelsOf(app, org);
  const order = await parcels.paidOrder([{ sku, quantity: 2 }]);
  const refund = await org.post(`/payments/${order.payment.id}/refunds`, { amount: 19_500, reason: '协商' });
  expectStatus(refund, 201);
  await app.settleDown();
  await reprice(sku, 9_000);
  const asked = await ask(order);
  assert.deepEqual([asked.refunded.amount, asked.lines[0].amount.amount], [500, 500]); // of 20,000 there is no more
  await app.settleDown();
  const after = await orderOf(org, order.id);
  assert.equal(after.refunded.amount, 20_000);
  await clean();
});

test('AFT-9 requests of the customer, of unknown lines and of orders that take no part', async () => {
  const sku = await newSku(10_000);
  const phone = '13912345678';
  const unpaid = await place(org, { lines: [{ sku, quantity: 1 }] });
  const none = await org.post(`/orders/${unpaid.id}/price-protection`);
  assert.deepEqual([none.status, none.body.code], [409, 'order_not_protected']);
  const order = await bought([{ sku, quantity: 1 }], {
    shipTo: { name: '李四', phone, province: '浙江省', city: '杭州市', district: '西湖区', address: '文三路 2 号' },
  });
  const lines = await org.post(`/orders/${order.id}/price-protection`, { lines: [unpaid.lines[0].id] });
  assert.deepEqual([lines.status, problems(lines)], [422, ['lines[0]: unknown_line']]);
  await reprice(sku, 9_000);
  const { token } = expectStatus(await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone }), 201);
  const me = app.bearing(token);
  const preview = expectStatus(await me.get(`/portal/orders/${order.id}/price-protection`), 200);
  assert.deepEqual([preview.total.amount, preview.may], [1_000, ['protect']]);
  const mine = expectStatus(await me.post(`/portal/orders/${order.id}/price-protection`), 200);
  assert.deepEqual([mine.refunded.amount, mine.points], [1_000, 50]);
  assert.equal((await me.post(`/portal/orders/${unpaid.id}/price-protection`)).status, 403);
  assert.equal((await protectionsOf(order))[0].how, 'customer');
  await clean();
});

test('AFT-9 a customer is told per line what comes back or why not; asked twice, at once or with another key, it is given once', async () => {
  const [sku, still] = [await newSku(10_000), await newSku(5_000)];
  const phone = '13912345679';
  const lines = [
    { sku, quantity: 2 },
    { sku: still, quantity: 1 },
  ];
  const order = await bought(lines, {
    shipTo: { name: '李四', phone, province: '浙江省', city: '杭州市', district: '西湖区', address: '文三路 3 号' },
  });
  const signed = await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone });
  let me = app.bearing(expectStatus(signed, 201).token);
  const url = `/portal/orders/${order.id}/price-protection`;
  const look = async (): Promise<Body> => expectStatus(await me.get(url), 200);
  const said = (view: Body): unknown[] => view.lines.map((l: Body) => [l.why, l.amount.amount, l.given.amount]);
  const early = await look();
  assert.deepEqual(said(early), [
    ['no_fall', 0, 0],
    ['no_fall', 0, 0],
  ]);
  assert.deepEqual([early.points, early.may], [0, []]);
  assert.ok(new Date(early.lines[0].windowEndsAt) > app.clock.now());
  await reprice(sku, 8_500);
  const before = await look();
  assert.deepEqual([before.total.amount, before.points, before.may], [3_000, 50, ['protect']]);
  assert.deepEqual([before.lines[0].priceFrom.amount, before.lines[0].lowest.amount], [10_000, 8_500]);
  const answers = await Promise.all(Array.from({ length: 5 }, () => me.post(url)));
  const given = answers.map((a) => expectStatus(a, 200));
  assert.deepEqual(
    given.map((g) => g.refunded.amount).toSorted((a, b) => a - b),
    [0, 0, 0, 0, 3_000],
  );
  for (const g of given) assert.deepEqual(g.given, { amount: { amount: 3_000, currency: 'CNY' }, points: 50 });
  const key = { 'idempotency-key': 'once-and-again' };
  const [first, second] = [await me.post(url, {}, key), await me.post(url, {}, key)];
  assert.deepEqual(first.body, second.body);
  const after = await look();
  assert.deepEqual(said(after), [
    ['already_given', 0, 3_000],
    ['no_fall', 0, 0],
  ]);
  assert.deepEqual([after.given.amount.amount, after.given.points, after.may], [3_000, 50, []]);
  await app.settleDown();
  assert.equal((await orderOf(org, order.id)).refunded.amount, 3_000);
  assert.equal(await pointsOf(order), 50);
  app.clock.pass(17 * DAY_MS);
  const again = await app.nobody.post('/portal/sessions', { orderNo: order.orderNo, phone });
  me = app.bearing(expectStatus(again, 201).token);
  await reprice(still, 4_000);
  assert.deepEqual(said(await look()), [
    ['already_given', 0, 3_000],
    ['window_over', 0, 0],
  ]);
  await clean();
});

test('AFT-9 marketplace money is written down as due from who holds it; given up there, it can be refunded again', async () => {
  const sku = await newSku(10_000);
  const order = await place(org, { lines: [{ sku, quantity: 1 }], payment: 'prepaid' });
  await app.settleDown();
  await reprice(sku, 9_000);
  assert.equal((await ask(order)).refunded.amount, 1_000);
  const [due] = expectStatus(await org.get(`/external-refunds?orderId=${order.id}`), 200).items;
  assert.deepEqual([due.amount.amount, due.status], [1_000, 'due']);
  expectStatus(await org.post(`/external-refunds/${due.id}/give-up`, { note: 'no' }), 200);
  await app.settleDown();
  const [lost] = await protectionsOf(order);
  assert.deepEqual([lost.givenUp.amount, lost.may], [1_000, ['refund_again']]);
  const again = expectStatus(await org.post(`/after-sales/price-protections/${lost.id}/refund-again`), 200);
  assert.deepEqual([again.givenUp.amount, again.may], [0, []]);
  assert.equal((await org.post(`/after-sales/price-protections/${lost.id}/refund-again`)).status, 409);
  await clean();
});

test('AFT-9 a case for price protection is carried out by it, and a unit in a return is not protected', async () => {
  const sku = await newSku(10_000);
  const order = await bought([{ sku, quantity: 2 }]);
  await reprice(sku, 9_000);
  const made = expectStatus(
    await org.post('/after-sales', {
      orderId: order.id,
      type: 'price_protection',
      lines: [{ lineId: order.lines[0].id, quantity: 2 }],
      reason: 'price_drop',
    }),
    201,
  );
  assert.deepEqual(
    [made.policy.clause, made.refund.amount.amount ?? made.refund.amount],
    ['general.price_protection', 2_000],
  );
  for (const step of ['approve', 'execute'])
    if ((await org.get(`/after-sales/${made.id}`)).body.may.includes(step))
      expectStatus(await org.post(`/after-sales/${made.id}/${step}`), 200);
  await app.settleDown();
  const done = expectStatus(await org.get(`/after-sales/${made.id}`), 200);
  assert.equal(done.status, 'done');
  assert.deepEqual(await amounts(order), [2_000]);
  await clean();
});
