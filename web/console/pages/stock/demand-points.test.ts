import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aheadPoints, dayPlus, pastPoints } from './demand-points.ts';

const days = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

test('INV-6 weeks of the plot end yesterday, and an unfinished week at the beginning is not shown', () => {
  const points = pastPoints({ from: '2026-11-01', units: days(16) }, 'week');
  assert.deepEqual(points, [
    { from: '2026-11-03', units: 3 + 4 + 5 + 6 + 7 + 8 + 9 },
    { from: '2026-11-10', units: 10 + 11 + 12 + 13 + 14 + 15 + 16 },
  ]);
  assert.equal(pastPoints({ from: '2026-11-01', units: days(400) }, 'week').length, 26);
  assert.deepEqual(pastPoints({ from: '2026-11-01', units: days(400) }, 'day').at(-1), {
    from: dayPlus('2026-11-01', 399),
    units: 400,
  });
  assert.deepEqual(pastPoints({ from: '2026-11-01', units: [] }, 'week'), []);
});

test('INV-6 the band of a week is √7 times that of a day and never below zero', () => {
  const [first, ...rest] = aheadPoints(
    { days: Array.from({ length: 56 }, () => 2), dayError: 10 },
    '2026-11-20',
    'week',
  );
  assert.equal(rest.length, 7);
  assert.equal(first?.units, 14);
  assert.equal(first?.low, 0);
  assert.ok(Math.abs((first?.high ?? 0) - (14 + 10 * Math.sqrt(7))) < 1e-9);
  const [day] = aheadPoints({ days: [5], dayError: null }, '2026-12-31', 'day');
  assert.deepEqual(day, { from: '2026-12-31', units: 5, low: 5, high: 5 });
});
