import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { BatchState } from '../domain/choose-stock.ts';

export type BatchRow = {
  id: string;
  sku_id: string;
  batch_no: string;
  produced_on: string | null;
  expires_on: string | null;
  state: BatchState;
  created_at: Date;
  version: number;
};
const COLUMNS =
  'id, sku_id, batch_no, produced_on::text as produced_on, expires_on::text as expires_on, state, created_at, version';

/** Batches by SKU and number, as `skuId/batchNo`; those that do not exist are left out. */
export async function batchesByNo(
  tx: Tx,
  keys: readonly { skuId: string; batchNo: string }[],
): Promise<Map<string, BatchRow>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.query<BatchRow>(
    `select ${COLUMNS} from inventory.batches b
       where org_id = $1 and (sku_id, batch_no) in (select * from unnest($2::uuid[], $3::text[]))`,
    [tx.orgId, keys.map((k) => k.skuId), keys.map((k) => k.batchNo)],
  );
  return new Map(rows.map((r) => [`${r.sku_id}/${r.batch_no}`, r]));
}

export async function batchesByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, BatchRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<BatchRow>(
    `select ${COLUMNS} from inventory.batches where org_id = $1 and id = any ($2)`,
    [tx.orgId, [...new Set(ids)]],
  );
  return new Map(rows.map((r) => [r.id, r]));
}

/** Inserts batches that nobody has inserted meanwhile. */
export async function insertBatches(tx: Tx, rows: readonly BatchRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into inventory.batches (org_id, id, sku_id, batch_no, produced_on, expires_on, state, created_at, version)
     select $1, b.* from jsonb_to_recordset($2::jsonb) as b (id uuid, sku_id uuid, batch_no text, produced_on date, expires_on date,
       state text, created_at timestamptz, version integer) order by sku_id, batch_no on conflict (org_id, sku_id, batch_no) do nothing`,
    [tx.orgId, JSON.stringify(rows)],
  );
}

export async function lockBatch(tx: Tx, id: string): Promise<BatchRow | undefined> {
  return maybeOne(
    await tx.query<BatchRow>(`select ${COLUMNS} from inventory.batches where org_id = $1 and id = $2 for update`, [
      tx.orgId,
      id,
    ]),
  );
}

export async function saveBatchState(tx: Tx, row: BatchRow, state: BatchState): Promise<BatchRow> {
  const rows = await tx.query<BatchRow>(
    `update inventory.batches set state = $3, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [tx.orgId, row.id, state],
  );
  return rows[0] as BatchRow;
}
