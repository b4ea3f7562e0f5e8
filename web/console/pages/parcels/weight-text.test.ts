import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readWeight } from './weight-text.ts';

test('FUL-5 a weight is read as people and scales write it, and a bar code is not taken for one', () => {
  for (const [text, grams] of [
    ['1250', 1250],
    [' 1250 g', 1250],
    ['1.25kg', 1250],
    ['1,25 KG', 1250],
    ['+  0.530 kg', 530],
    ['１２５０', 1250],
    ['0', undefined],
    ['', undefined],
    ['TEA-1', undefined],
    ['6901234567892', undefined],
    ['26112200000017', undefined],
    ['-5', undefined],
    ['2000 kg', undefined],
  ] as const)
    assert.equal(readWeight(text), grams, text);
});
