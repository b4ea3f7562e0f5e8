import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonSchema } from '../../../api/types.ts';
import { fromFormValues, toFormValues, typeOf } from './schema.ts';

test('each kind of setting has its control, and the unforeseen is edited as JSON', () => {
  const kinds: [JsonSchema, string][] = [
    [{ type: 'boolean' }, 'boolean'],
    [{ type: ['integer', 'null'] }, 'integer'],
    [{ type: 'string', enum: ['a'] }, 'enum'],
    [{ type: 'string' }, 'text'],
    [{ type: 'array', items: { type: 'string' } }, 'list'],
    [{ type: 'array', items: { type: 'object' } }, 'json'],
    [{ type: 'object', properties: {} }, 'group'],
    [{ type: 'object' }, 'json'],
    [{}, 'json'],
  ];
  for (const [schema, kind] of kinds) assert.equal(typeOf(schema), kind, JSON.stringify(schema));
});

test('settings go through the form unchanged', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      minutes: { type: 'integer' },
      review: { type: 'object', properties: { rules: { type: 'array', items: { type: 'object' } } } },
    },
  };
  const values = { minutes: 30, review: { rules: [{ over: 100 }] } };
  assert.deepEqual(fromFormValues(schema, toFormValues(schema, values)), values);
  assert.deepEqual(fromFormValues(schema, { review: { rules: '{bad' } }), { review: { rules: '{bad' } });
});
