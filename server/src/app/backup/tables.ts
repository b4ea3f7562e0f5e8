import type pg from 'pg';
import { listMigrations } from '#kernel/migrate.ts';

export const QUEUE = 'graphile_worker';
export const TASKS = `${QUEUE}._private_tasks`;
export const JOBS = `${QUEUE}._private_jobs`;
// what brought the schema up to date is compared, not copied
const NOT_COPIED = ['kernel.migrations', `${QUEUE}.migrations`];

export type Table = { name: string; columns: string[] };

/** The schemas that are ours: of the kernel, of each module (and those its migrations make), of the job queue. */
export function ownSchemas(): string[] {
  const made = listMigrations().flatMap(({ schema, sql }) => [
    schema,
    ...[...sql.matchAll(/^create schema (?:if not exists )?(\w+)/gm)].map((m) => m[1] as string),
  ]);
  return [...new Set(['kernel', QUEUE, ...made])];
}

const TABLES = `
select format('%I.%I', n.nspname, c.relname) as name,
       (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select distinct format('%I.%I', fn.nspname, f.relname) from pg_constraint k
               join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
              where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> k.conrelid) as parents
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition and n.nspname = any ($1)
 order by 1`;

/** Every table of ours with the columns that can be written, parents before children. */
export async function ownTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table & { parents: string[] }>(TABLES, [ownSchemas()]);
  const waiting = rows.filter((t) => !NOT_COPIED.includes(t.name));
  waiting.find((t) => t.name === JOBS)?.parents.push(TASKS); // a reference the queue does not declare
  const known = new Set(waiting.map((t) => t.name));
  const ordered: Table[] = [];
  const placed = new Set<string>();
  while (ordered.length < waiting.length) {
    const ready = waiting.filter((t) => !placed.has(t.name) && t.parents.every((p) => placed.has(p) || !known.has(p)));
    if (ready.length === 0) throw new Error('backup: the foreign keys go round in a circle');
    for (const { name, columns } of ready) {
      ordered.push({ name, columns });
      placed.add(name);
    }
  }
  return ordered;
}

/** Where each sequence of ours stands. Not part of any snapshot: read last, it is ahead of every row that was copied. */
export async function ownSequences(client: pg.ClientBase): Promise<{ name: string; value: string }[]> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select format('%I.%I', schemaname, sequencename) as name, last_value::text as value from pg_sequences where schemaname = any ($1) and last_value is not null order by 1`,
    [ownSchemas()],
  );
  return rows;
}

/** What the database was built by. */
export async function schemaState(
  client: pg.ClientBase,
): Promise<{ migrations: { schema: string; name: string; sha256: string }[]; queueMigration: number }> {
  const ours = await client.query<{ schema: string; name: string; sha256: string }>(
    'select schema, name, sha256 from kernel.migrations order by schema, name',
  );
  const queue = await client.query<{ id: number }>(`select max(id)::int as id from ${QUEUE}.migrations`);
  return { migrations: ours.rows, queueMigration: queue.rows[0]?.id ?? 0 };
}

/** A connection of the owner that takes all the time it needs. Values travel as text in one fixed form. */
export const SESSION = `-c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres -c bytea_output=hex -c client_encoding=UTF8`;
