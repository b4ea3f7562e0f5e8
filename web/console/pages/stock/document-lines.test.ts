import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StockDocumentDetail } from '../../../api/types.ts';
import { changesOf, isReversible, unitsOf } from './document-lines.ts';

test('INV-6 pieces of a line are counted, whatever its kind calls them', () => {
  assert.equal(unitsOf({ sku: 'A', quantity: 3 }), 3);
  assert.equal(unitsOf({ sku: 'A', delta: -2 }), -2);
  assert.equal(unitsOf({ sku: 'A', onHand: 4, frozen: -4 }), 4);
  assert.equal(unitsOf({ sku: 'A' }), 0);
});

test('INV-6 a row of the ledger shows what it changed and nothing else', () => {
  const move = {
    sku: 'A',
    title: '',
    warehouse: 'W1',
    bin: 'A-1',
    batch: null,
    expiresOn: null,
    onHand: -2,
    damaged: 2,
    frozen: 0,
    inTransit: 0,
  };
  assert.deepEqual(changesOf(move), [
    { bucket: 'onHand', by: -2 },
    { bucket: 'damaged', by: 2 },
  ]);
});

test('INV-6 undoing is offered once, and not of what undoes another or moved nothing', () => {
  const document = { kind: 'receipt', state: 'posted', reversedBy: null } as StockDocumentDetail;
  assert.equal(isReversible(document), true);
  assert.equal(isReversible({ ...document, kind: 'reversal' }), false);
  assert.equal(isReversible({ ...document, state: 'awaiting_approval' }), false);
  assert.equal(isReversible({ ...document, reversedBy: { id: 'x', no: 'y', state: 'posted' } }), false);
});
