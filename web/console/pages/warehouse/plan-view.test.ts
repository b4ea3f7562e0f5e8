import assert from 'node:assert/strict';
import { test } from 'node:test';
import { floorBins, fullUnits } from './plan-view.ts';

const LAYOUT = { aislesMm: [0, 3_000], crossAislesMm: [0, 9_000], depot: { aisle: 0, end: 'front' as const } };
const bin = (code: string, side: 'L' | 'R' | null, units = 0) => ({ code, side, xMm: 3_000, yMm: 600, units });

test('INV-1 bins of both sides of an aisle are drawn apart, and bins without a place are not drawn', () => {
  const drawn = floorBins([bin('L', 'L'), bin('R', 'R'), bin('M', null), { ...bin('X', 'L'), xMm: null }], LAYOUT);
  assert.deepEqual(
    drawn.map((b) => [b.code, b.xMm]),
    [
      ['L', 2_100],
      ['R', 3_900],
      ['M', 3_000],
    ],
  );
});

test('INV-1 one bin with very much does not make all others look empty', () => {
  const units = [...Array.from({ length: 40 }, () => 100), 1_000_000, 0, 0];
  assert.equal(fullUnits(units), 100);
  assert.equal(floorBins([bin('A', 'L', 50), bin('B', 'R', 100)], LAYOUT)[0]?.fill, 0.5);
});

test('INV-1 an empty warehouse, and one of a single aisle, can be drawn', () => {
  assert.equal(fullUnits([]), 1);
  const one = floorBins([bin('A', 'R')], { ...LAYOUT, aislesMm: [3_000] });
  assert.equal(one[0]?.xMm, 3_900);
  assert.equal(one[0]?.fill, 0);
});
