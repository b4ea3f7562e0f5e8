import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hoursOf, niceTop } from './day-hours.ts';

test('the day has 24 hours in the zone of the organisation, also where nothing was ordered', () => {
  const hours = hoursOf(
    [
      { hour: '2026-11-20T16:00:00Z', orders: 2, amount: 300 },
      { hour: '2026-11-21T15:00:00Z', orders: 1, amount: 100 },
    ],
    'Asia/Shanghai',
  );
  assert.equal(hours.length, 24);
  assert.deepEqual(hours[0], { at: 0, label: '00:00', orders: 2, amount: 300 });
  assert.equal(hours[23]?.orders, 1);
  assert.equal(hours[12]?.orders, 0);
});

test('the axis ends at a round number that holds the most', () => {
  assert.deepEqual(
    [0, 1, 4, 5, 9, 41, 801].map((most) => niceTop(most, 4)),
    [4, 4, 4, 8, 20, 80, 2000],
  );
});
