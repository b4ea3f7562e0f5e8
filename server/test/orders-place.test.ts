import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import {
  addGoods,
  anOrder,
  expectStatus,
  openShop,
  orderOf,
  place,
  problems,
  SHIP_TO,
  stockOf,
} from './support/shop.ts';

let app: TestApp;
let org: TestOrg;
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(
    org,
    [
      { sku: 'A', price: 1990, stock: { W1: 1000 } },
      { sku: 'B', price: 500, stock: { W1: 1000 } },
      { sku: 'ONE', stock: { W1: 1 } },
      { sku: 'SPREAD', stock: { W1: 3, W2: 4 } },
      { sku: 'LATER', reserveOn: 'payment', stock: { W1: 5 } },
    ],
    ['W1', 'W2'],
  );
});
after(() => app.close());

test('ORD-1 an order is answered with its number, money, lines and times', async () => {
  const before = await stockOf(org, 'A');
  const order = await place(org, {
    externalNo: 'TB-1',
    lines: [
      { sku: 'A', quantity: 2 },
      { sku: 'B', quantity: 1, unitPrice: 450 },
    ],
    total: { amount: 4430, currency: 'CNY' },
  });
  assert.match(order.orderNo, /^\d{14}$/);
  assert.deepEqual(
    [order.status, order.holds, order.total],
    ['pending_payment', [], { amount: 4430, currency: 'CNY' }],
  );
  assert.deepEqual(
    order.lines.map((l: { sku: string; payable: object }) => [l.sku, l.payable]),
    [
      ['A', { amount: 3980, currency: 'CNY' }],
      ['B', { amount: 450, currency: 'CNY' }],
    ],
  );
  assert.equal(new Date(order.payBefore).getTime() - app.clock.now().getTime(), 30 * 60_000);
  assert.equal((await stockOf(org, 'A')).reserved, before.reserved + 2);
  const shown = await orderOf(org, order.orderNo);
  assert.equal(shown.id, order.id);
  assert.deepEqual(
    [shown.customer.phone.includes('****'), shown.shipTo.address],
    [true, '****'],
    'personal data is masked',
  );
});

test('ORD-2 every problem of an order is named at once, with its path', async () => {
  await addGoods(org, { sku: 'GONE' });
  const { items } = (await org.get('/products?q=GONE')).body;
  expectStatus(await org.api('PATCH', `/products/${items[0].id}`, { status: 'off_sale' }), 200);
  const refused = await org.post('/orders', {
    shop: 'NOWHERE',
    channel: 'web',
    customer: { phone: '?' },
    shipTo: { ...SHIP_TO, phone: '123', district: '' },
    lines: [
      { sku: 'NONE', quantity: 1 },
      { sku: 'A', quantity: 0 },
      { sku: 'B', quantity: 1, unitPrice: 1.5 },
      { sku: 'GONE', quantity: 1 },
    ],
    couponCodes: ['X1'],
    placedAt: '2099-01-01T00:00:00Z',
    total: { amount: 1, currency: 'USD' },
  });
  assert.equal(refused.status, 422);
  assert.equal(refused.body.code, 'order_refused');
  assert.deepEqual(problems(refused), [
    'couponCodes[0]: unknown_coupon',
    'customer.phone: bad_phone',
    'lines[0].sku: unknown_sku',
    'lines[1].quantity: bad_quantity',
    'lines[2].unitPrice: bad_price',
    'lines[3].sku: not_on_sale',
    'placedAt: in_the_future',
    'shipTo.district: required',
    'shipTo.phone: bad_phone',
    'shop: unknown_shop',
    'total.currency: currency_mismatch',
  ]);
  assert.ok(refused.body.errors.every((e: { message: string }) => e.message.length > 3 && !e.message.includes('{')));
});

test('ORD-2 problems of shape and of sense come in one answer; shape makes it 400', async () => {
  const refused = await org.post('/orders', {
    shop: 'NOWHERE',
    channel: 7,
    shipTo: { ...SHIP_TO, phone: '123' },
    lines: [{ sku: 'NONE', quantity: 'two' }, { sku: 'A' }],
    payment: 'barter',
  });
  assert.equal(refused.status, 400);
  assert.equal(refused.body.code, 'invalid_request');
  assert.deepEqual(problems(refused), [
    'channel: invalid_type',
    'lines[0].quantity: invalid_type',
    'lines[0].sku: unknown_sku',
    'lines[1].quantity: required',
    'payment: invalid_value',
    'shipTo.phone: bad_phone',
    'shop: unknown_shop',
  ]);
  assert.deepEqual(problems(await org.post('/orders', [])), [': invalid_type']);
  assert.deepEqual(problems(await org.post('/orders', {})), [
    'channel: required',
    'lines: required',
    'shipTo: required',
    'shop: required',
  ]);
});

