import assert from 'node:assert/strict';
import { test } from 'node:test';
import { can } from './permissions.ts';

const holding = (...permissions: string[]) => ({ permissions });

test('CMP-2 only what a person may do is offered', () => {
  assert.equal(can(holding('orders.order.read'), 'orders.order.read'), true);
  assert.equal(can(holding('orders.order.read'), 'orders.order.cancel'), false);
  assert.equal(can(holding('orders.*'), 'orders.order.cancel'), true);
  assert.equal(can(holding('orders.*.read'), 'orders.order.read'), true);
  assert.equal(can(holding('orders.*.read'), 'orders.order.cancel'), false);
  assert.equal(can(holding('orders.order.*'), 'orders.order.cancel'), true);
  assert.equal(can(holding('order.*'), 'orders.order.cancel'), false);
  assert.equal(can(holding('*'), 'identity.user.write'), true);
  assert.equal(can(undefined, 'orders.order.read'), false);
});
