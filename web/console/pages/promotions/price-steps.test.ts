import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsOf } from './price-steps.ts';

const day = (n: number): string => new Date(Date.UTC(2026, 0, n)).toISOString();
const period = (from: number, to: number | null, amount: number, list = amount) => ({
  from: day(from),
  to: to === null ? null : day(to),
  amount,
  list,
  title: null,
});

test('PRO-5 prices are drawn as steps: time to the right, the dearest at the top, the last until now', () => {
  const { steps, top } = stepsOf(
    [period(6, null, 50, 100), period(1, 3, 100), period(3, 6, 75)],
    { width: 100, height: 10 },
    Date.parse(day(11)),
  );
  assert.equal(top, 100);
  assert.deepEqual(
    steps.map((s) => [s.x0, s.x1, s.y, s.listY]),
    [
      [0, 20, 0, 0],
      [20, 50, 2.5, 2.5],
      [50, 100, 5, 0],
    ],
  );
  assert.deepEqual(stepsOf([], { width: 1, height: 1 }, 0), { steps: [], top: 0 });
});
