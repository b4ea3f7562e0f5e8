import type { Tx } from '#kernel/db/index.ts';
import type { StockState } from '../../store/bin-stock.ts';

export type Outcome = 'same' | 'posted' | 'waiting' | 'refused' | 'uncounted';
export type TakeLineRow = {
  id: string;
  bin_id: string;
  sku_id: string;
  batch_id: string;
  state: StockState;
  place: number;
  origin: 'book' | 'found';
  round: number;
  counted: number | null;
  book: number | null;
  counted_seq: number | null;
  counted_at: Date | null;
  counted_by: string | null;
  disturbed: boolean;
  recount: boolean;
  previous: number | null;
  previous_by: string | null;
  unit_value: number;
  reason: string | null;
  outcome: Outcome | null;
  posted: number | null;
};
export const LINE =
  'id, bin_id, sku_id, batch_id, state, place, origin, round, counted, book, counted_seq, counted_at, counted_by, disturbed, recount, previous, previous_by, unit_value, reason, outcome, posted';
const TYPED = `id uuid, bin_id uuid, sku_id uuid, batch_id uuid, state text, place integer, origin text, round integer, counted bigint, book bigint,
  counted_seq bigint, counted_at timestamptz, counted_by text, disturbed boolean, recount boolean, previous bigint, previous_by text,
  unit_value bigint, reason text, outcome text, posted bigint`;
const CHUNK = 5000;

/** A line nobody has counted. */
export const newLine = (
  over: Pick<TakeLineRow, 'id' | 'bin_id' | 'sku_id' | 'batch_id' | 'state' | 'place' | 'origin' | 'unit_value'>,
): TakeLineRow => ({
  round: 1,
  counted: null,
  book: null,
  counted_seq: null,
  counted_at: null,
  counted_by: null,
  disturbed: false,
  recount: false,
  previous: null,
  previous_by: null,
  reason: null,
  outcome: null,
  posted: null,
  ...over,
});

/** Inserts lines; those that somebody else has inserted meanwhile stay as they are. */
export async function insertLines(tx: Tx, takeId: string, rows: readonly TakeLineRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK)
    await tx.query(
      `insert into inventory.stock_take_lines (org_id, take_id, ${LINE}) select $1, $2, r.* from jsonb_to_recordset($3::jsonb) as r (${TYPED})
       on conflict (org_id, take_id, bin_id, sku_id, batch_id, state) do nothing`,
      [tx.orgId, takeId, JSON.stringify(rows.slice(i, i + CHUNK))],
    );
}

/** Every line of some bins, locked in order of their ids. */
export async function lockLinesIn(tx: Tx, takeId: string, binIds: readonly string[]): Promise<TakeLineRow[]> {
  return tx.query<TakeLineRow>(
    `select ${LINE} from inventory.stock_take_lines where org_id = $1 and take_id = $2 and bin_id = any ($3) order by id for update`,
    [tx.orgId, takeId, binIds],
  );
}

export async function lockLines(tx: Tx, takeId: string, ids: readonly string[] | null): Promise<TakeLineRow[]> {
  return tx.query<TakeLineRow>(
    `select ${LINE} from inventory.stock_take_lines where org_id = $1 and take_id = $2 and ($3::uuid[] is null or id = any ($3)) order by id for update`,
    [tx.orgId, takeId, ids],
  );
}

export async function saveLines(tx: Tx, takeId: string, rows: readonly TakeLineRow[]): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK)
    await tx.query(
      `update inventory.stock_take_lines l set round = r.round, counted = r.counted, book = r.book, counted_seq = r.counted_seq,
              counted_at = r.counted_at, counted_by = r.counted_by, disturbed = r.disturbed, recount = r.recount, previous = r.previous,
              previous_by = r.previous_by, reason = r.reason, outcome = r.outcome, posted = r.posted
         from jsonb_to_recordset($3::jsonb) as r (${TYPED}) where l.org_id = $1 and l.take_id = $2 and l.id = r.id`,
      [tx.orgId, takeId, JSON.stringify(rows.slice(i, i + CHUNK))],
    );
}

export type CountRow = {
  line_id: string | null;
  bin_id: string;
  round: number;
  mode: 'set' | 'add' | 'done' | 'empty';
  quantity: number;
  total: number;
  scan_id: string | null;
  counted_at: Date;
};

export async function insertCounts(
  tx: Tx,
  takeId: string,
  by: { id: string; at: Date },
  rows: readonly CountRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into inventory.stock_take_counts (org_id, take_id, line_id, bin_id, round, mode, quantity, total, scan_id, counted_at, counted_by, at)
     select $1, $2, r.*, $4, $5 from jsonb_to_recordset($3::jsonb) as r (line_id uuid, bin_id uuid, round integer, mode text, quantity bigint,
       total bigint, scan_id text, counted_at timestamptz)`,
    [tx.orgId, takeId, JSON.stringify(rows), by.id, by.at],
  );
}

export type Scanned = { scan_id: string; line_id: string | null; bin_id: string };

/** Which scans have been counted before. */
export async function scansKnown(tx: Tx, takeId: string, scanIds: readonly string[]): Promise<Map<string, Scanned>> {
  if (scanIds.length === 0) return new Map();
  const rows = await tx.query<Scanned>(
    'select scan_id, line_id, bin_id from inventory.stock_take_counts where org_id = $1 and take_id = $2 and scan_id = any ($3)',
    [tx.orgId, takeId, scanIds],
  );
  return new Map(rows.map((r) => [r.scan_id, r]));
}
