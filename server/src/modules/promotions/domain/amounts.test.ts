import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocate, money } from '#kernel/money.ts';
import { shareOf, splitInto } from './amounts.ts';

const someWeights = fc
  .array(fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 100_000 }), fc.nat({ max: 1_000_000_000_000 })), {
    minLength: 1,
    maxLength: 20,
  })
  .filter((weights) => weights.some((w) => w > 0));

test('PRO-3 the split of the search is to the cent the one of allocate, ties and sums past 2^53 included', () => {
  fc.assert(
    fc.property(fc.oneof(fc.nat({ max: 30 }), fc.nat({ max: 1_000_000_000_000 })), someWeights, (amount, weights) => {
      const parts: number[] = [];
      splitInto(amount, weights, parts, []);
      assert.deepEqual(
        parts.slice(0, weights.length),
        allocate(money(amount, 'CNY'), weights).map((m) => m.amount),
      );
    }),
    { numRuns: 2_000 },
  );
  const parts: number[] = [];
  splitInto(1, [1, 1, 1], parts, []);
  assert.deepEqual(parts, [1, 0, 0], 'of equals the first');
});

test('PRO-1 percentages are rounded half up, also where a double could not hold the product', () => {
  assert.equal(shareOf(5, 10, 100), 1);
  assert.equal(shareOf(4, 10, 100), 0);
  assert.equal(shareOf(9_999_999_999_999, 33_333, 100_000), 3_333_300_000_000);
});
