import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import pg from 'pg';
import { Db } from './db/index.ts';
import { newId } from './ids.ts';
import { migrate } from './migrate.ts';
import { freshDatabase } from './testing/database.ts';

test('PLT-1 an owner who is no superuser, only allowed to make roles, is enough', async () => {
  await using database = await freshDatabase();
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  const owner = `owner_${randomBytes(4).toString('hex')}`; // hex only, so safe in the statements
  try {
    await admin.query(`create role ${owner} login createrole password 'own'`);
    // what PostgreSQL gives the maker of a role, here for one that exists: it may grant it, but not use it
    await admin.query(`grant zhanggui_app to ${owner} with admin option, inherit false, set false`);
    await admin.query(`create database ${owner} owner ${owner}`);
    const url = new URL(database.url);
    [url.username, url.password, url.pathname] = [owner, 'own', `/${owner}`];
    await migrate(url.href);
    await migrate(url.href); // again: nothing to do
    const db = new Db({ url: url.href });
    const orgId = newId();
    await db.systemTx((tx) => tx.query(`insert into kernel.orgs (id, code, name) values ($1, 'own', 'Own')`, [orgId]));
    assert.deepEqual(
      await db.inTx({ orgId }, (tx) => tx.query('select current_user::text as who, code from kernel.orgs')),
      [{ who: 'zhanggui_app', code: 'own' }],
    );
    await db.close();
  } finally {
    await admin.query(`drop database if exists ${owner} with (force)`);
    await admin.query(`drop owned by ${owner} cascade`);
    await admin.query(`drop role ${owner}`);
    await admin.end();
  }
});
