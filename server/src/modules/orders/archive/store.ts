import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import type { OrderStatus } from '../domain/flow.ts';
import type { Part, Sums } from './parquet.ts';

/** What is known of an archived order without opening its file. */
export type ArchivedRow = {
  order_id: string;
  order_no: string;
  external_no: string | null;
  shop_id: string;
  channel: string;
  customer_id: string;
  status: OrderStatus;
  superseded: string | null;
  /** Common to orders made of each other: they come back together. */
  family_id: string | null;
  total_amount: number;
  currency: Currency;
  placed_at: Date;
  created_at: Date;
  file_id: string;
};
const COLUMNS =
  'order_id, order_no, external_no, shop_id, channel, customer_id, status, superseded, family_id, total_amount, currency, placed_at, created_at, file_id';

/** An archived order, by id or by order number. */
export async function findArchived(tx: Tx, ref: string): Promise<ArchivedRow | undefined> {
  const where = isUuid(ref) ? 'order_id = $2' : 'order_no = $2';
  return maybeOne(
    await tx.prepared<ArchivedRow>(`select ${COLUMNS} from orders.archived where org_id = $1 and ${where}`, [
      tx.orgId,
      ref,
    ]),
  );
}

export async function archivedByIds(tx: Tx, ids: readonly string[]): Promise<ArchivedRow[]> {
  return tx.query<ArchivedRow>(
    `select ${COLUMNS} from orders.archived where org_id = $1 and order_id = any ($2) order by order_id`,
    [tx.orgId, ids],
  );
}

/** As the list's search of what is on line: by order number, external number, phone or name. `?1` digits, `?2` text, `?3` shops, `?4` phone, `?5` name. */
export const ARCHIVED_HITS = `select order_id as id from orders.archived where org_id = $1 and order_no in (?1, ?2)
  union select a.order_id from unnest(?3::uuid[]) as s (id) cross join lateral (
    select order_id from orders.archived where shop_id = s.id and external_no = ?2 and org_id is not distinct from $1 offset 0) a
  union select order_id from (select order_id from orders.archived where org_id = $1 and phone_idx = ?4 order by order_id desc limit 1000) p
  union select order_id from (select order_id from orders.archived where org_id = $1 and name_idx = ?5 order by order_id desc limit 1000) n`;

/** Orders whose file it is, oldest first. */
export async function archivedInFile(tx: Tx, fileId: string, limit: number): Promise<ArchivedRow[]> {
  return tx.query<ArchivedRow>(
    `select ${COLUMNS} from orders.archived where org_id = $1 and file_id = $2 order by order_id limit $3`,
    [tx.orgId, fileId, limit],
  );
}

/** Orders with all they are related to. */
export async function familiesOf(tx: Tx, orders: readonly ArchivedRow[]): Promise<ArchivedRow[]> {
  const families = [...new Set(orders.flatMap((o) => o.family_id ?? []))];
  const relatives =
    families.length === 0
      ? []
      : await tx.query<ArchivedRow>(
          `select ${COLUMNS} from orders.archived where org_id = $1 and family_id = any ($2)`,
          [tx.orgId, families],
        );
  return [...new Map([...orders, ...relatives].map((o) => [o.order_id, o])).values()].toSorted((a, b) =>
    a.order_id < b.order_id ? -1 : 1,
  );
}

export type ArchiveFile = {
  id: string;
  month: string;
  state: 'writing' | 'verified' | 'restored';
  file_id: string | null;
  sha256: string | null;
  bytes: number | null;
  orders: number;
  rows: number | null;
  columns: Record<string, string[]>;
  sums: Sums | null;
  created_at: Date;
};
const FILE = `id, month, state, file_id, encode(sha256, 'hex') as sha256, bytes, orders, rows, columns, sums, created_at`;

export async function filesByIds(tx: Tx, ids: readonly string[]): Promise<ArchiveFile[]> {
  return tx.query<ArchiveFile>(
    `select ${FILE} from orders.archive_files where org_id = $1 and id = any ($2) order by id`,
    [tx.orgId, ids],
  );
}

/** The files in a state, oldest month first. */
export async function filesIn(tx: Tx, state: ArchiveFile['state'], month?: string): Promise<ArchiveFile[]> {
  return tx.query<ArchiveFile>(
    `select ${FILE} from orders.archive_files where org_id = $1 and state = $2 and ($3::text is null or month = $3) order by month, id`,
    [tx.orgId, state, month ?? null],
  );
}

