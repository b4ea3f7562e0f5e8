import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { APP_ROLE, sqlState, type Tx } from '#kernel/db/index.ts';
import { listMigrations } from '#kernel/migrate.ts';
import { testApp, type TestApp, type TestOrg } from './support/app.ts';
import { fullHouse } from './support/full-house.ts';

let app: TestApp;
let theirs: TestOrg;
let stranger: TestOrg;
let tables: string[];
before(async () => {
  app = await testApp();
  theirs = (await fullHouse(app, 'theirs')).org;
  stranger = (await fullHouse(app, 'stranger')).org;
  const rows = await app.db.systemTx((tx) =>
    tx.query<{
      name: string;
    }>(`select c.table_schema || '.' || c.table_name as name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.column_name = 'org_id' and t.table_type = 'BASE TABLE' order by 1`),
  );
  tables = rows.map((r) => r.name);
});
after(() => app.close());

const DENIED = '42501'; // insufficient_privilege, also what row-level security says to a row it may not write

/** Runs a statement as the application's role for the stranger and undoes it; returns the rows, or the error's code. */
async function attempt<R>(sql: string, params: unknown[] = []): Promise<R[] | string | undefined> {
  let rows: R[] | undefined;
  const undo = new Error('undo');
  try {
    await app.db.inTx({ orgId: stranger.id }, async (tx: Tx) => {
      rows = await tx.query<R>(sql, params);
      throw undo;
    });
  } catch (error) {
    if (error !== undo) return sqlState(error) ?? String(error);
  }
  return rows;
}

test('PLT-1 every table that holds organisations’ rows has row-level security, or is closed to the application', async () => {
  const open = await app.db.systemTx((tx) =>
    tx.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname || '.' || c.relname = any ($1) and has_any_column_privilege($2, c.oid, 'select, insert, update, references')
        and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))`,
      [tables, APP_ROLE],
    ),
  );
  assert.deepEqual(open, []);
  assert.ok(tables.length > 30, `${tables.length} tables`);
});

test('PLT-1 tables without an organisation are known by name', async () => {
  const rows = await app.db.systemTx((tx) =>
    tx.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE'
      and table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker') and table_schema || '.' || table_name <> all ($1) order by 1`,
      [tables],
    ),
  );
  assert.deepEqual(
    rows.map((r) => r.name).filter((t) => !t.startsWith('auth.') && !t.startsWith('identity.')),
    ['kernel.migrations', 'kernel.orgs'],
  );
  for (const { name } of rows) {
    const got = await attempt(`select 1 from ${name} limit 1`);
    if (name !== 'kernel.orgs')
      assert.ok(got === DENIED, `${name}: the application’s role reads what belongs to no organisation`);
  }
  assert.equal(((await attempt('select id from kernel.orgs')) as unknown[]).length, 1, 'of organisations, one’s own');
});

test('PLT-1 the application’s role sees, changes and deletes no row of another organisation', async () => {
  for (const table of tables) {
    const total = await app.db.systemTx((tx) =>
      tx.query<{ n: number }>(`select count(*) as n from ${table} where org_id = $1`, [theirs.id]),
    );
    for (const sql of [
      `select 1 from ${table} where org_id = $1`,
      `update ${table} set org_id = org_id where org_id = $1 returning 1`,
      `delete from ${table} where org_id = $1 returning 1`,
    ]) {
      const got = await attempt(sql, [theirs.id]);
      assert.ok(
        got === DENIED || (Array.isArray(got) && got.length === 0),
        `${sql}: ${JSON.stringify(got)} of ${total[0]?.n}`,
      );
    }
    const given = await attempt(`update ${table} set org_id = $1 returning 1`, [theirs.id]);
    const own = await attempt<{ n: number }>(`select count(*) as n from ${table}`);
    const isEmpty = Array.isArray(own) && own[0]?.n === 0;
    assert.ok(
      given === DENIED || isEmpty,
      `${table}: a row can be given to another organisation: ${JSON.stringify(given)}`,
    );
    const put = await attempt(
      `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('org_id', $1::text))).* from ${table} t limit 1`,
      [theirs.id],
    );
    assert.ok(typeof put === 'string' || isEmpty, `${table}: a row can be put into another organisation`);
  }
});

