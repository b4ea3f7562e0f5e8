import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BinPlace, findBinRoute, mapOfBins, stopOf } from './bin-map.ts';

const bin = (aisle: string, xMm: number, yMm: number): BinPlace => ({ id: `${aisle}/${xMm}/${yMm}`, aisle, xMm, yMm });

/** Two aisles with shelves on both sides, from y 1 m to 10 m. */
const BINS = ['A', 'B'].flatMap((aisle, i) =>
  [-900, 900].flatMap((side) => [1_000, 5_000, 10_000].map((y) => bin(aisle, i * 4_000 + side, y))),
);

test('FUL-1 a warehouse is read from its bins: aisles run between their shelves', () => {
  assert.deepEqual(mapOfBins(BINS), {
    kind: 'rectangular',
    layout: { aislesMm: [0, 4_000], crossAislesMm: [-500, 11_500], depot: { aisle: 0, end: 'front' } },
    aisleNames: ['A', 'B'],
  });
});

test('FUL-1 cross-aisles and the depot are taken from what is known', () => {
  const map = mapOfBins(BINS, { crossAislesMm: [12_000, 0, 6_000], depot: { xMm: 9_000, yMm: 14_000 } });
  assert.ok(map.kind === 'rectangular');
  assert.deepEqual(map.layout.crossAislesMm, [0, 6_000, 12_000]);
  assert.deepEqual(map.layout.depot, { aisle: 1, end: 'back' });
});

test('FUL-3 bins are walked past in one round, both sides of an aisle at once', () => {
  const map = mapOfBins(BINS, { crossAislesMm: [0, 12_000] });
  const route = findBinRoute(map, [bin('B', 4_900, 5_000), bin('A', -900, 1_000), bin('A', 900, 1_000)]);
  assert.equal(route.lengthMm, 2 * 1_000 + 2 * (4_000 + 5_000));
  assert.deepEqual(
    route.stops.map((b) => b.id),
    ['A/-900/1000', 'A/900/1000', 'B/4900/5000'],
  );
  assert.equal(route.method, 'exact');
  assert.ok(route.compared && route.compared.sShapeMm >= route.lengthMm);
});

test('FUL-3 bins that make no rectangle are walked by distance alone', () => {
  const crossing = [...BINS, bin('C', 0, 3_000), bin('C', 4_000, 3_000)];
  const beyond = { crossAislesMm: [2_000, 12_000] };
  for (const map of [
    mapOfBins(crossing),
    mapOfBins(BINS, beyond),
    mapOfBins(BINS, { crossAislesMm: [5] }),
    mapOfBins([]),
  ]) {
    assert.equal(map.kind, 'free');
    const route = findBinRoute(map, [bin('A', 3_000, 0), bin('A', 3_000, 4_000)]);
    assert.equal(route.lengthMm, 14_000);
    assert.equal(route.compared, undefined);
  }
});

test('FUL-3 a bin of an aisle the map does not have is refused', () => {
  const map = mapOfBins(BINS);
  assert.ok(map.kind === 'rectangular');
  assert.throws(() => stopOf(map, bin('Z', 0, 1_000)), /no aisle Z/);
});
