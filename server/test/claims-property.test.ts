import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { type Answer, testApp, type TestApp, type TestOrg } from './support/app.ts';
import { addGoods, anOrder, expectStatus, openShop, phoneOf, SHIP_TO } from './support/shop.ts';

type Body = Answer['body'];
let app: TestApp;
let org: TestOrg;
const SKUS = ['PA', 'PB', 'PC', 'PD'] as const;
const PRICES = [9_999, 4_500, 1_234, 777];
before(async () => {
  app = await testApp();
  org = await app.org();
  await openShop(org, [], ['W1']);
  expectStatus(await org.post('/shops', { code: 'S2', name: '二号店' }), 201);
  for (const [i, sku] of SKUS.entries()) await addGoods(org, { sku, price: PRICES[i] as number });
  await addGoods(org, { sku: 'GIFT', price: 300 });
  const lines = [...SKUS, 'GIFT'].map((sku) => ({ sku, quantity: 100_000 }));
  expectStatus(await org.post('/stock/receipts', { warehouse: 'W1', lines }), 201);
});
after(() => app.close());

const amount = (max: number) => fc.integer({ min: 1, max });
const percentOff = fc.integer({ min: 1, max: 60 });
/** Terms of every kind an order can meet without a deposit. */
const terms = fc.oneof(
  fc.record({ kind: fc.constant('limited_time_discount'), percentOff }),
  fc.record({ kind: fc.constant('limited_time_discount'), price: amount(9_000) }),
  fc.record({
    kind: fc.constant('threshold_reduction'),
    tiers: fc.uniqueArray(fc.record({ spend: amount(30_000), off: amount(3_000) }), {
      selector: (tier) => tier.spend, // a threshold that is there twice is refused
      minLength: 1,
      maxLength: 3,
    }),
    repeat: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('coupon'), spend: amount(20_000), off: amount(2_000) }),
  fc.record({ kind: fc.constant('nth_item'), nth: fc.integer({ min: 2, max: 3 }), percentOff }),
  fc.record({
    kind: fc.constant('gift'),
    spend: amount(20_000),
    giftSku: fc.constant('GIFT'),
    quantity: fc.constant(1),
  }),
  fc.record({ kind: fc.constant('flash_sale'), price: amount(9_000), quota: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ kind: fc.constant('cross_shop_threshold'), every: amount(20_000), off: amount(2_000) }),
);
const scope = fc.option(fc.record({ skus: fc.uniqueArray(fc.constantFrom(...SKUS), { minLength: 1, maxLength: 3 }) }));
const line = fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 4 }) });
const cart = fc.record({
  lines: fc.uniqueArray(line, { selector: (l) => l.sku, minLength: 1, maxLength: 4 }),
  coupons: fc.integer({ min: 0, max: 2 }),
  together: fc.boolean(),
});
type Cart = { lines: { sku: string; quantity: number }[]; coupons: number; together: boolean };
const world = fc.record({
  offers: fc.array(fc.record({ terms, scope }), { minLength: 1, maxLength: 6 }),
  carts: fc.array(cart, { minLength: 1, maxLength: 3 }),
  freight: fc.constantFrom(null, { freightAmount: 800, freightFreeFrom: 9_900 }),
});

let made = 0;
async function publish(offer: { terms: object; scope: object | null }): Promise<Body> {
  made += 1;
  const now = app.clock.now().getTime();
  return expectStatus(
    await org.post('/offers', {
      code: `W-${made}`,
      title: `W ${made}`,
      startsAt: new Date(now - HOUR_MS).toISOString(),
      endsAt: new Date(now + DAY_MS).toISOString(),
      ...offer.terms,
      ...(offer.scope ? { scope: offer.scope } : {}),
    }),
    201,
  );
}

/** Places a cart alone, or with the same goods from the second shop as one checkout; refused ones are no orders. */
async function placeCart(c: Cart, codes: string[]): Promise<Body[]> {
  made += 1;
  const shipTo = { ...SHIP_TO, phone: phoneOf(5_000_000 + made) };
  const first = anOrder({ lines: c.lines, shipTo, couponCodes: codes.splice(0, c.coupons) });
  if (!c.together) {
    const answer = await org.post('/orders', first);
    return answer.status === 201 ? [answer.body] : [];
  }
  const second = anOrder({ lines: c.lines.slice(0, 2), shipTo, shop: 'S2' });
  const { results } = expectStatus(await org.post('/orders/batch', { orders: [first, second], together: true }), 200);
  return results.flatMap((r: Body) => (r.order ? [r.order] : []));
}

async function agreesWithItself(order: Body): Promise<void> {
  const said = expectStatus(await org.get(`/orders/${order.id}/explanation?locale=en`), 200);
  assert.equal(said.agrees, true, JSON.stringify(said));
  const gone = said.rejected.filter((r: Body) => r.code === 'unexplained');
  assert.deepEqual(gone, [], 'every offer that did not apply has its reason');
  const claim = expectStatus(await org.post(`/orders/${order.id}/claims`, { kind: 'price_wrong' }), 201);
  assert.deepEqual([claim.verdict, claim.difference.amount], ['as_agreed', 0], JSON.stringify(claim.report));
  for (const l of claim.report.lines) {
    assert.deepEqual(l.rules, l.charged);
    assert.equal(l.difference.amount, 0);
  }
  assert.deepEqual(claim.report.totals.rules, claim.report.totals.charged);
  assert.equal(claim.report.totals.charged.total.amount, order.total.amount);
  for (const g of claim.report.gifts) assert.equal(g.due, g.given);
}

test('ORD-16 PRO-4 of orders nobody tampered with the recomputation is the snapshot, whatever is changed afterwards', async () => {
  let orders = 0;
  await fc.assert(
    fc.asyncProperty(world, async ({ offers, carts, freight }) => {
      const values = freight ?? { freightAmount: 0, freightFreeFrom: null };
      expectStatus(await org.api('PUT', '/settings/orders', { values }), 200);
      app.clock.pass(MINUTE_MS);
      const published: Body[] = [];
      for (const o of offers) published.push(await publish(o));
      const codes: string[] = [];
      for (const o of published.filter((p) => p.kind === 'coupon'))
        codes.push(...expectStatus(await org.post(`/offers/${o.id}/coupons`, { count: 2 }), 201).codes);
      app.clock.pass(MINUTE_MS);
      const placed: Body[] = [];
      for (const c of carts) {
        placed.push(...(await placeCart(c, codes)));
        app.clock.pass(MINUTE_MS);
      }
      for (const [i, o] of published.entries()) {
        if (i % 2 === 0 && !('quota' in o && o.quota !== null))
          expectStatus(await org.api('PATCH', `/offers/${o.id}`, { title: 'changed' }), 200);
        expectStatus(await org.post(`/offers/${o.id}/end`), 200);
      }
      app.clock.pass(MINUTE_MS);
      for (const order of placed) await agreesWithItself(order);
      orders += placed.length;
    }),
    { numRuns: 20, endOnFailure: true },
  );
  assert.ok(orders >= 15, `${orders} orders were placed`);
  assert.deepEqual(await app.faults(), []);
});
