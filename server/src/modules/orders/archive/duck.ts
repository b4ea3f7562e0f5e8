import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { SECOND_MS } from '#kernel/time.ts';

const MEMORY = '512MB'; // a month of a thousand large orders needs 200
const KEPT_MS = 60 * SECOND_MS;

let opened: Promise<DuckDBInstance> | undefined;
let busy = 0;
let closing: NodeJS.Timeout | undefined;

async function open(): Promise<DuckDBInstance> {
  const { DuckDBInstance: Instance } = await import('@duckdb/node-api'); // 50 MB of native code: loaded with the first archive
  const spill = path.join(os.tmpdir(), 'zhanggui-duckdb');
  await mkdir(spill, { recursive: true, mode: 0o700 });
  return Instance.create(':memory:', {
    memory_limit: MEMORY,
    threads: '1',
    temp_directory: spill,
    allocator_flush_threshold: '1MB',
    allocator_bulk_deallocation_flush_threshold: '1MB',
  });
}

async function close(): Promise<void> {
  const was = opened;
  opened = undefined;
  (await was)?.closeSync();
}

export type Duck = {
  run(sql: string): Promise<void>;
  rows<R>(sql: string): Promise<R[]>;
};

/** Text as DuckDB reads it in a statement. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * Works with DuckDB in a connection of its own: one thread, at most 512 MB, what is more goes to disk. It is there until
 * nobody has used it for a minute, because most look at one archived order and never again.
 */
export async function withDuck<T>(work: (duck: Duck) => Promise<T>): Promise<T> {
  clearTimeout(closing);
  busy += 1;
  try {
    opened ??= open();
    opened.catch(() => (opened = undefined)); // the next one tries again
    const connection = await (await opened).connect();
    try {
      return await work(duckOf(connection));
    } finally {
      connection.closeSync();
    }
  } finally {
    busy -= 1;
    if (busy === 0) closing = setTimeout(() => void (busy === 0 && close()), KEPT_MS).unref();
  }
}

const duckOf = (connection: DuckDBConnection): Duck => ({
  run: async (sql) => void (await connection.run(sql)),
  rows: async <R>(sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson() as R[],
});
