import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ScanLine } from '../../../api/types.ts';
import { left, touched } from './scan-work.ts';

const line = (lineId: string, quantity: number, scanned: number): ScanLine => ({
  lineId,
  sku: lineId,
  barcode: null,
  title: lineId,
  quantity,
  scanned,
});

test('FUL-4 what is left to scan counts pieces, and a surplus never makes up for a missing one', () => {
  assert.equal(left([line('a', 3, 1), line('b', 1, 1)]), 2);
  assert.equal(left([line('a', 1, 5), line('b', 2, 0)]), 2);
  assert.equal(left([]), 0);
});

test('FUL-4 the line a scan went to is the one whose count rose', () => {
  const before = [line('a', 3, 1), line('b', 1, 0)];
  assert.equal(touched(before, [line('a', 3, 1), line('b', 1, 1)])?.lineId, 'b');
  assert.equal(touched(before, before), undefined);
});
