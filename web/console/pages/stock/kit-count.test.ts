import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kitsPossible } from './kit-count.ts';

const TWO = [
  { sku: 'TEA', quantity: 2 },
  { sku: 'CUP', quantity: 1 },
];

test('INV-7 as many kits can be made as the scarcest component allows', () => {
  assert.equal(
    kitsPossible(TWO, [
      { sku: 'TEA', available: 9 },
      { sku: 'CUP', available: 6 },
    ]),
    4,
  );
  assert.equal(
    kitsPossible(TWO, [
      { sku: 'TEA', available: 9 },
      { sku: 'CUP', available: 0 },
    ]),
    0,
  );
});

test('INV-7 nothing is promised before the stock of every component is known', () => {
  assert.equal(kitsPossible(TWO, [{ sku: 'TEA', available: 9 }]), undefined);
  assert.equal(kitsPossible([], []), 0);
});
