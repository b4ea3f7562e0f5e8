import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DAY_MS, HOUR_MS } from '#kernel/time.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, pay, phoneOf, SHIP_TO, stockOf } from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [], ['W1']);
  expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
});
after(() => app.close());

let goods = 0;
/** A SKU of its own for each test, so that no offer of another test concerns it. */
async function newSku(price: number, quantity = 1000, reserveOn: 'order' | 'payment' = 'order'): Promise<string> {
  goods += 1;
  const sku = `PRO-${goods}`;
  await addGoods(org, { sku, price, reserveOn });
  if (quantity > 0)
    expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku, quantity }] }), 201);
  return sku;
}

let offers = 0;
async function offer(terms: Record<string, unknown>): Promise<Answer['body']> {
  offers += 1;
  const now = app.clock.now().getTime();
  return expectStatus(
    await org.post('/offers', {
      code: `O-${offers}`,
      title: `活动 ${offers}`,
      startsAt: new Date(now - HOUR_MS).toISOString(),
      endsAt: new Date(now + 30 * DAY_MS).toISOString(),
      ...terms,
    }),
    201,
  );
}
const couponOf = async (offerId: string, count = 1): Promise<string[]> =>
  expectStatus(await org.post(`/offers/${offerId}/coupons`, { count }), 201).codes;

const clean = async (): Promise<void> => assert.deepEqual(await app.faults(), []);
const money = (body: { amount: number }): number => body.amount;

test('PRO-2 placing the lines of a quote gives the same money, line by line, for every kind of offer', async () => {
  const [a, b, c] = [await newSku(10_000), await newSku(5_000), await newSku(3_333)];
  await offer({ kind: 'limited_time_discount', percentOff: 15, scope: { skus: [a] } });
  await offer({ kind: 'nth_item', nth: 2, percentOff: 50, scope: { skus: [b] } });
  await offer({
    kind: 'threshold_reduction',
    tiers: [{ spend: 20_000, off: 3_000 }],
    repeat: true,
    scope: { skus: [a, b, c] },
  });
  const coupon = await offer({ kind: 'coupon', spend: 5_000, off: 700, scope: { skus: [b, c] } });
  await offer({ kind: 'gift', spend: 20_000, giftSku: c, quantity: 1, scope: { skus: [a] } });
  const [code] = await couponOf(coupon.id);
  const lines = [
    { sku: a, quantity: 2 },
    { sku: b, quantity: 3 },
    { sku: c, quantity: 1 },
  ];
  const quote = expectStatus(await org.post('/quotes', { shop: 'S1', lines, couponCodes: [code] }), 200);
  const order = expectStatus(await org.post('/orders', anOrder({ lines, couponCodes: [code] })), 201);
  assert.deepEqual(order.total, quote.total);
  const paidLines = order.lines.filter((l: { kind: string }) => l.kind === 'goods');
  const moneyOf = (l: Answer['body']) => [
    l.sku,
    l.quantity,
    l.unitPrice,
    l.discounts.map((d: Answer['body']) => [d.offer, d.amount]),
    l.payable,
  ];
  assert.deepEqual(paidLines.map(moneyOf), quote.lines.map(moneyOf));
  assert.deepEqual(new Set(order.applied), new Set(quote.applied));
  assert.ok(order.discount.amount > 0);
  const stored = (await org.get(`/orders/${order.id}`)).body;
  assert.equal(stored.total.amount, order.total.amount);
  assert.equal(
    stored.lines.reduce((n: number, l: Answer['body']) => n + l.payable.amount, 0),
    order.total.amount,
  );
  await clean();
});

test('PRO-1 gifts are lines that cost nothing and take their stock; a gift that is gone stops no order', async () => {
  const [a, gift] = [await newSku(8_000), await newSku(500, 2)];
  await offer({ kind: 'gift', spend: 8_000, giftSku: gift, quantity: 2, scope: { skus: [a] } });
  const first = expectStatus(await org.post('/orders', anOrder({ lines: [{ sku: a, quantity: 1 }] })), 201);
  assert.deepEqual(
    first.lines.map((l: Answer['body']) => [l.sku, l.kind, l.quantity, l.payable.amount]),
    [
      [a, 'goods', 1, 8_000],
      [gift, 'gift', 2, 0],
    ],
  );
  assert.deepEqual(await stockOf(org, gift), { onHand: 2, reserved: 2, available: 0 });
  const second = expectStatus(await org.post('/orders', anOrder({ lines: [{ sku: a, quantity: 1 }] })), 201);
  assert.deepEqual(
    second.lines.map((l: Answer['body']) => l.sku),
    [a],
  );
  await clean();
});

