import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toRule } from './rule-form.ts';

const none = {
  leadDays: null,
  reviewDays: null,
  servicePercent: null,
  packSize: null,
  orderMin: null,
  minUnits: null,
  maxUnits: null,
  coverDaysMax: null,
};

test('INV-6 what a form leaves empty is inherited, and zero is not empty', () => {
  assert.deepEqual(toRule('A', { warehouse: '*', supplier: '  ' }), {
    sku: 'A',
    warehouse: null,
    supplier: null,
    ...none,
  });
  assert.deepEqual(toRule('A', { warehouse: 'W1', supplier: ' 义乌 ', leadDays: 0, packSize: 12 }), {
    ...none,
    sku: 'A',
    warehouse: 'W1',
    supplier: '义乌',
    leadDays: 0,
    packSize: 12,
  });
});
