import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { priceCart } from './price-cart.ts';
import { type Cart, type CartLine, DEFAULT_STACKING, type Offer, type RejectionCode, type Terms } from './terms.ts';

const offer = (code: string, terms: Terms, over: Partial<Offer> = {}): Offer => ({
  id: `id-${code}`,
  code,
  version: 1,
  title: code,
  startsAt: 0,
  endsAt: 100,
  shops: null,
  skus: null,
  categories: null,
  terms,
  ...over,
});
const line = (sku: string, unitPrice: number, quantity = 1, over: Partial<CartLine> = {}): CartLine => ({
  shop: 'north',
  sku,
  category: 'food',
  quantity,
  unitPrice,
  ...over,
});
const cart = (lines: readonly CartLine[], over: Partial<Cart> = {}): Cart => ({
  lines,
  at: 50,
  coupons: [],
  stacking: DEFAULT_STACKING,
  ...over,
});
type Why = { offer: string; code: RejectionCode; facts: Record<string, string | number> };
const why = (c: Cart, offers: readonly Offer[], named?: readonly string[]): Why[] =>
  priceCart(c, offers, named ? { named: new Set(named) } : {}).rejected.map(({ offer: code, code: reason, facts }) => ({
    offer: code,
    code: reason,
    facts,
  }));
const brought = (...codes: string[]): Partial<Cart> => ({
  coupons: codes.map((code) => ({ code, offerId: 'id-CPN' })),
});
const off50: Terms = { kind: 'threshold_reduction', tiers: [{ spend: 30_000, off: 5_000 }], repeat: true };
const coupon = (spend = 10_000, over: Partial<Offer> = {}): Offer =>
  offer('CPN', { kind: 'coupon', spend, off: 1_000 }, over);
const timed = (percentOff: number, code = 'LTD', over: Partial<Offer> = {}): Offer =>
  offer(code, { kind: 'limited_time_discount', percentOff }, over);

test('PRO-4 not_started and ended: told of a coupon that was brought or an offer asked about, with the moment', () => {
  const future = coupon(10_000, { startsAt: 60 });
  assert.deepEqual(why(cart([line('A', 20_000)], brought('c1')), [future]), [
    { offer: 'CPN', code: 'not_started', facts: { startsAt: 60, coupon: 'c1' } },
  ]);
  const past = timed(10, 'LTD', { endsAt: 50 });
  assert.deepEqual(why(cart([line('A', 20_000)]), [past]), [], 'nobody asked about an offer that is over');
  assert.deepEqual(why(cart([line('A', 20_000)]), [past], ['id-LTD']), [
    { offer: 'LTD', code: 'ended', facts: { endsAt: 50 } },
  ]);
});

test('PRO-4 shop_not_included and nothing_in_scope: an offer that was named and concerns nothing here', () => {
  const elsewhere = coupon(10_000, { shops: new Set(['south']) });
  assert.deepEqual(why(cart([line('A', 20_000)], brought('c1')), [elsewhere]), [
    { offer: 'CPN', code: 'shop_not_included', facts: { coupon: 'c1' } },
  ]);
  const other = coupon(10_000, { categories: ['toys'] });
  assert.deepEqual(why(cart([line('A', 20_000)], brought('c1')), [other]), [
    { offer: 'CPN', code: 'nothing_in_scope', facts: { coupon: 'c1' } },
  ]);
});

test('PRO-4 agreed_price: all lines it could be given have prices agreed elsewhere', () => {
  assert.deepEqual(why(cart([line('A', 20_000, 1, { agreed: true })]), [timed(10)]), [
    { offer: 'LTD', code: 'agreed_price', facts: {} },
  ]);
});

test('PRO-4 below_threshold says how much is missing, after what the prices of the lines come to', () => {
  assert.deepEqual(why(cart([line('A', 26_000)]), [offer('OFF', off50)]), [
    { offer: 'OFF', code: 'below_threshold', facts: { missing: 4_000 } },
  ]);
  assert.deepEqual(why(cart([line('A', 26_000)]), [offer('OFF', off50), timed(10)]), [
    { offer: 'OFF', code: 'below_threshold', facts: { missing: 30_000 - 23_400 } },
  ]);
  assert.deepEqual(
    why(cart([line('A', 8_000)]), [offer('GFT', { kind: 'gift', spend: 9_900, giftSku: 'G', quantity: 1 })]),
    [{ offer: 'GFT', code: 'below_threshold', facts: { missing: 1_900 } }],
  );
});

test('PRO-4 too_few_units names the nth and what is missing to it', () => {
  const half = offer('NTH', { kind: 'nth_item', nth: 3, percentOff: 50 });
  assert.deepEqual(why(cart([line('A', 100), line('B', 100, 2)]), [half]), [
    { offer: 'NTH', code: 'too_few_units', facts: { nth: 3, missing: 1 } },
  ]);
});

test('PRO-4 needs_coupon: live, in scope, and none was brought', () => {
  assert.deepEqual(why(cart([line('A', 20_000)]), [coupon()]), [{ offer: 'CPN', code: 'needs_coupon', facts: {} }]);
});

test('PRO-4 not_cheaper: its price is not below the unit price', () => {
  const flash = offer('FLS', { kind: 'flash_sale', price: 500, limitPerCustomer: null, quota: null });
  assert.deepEqual(why(cart([line('A', 500)]), [flash]), [{ offer: 'FLS', code: 'not_cheaper', facts: {} }]);
});

test('PRO-4 excluded names the offer that does more and may not meet it', () => {
  assert.deepEqual(why(cart([line('A', 20_000)], brought('c1')), [coupon(), timed(20)]), [
    { offer: 'CPN', code: 'excluded', facts: { by: 'LTD', coupon: 'c1' } },
  ]);
  assert.deepEqual(why(cart([line('A', 20_000)], brought('c1')), [coupon(), timed(2)]), [
    { offer: 'LTD', code: 'excluded', facts: { by: 'CPN' } },
  ]);
});

