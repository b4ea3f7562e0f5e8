import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeReturn } from './safe-return.ts';
import { searchKind } from './search-kind.ts';

test('a whole phone number is searched as one; order numbers and names are text', () => {
  for (const phone of ['13800138000', '138 0013 8000', '+8613800138000', '+4420794600', '86-138-0013-8000']) {
    assert.equal(searchKind(phone), 'phone', phone);
  }
  for (const text of ['张三', 'Z20261121000123', '1380013', '10086', '22800138000'])
    assert.equal(searchKind(text), 'q', text);
});

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
