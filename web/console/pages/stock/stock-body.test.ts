import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toAdjustment, toReceipt, toTransfer } from './stock-body.ts';

const lines = [{ sku: 'A', title: '商品', quantity: 3, bin: ' A-1 ', batch: '' }];

test('INV-2 a form becomes the request of its kind, and what was left empty is left out', () => {
  assert.deepEqual(toReceipt({ warehouse: 'W1', reference: ' PO-1 ', lines }), {
    warehouse: 'W1',
    reference: 'PO-1',
    lines: [{ sku: 'A', quantity: 3, bin: 'A-1' }],
  });
  assert.deepEqual(
    toAdjustment({
      warehouse: 'W1',
      reason: '盘亏',
      lines: [{ sku: 'A', title: '', quantity: -2, bucket: 'damaged' }],
    }),
    { warehouse: 'W1', reason: '盘亏', lines: [{ sku: 'A', delta: -2, bucket: 'damaged' }] },
  );
  assert.deepEqual(toTransfer({ warehouse: 'W1', to: 'W2', lines }), {
    from: 'W1',
    to: 'W2',
    lines: [{ sku: 'A', quantity: 3 }],
  });
});
