import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderStatus } from '../api/types.ts';
import { stepStates } from './steps.ts';

test('ORD-3 each state stands at its place on the way, and an order that ended otherwise has none', () => {
  const shown = (status: OrderStatus) =>
    stepStates(status)
      ?.map(({ state }) => state[0])
      .join('');
  assert.equal(shown('pending_payment'), 'naaaa');
  assert.equal(shown('shipped'), 'ddnaa');
  assert.equal(shown('completed'), 'ddddd');
  assert.equal(shown('cancelled'), undefined);
  assert.equal(shown('closed'), undefined);
});
