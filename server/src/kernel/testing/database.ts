import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { databaseUrl, startTestServer, type TestServer } from './test-server.ts';

export type FreshDatabase = { url: string; name: string; [Symbol.asyncDispose]: () => Promise<void> };

let own: Promise<TestServer> | undefined;

/** The test run tells where its server is; a file that is run by hand starts one, which ends with the process. */
async function testServer(): Promise<Pick<TestServer, 'url' | 'template'>> {
  const url = process.env['ZHANGGUI_TEST_PG'];
  const template = process.env['ZHANGGUI_TEST_TEMPLATE'];
  if (url && template) return { url, template };
  own ??= startOwn();
  return await own;
}

function startOwn(): Promise<TestServer> {
  // A signal ends a process without its exit handlers, and it is one of those that stops the server.
  process.once('SIGTERM', () => process.exit(143)).once('SIGINT', () => process.exit(130));
  return startTestServer();
}

/**
 * A migrated, empty database of its own, copied from the template. `url` is the owner's; dispose it when
 * the file's tests are over (`after(() => database[Symbol.asyncDispose]())` or `await using`).
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { url, template } = await testServer();
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`; // hex and digits only, so safe in the statement
  await administer(url, `create database ${name} template ${template} strategy file_copy`);
  return {
    url: databaseUrl(url, name),
    name,
    [Symbol.asyncDispose]: () => administer(url, `drop database if exists ${name} with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url, application_name: 'zhanggui-test' });
  await admin.connect();
  try {
    await admin.query(statement);
  } finally {
    await admin.end();
  }
}