test('PRO-1 a coupon is used once, whoever else tries at the same moment, and is free again when the order is cancelled', async () => {
  const sku = await newSku(10_000);
  const { id } = await offer({ kind: 'coupon', spend: 100, off: 2_500, scope: { skus: [sku] } });
  const [code] = await couponOf(id);
  const order = () => anOrder({ lines: [{ sku, quantity: 1 }], couponCodes: [code] });
  const answers = await Promise.all(Array.from({ length: 50 }, () => org.post('/orders', order())));
  const [won, ...more] = answers.filter((x) => x.status === 201);
  assert.equal(more.length, 0);
  assert.equal(money(won?.body.total), 7_500);
  for (const lost of answers.filter((x) => x.status !== 201)) {
    assert.equal(lost.status, 422);
    assert.deepEqual(
      lost.body.errors.map((e: Answer['body']) => [e.path, e.code]),
      [['couponCodes[0]', 'coupon_used']],
    );
  }
  assert.equal((await stockOf(org, sku)).available, 999, 'a refused order reserves nothing');
  expectStatus(await org.post(`/orders/${won?.body.id}/cancel`, { reason: 'changed my mind' }), 200);
  expectStatus(await org.post('/orders', order()), 201);
  await clean();
});

test('PRO-1 a coupon given twice, unknown, or for other goods is named; nothing is changed', async () => {
  const [sku, other] = [await newSku(10_000), await newSku(10_000)];
  const { id } = await offer({ kind: 'coupon', spend: 100, off: 2_500, scope: { skus: [sku] } });
  const [code] = await couponOf(id);
  const refused = await org.post(
    '/orders',
    anOrder({ lines: [{ sku, quantity: 1 }], couponCodes: [code, code, 'NO-SUCH'] }),
  );
  assert.equal(refused.status, 422);
  assert.deepEqual(
    refused.body.errors.map((e: Answer['body']) => [e.path, e.code]),
    [
      ['couponCodes[1]', 'coupon_twice'],
      ['couponCodes[2]', 'unknown_coupon'],
    ],
  );
  const unused = expectStatus(
    await org.post('/orders', anOrder({ lines: [{ sku: other, quantity: 1 }], couponCodes: [code] })),
    201,
  );
  assert.equal(money(unused.total), 10_000);
  assert.deepEqual(unused.applied, []);
  const used = expectStatus(
    await org.post('/orders', anOrder({ lines: [{ sku, quantity: 1 }], couponCodes: [code] })),
    201,
  );
  assert.equal(money(used.total), 7_500, 'a coupon that did nothing was not used up');
});

test('PRO-1 a flash sale’s limit per customer holds under 200 attempts at once', async () => {
  const sku = await newSku(9_900);
  await offer({ kind: 'flash_sale', price: 100, limitPerCustomer: 3, quota: 100, scope: { skus: [sku] } });
  const phone = phoneOf(77_000);
  const order = (n: number) =>
    anOrder({
      lines: [{ sku, quantity: 1 }],
      shipTo: { ...SHIP_TO, phone },
      customer: { externalId: 'flash-fan' },
      remark: `第 ${n} 次`,
    });
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => org.post('/orders', order(n))));
  const taken = answers.filter((x) => x.status === 201);
  assert.equal(taken.length, 3);
  assert.ok(taken.every((x) => money(x.body.total) === 100));
  const lost = answers.find((x) => x.status !== 201);
  assert.deepEqual(
    lost?.body.errors.map((e: Answer['body']) => [e.path, e.code, e.left]),
    [['lines[0].quantity', 'purchase_limit_exceeded', 0]],
  );
  assert.equal((await stockOf(org, sku)).available, 997);
  await clean();
});

test('PRO-1 a flash sale sells no more than its quota at its price; afterwards the goods cost what they cost', async () => {
  const sku = await newSku(9_900);
  await offer({ kind: 'flash_sale', price: 100, quota: 40, scope: { skus: [sku] } });
  const order = () => anOrder({ lines: [{ sku, quantity: 1 }] });
  const answers = await Promise.all(Array.from({ length: 120 }, () => org.post('/orders', order())));
  const cheap = answers.filter((x) => x.status === 201 && money(x.body.total) === 100);
  assert.equal(cheap.length, 40);
  for (const x of answers.filter((y) => y.status !== 201))
    assert.deepEqual(
      x.body.errors.map((e: Answer['body']) => e.code),
      ['flash_sold_out'],
    );
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // what is sold out is looked at every second
  const later = expectStatus(await org.post('/orders', order()), 201);
  assert.equal(money(later.total), 9_900);
  const quote = expectStatus(await org.post('/quotes', { shop: 'S1', lines: [{ sku, quantity: 1 }] }), 200);
  assert.deepEqual(quote.total, later.total);
  await clean();
});

