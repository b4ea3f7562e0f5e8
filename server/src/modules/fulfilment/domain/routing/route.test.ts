import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkStops, depotPoint, evenLayout, type Layout, type Point, type Stop } from './layout.ts';
import { findRoute, isExact, routeLengthMm } from './route.ts';
import { exactWalk } from './shortest-walk.ts';
import { largestGapLine, sShapeLine } from './simple-routes.ts';
import { lengthOf, placed } from './trace.ts';

type Place = Pick<Stop, 'aisle' | 'yMm'>;

/** What one walks at least between two places, from the shape of the warehouse alone. */
function between(layout: Layout, a: Place, b: Place): number {
  if (a.aisle === b.aisle) return Math.abs(a.yMm - b.yMm);
  const along = layout.crossAislesMm.map((y) => Math.abs(a.yMm - y) + Math.abs(b.yMm - y));
  return Math.abs(layout.aislesMm[a.aisle]! - layout.aislesMm[b.aisle]!) + Math.min(...along);
}

/** Every order of the stops, one after the other. */
function bestOfAllOrders(layout: Layout, stops: readonly Place[]): number {
  const depot = { aisle: layout.depot.aisle, yMm: depotPoint(layout).yMm };
  const go = (at: Place, left: readonly Place[]): number =>
    left.length === 0
      ? between(layout, at, depot)
      : Math.min(...left.map((next, i) => between(layout, at, next) + go(next, left.toSpliced(i, 1))));
  return go(depot, stops);
}

/** It begins and ends at the depot, keeps to aisles and cross-aisles, and comes past every stop. */
function assertWalkable(layout: Layout, line: readonly Point[], stops: readonly Stop[]): void {
  assert.deepEqual(line[0], depotPoint(layout));
  assert.deepEqual(line.at(-1), depotPoint(layout));
  const within = (v: number, ends: readonly number[]): boolean => v >= Math.min(...ends) && v <= Math.max(...ends);
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const inAisle = a.xMm === b.xMm && layout.aislesMm.includes(a.xMm);
    const inCross = a.yMm === b.yMm && layout.crossAislesMm.includes(a.yMm);
    assert.ok(inAisle || inCross, `from ${JSON.stringify(a)} to ${JSON.stringify(b)} there is no way`);
    assert.ok(within(a.yMm, layout.crossAislesMm) && within(b.yMm, layout.crossAislesMm));
  }
  for (const stop of stops) {
    const { xMm, yMm } = placed(layout, stop);
    const met = line.some((b, i) => {
      const a = line[Math.max(i - 1, 0)]!;
      return within(xMm, [a.xMm, b.xMm]) && within(yMm, [a.yMm, b.yMm]);
    });
    assert.ok(met, `stop ${stop.id} is not passed`);
  }
}

const rising = (least: number, most: number) =>
  fc
    .array(fc.integer({ min: 1, max: 40 }), { minLength: least, maxLength: most })
    .map((steps) => steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, n) => sum + n, -20)));

const layouts = (crossLeast: number, crossMost: number): fc.Arbitrary<Layout> =>
  fc
    .tuple(rising(1, 7), rising(crossLeast, crossMost), fc.nat(), fc.constantFrom('front' as const, 'back' as const))
    .map(([aislesMm, crossAislesMm, aisle, end]) => ({
      aislesMm,
      crossAislesMm,
      depot: { aisle: aisle % aislesMm.length, end },
    }));

const withStops = (layout: fc.Arbitrary<Layout>, stopsMax: number): fc.Arbitrary<[Layout, Stop[]]> =>
  layout.chain((l) => {
    const stop = fc.record({
      aisle: fc.nat({ max: l.aislesMm.length - 1 }),
      yMm: fc.integer({ min: l.crossAislesMm[0]!, max: l.crossAislesMm.at(-1)! }),
    });
    return fc
      .array(stop, { maxLength: stopsMax })
      .map((stops): [Layout, Stop[]] => [l, stops.map((s, i) => ({ id: `s${i}`, ...s }))]);
  });

