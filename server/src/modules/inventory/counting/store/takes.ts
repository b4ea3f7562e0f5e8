import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { TakeState } from '../domain/flow.ts';
import { StockTakeNotFound } from '../errors.ts';
import type { TakeScope } from '../schema.ts';

export type TakeRow = {
  id: string;
  no: string;
  warehouse_id: string;
  kind: 'full' | 'cycle';
  blind: boolean;
  scope: TakeScope;
  note: string;
  state: TakeState;
  created_at: Date;
  created_by: string;
  submitted_at: Date | null;
  submitted_by: string | null;
  approval_id: string | null;
  ended_at: Date | null;
  ended_by: string | null;
  why: string | null;
  version: number;
};
const COLUMNS =
  'id, no, warehouse_id, kind, blind, scope, note, state, created_at, created_by, submitted_at, submitted_by, approval_id, ended_at, ended_by, why, version';

export async function insertTake(tx: Tx, r: TakeRow): Promise<void> {
  await tx.query(
    `insert into inventory.stock_takes (org_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      tx.orgId,
      r.id,
      r.no,
      r.warehouse_id,
      r.kind,
      r.blind,
      JSON.stringify(r.scope),
      r.note,
      r.state,
      r.created_at,
      r.created_by,
      r.submitted_at,
      r.submitted_by,
      r.approval_id,
      r.ended_at,
      r.ended_by,
      r.why,
      r.version,
    ],
  );
}

const found = (rows: readonly TakeRow[], id: string): TakeRow => {
  const row = maybeOne(rows);
  if (!row) throw new StockTakeNotFound({ takeId: id });
  return row;
};

export async function getTake(tx: Tx, id: string): Promise<TakeRow> {
  return found(
    await tx.query<TakeRow>(`select ${COLUMNS} from inventory.stock_takes where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
    id,
  );
}

/** `share`: it stays in its state meanwhile, and others may count too. `update`: nobody else is at it. */
export async function lockTake(tx: Tx, id: string, how: 'share' | 'update'): Promise<TakeRow> {
  return found(
    await tx.query<TakeRow>(`select ${COLUMNS} from inventory.stock_takes where org_id = $1 and id = $2 for ${how}`, [
      tx.orgId,
      id,
    ]),
    id,
  );
}

export async function saveTake(tx: Tx, row: TakeRow, change: Partial<TakeRow>): Promise<TakeRow> {
  const r = { ...row, ...change, version: row.version + 1 };
  await tx.query(
    `update inventory.stock_takes set state = $3, submitted_at = $4, submitted_by = $5, approval_id = $6, ended_at = $7, ended_by = $8,
            why = $9, version = $10 where org_id = $1 and id = $2`,
    [tx.orgId, r.id, r.state, r.submitted_at, r.submitted_by, r.approval_id, r.ended_at, r.ended_by, r.why, r.version],
  );
  return r;
}

/** Newest first. */
export async function listTakes(
  tx: Tx,
  by: { beforeId: string | null; limit: number; state: string | undefined; warehouses: readonly string[] },
): Promise<TakeRow[]> {
  return tx.query<TakeRow>(
    `select ${COLUMNS} from inventory.stock_takes where org_id = $1 and warehouse_id = any ($2) and ($3::uuid is null or id < $3)
        and ($4::text is null or state = $4) order by id desc limit $5`,
    [tx.orgId, by.warehouses, by.beforeId, by.state ?? null, by.limit],
  );
}

/** Whether a person has counted a line of it, or said a bin to be done. */
export async function hasCounted(tx: Tx, takeId: string, actorId: string): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from inventory.stock_take_counts where org_id = $1 and take_id = $2 and counted_by = $3 limit 1',
    [tx.orgId, takeId, actorId],
  );
  return rows.length > 0;
}
