import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { fileStore } from '#kernel/files/index.ts';
import type { App } from '../app.ts';
import {
  fingerprint,
  FORMAT,
  type Head,
  HEAD_NAME,
  MAC_NAME,
  macOf,
  type Manifest,
  MANIFEST_NAME,
  PART_BYTES,
  partName,
} from './manifest.ts';
import { ownSequences, ownTables, schemaState, SESSION, type Table } from './tables.ts';
import { TarWriter } from './tar.ts';

export type BackupDone = {
  tables: number;
  rows: number;
  files: number;
  missing: number;
  bytes: number;
  sha256: string;
};

const FILES_AT_ONCE = 500;

/**
 * Writes every row of every table of ours and every uploaded file, as of one moment, to a file only its owner may read;
 * the server may go on. The file gets its name when it is complete and on disk. Uses a few megabytes of memory, however
 * much there is. A file whose bytes are lost is counted in `missing` and logged: one lost picture must not prevent a backup.
 */
export async function backup(app: App, file: string): Promise<BackupDone> {
  const draft = `${path.resolve(file)}.partial`;
  const client = new pg.Client({
    connectionString: app.databaseUrl,
    application_name: 'zhanggui-backup',
    options: SESSION,
  });
  await client.connect();
  const packed = createGzip({ level: 3 }); // most rows are text: higher levels cost several times the time for a few percent
  const written = pipeline(packed, createWriteStream(draft, { mode: 0o600 }));
  written.catch(() => undefined); // awaited below
  try {
    const done = await writeAll(app, client, new TarWriter(packed));
    packed.end();
    await written;
    await settle(draft, path.resolve(file));
    return { ...done, ...(await sumOf(file)) };
  } catch (error) {
    packed.destroy();
    await written.catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function settle(draft: string, file: string): Promise<void> {
  const handle = await open(draft, 'r');
  await handle.sync().finally(() => handle.close());
  await rename(draft, file);
  const folder = await open(path.dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}

async function sumOf(file: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return { bytes: (await stat(file)).size, sha256: hash.digest('hex') };
}

async function writeAll(app: App, client: pg.Client, tar: TarWriter): Promise<Omit<BackupDone, 'bytes' | 'sha256'>> {
  await client.query('begin isolation level repeatable read read only');
  const head: Head = {
    format: FORMAT,
    createdAt: new Date().toISOString(),
    secret: fingerprint(app.config.secret),
    ...(await schemaState(client)),
  };
  const headBytes = Buffer.from(JSON.stringify(head));
  await tar.add(HEAD_NAME, headBytes);
  const manifest: Manifest = { tables: [], files: [], sequences: [], eventsBelow: await eventsBelow(client) };
  for (const table of await ownTables(client)) manifest.tables.push(await writeTable(client, tar, table));
  const missing = await writeFiles(app, client, tar, manifest);
  await client.query('commit');
  manifest.sequences = await ownSequences(client);
  const manifestBytes = Buffer.from(JSON.stringify(manifest));
  await tar.add(MANIFEST_NAME, manifestBytes);
  await tar.add(MAC_NAME, macOf(app.config.secret, headBytes, manifestBytes));
  await tar.end();
  return {
    tables: manifest.tables.length,
    rows: manifest.tables.reduce((n, t) => n + t.rows, 0),
    files: manifest.files.length,
    missing,
  };
}

/** Above every event, cursor and seal the snapshot can see, and above the horizon it was taken at. */
async function eventsBelow(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ below: string }>(
    `select (max(xid::text::numeric) + 1)::text as below from (
       select kernel.event_horizon() as xid
       union all select max(xid) from kernel.outbox
       union all select max(xid) from kernel.cursors
       union all select max(last_xid) from kernel.audit_seals) as seen`,
  );
  return rows[0]?.below ?? '0';
}

async function writeTable(
  client: pg.Client,
  tar: TarWriter,
  { name, columns }: Table,
): Promise<Manifest['tables'][number]> {
  const copy = client.query(copyTo(`copy ${name} (${columns.join(', ')}) to stdout`));
  const sum = await writeParts(tar, name, copy);
  return { name, columns, rows: copy.rowCount, ...sum };
}

async function writeParts(
  tar: TarWriter,
  name: string,
  source: AsyncIterable<unknown>,
): Promise<{ bytes: number; sha256: string }> {
  const hash: Hash = createHash('sha256');
  let [pieces, length, bytes, no]: [Buffer[], number, number, number] = [[], 0, 0, 0];
  const flush = async (): Promise<void> => {
    const part = Buffer.concat(pieces, length);
    hash.update(part);
    bytes += length;
    await tar.add(partName(name, no), part);
    [pieces, length, no] = [[], 0, no + 1];
  };
  for await (const piece of source as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length >= PART_BYTES) await flush();
  }
  if (length > 0 || no === 0) await flush();
  return { bytes, sha256: hash.digest('hex') };
}

type FileRow = { org_id: string; sha256: string };

/** The bytes the snapshot's rows refer to. Returns how many are not where they should be. */
async function writeFiles(app: App, client: pg.Client, tar: TarWriter, manifest: Manifest): Promise<number> {
  let missing = 0;
  await client.query(
    `declare stored no scroll cursor for select org_id, encode(sha256, 'hex') as sha256 from kernel.files union select org_id, encode(thumb_sha256, 'hex') from kernel.files where thumb_sha256 is not null order by 1, 2`,
  );
  for (;;) {
    const { rows } = await client.query<FileRow>(`fetch ${FILES_AT_ONCE} from stored`);
    for (const { org_id: orgId, sha256 } of rows) {
      const content = await fileStore().read(orgId, sha256);
      const name = `files/${orgId}/${sha256}`;
      if (content) manifest.files.push({ name, ...(await writeParts(tar, name, content)) });
      else {
        missing += 1;
        app.log.warn({ orgId, sha256 }, 'backup: the bytes of an uploaded file are lost');
      }
    }
    if (rows.length < FILES_AT_ONCE) return missing;
  }
}