test('PRO-4 no_better names the offer of its kind that does more, or what it was given up for', () => {
  assert.deepEqual(why(cart([line('A', 20_000)]), [timed(10, 'L10'), timed(20, 'L20')]), [
    { offer: 'L10', code: 'no_better', facts: { by: 'L20' } },
  ]);
  const small: Terms = { kind: 'threshold_reduction', tiers: [{ spend: 20_000, off: 1_000 }], repeat: false };
  assert.deepEqual(why(cart([line('A', 30_000)]), [offer('OFF', off50), offer('SML', small)]), [
    { offer: 'SML', code: 'no_better', facts: { by: 'OFF' } },
  ]);
  assert.deepEqual(why(cart([line('A', 30_000)]), [offer('OFF', off50), timed(5)]), [
    { offer: 'LTD', code: 'no_better', facts: { by: 'OFF' } },
  ]);
  assert.deepEqual(why(cart([line('A', 20_000)], brought('c1', 'c2')), [coupon()]), [
    { offer: 'CPN', code: 'no_better', facts: { by: 'CPN', coupon: 'c2' } },
  ]);
});

test('PRO-4 limit_reached and gift_unavailable say how many units are left', () => {
  const flash = offer('FLS', { kind: 'flash_sale', price: 100, limitPerCustomer: 2, quota: null });
  const left = (id: string, units: number): Partial<Cart> => ({ left: new Map([[id, units]]) });
  assert.deepEqual(why(cart([line('A', 500, 3)], left('id-FLS', 2)), [flash]), [
    { offer: 'FLS', code: 'limit_reached', facts: { left: 2 } },
  ]);
  const gift = offer('GFT', { kind: 'gift', spend: 100, giftSku: 'G', quantity: 2 });
  assert.deepEqual(why(cart([line('A', 500)], left('id-GFT', 1)), [gift]), [
    { offer: 'GFT', code: 'gift_unavailable', facts: { left: 1 } },
  ]);
});

test('PRO-4 nothing is explained when nobody reads it', () => {
  assert.deepEqual(priceCart(cart([line('A', 26_000)]), [offer('OFF', off50)], { explain: false }).rejected, []);
});

test('PRO-4 every live offer that concerns the cart, and every coupon, is either applied or rejected with a reason', () => {
  const terms: fc.Arbitrary<Terms> = fc.oneof(
    fc.integer({ min: 1, max: 100 }).map((percentOff): Terms => ({ kind: 'limited_time_discount', percentOff })),
    fc.nat({ max: 900 }).map((price): Terms => ({ kind: 'flash_sale', price, limitPerCustomer: null, quota: null })),
    fc.nat({ max: 900 }).map((spend): Terms => ({ kind: 'coupon', spend: spend + 1, off: 20 })),
    fc.nat({ max: 900 }).map((spend): Terms => ({ kind: 'gift', spend: spend + 1, giftSku: 'G', quantity: 1 })),
    fc.nat({ max: 900 }).map((every): Terms => ({ kind: 'cross_shop_threshold', every: every + 1, off: 10 })),
    fc.nat({ max: 3 }).map((nth): Terms => ({ kind: 'nth_item', nth: nth + 2, percentOff: 50 })),
    fc
      .nat({ max: 900 })
      .map((spend): Terms => ({ kind: 'threshold_reduction', tiers: [{ spend: spend + 1, off: 30 }], repeat: false })),
  );
  const skus = fc.subarray(['A', 'B', 'C'], { minLength: 1 }).map((s) => new Set(s));
  fc.assert(
    fc.property(
      fc.array(fc.record({ terms, skus }), { maxLength: 7 }),
      fc.array(
        fc.record({ sku: fc.constantFrom('A', 'B'), price: fc.integer({ min: 1, max: 500 }), q: fc.nat({ max: 3 }) }),
        {
          minLength: 1,
          maxLength: 5,
        },
      ),
      (all, lines) => {
        const offers = all.map((o, i) => offer(`O${i}`, o.terms, { skus: o.skus }));
        const coupons = offers.flatMap((o) =>
          o.terms.kind === 'coupon' ? [1, 2].map((n) => ({ code: `${o.code}-${n}`, offerId: o.id })) : [],
        );
        const priced = priceCart(
          cart(
            lines.map((l) => line(l.sku, l.price, l.q)),
            { coupons },
          ),
          offers,
        );
        const applied = new Set(priced.applied.map((a) => a.coupon ?? a.offerId));
        const rejected = priced.rejected.map((r) => String(r.facts['coupon'] ?? r.offerId));
        assert.equal(new Set(rejected).size, rejected.length, 'each once');
        for (const id of rejected) assert.ok(!applied.has(id), 'applied or rejected, not both');
        const inCart = new Set<string>(lines.filter((l) => l.q > 0).map((l) => l.sku));
        for (const o of offers) {
          const names =
            o.terms.kind === 'coupon' ? coupons.filter((c) => c.offerId === o.id).map((c) => c.code) : [o.id];
          const concerns = o.terms.kind === 'coupon' || [...o.skus!].some((s) => inCart.has(s));
          for (const name of names) assert.equal(applied.has(name) || rejected.includes(name), concerns);
        }
        for (const r of priced.rejected) {
          if (r.code === 'below_threshold') assert.ok(Number(r.facts['missing']) > 0);
          if (r.code === 'excluded') assert.ok(priced.applied.some((a) => a.offer === r.facts['by']));
        }
      },
    ),
    { numRuns: 600 },
  );
});
