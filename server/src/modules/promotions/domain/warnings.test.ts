import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_STACKING, type Offer, type Terms } from './terms.ts';
import { type Sample, warnAbout, type Warning } from './warnings.ts';

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
const sample = (sku: string, unitPrice: number, cost: number | null = 1): Sample => ({
  sku,
  category: 'food/fresh',
  unitPrice,
  cost,
});
const timed = (percentOff: number, code = 'LTD', over: Partial<Offer> = {}): Offer =>
  offer(code, { kind: 'limited_time_discount', percentOff }, over);
const warn = (o: Offer, others: readonly Offer[] = [], samples: readonly Sample[] = [sample('A', 10_000)]): Warning[] =>
  warnAbout(o, others, samples, DEFAULT_STACKING);
const codes = (found: readonly Warning[]): string[] => found.map((w) => w.code);

test('PRO-1 a sound offer that meets nothing gives no warning', () => {
  assert.deepEqual(warn(timed(10)), []);
  const tiers = [
    { spend: 20_000, off: 2_000 },
    { spend: 50_000, off: 8_000 },
  ];
  assert.deepEqual(warn(offer('OFF', { kind: 'threshold_reduction', tiers, repeat: false })), []);
  assert.deepEqual(warn(offer('OFF', { kind: 'threshold_reduction', tiers: [tiers[0]!], repeat: true })), []);
});

test('PRO-1 two of a kind on the same goods at the same time: only one of them will apply to a line', () => {
  assert.deepEqual(warn(timed(10), [timed(20, 'OLD', { startsAt: 40, endsAt: 200 })]), [
    { code: 'same_kind', offers: ['LTD', 'OLD'], facts: { from: 40, to: 100, goods: 1 } },
  ]);
  assert.deepEqual(warn(timed(10), [timed(20, 'OLD', { startsAt: 100, endsAt: 200 })]), [], 'one after the other');
  assert.deepEqual(warn(timed(10, 'LTD', { skus: new Set(['A']) }), [timed(20, 'OLD', { skus: new Set(['B']) })]), []);
  assert.deepEqual(
    warn(timed(10, 'LTD', { shops: new Set(['n']) }), [timed(20, 'OLD', { shops: new Set(['s']) })]),
    [],
    'other shops',
  );
  assert.deepEqual(
    codes(warn(timed(10, 'LTD', { categories: ['food'] }), [timed(20, 'OLD', { categories: ['food/fresh'] })])),
    ['same_kind'],
  );
});

test('PRO-1 offers that together sell below cost are named with the price they come to', () => {
  const off = offer('OFF', { kind: 'threshold_reduction', tiers: [{ spend: 18_000, off: 5_000 }], repeat: true });
  assert.deepEqual(warn(timed(10), [off], [sample('A', 10_000, 6_500)]), [], 'at cost is no loss');
  assert.deepEqual(warn(timed(10), [off], [sample('A', 10_000, 6_501)]), [
    {
      code: 'below_cost',
      offers: ['LTD', 'OFF'],
      facts: { sku: 'A', quantity: 2, unitPrice: 10_000, price: 6_500, cost: 6_501 },
    },
  ]);
});

test('PRO-1 without a known cost a combination of more than so many per cent is named', () => {
  assert.deepEqual(warn(timed(50), [], [sample('A', 10_000, null)]), []);
  assert.deepEqual(warn(timed(51), [], [sample('A', 10_000, null)]), [
    {
      code: 'deep_discount',
      offers: ['LTD'],
      facts: { sku: 'A', quantity: 1, unitPrice: 10_000, price: 4_900, percentOff: 51 },
    },
  ]);
  assert.deepEqual(
    codes(warnAbout(timed(30), [], [sample('A', 10_000, null)], DEFAULT_STACKING, { deepPercent: 20 })),
    ['deep_discount'],
  );
});

test('PRO-1 a coupon and a limited-time discount do not add up to a loss, as they never meet', () => {
  const coupon = offer('CPN', { kind: 'coupon', spend: 5_000, off: 2_500 });
  assert.deepEqual(warn(timed(30), [coupon], [sample('A', 10_000, 6_900)]), []);
  assert.deepEqual(codes(warnAbout(timed(30), [coupon], [sample('A', 10_000, 6_900)], { exclusive: [] })), [
    'below_cost',
  ]);
});

test('PRO-1 an offer that can never apply or gives nothing says why', () => {
  const price = (p: number): Offer => offer('LTD', { kind: 'limited_time_discount', price: p });
  assert.deepEqual(warn(price(10_000)), [
    { code: 'not_below_list', offers: ['LTD'], facts: { price: 10_000, lowest: 10_000 } },
  ]);
  assert.deepEqual(codes(warn(timed(10, 'LTD', { skus: new Set(['Z']) }))), ['nothing_in_scope']);
  assert.deepEqual(codes(warn(timed(10, 'LTD', { startsAt: 9, endsAt: 9 }))), ['never_open']);
  assert.deepEqual(codes(warn(offer('NTH', { kind: 'nth_item', nth: 1, percentOff: 20 }))), ['every_unit']);
  assert.deepEqual(codes(warn(timed(100), [], [sample('A', 10_000, 0)])), ['free']);
  const presale: Terms = { kind: 'presale', deposit: 50, expandsTo: 50, balanceFrom: 1, balanceTo: 2, quota: null };
  assert.deepEqual(warn(offer('PRE', presale)), [
    { code: 'expands_not', offers: ['PRE'], facts: { deposit: 50, expandsTo: 50 } },
  ]);
});

test('PRO-1 a tier that a lower spend makes pointless, and an off above its spend', () => {
  const tiers = [
    { spend: 20_000, off: 3_000 },
    { spend: 30_000, off: 2_000 },
  ];
  const ladder = (repeat: boolean): Offer => offer('OFF', { kind: 'threshold_reduction', tiers, repeat });
  assert.deepEqual(warn(ladder(false)), [
    { code: 'tier_pointless', offers: ['OFF'], facts: { spend: 30_000, off: 2_000 } },
  ]);
  assert.deepEqual(codes(warn(ladder(true))), ['tier_pointless']);
  const coupon = (spend: number, off: number): Offer => offer('CPN', { kind: 'coupon', spend, off });
  assert.deepEqual(warn(coupon(1_000, 1_000), [], [sample('A', 10_000)]), [
    { code: 'off_above_spend', offers: ['CPN'], facts: { spend: 1_000, off: 1_000 } },
  ]);
});

test('PRO-1 a flash price above the limited-time price of the same moment', () => {
  const flash = offer('FLS', { kind: 'flash_sale', price: 9_500, limitPerCustomer: null, quota: null });
  const expected = { sku: 'A', flash: 9_500, timed: 9_000 };
  assert.deepEqual(warn(flash, [timed(10)]), [{ code: 'flash_above_timed', offers: ['FLS', 'LTD'], facts: expected }]);
  assert.deepEqual(warn(timed(10), [flash]), [{ code: 'flash_above_timed', offers: ['LTD', 'FLS'], facts: expected }]);
  assert.deepEqual(warn(flash, [timed(4)]), []);
});
