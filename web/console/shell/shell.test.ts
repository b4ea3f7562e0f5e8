import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeReturn } from './safe-return.ts';

test('log-in leads back into the console only', () => {
  assert.equal(safeReturn('/orders?status=paid'), '/orders?status=paid');
  for (const bad of [
    undefined,
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/login',
    'javascript:1',
  ]) {
    assert.equal(safeReturn(bad), '/');
  }
});