test('PRO-2 an offer published or ended a moment ago counts for the next order', async () => {
  const sku = await newSku(10_000);
  const total = async () =>
    money(expectStatus(await org.post('/orders', anOrder({ lines: [{ sku, quantity: 1 }] })), 201).total);
  assert.equal(await total(), 10_000);
  const { id } = await offer({ kind: 'limited_time_discount', price: 8_000, scope: { skus: [sku] } });
  assert.equal(await total(), 8_000);
  expectStatus(await org.post(`/offers/${id}/end`, {}), 200);
  assert.equal(await total(), 10_000);
});

test('PRO-1 a price agreed elsewhere is left alone; a total that is not the best price is refused and says what it is', async () => {
  const sku = await newSku(10_000);
  await offer({ kind: 'limited_time_discount', percentOff: 10, scope: { skus: [sku] } });
  const agreed = expectStatus(
    await org.post('/orders', anOrder({ lines: [{ sku, quantity: 1, unitPrice: 9_700 }], payment: 'prepaid' })),
    201,
  );
  assert.equal(money(agreed.total), 9_700);
  const wrong = await org.post(
    '/orders',
    anOrder({ lines: [{ sku, quantity: 1 }], total: { amount: 10_000, currency: 'CNY' } }),
  );
  assert.deepEqual(
    wrong.body.errors.map((e: Answer['body']) => [e.path, e.code, e.expected]),
    [['total', 'total_mismatch', 9_000]],
  );
});

test('PRO-1 what costs nothing is paid at once and reserved, whatever waits for payment', async () => {
  const sku = await newSku(1_500, 10, 'payment');
  const { id } = await offer({ kind: 'coupon', spend: 0, off: 5_000, scope: { skus: [sku] } });
  const [code] = await couponOf(id);
  const order = expectStatus(
    await org.post('/orders', anOrder({ lines: [{ sku, quantity: 1 }], couponCodes: [code] })),
    201,
  );
  assert.deepEqual([order.status, order.total.amount, order.payBefore], ['paid', 0, null]);
  assert.deepEqual(await stockOf(org, sku), { onHand: 10, reserved: 1, available: 9 });
  await app.settleDown();
  assert.ok((await org.get(`/orders/${order.id}`)).body.confirmedAt);
  await clean();
});

test('PRO-1 across shops: orders of one checkout count together, are taken whole, and each carries its share', async () => {
  const [a, b] = [await newSku(20_000), await newSku(11_000, 5)];
  await offer({ kind: 'cross_shop_threshold', every: 30_000, off: 5_000, scope: { skus: [a, b] } });
  const cart = () => [
    anOrder({ lines: [{ sku: a, quantity: 1 }] }),
    anOrder({ shop: 'S2', lines: [{ sku: b, quantity: 1 }] }),
  ];
  const alone = expectStatus(await org.post('/orders/batch', { orders: cart() }), 200).results;
  assert.deepEqual(
    alone.map((r: Answer['body']) => r.order.total.amount),
    [20_000, 11_000],
  );
  const together = expectStatus(await org.post('/orders/batch', { orders: cart(), together: true }), 200).results;
  assert.deepEqual(
    together.map((r: Answer['body']) => r.order.discount.amount),
    [3_226, 1_774],
    '5,000 shared over 20,000 and 11,000 by the largest remainder',
  );
  const before = await stockOf(org, a);
  const short = [
    anOrder({ lines: [{ sku: a, quantity: 1 }] }),
    anOrder({ shop: 'S2', lines: [{ sku: b, quantity: 9 }] }),
  ];
  const refused = expectStatus(await org.post('/orders/batch', { orders: short, together: true }), 200).results;
  assert.deepEqual(
    refused.map((r: Answer['body']) => [r.status, r.problem.code]),
    [
      [422, 'checkout_refused'],
      [422, 'insufficient_stock'],
    ],
  );
  assert.deepEqual(await stockOf(org, a), before);
  await clean();
});