test('ORD-2 text no database can hold is refused and harms no other order of the batch', async () => {
  const bad = (over: Record<string, unknown>) => anOrder(over);
  const evil = ['a\u0000b', 'a\ud800b'];
  const orders = [
    anOrder(),
    ...evil.flatMap((t) => [
      bad({ channel: t }),
      bad({ externalNo: t }),
      bad({ customer: { externalId: t } }),
      bad({ shipTo: { ...SHIP_TO, city: t } }),
      bad({ lines: [{ sku: t, quantity: 1 }] }),
    ]),
    bad({ placedAt: '0000-01-01T00:00:00Z' }),
    anOrder(),
  ];
  const { results } = expectStatus(await org.post('/orders/batch', { orders }), 200) as {
    results: { status: number }[];
  };
  assert.deepEqual(
    results.map((r) => (r.status === 201 ? 'taken' : r.status === 400 || r.status === 422 ? 'refused' : r.status)),
    ['taken', ...Array.from({ length: 11 }, () => 'refused'), 'taken'],
  );
});

test('ORD-2 a misspelt total is refused and says the right one', async () => {
  const refused = await org.post(
    '/orders',
    anOrder({ lines: [{ sku: 'A', quantity: 1 }], total: { amount: 1991, currency: 'CNY' } }),
  );
  assert.deepEqual([refused.status, ...problems(refused)], [422, 'total: total_mismatch']);
  assert.deepEqual([refused.body.errors[0].expected, refused.body.errors[0].actual], [1990, 1991]);
});

test('ORD-5 a price far from the list price is taken and held, not refused', async () => {
  assert.deepEqual((await place(org, { lines: [{ sku: 'A', quantity: 1, unitPrice: 1 }] })).holds, ['price_anomaly']);
});

test('ORD-2 not enough stock: each short line is named, nothing is reserved', async () => {
  const before = [await stockOf(org, 'A'), await stockOf(org, 'ONE')];
  const refused = await org.post(
    '/orders',
    anOrder({
      lines: [
        { sku: 'A', quantity: 1 },
        { sku: 'ONE', quantity: 2 },
        { sku: 'SPREAD', quantity: 8 },
      ],
    }),
  );
  assert.deepEqual([refused.status, refused.body.code], [422, 'insufficient_stock']);
  assert.deepEqual(problems(refused), [
    'lines[1].quantity: insufficient_stock',
    'lines[2].quantity: insufficient_stock',
  ]);
  assert.deepEqual(
    refused.body.errors.map((e: { sku: string; available: number }) => [e.sku, e.available]),
    [
      ['ONE', 1],
      ['SPREAD', 7],
    ],
  );
  assert.deepEqual([await stockOf(org, 'A'), await stockOf(org, 'ONE')], before);
});

test('INV-4 two lines of one SKU are summed before stock is judged', async () => {
  const refused = await org.post(
    '/orders',
    anOrder({
      lines: [
        { sku: 'ONE', quantity: 1 },
        { sku: 'ONE', quantity: 1 },
      ],
    }),
  );
  assert.equal(refused.body.code, 'insufficient_stock');
  assert.equal((await stockOf(org, 'ONE')).reserved, 0);
});

test('INV-4 an order no single warehouse can fill is spread over several', async () => {
  const order = await place(org, {
    lines: [
      { sku: 'SPREAD', quantity: 6 },
      { sku: 'A', quantity: 1 },
    ],
  });
  assert.deepEqual(
    [(await stockOf(org, 'SPREAD', 'W1')).reserved, (await stockOf(org, 'SPREAD', 'W2')).reserved],
    [3, 3],
  );
  assert.deepEqual(
    (await orderOf(org, order.id)).lines.map((l: { reserved: number }) => l.reserved),
    [6, 1],
  );
});

test('INV-4 goods that reserve on payment stay free while unpaid, but must be there', async () => {
  await place(org, { lines: [{ sku: 'LATER', quantity: 5 }] });
  assert.equal((await stockOf(org, 'LATER')).reserved, 0);
  assert.equal(
    (await org.post('/orders', anOrder({ lines: [{ sku: 'LATER', quantity: 6 }] }))).body.code,
    'insufficient_stock',
  );
  assert.equal((await place(org, { lines: [{ sku: 'LATER', quantity: 5 }], payment: 'prepaid' })).status, 'paid');
  assert.equal((await stockOf(org, 'LATER')).reserved, 5, 'what is paid already is taken at once');
});

