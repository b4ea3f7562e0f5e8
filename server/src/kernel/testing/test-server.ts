import { createHash } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPg } from '../embedded-pg/index.ts';
import { listMigrations, migrate } from '../migrate.ts';
import { isAlive, scratchFolder } from './scratch.ts';

export type TestServer = { url: string; template: string; stop(): Promise<void> };

const LOCK = 7_238_002; // any constant: one template is built at a time
const OLD_TEMPLATES_MAX = 3; // a run on another branch may still copy from one
const LEFTOVER = /^test_([0-9]+)_/;

/** Nothing in a test database has to outlive the machine, so nothing waits for a disk. */
const SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  shared_buffers: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum_naptime: '5min',
  max_wal_size: '256MB',
};

/**
 * One PostgreSQL for all tests, with a migrated template database. Both are kept between runs, so the next run
 * only starts the server: a template is built again when a migration changed.
 */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = path.join(scratchFolder(), 'test-pg');
  const server = await startEmbeddedPg({ dataDir, settings: SETTINGS });
  try {
    return { url: server.url, template: await prepareTemplate(server.url), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function prepareTemplate(url: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { schema, name, sha256 } of listMigrations()) hash.update(`${schema}/${name} ${sha256}\n`);
  const template = `template_${hash.digest('hex').slice(0, 16)}`;
  const admin = new pg.Client({ connectionString: url, application_name: 'zhanggui-test-server' });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [LOCK]); // released when the connection ends
    const names = (
      await admin.query<{ datname: string }>('select datname from pg_database order by oid desc')
    ).rows.map((row) => row.datname);
    await dropLeftovers(admin, names, template);
    if (!names.includes(template)) await buildTemplate(admin, url, template);
    return template;
  } finally {
    await admin.end();
  }
}

/** Built under another name and renamed: an interrupted build never looks finished. */
async function buildTemplate(admin: pg.Client, url: string, template: string): Promise<void> {
  const draft = `${template}_draft`;
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft}`);
  await migrate(databaseUrl(url, draft));
  await admin.query(`alter database ${draft} rename to ${template}`);
  await admin.query(`alter database ${template} allow_connections false`); // a visitor would block every copy
}

/** Old templates, and databases whose test process was killed before it could drop them. */
async function dropLeftovers(admin: pg.Client, names: string[], template: string): Promise<void> {
  const templates = names.filter((name) => /^template_[0-9a-f]{16}$/.test(name) && name !== template);
  const tooOld = new Set(templates.slice(OLD_TEMPLATES_MAX));
  for (const name of names) {
    const owner = Number(LEFTOVER.exec(name)?.[1] ?? 0);
    if (tooOld.has(name) || (owner > 0 && !isAlive(owner)))
      await admin.query(`drop database if exists ${name} with (force)`);
  }
}

/** The same server and log-in, another database. */
export function databaseUrl(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}