test('PRO-3 an order priced with offers is refunded to the cent when it is cancelled after payment', async () => {
  const [a, b] = [await newSku(3_333), await newSku(6_667)];
  await offer({ kind: 'threshold_reduction', tiers: [{ spend: 10_000, off: 1_001 }], scope: { skus: [a, b] } });
  const order = expectStatus(
    await org.post(
      '/orders',
      anOrder({
        lines: [
          { sku: a, quantity: 1 },
          { sku: b, quantity: 1 },
        ],
      }),
    ),
    201,
  );
  assert.equal(money(order.total), 8_999);
  await pay(org, order.id);
  expectStatus(await org.post(`/orders/${order.id}/cancel`, { reason: 'test' }), 200);
  await app.settleDown();
  const after_ = (await org.get(`/orders/${order.id}`)).body;
  assert.deepEqual([after_.paid.amount, after_.refunded.amount], [8_999, 8_999]);
  await clean();
});

test('ORD-16 the snapshot says what was agreed; nobody but the intake writes it, and nobody changes it', async () => {
  const sku = await newSku(10_000);
  const { code } = await offer({ kind: 'limited_time_discount', price: 7_700, scope: { skus: [sku] } });
  const order = expectStatus(await org.post('/orders', anOrder({ lines: [{ sku, quantity: 2 }] })), 201);
  const read = () =>
    app.db.read({ orgId: org.id }, (tx) =>
      tx.query<{ body: string }>('select body from orders.snapshots where org_id = $1 and order_id = $2', [
        org.id,
        order.id,
      ]),
    );
  const snapshot = JSON.parse((await read())[0]?.body ?? '');
  assert.deepEqual(
    [snapshot.total, snapshot.lines[0].listPrice, snapshot.lines[0].payable, snapshot.offers[0].code],
    [15_400, 10_000, 15_400, code],
  );
  for (const sql of [
    `update orders.snapshots set body = '{}' where org_id = $1 and order_id = $2`,
    'delete from orders.snapshots where org_id = $1 and order_id = $2',
    `insert into orders.snapshots (org_id, order_id, body) values ($1, $2, '{}')`,
  ])
    await assert.rejects(
      app.db.inTx({ orgId: org.id }, (tx) => tx.query(sql, [org.id, order.id])),
      { code: '42501' },
    );
});

test('ORD-5 a rule that counts holds the orders from its count on, within a batch and across batches', async () => {
  const sku = await newSku(1_000);
  const rule = expectStatus(
    await org.post('/review-rules', {
      code: 'many_by_device',
      title: '同一设备',
      conditions: [],
      window: { by: 'device', minutes: 10, count: 4 },
      action: { do: 'hold', hold: 'scalper' },
    }),
    201,
  );
  expectStatus(await org.post(`/review-rules/${rule.id}/on`, {}), 200);
  const order = () => anOrder({ lines: [{ sku, quantity: 1 }], device: 'the same machine' });
  const first = expectStatus(await org.post('/orders/batch', { orders: [order(), order()] }), 200).results;
  const second = expectStatus(await org.post('/orders/batch', { orders: [order(), order(), order()] }), 200).results;
  assert.deepEqual(
    [...first, ...second].map((r: Answer['body']) => r.order.holds),
    [[], [], [], ['scalper'], ['scalper']],
  );
  const other = expectStatus(await org.post('/orders', { ...order(), device: 'another' }), 201);
  assert.deepEqual(other.holds, []);
  const reasons = await app.db.read({ orgId: org.id }, (tx) =>
    tx.query<{ rule: string; facts: { window: { actual: number } } }>(
      `select rule, facts from orders.hold_reasons where org_id = $1 and hold = 'scalper' order by (facts #>> '{window,actual}')::int`,
      [org.id],
    ),
  );
  assert.deepEqual(
    reasons.map((r) => [r.rule, r.facts.window.actual]),
    [
      ['many_by_device', 4],
      ['many_by_device', 5],
    ],
  );
});

test('ORD-5 a rule may refuse; the refusal says so in the rule’s words', async () => {
  const sku = await newSku(1_000);
  const rule = expectStatus(
    await org.post('/review-rules', {
      code: 'no_such_channel',
      title: '停用渠道',
      conditions: [{ field: 'channel', operator: 'any_of', value: ['closed-channel'] }],
      window: null,
      action: { do: 'refuse', message: '该渠道已停用' },
    }),
    201,
  );
  expectStatus(await org.post(`/review-rules/${rule.id}/on`, {}), 200);
  const refused = await org.post('/orders', anOrder({ lines: [{ sku, quantity: 1 }], channel: 'closed-channel' }));
  assert.equal(refused.status, 422);
  assert.match(refused.body.errors[0].message, /该渠道已停用/);
  assert.equal((await stockOf(org, sku)).available, 1000);
});
