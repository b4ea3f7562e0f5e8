import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUILT_IN_ROLES, builtInRole } from './built-in-roles.ts';
import { covers, expand, setCatalogue } from './permissions.ts';

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

// Typed in from what each role is for, not read from the code.
const CATALOGUE = [
  'orders.order.read',
  'orders.order.place',
  'orders.order.cancel',
  'orders.order.review',
  'payments.refund.create',
  'payments.refund.approve',
  'inventory.receipt.write',
  'inventory.adjustment.approve',
  'catalog.product.write',
  'identity.user.write',
  'identity.user.read',
  'compliance.audit.read',
  'compliance.personal_data.reveal',
  'settings.write',
];
const MAY: Record<string, readonly string[]> = {
  admin: CATALOGUE,
  order_reviewer: [
    'orders.order.read',
    'orders.order.place',
    'orders.order.cancel',
    'orders.order.review',
    'compliance.personal_data.reveal',
  ],
  agent: ['orders.order.read', 'orders.order.place', 'orders.order.cancel', 'compliance.personal_data.reveal'],
  agent_supervisor: [
    'orders.order.read',
    'orders.order.place',
    'orders.order.cancel',
    'orders.order.review',
    'payments.refund.create',
    'identity.user.read',
    'compliance.personal_data.reveal',
  ],
  quality_controller: ['orders.order.read', 'compliance.personal_data.reveal'],
  warehouse: ['orders.order.read', 'inventory.receipt.write'],
  warehouse_manager: ['orders.order.read', 'inventory.receipt.write', 'inventory.adjustment.approve'],
  finance: ['orders.order.read', 'payments.refund.create', 'payments.refund.approve'],
  operations: ['orders.order.read', 'catalog.product.write'],
  compliance: ['orders.order.read', 'identity.user.read', 'compliance.audit.read', 'compliance.personal_data.reveal'],
  readonly: ['orders.order.read'],
};
test('CMP-2 every built-in role may do what it is for, and no more', () => {
  setCatalogue(Object.fromEntries(CATALOGUE.map((permission) => [permission, permission])));
  assert.deepEqual(BUILT_IN_ROLES.map((role) => role.code).toSorted(), Object.keys(MAY).toSorted());
  for (const [code, may] of Object.entries(MAY)) {
    assert.deepEqual([...expand(builtInRole(code)?.permissions ?? [])].toSorted(), may.toSorted(), code);
  }
});
