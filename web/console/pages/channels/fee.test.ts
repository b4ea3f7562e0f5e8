import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feeOf, rateOf, rateText } from './fee.ts';

test('PAY-1 the page counts a fee as the server does: half up, fixed part, floor, cap', () => {
  const plain = { rateMillionths: 6_000, fixedFen: 0, floorFen: 0, capFen: null };
  assert.deepEqual(
    [83, 84, 250, 10_000].map((n) => feeOf(n, plain)),
    [0, 1, 2, 60],
  );
  const rich = { rateMillionths: 6_000, fixedFen: 10, floorFen: 30, capFen: 500 };
  assert.deepEqual(
    [100, 10_000, 1_000_000].map((n) => feeOf(n, rich)),
    [30, 70, 500],
  );
});

test('PAY-1 rates are typed in percent and come back as they were', () => {
  assert.deepEqual(['0.6', '0.38', '1', '100', '0.0001'].map(rateOf), [6_000, 3_800, 10_000, 1_000_000, 1]);
  assert.deepEqual(['', 'x', '-1', '101', '0.00001'].map(rateOf), [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  assert.deepEqual([6_000, 10_000, 1, 0, 1_000_000].map(rateText), ['0.6', '1', '0.0001', '0', '100']);
});