/** Every part as the database has it now. @throws when a column is of a type that has no exact text. */
export async function partsNow(tx: Tx): Promise<Part[]> {
  const rows = await tx.query<{ part: string; key: string; name: string; type: string; says: string }>(
    'select p.name as part, p.key, c.name, c.type, c.says from orders.archive_parts() p cross join lateral orders.archive_columns(p.name) c',
  );
  const parts = new Map<string, { name: string; key: string; columns: { name: string; type: string }[] }>();
  for (const { part, key, name, type, says } of rows) {
    if (says === null) throw new Error(`the archive cannot write ${part}.${name}, which is ${type}`);
    const found = parts.get(part) ?? { name: part, key, columns: [] };
    parts.set(part, found);
    found.columns.push({ name, type });
  }
  return [...parts.values()];
}

/** The columns of each part, as the database and the file list them. */
export const columnsOf = (parts: readonly Part[]): Record<string, string[]> =>
  Object.fromEntries(parts.map((p) => [p.name, p.columns.map((c) => c.name)]));

/** The parts a file has: what it lists of what there is now. */
export const partsOf = (now: readonly Part[], columns: Record<string, string[]>): Part[] =>
  now.flatMap((p) => {
    const has = new Set(columns[p.name]);
    return has.size > 0 ? [{ ...p, columns: p.columns.filter((c) => has.has(c.name)) }] : [];
  });

/** The rows of some orders as lines of JSON, each value as its exact text. */
export async function linesOfPart(tx: Tx, part: Part, ids: readonly string[]): Promise<string[]> {
  const says = await tx.query<{ pair: string }>(
    `select format('%L, %s', name, says) as pair from orders.archive_columns($1)`,
    [part.name],
  );
  const pairs: string[] = [];
  for (let at = 0; at < says.length; at += 40)
    // a function takes 100 arguments
    pairs.push(
      `jsonb_build_object(${says
        .slice(at, at + 40)
        .map((s) => s.pair)
        .join(', ')})`,
    );
  const rows = await tx.query<{ line: string }>(
    `select (${pairs.join(' || ')})::text as line from orders.${part.name} t where t.org_id = $1 and t.${part.key} = any ($2)`,
    [tx.orgId, ids],
  );
  return rows.map((r) => r.line);
}

export type ArchiveRun = {
  id: string;
  kind: 'archive' | 'restore';
  state: 'queued' | 'running' | 'done' | 'failed';
  month: string | null;
  total: number | null;
  done: number;
  files: number;
  problem: string | null;
  asked_by: string;
  asked_at: Date;
  ended_at: Date | null;
};
const RUN = 'id, kind, state, month, total, done, files, problem, asked_by, asked_at, ended_at';

export async function insertRun(
  tx: Tx,
  run: Pick<ArchiveRun, 'id' | 'kind' | 'month' | 'asked_by' | 'asked_at'>,
): Promise<void> {
  await tx.query(
    `insert into orders.archive_runs (org_id, id, kind, state, month, asked_by, asked_at) values ($1, $2, $3, 'queued', $4, $5, $6)`,
    [tx.orgId, run.id, run.kind, run.month, run.asked_by, run.asked_at],
  );
}

export async function saveRun(
  tx: Tx,
  id: string,
  patch: Partial<Pick<ArchiveRun, 'state' | 'total' | 'done' | 'files' | 'problem' | 'ended_at'>>,
): Promise<void> {
  const fields = Object.keys(patch) as (keyof typeof patch)[];
  await tx.query(
    `update orders.archive_runs set ${fields.map((f, i) => `${f} = $${i + 3}`).join(', ')} where org_id = $1 and id = $2`,
    [tx.orgId, id, ...fields.map((f) => patch[f])],
  );
}

export async function findRun(tx: Tx, id: string): Promise<ArchiveRun | undefined> {
  return maybeOne(
    await tx.query<ArchiveRun>(`select ${RUN} from orders.archive_runs where org_id = $1 and id = $2`, [tx.orgId, id]),
  );
}

/** The newest runs first. */
export async function lastRuns(tx: Tx, limit: number): Promise<ArchiveRun[]> {
  return tx.query<ArchiveRun>(`select ${RUN} from orders.archive_runs where org_id = $1 order by id desc limit $2`, [
    tx.orgId,
    limit,
  ]);
}
