import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { prepareOffers } from './prepare-offers.ts';
import { priceCart, priceCartProved } from './price-cart.ts';
import { type Cart, type CartLine, DEFAULT_STACKING, type Offer, type Terms } from './terms.ts';

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
  category: '食品/生鲜',
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
const payables = (c: Cart, offers: readonly Offer[]): number[] => priceCart(c, offers).lines.map((l) => l.payable);
const per300 = offer('满300减50', {
  kind: 'threshold_reduction',
  tiers: [{ spend: 30_000, off: 5_000 }],
  repeat: true,
});

test('PRO-1 满300减50, for every 300: 299.99 pays in full, 300 pays 250, 950 pays 800', () => {
  assert.deepEqual(payables(cart([line('A', 29_999)]), [per300]), [29_999]);
  assert.deepEqual(payables(cart([line('A', 30_000)]), [per300]), [25_000]);
  assert.deepEqual(payables(cart([line('A', 95_000)]), [per300]), [80_000]);
  const two = priceCart(cart([line('A', 10_000), line('B', 20_000)]), [per300]);
  assert.deepEqual(
    two.lines.map((l) => l.discounts),
    [
      [{ offer: '满300减50', offerId: 'id-满300减50', kind: 'threshold_reduction', amount: 1_667 }],
      [{ offer: '满300减50', offerId: 'id-满300减50', kind: 'threshold_reduction', amount: 3_333 }],
    ],
  );
  assert.deepEqual(two.applied, [
    { offer: '满300减50', offerId: 'id-满300减50', version: 1, kind: 'threshold_reduction', amount: 5_000, units: 2 },
  ]);
});

test('PRO-1 a ladder 满200减20 满500减80 gives its best tier once', () => {
  const tiers = [
    { spend: 20_000, off: 2_000 },
    { spend: 50_000, off: 8_000 },
  ];
  const ladder = offer('梯', { kind: 'threshold_reduction', tiers, repeat: false });
  assert.deepEqual(payables(cart([line('A', 19_900)]), [ladder]), [19_900]);
  assert.deepEqual(payables(cart([line('A', 49_900)]), [ladder]), [47_900]);
  assert.deepEqual(payables(cart([line('A', 120_000)]), [ladder]), [112_000]);
});

test('PRO-1 第二件半价 takes half off every second unit of a line, not of two different lines', () => {
  const half = offer('第二件半价', { kind: 'nth_item', nth: 2, percentOff: 50 });
  assert.deepEqual(payables(cart([line('A', 1_000, 2)]), [half]), [1_500]);
  assert.deepEqual(payables(cart([line('A', 1_000, 5)]), [half]), [4_000]);
  assert.deepEqual(payables(cart([line('A', 1_000), line('B', 1_000)]), [half]), [1_000, 1_000]);
});

test('PRO-1 限时折扣 rounds half a cent up, and a price above the list price is no offer', () => {
  assert.deepEqual(
    payables(cart([line('A', 5)]), [offer('九折', { kind: 'limited_time_discount', percentOff: 10 })]),
    [4],
  );
  assert.deepEqual(
    payables(cart([line('A', 990, 3)]), [offer('特价', { kind: 'limited_time_discount', price: 700 })]),
    [2_100],
  );
  assert.deepEqual(
    payables(cart([line('A', 600)]), [offer('特价', { kind: 'limited_time_discount', price: 700 })]),
    [600],
  );
});

test('PRO-1 秒杀 is had only while its units suffice for the whole line', () => {
  const flash = offer('秒杀', { kind: 'flash_sale', price: 100, limitPerCustomer: 2, quota: 50 });
  const with2 = (q: number): number[] =>
    payables(cart([line('A', 900, q)], { left: new Map([['id-秒杀', 2]]) }), [flash]);
  assert.deepEqual(with2(2), [200]);
  assert.deepEqual(with2(3), [2_700]);
  const two = cart([line('A', 900, 1), line('B', 1_000, 2)], { left: new Map([['id-秒杀', 2]]) });
  assert.deepEqual(payables(two, [flash]), [900, 200], 'the two units go where they save most');
});

