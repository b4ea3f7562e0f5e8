import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binCount, layoutWith, rackBins, type Racks } from './racks.ts';

const RACKS: Racks = {
  zone: 'A',
  aisles: 2,
  bays: 3,
  levels: 2,
  sides: 'both',
  firstAisle: 0,
  aislePitchMm: 3_000,
  bayPitchMm: 1_200,
  endMm: 1_500,
  middleCrossAisle: false,
  depot: { aisle: 0, end: 'front' },
};

test('INV-1 the preview names and places bins: odd bays left, even ones right, half a bay in', () => {
  const bins = rackBins(RACKS);
  assert.equal(bins.length, binCount(RACKS));
  assert.equal(bins.length, 24);
  assert.deepEqual(bins[0], { code: 'A-01-01-1', side: 'L', xMm: 0, yMm: 2_100 });
  assert.deepEqual(bins.at(-1), { code: 'A-02-06-2', side: 'R', xMm: 3_000, yMm: 4_500 });
});

test('INV-1 a middle cross-aisle moves the bays behind it, and the odd bay stands before it', () => {
  const racks = { ...RACKS, middleCrossAisle: true };
  assert.deepEqual(
    [...new Set(rackBins(racks).map((b) => b.yMm))],
    [2_100, 3_300, 7_500], // two bays in front, three metres, one behind
  );
  assert.deepEqual(layoutWith(null, racks)?.crossAislesMm, [0, 5_400, 9_600]);
});

test('INV-1 racks on one side are numbered through, and go on counting at the first aisle named', () => {
  const bins = rackBins({ ...RACKS, sides: 'right', firstAisle: 4, levels: 1 });
  assert.deepEqual(
    bins.map((b) => b.code),
    ['A-05-01-1', 'A-05-02-1', 'A-05-03-1', 'A-06-01-1', 'A-06-02-1', 'A-06-03-1'],
  );
  assert.equal(bins[0]?.xMm, 12_000);
});

test('INV-1 racks that do not line up with the floor are found before anything is saved', () => {
  const floor = layoutWith(null, RACKS)!;
  assert.deepEqual(floor, { aislesMm: [0, 3_000], crossAislesMm: [0, 6_600], depot: { aisle: 0, end: 'front' } });
  const longer = layoutWith(floor, { ...RACKS, firstAisle: 2, bays: 5 });
  assert.deepEqual(longer?.aislesMm, [0, 3_000, 6_000, 9_000]);
  assert.deepEqual(longer?.crossAislesMm, [0, 9_000]);
  assert.equal(layoutWith(floor, { ...RACKS, firstAisle: 2, aislePitchMm: 3_500 }), undefined);
  assert.equal(layoutWith(floor, { ...RACKS, firstAisle: 2, middleCrossAisle: true }), undefined);
  assert.equal(layoutWith(null, { ...RACKS, depot: { aisle: 2, end: 'back' } }), undefined);
});
