import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { APP_ROLE } from './db/index.ts';

export type Migration = { schema: string; name: string; sql: string; sha256: string };

const SOURCE = path.resolve(import.meta.dirname, '..');
const LOCK = 7_238_001; // any constant: one migrator at a time per database
const NAME = /^\d{4}-[a-z0-9-]+\.sql$/;

/** Every migration on disk: the kernel's first, then each module's, in file order. */
export function listMigrations(source: string = SOURCE): Migration[] {
  const modules = path.join(source, 'modules');
  const owners = existsSync(modules) ? readdirSync(modules).toSorted() : [];
  const folders = [
    { schema: 'kernel', dir: path.join(source, 'kernel/migrations') },
    ...owners.map((m) => ({ schema: m, dir: path.join(modules, m, 'migrations') })),
  ].filter((f) => existsSync(f.dir));
  return folders.flatMap(({ schema, dir }) =>
    readdirSync(dir)
      .filter((f) => f.endsWith('.sql'))
      .toSorted()
      .map((name) => {
        if (!NAME.test(name)) throw new Error(`migration ${schema}/${name} is not named NNNN-what-it-does.sql`);
        const sql = readFileSync(path.join(dir, name), 'utf8');
        if (!sql.startsWith('--'))
          throw new Error(`migration ${schema}/${name} lacks its first comment (why, lock, back out)`);
        return { schema, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
      }),
  );
}

const PREPARE = `
do $$ begin
  if not exists (select from pg_roles where rolname = '${APP_ROLE}') then create role ${APP_ROLE} nologin; end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster is being prepared too
end $$;
do $$ begin
  if not pg_has_role(current_user, '${APP_ROLE}', 'set') then execute format('grant ${APP_ROLE} to %I', current_user); end if;
end $$;
create schema if not exists kernel;
grant usage on schema kernel to ${APP_ROLE};
create table if not exists kernel.migrations (
  schema text not null, name text not null, sha256 text not null, at timestamptz not null default now(), primary key (schema, name)
);`;

/**
 * Brings the database up to the code: each file once, each in its own transaction, one migrator at a time.
 * `ownerUrl` is a role that may create schemas and the role ${APP_ROLE}.
 * @throws when a file that has been applied was changed since, or when its SQL fails.
 */
export async function migrate(ownerUrl: string, log: (line: string) => void = () => undefined): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'zhanggui-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(PREPARE);
    await runMigrations({ connectionString: ownerUrl, logger: new Logger(() => () => undefined) });
    const { rows } = await client.query<Omit<Migration, 'sql'>>('select schema, name, sha256 from kernel.migrations');
    const done = new Map(rows.map((r) => [`${r.schema}/${r.name}`, r.sha256]));
    for (const migration of listMigrations()) {
      const id = `${migration.schema}/${migration.name}`;
      const was = done.get(id);
      if (was === migration.sha256) continue;
      if (was !== undefined) throw new Error(`migration ${id} was changed after it was applied; write a new one`);
      await apply(client, migration);
      log(`migrated ${id}`);
    }
  } finally {
    await client.end(); // releases the advisory lock
  }
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(
      `create schema if not exists ${migration.schema}; grant usage on schema ${migration.schema} to ${APP_ROLE}`,
    );
    await client.query(migration.sql);
    await client.query('insert into kernel.migrations (schema, name, sha256) values ($1, $2, $3)', [
      migration.schema,
      migration.name,
      migration.sha256,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${migration.schema}/${migration.name}: ${(error as Error).message}`, { cause: error });
  }
}