test('PRO-2 a line that cannot have the flash price, as another takes its units, still has its limited-time discount', () => {
  const flash = offer('秒杀', { kind: 'flash_sale', price: 100, limitPerCustomer: 1, quota: 50 });
  const timed = offer('九折', { kind: 'limited_time_discount', percentOff: 10 });
  const two = cart([line('A', 900), line('B', 1_000)], { left: new Map([['id-秒杀', 1]]) });
  assert.deepEqual(payables(two, [flash, timed]), [810, 100]);
});

test('PRO-1 定金膨胀: 20 down counts as 50, and the answer says what is due when', () => {
  const presale = offer('预售', {
    kind: 'presale',
    deposit: 2_000,
    expandsTo: 5_000,
    balanceFrom: 1_000,
    balanceTo: 2_000,
    quota: null,
  });
  const priced = priceCart(cart([line('X', 700, 1, { shop: 'south' }), line('A', 20_000, 2)]), [
    { ...presale, shops: new Set(['north']) },
  ]);
  assert.deepEqual(
    priced.lines.map((l) => l.payable),
    [700, 34_000],
  );
  assert.deepEqual(priced.presale, { offer: '预售', deposit: 4_000, balanceFrom: 1_000, balanceTo: 2_000, lines: [1] });
});

test('PRO-1 跨店满减 counts lines of several shops together, 满减 of one shop only its own', () => {
  const lines = [line('A', 20_000), line('B', 15_000, 1, { shop: 'south' })];
  const cross = offer('跨店每300减40', { kind: 'cross_shop_threshold', every: 30_000, off: 4_000 });
  assert.equal(priceCart(cart(lines), [cross]).total, 31_000);
  assert.equal(priceCart(cart(lines), [{ ...per300, shops: new Set(['north']) }]).total, 35_000);
  const both = priceCart(cart([line('A', 60_000), line('B', 15_000, 1, { shop: 'south' })]), [per300, cross]);
  assert.equal(both.total, 75_000 - 10_000 - 8_000, '满减 first, then 跨店 on what it leaves: 650');
});

test('PRO-1 a coupon applies when brought, on what earlier offers leave, and once per code', () => {
  const coupon = offer('券', { kind: 'coupon', spend: 26_000, off: 3_000 });
  const brought = (...codes: string[]): Partial<Cart> => ({
    coupons: codes.map((code) => ({ code, offerId: 'id-券' })),
  });
  assert.equal(priceCart(cart([line('A', 30_000)]), [coupon]).total, 30_000);
  assert.equal(priceCart(cart([line('A', 30_000)], brought('c1')), [coupon]).total, 27_000);
  assert.equal(priceCart(cart([line('A', 30_000)], brought('c1')), [coupon, per300]).total, 25_000, '250 is below 260');
  assert.equal(
    priceCart(cart([line('A', 60_000)], brought('c1', 'c2')), [coupon]).total,
    57_000,
    'one line, one coupon',
  );
  const two = priceCart(cart([line('A', 30_000), line('B', 30_000)], brought('c1', 'c2', 'c2')), [coupon]);
  assert.equal(two.total, 54_000);
  assert.deepEqual(
    two.applied.map((a) => a.coupon),
    ['c1', 'c2'],
  );
});

test('PRO-1 赠品 comes when the spend is reached after price offers; of two for the same lines the greater', () => {
  const small = offer('赠杯', { kind: 'gift', spend: 10_000, giftSku: 'CUP', quantity: 1 });
  const large = offer('赠壶', { kind: 'gift', spend: 20_000, giftSku: 'POT', quantity: 2 });
  const gifts = (amounts: number[]): string[] =>
    priceCart(cart(amounts.map((a, i) => line(`A${i}`, a))), [small, large]).gifts.map((g) => `${g.quantity} ${g.sku}`);
  assert.deepEqual(gifts([9_999]), []);
  assert.deepEqual(gifts([15_000]), ['1 CUP']);
  assert.deepEqual(gifts([25_000]), ['2 POT']);
  assert.deepEqual(gifts([20_000, 10_000]), ['2 POT', '1 CUP']);
});

