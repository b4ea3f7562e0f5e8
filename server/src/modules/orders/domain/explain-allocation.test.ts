import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainAllocation } from './explain-allocation.ts';

const told = (ways: string[], out: string[], chosen: string[]): string[] =>
  explainAllocation(ways, out, new Set(chosen)).map(
    (e) => `${e.rank ?? '-'} ${e.warehouseId} ${e.chosen ? 'sends' : 'not'} ${e.hadAll ?? '?'} ${e.why}`,
  );

test('INV-4 a choice is told warehouse by warehouse', () => {
  assert.deepEqual(told(['a', 'b'], ['c'], ['a']), [
    '1 a sends true first',
    '2 b not ? not_needed',
    '- c not ? out_of_region',
  ]);
  assert.deepEqual(told(['a', 'b', 'c'], [], ['b']), [
    '1 a not false lacks',
    '2 b sends true first_with_all',
    '3 c not ? not_needed',
  ]);
  assert.deepEqual(told(['a', 'b', 'c'], [], ['a', 'c']), [
    '1 a sends false together',
    '2 b not false not_among_fewest',
    '3 c sends false together',
  ]);
});