for (const [name, least, most] of [
  ['one block', 2, 2],
  ['two blocks', 3, 3],
  ['three and four blocks', 4, 5],
] as const) {
  test(`FUL-3 ${name}: no order of the stops is shorter than the route, whatever the sizes, gaps and depot`, () => {
    fc.assert(
      fc.property(withStops(layouts(least, most), 6), ([layout, stops]) => {
        const route = findRoute(layout, stops);
        assert.equal(route.method, 'exact');
        assert.equal(route.lengthMm, bestOfAllOrders(layout, stops));
      }),
      { numRuns: 300 },
    );
  });
}

test('FUL-3 the line of a route is as long as it says, keeps to the aisles and passes every stop in the order given', () => {
  fc.assert(
    fc.property(withStops(layouts(2, 5), 40), ([layout, stops]) => {
      const route = findRoute(layout, stops);
      assertWalkable(layout, route.line, stops);
      assert.equal(lengthOf(route.line), route.lengthMm);
      assert.equal(routeLengthMm(layout, stops), route.lengthMm);
      assert.deepEqual(new Set(route.stops), new Set(stops));
      assert.equal(route.stops.length, stops.length);
      const depot = { aisle: layout.depot.aisle, yMm: depotPoint(layout).yMm };
      const inOrder = [depot, ...route.stops, depot];
      const walked = inOrder.slice(1).reduce((sum, stop, i) => sum + between(layout, inOrder[i]!, stop), 0);
      assert.ok(walked <= route.lengthMm, 'who takes the stops in that order walks no further than the line');
    }),
    { numRuns: 400 },
  );
});

test('FUL-3 a route is never longer than S-shape or largest gap, and both of those can be walked', () => {
  fc.assert(
    fc.property(withStops(layouts(2, 7), 30), ([layout, stops]) => {
      const route = findRoute(layout, stops);
      for (const [line, mm] of [
        [sShapeLine(layout, stops), route.compared.sShapeMm],
        [largestGapLine(layout, stops), route.compared.largestGapMm],
      ] as const) {
        assertWalkable(layout, line, stops);
        assert.equal(lengthOf(line), mm);
        assert.ok(route.lengthMm <= mm);
      }
    }),
    { numRuns: 400 },
  );
});

test('FUL-3 more than five cross-aisles are searched, and the line is as good as the exact one or longer, never shorter', () => {
  fc.assert(
    fc.property(withStops(layouts(6, 8), 5), ([layout, stops]) => {
      const route = findRoute(layout, stops);
      assert.equal(isExact(layout), false);
      assertWalkable(layout, route.line, stops);
      assert.equal(route.lengthMm, bestOfAllOrders(layout, stops), 'so few stops are weighed in every order');
    }),
    { numRuns: 100 },
  );
});

test('FUL-3 four blocks of very many aisles are searched, within one percent of the exact length', () => {
  const layout = evenLayout({
    aisles: 121,
    pitchMm: 3_000,
    lengthMm: 48_000,
    middleMm: [12_000, 24_000, 36_000],
    depot: { aisle: 60, end: 'front' },
  });
  const stops = Array.from({ length: 40 }, (_, i) => ({
    id: String(i),
    aisle: (i * 47) % 121,
    yMm: (i * 7_919) % 48_001,
  }));
  const route = findRoute(layout, stops);
  assert.equal(route.method, 'improved');
  assertWalkable(layout, route.line, stops);
  const exact = exactWalk(layout, stops).costMm;
  assert.ok(route.lengthMm >= exact && route.lengthMm <= exact * 1.01, `${route.lengthMm} mm against ${exact} mm`);
});

test('FUL-3 the same stops get the same route', () => {
  fc.assert(
    fc.property(withStops(layouts(2, 7), 25), ([layout, stops]) => {
      assert.deepEqual(findRoute(layout, stops), findRoute(layout, stops));
    }),
    { numRuns: 50 },
  );
});

const three = evenLayout({ aisles: 3, pitchMm: 10, lengthMm: 100, depot: { aisle: 0, end: 'front' } });
const at = (aisle: number, yMm: number): Stop => ({ id: `${aisle}/${yMm}`, aisle, yMm });

