import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mappingProblem, percentOf } from './kinds.ts';

test('ORD-1 a mapping is an object of JSON, or nothing', () => {
  assert.equal(mappingProblem(''), undefined);
  assert.equal(mappingProblem('{"columns":{"No":"externalNo"}}'), undefined);
  assert.equal(mappingProblem('[1]'), 'object');
  assert.match(mappingProblem('{"a":') ?? '', /JSON/);
});

test('progress counts rows taken, refused and passed over', () => {
  const run = { status: 'running', total: 200, done: 50, failed: 30, skipped: 20 };
  assert.equal(percentOf(run), 50);
  assert.equal(percentOf({ ...run, total: null }), 0);
  assert.equal(percentOf({ ...run, status: 'done', total: 0 }), 100);
});
