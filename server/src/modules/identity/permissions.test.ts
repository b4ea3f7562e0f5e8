import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers } from './permissions.ts';

const CASES: [string, string, boolean][] = [
  ['*', 'orders.order.read', true],
  ['orders.*', 'orders.order.read', true],
  ['orders.order.*', 'orders.order.read', true],
  ['orders.order.read', 'orders.order.read', true],
  ['orders.*.read', 'orders.line.read', true],
  ['*.*.read', 'orders.line.read', true],
  ['orders.*.read', 'orders.line.write', false],
  ['orders.*.read', 'orders.read', false],
  ['orders', 'orders.order.read', false],
  ['orders.order', 'orders.order.read', false],
  ['orders.order.read.more', 'orders.order.read', false],
  ['order.*', 'orders.order.read', false],
  ['orders.order.read', 'orders.order.reading', false],
  ['', 'orders.order.read', false],
  ['settings.*', 'settings.read', true],
  ['orders.*', 'orders', false],
];
for (const [pattern, permission, covered] of CASES) {
  test(`CMP-2 the pattern "${pattern}" ${covered ? 'covers' : 'does not cover'} ${permission}`, () =>
    assert.equal(covers(pattern, permission), covered));
}
