import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReviewRule } from '../../../api/types.ts';
import { bodyOf, valuesOf } from './rule-form.ts';

const RULE: ReviewRule = {
  id: 'r',
  code: 'scalper',
  title: '黄牛',
  state: 'on',
  priority: 10,
  conditions: [{ field: 'payment', operator: 'any_of', value: ['cod'] }],
  window: { by: 'device', minutes: 5, count: 7 },
  action: { do: 'hold', hold: 'scalper' },
  words: { when: [], what: '' },
  updatedAt: null,
  updatedBy: null,
  version: 1,
};

test('ORD-5 a rule goes through the editor and comes out as it was', () => {
  const { code, title, conditions, window, action } = RULE;
  assert.deepEqual(bodyOf(valuesOf(RULE)), { code, title, conditions, window, action });
  for (const other of [{ do: 'require_id' }, { do: 'refuse', message: 'no' }, { do: 'tag', tag: 'x' }] as const)
    assert.deepEqual(bodyOf(valuesOf({ ...RULE, window: null, action: other })), {
      code,
      title,
      conditions,
      window: null,
      action: other,
    });
});

test('ORD-5 a new rule has something to be about', () => {
  const body = bodyOf({ ...valuesOf(undefined), code: 'x', title: 'x' });
  assert.equal(body.conditions?.length, 1);
  assert.equal(body.window, null);
});