test('FUL-3 a small round, worked out by hand: S-shape, largest gap and the best', () => {
  const route = findRoute(three, [at(0, 20), at(1, 30), at(1, 90), at(2, 50)]);
  // S-shape: up 100, across 10, down 100, across 10, in to 50 and out 100, home 20. Largest gap: up, 90 from the back, down, 30 from the front.
  assert.deepEqual(route.compared, { sShapeMm: 340, largestGapMm: 320 });
  assert.equal(route.lengthMm, 40 + 100 + 100 + 4 * 10);
});

test('FUL-3 two blocks, worked out by hand: the farthest block first, then the nearer', () => {
  const layout = evenLayout({
    aisles: 3,
    pitchMm: 10,
    lengthMm: 100,
    middleMm: [50],
    depot: { aisle: 0, end: 'back' },
  });
  const stops = [at(0, 10), at(1, 20), at(2, 90)]; // the depot is at y 100: the far block is the one at 0
  // S-shape: 50 to the middle, through aisle 0 50, across 10, back through aisle 1 50, across 10, through aisle 2 50, home 20.
  assert.equal(findRoute(layout, stops).compared.sShapeMm, 240);
  assert.equal(findRoute(layout, stops).lengthMm, 240);
});

test('FUL-3 no stop is no walk; one stop is there and back; two at one place are one', () => {
  const none = findRoute(three, []);
  assert.deepEqual([none.lengthMm, none.stops, none.line], [0, [], [{ xMm: 0, yMm: 0 }]]);
  assert.deepEqual(none.compared, { sShapeMm: 0, largestGapMm: 0 });
  const one = findRoute(three, [at(2, 40)]);
  assert.equal(one.lengthMm, 2 * (20 + 40));
  assert.deepEqual(one.line.length, 5);
  assert.equal(findRoute(three, [at(2, 40), { ...at(2, 40), id: 'again' }]).lengthMm, one.lengthMm);
  assert.equal(findRoute(three, [at(0, 0)]).lengthMm, 0, 'a stop at the depot');
  assert.equal(findRoute(three, [at(2, 100)]).lengthMm, 2 * (20 + 100), 'a stop at the far corner');
});

test('FUL-3 a route keeps what the caller knows about a stop', () => {
  const route = findRoute(three, [{ ...at(1, 30), sku: 'A' }]);
  assert.equal(route.stops[0]?.sku, 'A');
});

test('FUL-3 what cannot be is refused: aisles, heights, layouts', () => {
  const layout =
    (over: Partial<Layout>): (() => unknown) =>
    () =>
      findRoute({ ...three, ...over }, []);
  assert.throws(() => findRoute(three, [at(3, 10)]), /aisle 3 does not exist/);
  assert.throws(() => findRoute(three, [at(-1, 10)]), RangeError);
  assert.throws(() => findRoute(three, [at(0.5, 10)]), RangeError);
  assert.throws(() => findRoute(three, [at(1, 101)]), /outside its aisle/);
  assert.throws(() => findRoute(three, [at(1, -1)]), RangeError);
  assert.throws(() => findRoute(three, [at(1, 1.5)]), RangeError);
  assert.throws(() => findRoute(three, [at(1, Number.NaN)]), RangeError);
  assert.throws(
    () =>
      checkStops(
        three,
        Array.from({ length: 1001 }, () => at(0, 1)),
      ),
    /at most 1000/,
  );
  assert.throws(layout({ aislesMm: [] }), RangeError);
  assert.throws(layout({ aislesMm: [0, 0, 10] }), /does not lie after/);
  assert.throws(layout({ aislesMm: [0, 10, 20.5] }), RangeError);
  assert.throws(layout({ crossAislesMm: [0] }), RangeError);
  assert.throws(layout({ crossAislesMm: [0, 100, 50] }), RangeError);
  assert.throws(layout({ crossAislesMm: [0, Infinity] }), RangeError);
  assert.throws(layout({ depot: { aisle: 3, end: 'front' } }), /depot's aisle/);
  assert.throws(layout({ depot: { aisle: 0, end: 'middle' as 'front' } }), RangeError);
});
