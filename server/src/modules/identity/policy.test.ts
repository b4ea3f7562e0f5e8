import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldLimits } from './policy.ts';

test('ORD-5 of several roles the highest limit holds, one without a limit lifts none, and the person’s own holds before all', () => {
  assert.deepEqual(heldLimits([], {}), {});
  assert.deepEqual(heldLimits([{ a: 500 }, {}, { a: 700, b: 1 }], {}), { a: 700, b: 1 });
  assert.deepEqual(heldLimits([{ a: 0 }], {}), { a: 0 }, 'nothing alone is a limit too');
  assert.deepEqual(heldLimits([{ a: 500, b: 1 }], { a: 100 }), { a: 100, b: 1 }, 'their own may be lower');
});
