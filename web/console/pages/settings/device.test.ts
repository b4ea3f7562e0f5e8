import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceOf } from './device.ts';

test('CMP-2 a session is told by browser and system', () => {
  const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
  assert.equal(deviceOf(chrome), 'Chrome · Windows');
  assert.equal(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Version/19.0 Mobile Safari/604.1'), 'Safari · iOS');
  assert.equal(deviceOf('curl/8'), 'curl/8');
  assert.equal(deviceOf(null), '');
});
