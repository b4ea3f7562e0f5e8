import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageSize, parseSearch, pickFilters, readSort, stringifySearch, withFilters } from './search-params.ts';

test('filters survive the round trip through the address, digits staying text', () => {
  const filters = { q: '0012', phone: '13800138000', status: 'paid', shop: '旗舰店 & 直营' };
  assert.deepEqual(parseSearch(stringifySearch(filters)), filters);
});

test('equal filters are equal text, and empty ones leave no trace', () => {
  assert.equal(stringifySearch({ b: '1', a: '2', c: '', d: undefined }), '?a=2&b=1');
  assert.equal(stringifySearch({}), '');
  assert.deepEqual(parseSearch('?q=&status=paid'), { status: 'paid' });
});

test('changing a filter goes back to the first page; turning the page keeps the filters', () => {
  const at = { status: 'paid', cursor: 'abc', limit: '100' };
  assert.deepEqual(withFilters(at, { q: 'x' }), { status: 'paid', q: 'x', limit: '100' });
  assert.deepEqual(withFilters(at, { status: undefined }), { limit: '100' });
  assert.deepEqual(withFilters(at, { cursor: 'def' }), { status: 'paid', cursor: 'def', limit: '100' });
});

test('only names a list understands reach the server', () => {
  assert.deepEqual(pickFilters({ q: 'a', evil: '1', limit: 100, cursor: 'c', n: {} }, ['q', 'n']), {
    q: 'a',
    limit: '100',
    cursor: 'c',
  });
});

test('page sizes are held to those on offer', () => {
  assert.equal(pageSize({ limit: '100' }), 100);
  assert.equal(pageSize({ limit: '100000' }), 50);
  assert.equal(pageSize({}), 50);
});

test('sort text names a column and a direction', () => {
  assert.deepEqual(readSort('-placedAt'), { field: 'placedAt', order: 'descend' });
  assert.deepEqual(readSort('total'), { field: 'total', order: 'ascend' });
  assert.equal(readSort(undefined), undefined);
});
