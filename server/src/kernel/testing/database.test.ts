import assert from 'node:assert/strict';
import test from 'node:test';
import pg from 'pg';
import { freshDatabase } from './database.ts';

test('every test file gets a migrated database of its own, and it is gone afterwards', async () => {
  const first = await freshDatabase();
  const second = await freshDatabase();
  assert.notEqual(first.name, second.name);
  const client = new pg.Client({ connectionString: first.url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>('select count(*)::int as n from kernel.migrations');
  assert.ok((rows[0]?.n ?? 0) > 0);
  await client.query('create table only_here (n int)');
  await client.end();
  await first[Symbol.asyncDispose]();
  await assert.rejects(async () => {
    const gone = new pg.Client({ connectionString: first.url });
    await gone.connect();
  }, /does not exist/);
  await second[Symbol.asyncDispose]();
});