test('ORD-1 the same Idempotency-Key answers the stored order; another body is refused', async () => {
  const body = anOrder();
  const first = await org.post('/orders', body, { 'idempotency-key': 'k1' });
  const again = await org.post('/orders', body, { 'idempotency-key': 'k1' });
  const shuffled = await org.post('/orders', Object.fromEntries(Object.entries(body).toReversed()), {
    'idempotency-key': 'k1',
  });
  assert.deepEqual([first.status, again.status, shuffled.status], [201, 201, 201]);
  assert.deepEqual(again.body, first.body);
  assert.deepEqual(shuffled.body, first.body, 'the order of JSON keys is not the request');
  assert.deepEqual(
    [first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')],
    [null, 'true'],
  );
  const other = await org.post('/orders', { ...body, remark: 'x' }, { 'idempotency-key': 'k1' });
  assert.deepEqual([other.status, other.body.code], [409, 'idempotency_key_reused']);
});

test('ORD-1 a refused order leaves its key free: once stock is there, the same request succeeds', async () => {
  await addGoods(org, { sku: 'SOON' });
  const body = anOrder({ lines: [{ sku: 'SOON', quantity: 1 }] });
  assert.equal((await org.post('/orders', body, { 'idempotency-key': 'k2' })).status, 422);
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'SOON', quantity: 1 }] }), 201);
  assert.equal((await org.post('/orders', body, { 'idempotency-key': 'k2' })).status, 201);
});

test('ORD-1 a repeated external number of a shop is the same order; another shop’s is another', async () => {
  expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  const first = await org.post('/orders', anOrder({ externalNo: 'E-1' }));
  const again = await org.post('/orders', anOrder({ externalNo: 'E-1', lines: [{ sku: 'B', quantity: 9 }] }));
  assert.deepEqual(
    [again.status, again.body.id, again.headers.get('idempotency-replayed')],
    [201, first.body.id, 'true'],
  );
  assert.equal(again.body.lines.length, 1, 'the first order as it is, whatever the repeat says');
  assert.notEqual((await org.post('/orders', anOrder({ externalNo: 'E-1', shop: 'S2' }))).body.id, first.body.id);
});

test('ORD-1 fifty at once with one external number, or one key, are one order', async () => {
  const before = (await stockOf(org, 'B')).reserved;
  const byNumber = await Promise.all(
    Array.from({ length: 50 }, () =>
      org.post('/orders', anOrder({ externalNo: 'E-50', lines: [{ sku: 'B', quantity: 1 }] })),
    ),
  );
  const body = anOrder({ lines: [{ sku: 'B', quantity: 1 }] });
  const byKey = await Promise.all(
    Array.from({ length: 50 }, () => org.post('/orders', body, { 'idempotency-key': 'k50' })),
  );
  for (const answers of [byNumber, byKey]) {
    assert.deepEqual([...new Set(answers.map((a) => a.status))], [201]);
    assert.equal(new Set(answers.map((a) => a.body.id)).size, 1);
    assert.equal(answers.filter((a) => a.headers.get('idempotency-replayed') === 'true').length, 49);
  }
  assert.equal((await stockOf(org, 'B')).reserved, before + 2);
});

test('ORD-1 a batch takes the good, refuses the bad, each on its own, in the order given', async () => {
  const same = anOrder({ externalNo: 'E-B' });
  const answer = await org.post('/orders/batch', {
    orders: [
      anOrder(),
      { shop: 'S1' },
      anOrder({ lines: [{ sku: 'NONE', quantity: 1 }] }),
      same,
      same,
      'what',
      anOrder({ lines: [{ sku: 'ONE', quantity: 99 }] }),
    ],
  });
  const { results } = expectStatus(answer, 200);
  assert.deepEqual(
    results.map((r: { index: number; status: number; problem?: { code: string } }) => [
      r.index,
      r.status,
      r.problem?.code,
    ]),
    [
      [0, 201, undefined],
      [1, 400, 'invalid_request'],
      [2, 422, 'order_refused'],
      [3, 201, undefined],
      [4, 201, undefined],
      [5, 400, 'invalid_request'],
      [6, 422, 'insufficient_stock'],
    ],
  );
  assert.equal(results[3].order.id, results[4].order.id);
  assert.equal((await org.post('/orders/batch', { orders: [] })).status, 400);
  assert.equal((await org.post('/orders/batch', { orders: Array.from({ length: 501 }, () => ({})) })).status, 400);
});

