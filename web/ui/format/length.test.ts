import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMetres } from './length.ts';

test('FUL-3 a length is said in metres, in either language', () => {
  assert.equal(formatMetres(1_234_560, 'en'), '1,234.6 m');
  assert.equal(formatMetres(1_234_560, 'zh-CN'), '1,234.6米');
  assert.equal(formatMetres(0, 'en'), '0 m');
});
