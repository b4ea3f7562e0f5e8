import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PutAway } from '../../../api/types.ts';
import { meaningOf, toMove } from './put-away-work.ts';

const line = (over: Partial<PutAway>): PutAway => ({
  sku: 'TEA',
  barcode: '690',
  title: '',
  storage: 'ambient',
  bin: 'FLOOR',
  batch: null,
  expiresOn: null,
  state: 'good',
  quantity: 5,
  to: 'A-1',
  why: 'same_goods',
  ...over,
});
const LINES = [line({}), line({ batch: 'L2' }), line({ sku: 'CUP', barcode: null })];

test('INV-4 the first scan takes goods by bar code or SKU in any case, the next one is the bin they go into', () => {
  assert.deepEqual(meaningOf('690', LINES, undefined), { kind: 'goods', line: LINES[0] });
  assert.deepEqual(meaningOf(' cup ', LINES, undefined), { kind: 'goods', line: LINES[2] });
  assert.deepEqual(meaningOf('A-1', LINES, LINES[0]), { kind: 'bin', bin: 'A-1' });
  assert.deepEqual(meaningOf('A-1', LINES, undefined), { kind: 'unknown' });
});

test('INV-4 the same goods scanned again are their next batch, and after the last the first', () => {
  assert.deepEqual(meaningOf('690', LINES, LINES[0]), { kind: 'goods', line: LINES[1] });
  assert.deepEqual(meaningOf('690', LINES, LINES[1]), { kind: 'goods', line: LINES[0] });
  assert.deepEqual(meaningOf('TEA', LINES, LINES[2]), { kind: 'goods', line: LINES[0] });
});

test('INV-4 what is put away says from where, in which state, and of which batch', () => {
  assert.deepEqual(toMove('W1', line({ batch: 'L2', state: 'damaged' }), 'B-1', 2), {
    warehouse: 'W1',
    lines: [{ sku: 'TEA', quantity: 2, from: 'FLOOR', to: 'B-1', state: 'damaged', batch: 'L2' }],
  });
});
