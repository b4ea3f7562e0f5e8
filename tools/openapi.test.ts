import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedIn, writtenApi, WRITTEN } from './openapi.ts';

test('PLT-4 the description of the API and the types of the web are those of the routes (npm run openapi)', async () => {
  const now = await writtenApi();
  for (const file of WRITTEN) assert.ok(checkedIn(file) === now[file], `${file} is not what npm run openapi writes`);
});
