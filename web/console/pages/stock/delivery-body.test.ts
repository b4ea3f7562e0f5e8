import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Delivery } from '../../../api/types.ts';
import { balanceOf, linesMatching, rowsFor, toDelivery, toReceive } from './delivery-body.ts';

const line = (sku: string, ordered: number, received: number) => ({
  sku,
  title: sku,
  ordered,
  received,
  over: Math.max(received - ordered, 0),
  short: Math.max(ordered - received, 0),
  unitCost: null,
});
const DELIVERY = {
  state: 'partly',
  lines: [line('TEA', 10, 4), line('CUP', 5, 5)],
} as Delivery;

test('INV-4 receiving begins with what is missing, and a complete delivery with nothing', () => {
  assert.deepEqual(rowsFor(DELIVERY), [{ sku: 'TEA', quantity: 6 }]);
  assert.deepEqual(rowsFor({ ...DELIVERY, state: 'received', lines: [line('CUP', 5, 5)] }), [{ sku: 'CUP' }]);
});

test('INV-4 over and short are seen while typing, several batches of one SKU counted together', () => {
  const rows = [{ sku: 'TEA', quantity: 4 }, { sku: 'TEA', quantity: 3 }, { sku: 'CUP', quantity: null }, undefined];
  assert.deepEqual(balanceOf(DELIVERY, rows).get('TEA'), { now: 7, over: 1, short: 0 });
  assert.deepEqual(balanceOf(DELIVERY, rows).get('CUP'), { now: 0, over: 0, short: 0 });
  assert.deepEqual(balanceOf(DELIVERY, []).get('TEA'), { now: 0, over: 0, short: 6 });
});

test('INV-4 goods of a long delivery are found by code or title', () => {
  const codes = (text: string) => linesMatching(DELIVERY, text).map((l) => l.sku);
  assert.deepEqual([codes(' te'), codes(''), codes('x')], [['TEA'], ['TEA', 'CUP'], []]);
});

test('INV-4 rows that count nothing are not sent, and what is refused finds its row', () => {
  const rows = [
    { sku: 'CUP', quantity: null },
    { sku: 'TEA', quantity: 2, batch: ' L1 ', expiresOn: '2027-05-01', bin: '' },
  ];
  assert.deepEqual(toReceive({ rows, close: true }), {
    body: { close: true, lines: [{ sku: 'TEA', quantity: 2, batch: 'L1', expiresOn: '2027-05-01' }] },
    places: [1],
  });
});

test('INV-4 a cost is sent in minor units, and left out where nobody knows it', () => {
  const body = toDelivery({
    warehouse: 'W1',
    supplier: ' 山茶 ',
    lines: [
      { sku: 'TEA', title: '', quantity: 3, cost: '12.50', currency: 'CNY' },
      { sku: 'CUP', title: '', quantity: 1, currency: 'CNY' },
    ],
  });
  assert.deepEqual(body, {
    warehouse: 'W1',
    supplier: '山茶',
    lines: [
      { sku: 'TEA', quantity: 3, unitCost: 1_250 },
      { sku: 'CUP', quantity: 1 },
    ],
  });
});