test('PRO-2 a limited-time discount is given up for a coupon when that is better, and never meets it', () => {
  const timed = offer('九折', { kind: 'limited_time_discount', percentOff: 10 });
  const coupon = offer('券', { kind: 'coupon', spend: 10_000, off: 3_000 });
  const with1 = (amount: number): number =>
    priceCart(cart([line('A', amount)], { coupons: [{ code: 'c', offerId: 'id-券' }] }), [timed, coupon]).total;
  assert.equal(with1(10_000), 7_000);
  assert.equal(with1(40_000), 36_000);
  const three = [line('A', 90_000), line('B', 6_000), line('C', 5_000)];
  const split = priceCart(cart(three, { coupons: [{ code: 'c', offerId: 'id-券' }] }), [timed, coupon]);
  assert.equal(split.total, 81_000 + 8_000, 'the dear line keeps the discount, the cheap ones share the coupon');
});

test('PRO-2 a discount is given up where that reaches a threshold', () => {
  const timed = offer('九五折', { kind: 'limited_time_discount', percentOff: 5 });
  assert.equal(priceCart(cart([line('A', 30_000)]), [timed, per300]).total, 25_000);
  assert.equal(priceCart(cart([line('A', 32_000)]), [timed, per300]).total, 30_400 - 5_000);
});

test('PRO-2 stacking is data: without the rule the two do meet', () => {
  const timed = offer('九折', { kind: 'limited_time_discount', percentOff: 10 });
  const coupon = offer('券', { kind: 'coupon', spend: 9_000, off: 3_000 });
  const priced = priceCart(
    cart([line('A', 10_000)], { coupons: [{ code: 'c', offerId: 'id-券' }], stacking: { exclusive: [] } }),
    [timed, coupon],
  );
  assert.equal(priced.total, 6_000);
});

test('PRO-2 an offer is found by SKU, by category or one above it, and not by a category that only begins alike', () => {
  const on = (over: Partial<Offer>): number =>
    priceCart(cart([line('A', 1_000)]), [offer('X', { kind: 'limited_time_discount', percentOff: 50 }, over)]).total;
  assert.equal(on({ skus: new Set(['A']) }), 500);
  assert.equal(on({ categories: ['食品'] }), 500);
  assert.equal(on({ categories: ['食品/生鲜'] }), 500);
  assert.equal(on({ skus: new Set(['B']), categories: ['食品'] }), 500);
  assert.equal(on({ categories: ['食'] }), 1_000);
  assert.equal(on({ categories: ['食品/生鲜/鱼'] }), 1_000);
  assert.equal(on({ skus: new Set(['B']) }), 1_000);
  assert.equal(on({ startsAt: 50 }), 500, 'from its start');
  assert.equal(on({ endsAt: 50 }), 1_000, 'until before its end');
});

