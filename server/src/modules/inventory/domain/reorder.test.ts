import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Levels, levelsOf, normalQuantile, quantityToOrder, type Terms } from './reorder.ts';

const terms = (over: Partial<Terms> = {}): Terms => ({
  leadDays: 7,
  reviewDays: 7,
  servicePercent: 95,
  packSize: 1,
  orderMin: 1,
  minUnits: null,
  maxUnits: null,
  coverDaysMax: 120,
  ...over,
});
const flat = (perDay: number, weekError: number | null, weekBias = 0) => ({
  days: Array.from({ length: 56 }, () => perDay),
  perDay,
  weekError,
  weekBias: weekError === null ? null : weekBias,
  weeksTried: weekError === null ? 0 : 12,
});

test('INV-6 quantiles of the normal distribution, against a table', () => {
  for (const [p, z] of [
    [0.5, 0],
    [0.8, 0.8416212336],
    [0.95, 1.644853627],
    [0.975, 1.959963985],
    [0.999, 3.090232306],
    [0.01, -2.326347874],
  ] as const)
    assert.ok(Math.abs(normalQuantile(p) - z) < 1e-6, `${p}`);
  assert.throws(() => normalQuantile(1), RangeError);
});

test('INV-6 the reorder point lasts until goods of the next chance to order would be here, with a buffer', () => {
  // ten a day for 7 + 7 days; against errors Student's 1.796 (11 degrees of freedom) × 20 × √(12 / 11) × √(2 × (1 + 2 / 12)) = 57.3
  assert.deepEqual(levelsOf(flat(10, 20), terms()), {
    leadUnits: 140,
    bufferUnits: 58,
    reorderPoint: 198,
    orderUpTo: 268,
  });
  // forecasts that were 15 too low each week: 30 in two weeks, and the rest of the error around that
  assert.equal(levelsOf(flat(10, 20, -15), terms({ servicePercent: 50 })).bufferUnits, 30);
  assert.equal(
    levelsOf(flat(10, 20, 15), terms({ servicePercent: 50 })).bufferUnits,
    0,
    'too high is no reason to buy less',
  );
  assert.equal(levelsOf(flat(10, 15, -15), terms()).bufferUnits, 30, 'an error that is always the same has no spread');
  assert.equal(levelsOf(flat(10, 0), terms({ leadDays: 0, reviewDays: 1 })).reorderPoint, 10);
  assert.equal(levelsOf(flat(10, 20), terms({ servicePercent: 50 })).bufferUnits, 0);
  assert.equal(levelsOf(flat(10, 20), terms({ minUnits: 500 })).reorderPoint, 500);
  assert.equal(levelsOf(flat(10, 20), terms({ maxUnits: 210 })).orderUpTo, 210);
});

test('INV-6 a SKU nothing is known of has no reorder point, but a minimum is one', () => {
  assert.deepEqual(levelsOf(flat(0, null), terms()).reorderPoint, null);
  assert.deepEqual(levelsOf(flat(0, null), terms({ minUnits: 5 })), {
    leadUnits: 0,
    bufferUnits: 0,
    reorderPoint: 5,
    orderUpTo: 6,
  });
  assert.ok(levelsOf(flat(1, null), terms()).bufferUnits > 0, 'an untried forecast is not taken to be exact');
});

test('INV-6 more lead time, a longer review, a higher service or a larger error never lower the reorder point', () => {
  const one = fc.record({
    perDay: fc.float({ min: 0, max: 500, noNaN: true }),
    error: fc.float({ min: 0, max: 900, noNaN: true }),
    leadDays: fc.nat({ max: 100 }),
    reviewDays: fc.integer({ min: 1, max: 60 }),
    servicePercent: fc.integer({ min: 50, max: 99 }),
  });
  fc.assert(
    fc.property(one, fc.nat({ max: 9 }), ({ perDay, error, ...t }, more) => {
      const point = (over: Partial<Terms>, by = 0): number =>
        levelsOf(flat(perDay, error + by), terms({ ...t, ...over })).reorderPoint ?? 0;
      const base = point({});
      assert.ok(point({ leadDays: t.leadDays + more }) >= base);
      assert.ok(point({ reviewDays: t.reviewDays + more }) >= base);
      assert.ok(point({ servicePercent: Math.min(99.9, t.servicePercent + more) }) >= base);
      assert.ok(point({}, more) >= base);
    }),
  );
});

const levels: Pick<Levels, 'reorderPoint' | 'orderUpTo'> = { reorderPoint: 100, orderUpTo: 150 };

test('INV-6 quantities: up to the level, in packs, at least the least order, never past the most', () => {
  const q = (position: number, over: Partial<Terms> = {}): number => quantityToOrder(position, levels, terms(over));
  assert.deepEqual([q(101), q(100), q(0), q(-20)], [0, 50, 150, 170]);
  assert.equal(q(100, { packSize: 12 }), 60);
  assert.equal(q(100, { orderMin: 200 }), 200);
  assert.equal(q(100, { orderMin: 200, packSize: 150 }), 300);
  assert.equal(q(100, { packSize: 40, maxUnits: 150 }), 40, 'one pack fits, two would not');
  assert.equal(q(100, { packSize: 60, maxUnits: 150 }), 0, 'not one pack fits');
  assert.equal(q(100, { orderMin: 60, maxUnits: 150 }), 0);
  assert.equal(quantityToOrder(0, { reorderPoint: null, orderUpTo: null }, terms()), 0);
});

test('INV-6 a quantity is whole packs, nothing above the reorder point, and never passes the maximum', () => {
  const given = fc.record({
    position: fc.integer({ min: -500, max: 500 }),
    packSize: fc.integer({ min: 1, max: 50 }),
    orderMin: fc.integer({ min: 1, max: 300 }),
    maxUnits: fc.option(fc.integer({ min: 1, max: 600 }), { nil: null }),
  });
  fc.assert(
    fc.property(given, ({ position, ...deal }) => {
      const q = quantityToOrder(position, levels, terms(deal));
      assert.ok(q >= 0 && q % deal.packSize === 0);
      if (position > 100) assert.equal(q, 0);
      if (q > 0) assert.ok(q >= deal.orderMin && (deal.maxUnits === null || position + q <= deal.maxUnits));
      if (q > 0 && deal.maxUnits === null) assert.ok(position + q >= 150);
    }),
  );
});
