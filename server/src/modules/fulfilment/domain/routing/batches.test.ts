import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { batchOrders, type BatchLimits, type BatchOrder } from './batches.ts';
import { evenLayout, type Layout } from './layout.ts';
import { findRoute } from './route.ts';

const layoutOf = (blocks: number): Layout =>
  evenLayout({
    aisles: 6,
    pitchMm: 3_000,
    lengthMm: 12_000 * blocks,
    middleMm: blocks === 2 ? [12_000] : [],
    depot: { aisle: 2, end: 'front' },
  });

const orders = (layout: Layout): fc.Arbitrary<BatchOrder[]> => {
  const stop = fc.record({
    aisle: fc.nat({ max: 5 }),
    yMm: fc.nat({ max: layout.crossAislesMm.at(-1)! }),
  });
  return fc
    .array(
      fc.record({
        stops: fc.array(stop, { maxLength: 4 }),
        units: fc.integer({ min: 1, max: 12 }),
        volumeMl: fc.nat({ max: 60_000 }),
      }),
      { maxLength: 14 },
    )
    .map((all) => all.map((o, i) => ({ id: `o${i}`, ...o })));
};

const limitsOf = fc.record({
  orders: fc.integer({ min: 1, max: 6 }),
  units: fc.integer({ min: 1, max: 30 }),
  volumeMl: fc.integer({ min: 1, max: 120_000 }),
});

test('FUL-2 batches hold every order once, respect what a round may carry, and never walk more than first come', () => {
  const instance = fc.constantFrom(1, 2).chain((blocks) => {
    const layout = layoutOf(blocks);
    return fc.tuple(fc.constant(layout), orders(layout), limitsOf);
  });
  fc.assert(
    fc.property(instance, ([layout, all, limits]) => {
      const result = batchOrders(layout, all, limits);
      const byId = new Map(all.map((o) => [o.id, o]));
      assert.deepEqual(result.batches.flatMap((b) => b.orderIds).toSorted(), [...byId.keys()].toSorted());
      for (const batch of result.batches) {
        const own = batch.orderIds.map((id) => byId.get(id)!);
        const sum = (of: (o: BatchOrder) => number): number => own.reduce((n, o) => n + of(o), 0);
        if (own.length > 1) {
          assert.ok(own.length <= limits.orders);
          assert.ok(sum((o) => o.units) <= limits.units);
          assert.ok(sum((o) => o.volumeMl) <= limits.volumeMl);
        }
        const stops = own.flatMap((o) => o.stops).map((s, i) => ({ id: String(i), ...s }));
        assert.equal(batch.lengthMm, findRoute(layout, stops).lengthMm);
      }
      assert.equal(
        result.lengthMm,
        result.batches.reduce((n, b) => n + b.lengthMm, 0),
      );
      assert.ok(result.lengthMm <= result.firstComeMm);
      assert.deepEqual(batchOrders(layout, all, limits), result, 'the same orders get the same batches');
    }),
    { numRuns: 150 },
  );
});

test('FUL-2 a batch without time to measure still holds every order and walks no more than first come', () => {
  const layout = layoutOf(1);
  fc.assert(
    fc.property(orders(layout), limitsOf, fc.nat({ max: 10 }), (all, limits, work) => {
      const result = batchOrders(layout, all, limits, work);
      assert.equal(result.batches.flatMap((b) => b.orderIds).length, all.length);
      assert.ok(result.lengthMm <= result.firstComeMm);
    }),
    { numRuns: 100 },
  );
});

const LIMITS: BatchLimits = { orders: 2, units: 100, volumeMl: 100_000 };
const inAisle = (id: string, aisle: number, units = 1): BatchOrder => ({
  id,
  stops: [{ aisle, yMm: 11_000 }],
  units,
  volumeMl: 1,
});

test('FUL-2 orders that lie in the same aisle go together although others came between', () => {
  const all = [inAisle('a', 0), inAisle('b', 5), inAisle('c', 0), inAisle('d', 5)];
  const result = batchOrders(layoutOf(1), all, LIMITS);
  assert.deepEqual(
    result.batches.map((b) => b.orderIds),
    [
      ['a', 'c'],
      ['b', 'd'],
    ],
  );
  // One aisle to the depot's left is two pitches away, the other three.
  assert.equal(result.lengthMm, 2 * (6_000 + 11_000) + 2 * (9_000 + 11_000));
  assert.ok(result.lengthMm < result.firstComeMm);
});

test('FUL-2 an order too large for the trolley goes alone', () => {
  const all = [inAisle('small', 1), inAisle('large', 1, 101), inAisle('also small', 1)];
  const result = batchOrders(layoutOf(1), all, LIMITS);
  assert.deepEqual(
    result.batches.map((b) => b.orderIds),
    [['small', 'also small'], ['large']],
  );
});

test('FUL-2 no orders make no batches; impossible sizes, limits and places are refused', () => {
  const layout = layoutOf(1);
  assert.deepEqual(batchOrders(layout, [], LIMITS), { batches: [], lengthMm: 0, firstComeMm: 0 });
  const many = Array.from({ length: 501 }, (_, i) => inAisle(String(i), 0));
  assert.throws(() => batchOrders(layout, many, LIMITS), /at most 500/);
  assert.throws(() => batchOrders(layout, [], { ...LIMITS, orders: 0 }), /limits.orders/);
  assert.throws(() => batchOrders(layout, [], { ...LIMITS, units: 1.5 }), /limits.units/);
  assert.throws(() => batchOrders(layout, [inAisle('a', 6)], LIMITS), /aisle 6 does not exist/);
  assert.throws(() => batchOrders(layout, [inAisle('a', 0, -1)], LIMITS), /impossible size/);
});