test('ORD-1 five hundred malformed orders at once are each answered, without waiting for each other’s connections', async () => {
  const { results } = expectStatus(
    await org.post('/orders/batch', {
      orders: Array.from({ length: 500 }, () => anOrder({ lines: [{ sku: 'A', quantity: 'x' }] })),
    }),
    200,
  );
  assert.ok(results.every((r: { status: number }) => r.status === 400));
});

test('ORD-1 a batch sent again with its key changes nothing', async () => {
  const orders = [anOrder(), anOrder(), anOrder({ lines: [{ sku: 'ONE', quantity: 99 }] })];
  const ids = async (): Promise<unknown[]> =>
    (await org.post('/orders/batch', { orders }, { 'idempotency-key': 'batch' })).body.results.map(
      (r: { order?: { id: string } }) => r.order?.id,
    );
  const first = await ids();
  assert.deepEqual(await ids(), first);
  assert.equal(new Set(first).size, 3);
});

test('ORD-12 the same goods to the same person within ten minutes are flagged, also within one batch', async () => {
  const buyer = {
    customer: { externalId: 'twice' },
    lines: [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 2 },
    ],
  };
  const { results } = (
    await org.post('/orders/batch', {
      orders: [
        anOrder(buyer),
        anOrder({ ...buyer, lines: buyer.lines.toReversed() }),
        anOrder({ ...buyer, lines: [{ sku: 'A', quantity: 2 }] }),
      ],
    })
  ).body;
  assert.deepEqual(
    results.map((r: { order: { holds: string[] } }) => r.order.holds),
    [[], ['duplicate'], []],
  );
  app.clock.pass(9 * 60_000);
  assert.deepEqual((await place(org, buyer)).holds, ['duplicate']);
  app.clock.pass(10 * 60_000 + 1000);
  assert.deepEqual((await place(org, buyer)).holds, [], 'later it is another purchase');
});

test('ORD-2 a price, a status or a new SKU seen a moment ago by the intake is looked at again', async () => {
  const product = await addGoods(org, { sku: 'MOVES', price: 100 });
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines: [{ sku: 'MOVES', quantity: 9 }] }), 201);
  const total = async (): Promise<number> =>
    (await place(org, { lines: [{ sku: 'MOVES', quantity: 1 }] })).total.amount;
  assert.equal(await total(), 100);
  expectStatus(
    await org.api('PATCH', `/products/${product.id}`, {
      skus: [{ sku: 'MOVES', price: { amount: 250, currency: 'CNY' } }],
    }),
    200,
  );
  assert.equal(await total(), 250);
  expectStatus(
    await org.api('PATCH', `/products/${product.id}`, { skus: [{ sku: 'MOVES', status: 'off_sale' }] }),
    200,
  );
  assert.deepEqual(problems(await org.post('/orders', anOrder({ lines: [{ sku: 'MOVES', quantity: 1 }] }))), [
    'lines[0].sku: not_on_sale',
  ]);
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { skus: [{ sku: 'MOVES', status: 'on_sale' }] }), 200);
  assert.equal(await total(), 250);
  expectStatus(await org.api('PATCH', `/products/${product.id}`, { status: 'off_sale' }), 200);
  assert.deepEqual(
    problems(await org.post('/orders', anOrder({ lines: [{ sku: 'MOVES', quantity: 1 }] }))),
    ['lines[0].sku: not_on_sale'],
    'a product off sale takes its SKUs along',
  );
});

test('CMP-2 a key limited to a shop places no order in another', async () => {
  const shops = (await org.get('/shops')).body.items as { id: string; code: string }[];
  const made = expectStatus(
    await org.post('/api-keys', {
      name: 'S2 only',
      scopes: ['orders.*'],
      shops: [shops.find((s) => s.code === 'S2')?.id],
    }),
    201,
  );
  const limited = app.bearing(made.key);
  assert.deepEqual(problems(await limited.post('/orders', anOrder())), ['shop: shop_out_of_scope']);
  assert.equal((await limited.post('/orders', anOrder({ shop: 'S2' }))).status, 201);
});

test('INV-2 after all of this, ledger, balances, reservations and orders agree', async () => {
  await app.settleDown();
  assert.equal((await org.get('/stock/audit')).body.ok, true);
  assert.deepEqual(await app.faults(), []);
});
