import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Floor, floorOf, type Spot, type Way } from './floor.ts';
import { evenLayout, type Point } from './layout.ts';
import { findRoute, findRouteOnFloor } from './route.ts';
import { lengthOf, placed } from './trace.ts';

const p = (xMm: number, yMm: number): Point => ({ xMm, yMm });
const way = (x1: number, y1: number, x2: number, y2: number): Way => ({ from: p(x1, y1), to: p(x2, y2) });
const spot = (xMm: number, yMm: number): Spot => ({ id: `${xMm}/${yMm}`, xMm, yMm });

// A hall with an annexe round the corner: an aisle at x 0, one at x 100 that goes on to y 300, and a blind one off it.
const ANNEXE: Floor = {
  depot: p(0, 0),
  ways: [way(0, 0, 0, 100), way(100, 0, 100, 300), way(0, 0, 100, 0), way(0, 100, 100, 100), way(100, 250, 160, 250)],
};

test('FUL-3 any floor: ways, corners and blind ends are walked as they are', () => {
  const route = findRouteOnFloor(ANNEXE, [spot(160, 250), spot(0, 50)]);
  assert.equal(route.lengthMm, 2 * (100 + 250 + 60));
  assert.deepEqual(
    route.stops.map((s) => s.id),
    ['0/50', '160/250'],
  );
  for (let i = 1; i < route.line.length; i += 1) {
    const [a, b] = [route.line[i - 1]!, route.line[i]!];
    assert.ok(a.xMm === b.xMm || a.yMm === b.yMm);
  }
});

test('FUL-3 any floor: a shelf beside an aisle is reached from the aisle', () => {
  const route = findRouteOnFloor(ANNEXE, [spot(112, 200)]);
  assert.equal(route.lengthMm, 2 * (100 + 200));
  assert.ok(route.line.some((at) => at.xMm === 100 && at.yMm === 200));
  assert.ok(route.line.every((at) => at.xMm <= 100));
});

test('FUL-3 any floor: a stop no way leads to is refused, as is what is no floor', () => {
  const island = { ...ANNEXE, ways: [...ANNEXE.ways, way(500, 500, 500, 600)] };
  assert.throws(() => findRouteOnFloor(island, [spot(500, 550)]), /no way leads to stop 500\/550/);
  assert.throws(() => findRouteOnFloor({ ...ANNEXE, ways: [way(0, 0, 5, 5)] }, []), /parallel/);
  assert.throws(() => findRouteOnFloor({ ...ANNEXE, depot: p(0.5, 0) }, []), RangeError);
  assert.throws(() => findRouteOnFloor(ANNEXE, [spot(Number.NaN, 0)]), RangeError);
  const many = Array.from({ length: 1001 }, (_, i) => spot(i, 0));
  assert.throws(() => findRouteOnFloor(ANNEXE, many), /at most 1000/);
});

test('FUL-3 nothing known about the aisles: across and along, in the best order of all for few stops', () => {
  const place = fc.record({ xMm: fc.integer({ min: -50, max: 50 }), yMm: fc.integer({ min: -50, max: 50 }) });
  const city = (a: Point, b: Point): number => Math.abs(a.xMm - b.xMm) + Math.abs(a.yMm - b.yMm);
  const go = (at: Point, left: readonly Point[], home: Point): number =>
    left.length === 0
      ? city(at, home)
      : Math.min(...left.map((next, i) => city(at, next) + go(next, left.toSpliced(i, 1), home)));
  fc.assert(
    fc.property(place, fc.array(place, { maxLength: 6 }), (depot, places) => {
      const spots = places.map((xy, i) => ({ id: String(i), ...xy }));
      const route = findRouteOnFloor({ ways: [], depot }, spots);
      assert.equal(route.lengthMm, go(depot, places, depot));
      assert.equal(route.method, 'exact');
      assert.equal(lengthOf(route.line), route.lengthMm);
      assert.equal(route.stops.length, spots.length);
    }),
    { numRuns: 200 },
  );
});

/** The same numbers every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

test('FUL-3 PERF-8 a search on a floor of 60 stops is at most one percent longer than the exact route', () => {
  const random = numbers(5);
  for (let i = 0; i < 24; i += 1) {
    const blocks = 1 + (i % 4);
    const layout = evenLayout({
      aisles: 20,
      pitchMm: 3_000,
      lengthMm: blocks * 12_000,
      middleMm: Array.from({ length: blocks - 1 }, (_, b) => (b + 1) * 12_000),
      depot: { aisle: random(20), end: 'front' },
    });
    const stops = Array.from({ length: 60 }, (_, id) => ({
      id: String(id),
      aisle: random(20),
      yMm: random(blocks * 120) * 100,
    }));
    const best = findRoute(layout, stops);
    const searched = findRouteOnFloor(
      floorOf(layout),
      stops.map((s) => placed(layout, s)),
    );
    assert.equal(best.method, 'exact');
    assert.equal(searched.method, 'improved');
    assert.ok(searched.lengthMm >= best.lengthMm, 'nothing is shorter than the shortest');
    assert.ok(searched.lengthMm <= best.lengthMm * 1.01, `${searched.lengthMm} mm against ${best.lengthMm} mm`);
  }
});

test('FUL-3 any floor: the line of many stops passes each of them once and ends where it began', () => {
  const random = numbers(11);
  const spots = Array.from({ length: 120 }, (_, i) => ({ ...spot(random(2) * 100, random(101)), id: String(i) }));
  const route = findRouteOnFloor(ANNEXE, spots);
  assert.deepEqual(
    [...route.stops].toSorted((a, b) => Number(a.id) - Number(b.id)),
    spots,
  );
  assert.equal(route.lengthMm, 400, 'up one aisle and down the other');
  assert.deepEqual(route.line[0], ANNEXE.depot);
  assert.deepEqual(route.line.at(-1), ANNEXE.depot);
});
