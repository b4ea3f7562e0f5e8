import pg from 'pg';
import type { Tx } from '#kernel/db/index.ts';
import { fileStore } from '#kernel/files/index.ts';
import type { LineRow, OrderRow } from '../store/orders.ts';
import { withDuck } from './duck.ts';
import { ArchiveUnreadable } from './errors.ts';
import { type Part, rowsOf, type Sums, sumsOf, type TextRow } from './parquet.ts';
import { sha256Of } from './run.ts';
import { type ArchivedRow, type ArchiveFile, filesByIds, partsNow, partsOf } from './store.ts';

const TEXT_ARRAY = 1009;
const arrayOf = pg.types.getTypeParser(TEXT_ARRAY as (typeof pg.types.builtins)['TEXT']) as (text: string) => string[];

/** A value as the database would answer it. */
function valueOf(type: string, text: string): unknown {
  switch (type) {
    case 'bigint':
    case 'integer':
    case 'smallint':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'timestamp with time zone':
      return new Date(Number(text) / 1000);
    case 'bytea':
      return Buffer.from(text, 'hex');
    case 'jsonb':
      return JSON.parse(text);
    case 'text[]':
    case 'uuid[]':
      return arrayOf(text);
    default:
      return text;
  }
}

const rowOf = (part: Part, row: TextRow): Record<string, unknown> =>
  Object.fromEntries(
    part.columns.map(({ name, type }) => {
      const text = row[name] ?? null;
      return [name, text === null ? null : valueOf(type, text)];
    }),
  );

/** Has `work` read an archive's file. @throws ArchiveUnreadable when it is lost or not what was written. */
export async function withFile<T>(tx: Tx, file: ArchiveFile, work: (path: string) => Promise<T>): Promise<T> {
  const path = file.sha256 === null ? undefined : await fileStore().onDisk(tx.orgId, file.sha256);
  if (path === undefined) throw new ArchiveUnreadable({ month: file.month });
  try {
    return await work(path);
  } catch (error) {
    if ((await sha256Of(path)) !== file.sha256) throw new ArchiveUnreadable({ month: file.month });
    throw error;
  }
}

/** An archived order as it was when it was archived. */
export type Archived = {
  row: OrderRow;
  lines: LineRow[];
  /** How it was made of others and they of it. */
  origins: { order_id: string; source_order_id: string; undone_at: Date | null }[];
  funds: { payer_order_id: string; amount: number; refunded: number }[];
};

/** Reads orders from their files, each file once. What the file does not have is null. */
export async function readArchived(tx: Tx, found: readonly ArchivedRow[]): Promise<Map<string, Archived>> {
  const read = new Map<string, Archived>();
  if (found.length === 0) return read;
  const now = await partsNow(tx);
  const wanted = ['orders', 'lines', 'origins', 'funds'];
  for (const file of await filesByIds(tx, [...new Set(found.map((f) => f.file_id))])) {
    const parts = partsOf(now, file.columns).filter((p) => wanted.includes(p.name));
    const ids = found.filter((f) => f.file_id === file.id).map((f) => f.order_id);
    const rows = await withFile(tx, file, (path) => withDuck((duck) => rowsOf(duck, parts, path, ids)));
    const of = (name: string): Record<string, unknown>[] => {
      const part = parts.find((p) => p.name === name);
      return part ? (rows.get(name) ?? []).map((r) => rowOf(part, r)) : [];
    };
    const [orders, lines, origins, funds] = [of('orders'), of('lines'), of('origins'), of('funds')];
    for (const row of orders as OrderRow[])
      read.set(row.id, {
        row,
        lines: (lines as LineRow[]).filter((l) => l.order_id === row.id).toSorted((a, b) => a.line_no - b.line_no),
        origins: (origins as Archived['origins']).filter((o) => o.order_id === row.id || o.source_order_id === row.id),
        funds: (funds as (Archived['funds'][number] & { order_id: string })[]).filter((f) => f.order_id === row.id),
      });
  }
  return read;
}

export type Taken = { parts: Part[]; rows: Map<string, TextRow[]>; sums: Sums };

/** Orders of one file exactly, with what they come to: what putting them back asks for. */
export async function takeFromFile(tx: Tx, file: ArchiveFile, ids: readonly string[]): Promise<Taken> {
  const parts = partsOf(await partsNow(tx), file.columns);
  return withFile(tx, file, (path) =>
    withDuck(async (duck) => ({
      parts,
      rows: await rowsOf(duck, parts, path, ids),
      sums: await sumsOf(duck, parts, path, ids),
    })),
  );
}
