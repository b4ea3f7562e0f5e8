import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formOf,
  type StockLine,
  toAdjustment,
  toReceipt,
  toRelocation,
  toScrap,
  toStateChange,
  toTransfer,
} from './stock-body.ts';

const lines: StockLine[] = [{ sku: 'A', title: '商品', quantity: 3, bin: ' A-1 ', batch: '' }];

test('INV-2 a form becomes the request of its kind, and what was left empty is left out', () => {
  assert.deepEqual(
    toReceipt({ warehouse: 'W1', reference: ' PO-1 ', lines: [{ ...lines[0]!, expiresOn: '2027-01-31' }] }),
    {
      warehouse: 'W1',
      reference: 'PO-1',
      lines: [{ sku: 'A', quantity: 3, bin: 'A-1', expiresOn: '2027-01-31' }],
    },
  );
  assert.deepEqual(
    toAdjustment({
      warehouse: 'W1',
      reason: '盘亏',
      lines: [{ sku: 'A', title: '', quantity: -2, bucket: 'damaged', bin: 'A-1' }],
    }),
    { warehouse: 'W1', reason: '盘亏', lines: [{ sku: 'A', delta: -2, bucket: 'damaged', bin: 'A-1' }] },
  );
  assert.deepEqual(toTransfer({ warehouse: 'W1', to: 'W2', lines }), {
    from: 'W1',
    to: 'W2',
    lines: [{ sku: 'A', quantity: 3, bin: 'A-1' }],
  });
});

test('INV-1 goods are moved from bin to bin in the state they are in', () => {
  assert.deepEqual(
    toRelocation({ warehouse: 'W1', lines: [{ ...lines[0]!, to: 'B-1 ', state: 'frozen', batch: 'L1' }] }),
    {
      warehouse: 'W1',
      lines: [{ sku: 'A', quantity: 3, from: 'A-1', to: 'B-1', batch: 'L1', state: 'frozen' }],
    },
  );
});

test('INV-3 goods change their state where they stand, and are thrown away from the state they are in', () => {
  const reason = ' 破损 ';
  assert.deepEqual(toStateChange({ warehouse: 'W1', reason, lines }), {
    warehouse: 'W1',
    reason: '破损',
    lines: [{ sku: 'A', quantity: 3, bin: 'A-1' }],
  });
  assert.deepEqual(toScrap({ warehouse: 'W1', reason, lines: [{ ...lines[0]!, bucket: 'frozen' }] }).lines, [
    { sku: 'A', quantity: 3, bin: 'A-1', from: 'frozen' },
  ]);
});

test('INV-1 a form for what stands in a bin offers what nobody is promised', () => {
  const row = { sku: 'A', title: '商品', warehouse: 'W1', bin: 'A-1', batch: null, state: 'damaged' as const };
  assert.deepEqual(formOf({ ...row, quantity: 10, allocated: 4 }), {
    warehouse: 'W1',
    lines: [{ sku: 'A', title: '商品', quantity: 6, bin: 'A-1', state: 'damaged', bucket: 'damaged' }],
  });
  assert.equal(formOf({ ...row, quantity: 4, allocated: 4 }).lines[0]?.quantity, 1);
});