test('PLT-1 with no organisation set the application’s role sees nothing at all', async () => {
  const client = new pg.Client({ connectionString: app.app.databaseUrl, options: `-c role=${APP_ROLE}` });
  await client.connect();
  try {
    for (const table of [...tables, 'kernel.orgs']) {
      const got = await client.query(`select 1 from ${table} limit 1`).then(
        (r) => r.rows.length,
        (error: unknown) => sqlState(error),
      );
      assert.ok(got === 0 || got === DENIED, `${table}: ${got}`);
    }
    await assert.rejects(() => client.query(`set app.org_id = 'x'; select 1 from orders.orders`));
  } finally {
    await client.end();
  }
});

test('INV-2 what is append-only can be neither changed nor deleted by the application', async () => {
  const declared = listMigrations().flatMap((m) =>
    [...m.sql.matchAll(/append_only_table\('([\w.]+)'\)/g)].map((x) => x[1] as string),
  );
  for (const must of ['kernel.outbox', 'inventory.moves', 'payments.callbacks'])
    assert.ok(declared.includes(must), must);
  for (const table of declared) {
    assert.equal(await attempt(`update ${table} set org_id = org_id`), DENIED, table);
    assert.equal(await attempt(`delete from ${table}`), DENIED, table);
    assert.equal(await attempt(`truncate ${table}`), DENIED, table);
  }
  for (const table of ['orders.orders', 'orders.lines']) {
    assert.equal(await attempt(`delete from ${table}`), DENIED, `${table}: orders are never deleted`);
    assert.equal(
      await attempt(`insert into ${table} select * from ${table} limit 1`),
      DENIED,
      `${table}: orders come in by the intake`,
    );
  }
});

/** A function of one value, asked about another organisation, answers as for one that has nothing. */
const saysNothing = (got: unknown): boolean =>
  Array.isArray(got) && got.every((row: object) => Object.values(row).every((v) => v === 0 || v === null));

type Function_ = {
  name: string;
  args: string[];
  types: string[];
  definer: boolean;
  source: string;
  config: string[] | null;
};

test('PLT-1 functions that act with the owner’s rights refuse another organisation, and fix their search path', async () => {
  const functions = await app.db.systemTx((tx) =>
    tx.query<Function_>(
      `select n.nspname || '.' || p.proname as name, coalesce(p.proargnames[1:p.pronargs], '{}') as args, p.prosecdef as definer, p.prosrc as source, p.proconfig as config,
        array(select format_type(t, null) from unnest(p.proargtypes::oid[]) t) as types
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and has_function_privilege($1, p.oid, 'execute') and has_schema_privilege($1, n.oid, 'usage') order by 1`,
      [APP_ROLE],
    ),
  );
  const definers = functions.filter((f) => f.definer);
  for (const f of definers)
    assert.ok(
      f.config?.some((c) => c.startsWith('search_path=pg_catalog')),
      `${f.name} runs with its caller’s search path`,
    );
  const withOrg = functions.filter((f) => f.args.includes('p_org'));
  assert.ok(withOrg.length >= 3);
  for (const f of withOrg) {
    const call = f.args.map((a, i) => (a === 'p_org' ? '$1::uuid' : `null::${f.types[i]}`)).join(', ');
    const got = await attempt(`select * from ${f.name}(${call})`, [theirs.id]);
    const asksFor = f.source.includes('p_org = kernel.current_org()'); // finds nothing of another's
    if (f.definer && !asksFor) assert.equal(got, 'P0001', `${f.name}: ${JSON.stringify(got)}`);
    else assert.deepEqual(saysNothing(got) ? [] : got, [], f.name);
  }
  // Each of these was looked at: one checks the organisation itself, the others tell a peer’s callback whose payment or parcel it is about.
  const others = definers.filter((f) => !f.args.includes('p_org')).map((f) => f.name);
  assert.deepEqual(
    others.filter((n) => !n.startsWith('identity.')),
    [
      'kernel.add_job',
      'payments.analyze_bill_lines',
      'payments.locate',
      'payments.locate_account',
      'payments.locate_accounts',
      'payments.locate_by_id',
      'shipping.locate',
      'shipping.locate_by_id',
      'shipping.locate_pickup',
    ],
  );
  const job = await attempt(`select kernel.add_job('x', $1::json, null, null, 1)`, [
    JSON.stringify({ orgId: theirs.id }),
  ]);
  assert.equal(job, 'P0001', 'a job for another organisation');
});