/* Larger carts than can be searched exhaustively: what holds for any pricing. */
const scope = fc.oneof(
  fc.constant(null),
  fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E'), { minLength: 1 }).map((s) => new Set(s)),
);
const money = fc.integer({ min: 1, max: 60_000 });
const someTerms: fc.Arbitrary<Terms> = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((percentOff): Terms => ({ kind: 'limited_time_discount', percentOff })),
  fc
    .record({ spend: money, off: money, repeat: fc.boolean() })
    .map(({ spend, off, repeat }): Terms => ({ kind: 'threshold_reduction', tiers: [{ spend, off }], repeat })),
  fc.record({ spend: money, off: money }).map((t): Terms => ({ kind: 'coupon', ...t })),
  fc
    .record({ nth: fc.integer({ min: 2, max: 4 }), percentOff: fc.integer({ min: 1, max: 100 }) })
    .map((t): Terms => ({ kind: 'nth_item', ...t })),
  money.map((spend): Terms => ({ kind: 'gift', spend, giftSku: 'G', quantity: 1 })),
  money.map((price): Terms => ({ kind: 'flash_sale', price, limitPerCustomer: null, quota: null })),
  fc.record({ every: money, off: money }).map((t): Terms => ({ kind: 'cross_shop_threshold', ...t })),
);
const someCase = fc.record({
  lines: fc.array(
    fc.record({
      shop: fc.constantFrom('north', 'south'),
      sku: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
      category: fc.constant('c'),
      quantity: fc.nat({ max: 5 }),
      unitPrice: fc.nat({ max: 40_000 }),
      agreed: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 1, maxLength: 12 },
  ),
  offers: fc
    .array(fc.record({ terms: someTerms, skus: scope }), { maxLength: 10 })
    .map((all) => all.map(({ terms, skus }, i) => offer(`O${i}`, terms, { skus }))),
  left: fc.nat({ max: 10 }),
});
const cartOf = (lines: readonly CartLine[], offers: readonly Offer[], left: number): Cart =>
  cart(lines, {
    coupons: offers.flatMap((o) => (o.terms.kind === 'coupon' ? [{ code: `${o.code}-1`, offerId: o.id }] : [])),
    left: new Map(offers.flatMap((o) => (o.terms.kind === 'flash_sale' ? [[o.id, left] as const] : []))),
  });

test('PRO-3 the parts of every pricing add up, nothing falls below zero, and agreed lines are as they were', () => {
  fc.assert(
    fc.property(someCase, ({ lines, offers, left }) => {
      const p = priceCart(cartOf(lines, offers, left), offers);
      let payable = 0;
      let discount = 0;
      p.lines.forEach((l, i) => {
        const own = l.discounts.reduce((sum, d) => sum + d.amount, 0);
        assert.ok(l.payable >= 0 && l.discounts.every((d) => d.amount > 0 && Number.isSafeInteger(d.amount)));
        assert.equal(l.payable + own, lines[i]!.unitPrice * lines[i]!.quantity);
        if (lines[i]!.agreed) assert.deepEqual(l.discounts, []);
        payable += l.payable;
        discount += own;
      });
      assert.equal(payable, p.total);
      assert.equal(discount, p.discount);
      assert.equal(p.goods - p.discount, p.total);
      assert.equal(
        p.applied.reduce((sum, a) => sum + a.amount, 0),
        p.discount,
      );
    }),
    { numRuns: 500 },
  );
});

test('PRO-2 no line of a pricing meets two offers of a kind or kinds that exclude each other, and limits hold', () => {
  fc.assert(
    fc.property(someCase, ({ lines, offers, left }) => {
      const p = priceCart(cartOf(lines, offers, left), offers);
      const flashed = new Map<string, number>();
      p.lines.forEach((l, i) => {
        const kinds = l.discounts.map((d) => d.kind);
        assert.equal(new Set(kinds).size, kinds.length);
        for (const [a, b] of DEFAULT_STACKING.exclusive) assert.ok(!(kinds.includes(a) && kinds.includes(b)));
        for (const d of l.discounts)
          if (d.kind === 'flash_sale') flashed.set(d.offerId, (flashed.get(d.offerId) ?? 0) + lines[i]!.quantity);
      });
      for (const units of flashed.values()) assert.ok(units <= left);
    }),
    { numRuns: 500 },
  );
});

test('PRO-2 what is taken away because it changes nothing is not replaced by an offer whose units are gone', () => {
  const offers = [
    offer('O0', { kind: 'flash_sale', price: 1, limitPerCustomer: null, quota: null }),
    offer('O1', { kind: 'coupon', spend: 1, off: 75 }),
    offer('O2', { kind: 'flash_sale', price: 25, limitPerCustomer: null, quota: null }),
    offer('O3', { kind: 'nth_item', nth: 2, percentOff: 2 }),
  ].map((o) => ({ ...o, skus: new Set(['A']) }));
  const line = { shop: 'north', sku: 'A', category: 'c', agreed: false };
  const lines = [
    { ...line, quantity: 1, unitPrice: 79 },
    { ...line, quantity: 3, unitPrice: 26 },
  ];
  const { applied } = priceCart(cartOf(lines, offers, 3), offers);
  for (const use of applied) if (use.kind === 'flash_sale') assert.ok(use.units <= 3, `${use.offer}: ${use.units}`);
});

test('PRO-2 neither the order of lines nor that of offers changes the total, nor does preparing the offers, nor a second run', () => {
  fc.assert(
    fc.property(someCase, ({ lines, offers, left }) => {
      const c = cartOf(lines, offers, left);
      const { pricing, proved } = priceCartProved(c, offers);
      assert.deepEqual(priceCart(c, prepareOffers(offers, DEFAULT_STACKING)), pricing);
      assert.deepEqual(priceCart(c, offers.toReversed()), pricing);
      if (!proved) return;
      const turned = priceCartProved({ ...c, lines: lines.toReversed(), coupons: c.coupons.toReversed() }, offers);
      if (turned.proved) assert.equal(turned.pricing.total, pricing.total);
    }),
    { numRuns: 400 },
  );
});

test('PRO-2 one more offer never makes a cart dearer', () => {
  fc.assert(
    fc.property(someCase, ({ lines, offers, left }) => {
      fc.pre(offers.length > 0);
      const c = cartOf(lines, offers, left);
      const all = priceCartProved(c, offers);
      const fewer = priceCartProved(c, offers.slice(1));
      if (all.proved) assert.ok(all.pricing.total <= fewer.pricing.total);
    }),
    { numRuns: 400 },
  );
});

test('PRO-2 when the budget is gone at once the answer is still a legal one, and it says that it is not proved', () => {
  const offers = [per300, offer('九五折', { kind: 'limited_time_discount', percentOff: 5 })];
  const lines = [line('A', 31_000), line('B', 300)];
  const { pricing, proved, gap } = priceCartProved(cart(lines), offers, { budget: 1 });
  assert.equal(proved, false);
  assert.ok(gap > 0 && pricing.total - gap <= priceCart(cart(lines), offers).total);
  assert.equal(pricing.goods - pricing.discount, pricing.total);
  assert.ok(pricing.total <= 31_300);
  assert.equal(priceCart(cart(lines), offers).total, 26_000 + 285);
});

test('PRO-2 of equally cheap combinations the one with fewer offers stays, and of equal offers the first by code', () => {
  const free = offer('免单', { kind: 'threshold_reduction', tiers: [{ spend: 500, off: 1_000 }], repeat: false });
  const timed = offer('九折', { kind: 'limited_time_discount', percentOff: 10 });
  const lines = [line('A', 1_000)];
  assert.deepEqual(
    priceCart(cart(lines), [timed, free]).applied.map((a) => a.offer),
    ['免单'],
  );
  const same = (code: string): Offer => offer(code, { kind: 'limited_time_discount', percentOff: 10 });
  assert.deepEqual(
    priceCart(cart(lines), [same('B'), same('A'), same('C')]).applied.map((a) => a.offer),
    ['A'],
  );
  const off = (code: string): Offer => ({ ...per300, id: code, code });
  assert.deepEqual(
    priceCart(cart([line('A', 15_000), line('B', 15_000)]), [off('B'), off('A')]).applied.map((a) => a.offer),
    ['A'],
  );
});

test('PRO-2 what an unproved total can at most be above the least is true', () => {
  fc.assert(
    fc.property(someCase, ({ lines, offers, left }) => {
      const c = cartOf(lines, offers, left);
      const hasty = priceCartProved(c, offers, { budget: 1 });
      const full = priceCartProved(c, offers);
      assert.ok(hasty.pricing.total - hasty.gap <= full.pricing.total);
      assert.equal(full.proved && full.gap !== 0, false);
      if (full.proved) assert.ok(full.pricing.total <= hasty.pricing.total);
    }),
    { numRuns: 400 },
  );
});
