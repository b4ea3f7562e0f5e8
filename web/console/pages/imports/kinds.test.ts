import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mappingProblem } from './kinds.ts';

test('ORD-1 a mapping is an object of JSON, or nothing', () => {
  assert.equal(mappingProblem(''), undefined);
  assert.equal(mappingProblem('{"columns":{"No":"externalNo"}}'), undefined);
  assert.equal(mappingProblem('[1]'), 'object');
  assert.match(mappingProblem('{"a":') ?? '', /JSON/);
});
