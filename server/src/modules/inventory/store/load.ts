import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';

/** A row of a file that is loaded, with everything it names. `documentId` is the receipt it belongs to. */
export type LoadRow = {
  documentId: string;
  skuId: string;
  sku: string;
  warehouseId: string;
  binId: string;
  bin: string | null;
  batchId: string;
  batchNo: string | null;
  producedOn: string | null;
  /** Of the batch, whether the row names it or not. */
  expiresOn: string | null;
  quantity: number;
  unitCost: number | null;
  lowAt: number | null;
};
export type LoadDocument = { id: string; no: string; warehouseId: string };

/** A statement about a hundred thousand rows may take longer than one about an order. */
const STATEMENT_MS_MAX = 300_000;

/** Makes the table the rows of a file are gathered in; it is gone with the transaction. */
export async function openLoad(tx: Tx): Promise<void> {
  await tx.query(`set local statement_timeout = ${STATEMENT_MS_MAX}`);
  await tx.query(
    `create temporary table load_rows (n integer generated always as identity, doc uuid, sku_id uuid, sku text, warehouse_id uuid, bin_id uuid, bin text,
       batch_id uuid, batch text, produced date, expires date, quantity bigint, cost bigint, low_at bigint) on commit drop`,
  );
}

const COLUMNS = [
  ['doc', 'uuid', 'documentId'],
  ['sku_id', 'uuid', 'skuId'],
  ['sku', 'text', 'sku'],
  ['warehouse_id', 'uuid', 'warehouseId'],
  ['bin_id', 'uuid', 'binId'],
  ['bin', 'text', 'bin'],
  ['batch_id', 'uuid', 'batchId'],
  ['batch', 'text', 'batchNo'],
  ['produced', 'date', 'producedOn'],
  ['expires', 'date', 'expiresOn'],
  ['quantity', 'bigint', 'quantity'],
  ['cost', 'bigint', 'unitCost'],
  ['low_at', 'bigint', 'lowAt'],
] as const satisfies readonly (readonly [string, string, keyof LoadRow])[];
const ADD = `insert into load_rows (${COLUMNS.map(([name]) => name).join(', ')})
  select * from unnest(${COLUMNS.map(([, type], i) => `$${i + 1}::${type}[]`).join(', ')})`;

export async function addLoad(tx: Tx, rows: readonly LoadRow[]): Promise<void> {
  await tx.query(
    ADD,
    COLUMNS.map(([, , key]) => rows.map((r) => r[key])),
  );
}

/**
 * Books everything that was gathered, as receipts: each table in one statement, balances in key order and the bins after
 * them, as every posting does.
 */
export async function bookLoad(
  tx: Tx,
  ctx: Ctx,
  input: { documents: readonly LoadDocument[]; reference: string; today: string },
): Promise<void> {
  await tx.query('analyze load_rows');
  await bookBalances(tx, input.today);
  await tx.query(
    `insert into inventory.documents (org_id, id, kind, no, warehouse_id, reference, state, lines, created_at, created_by, posted_at)
     select $1, d.id, 'receipt', d.no, d.w, $5, 'posted', l.lines, $6, $7, $6
       from unnest($2::uuid[], $3::text[], $4::uuid[]) d (id, no, w)
       join (select doc, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('sku', sku, 'quantity', quantity, 'bin', bin, 'batch', batch,
               'producedOn', produced, 'expiresOn', expires, 'unitCost', cost)) order by n) as lines from load_rows group by doc) l on l.doc = d.id`,
    [
      tx.orgId,
      input.documents.map((d) => d.id),
      input.documents.map((d) => d.no),
      input.documents.map((d) => d.warehouseId),
      input.reference,
      ctx.now,
      ctx.actor.id,
    ],
  );
  await tx.query(
    `insert into inventory.moves (org_id, sku_id, warehouse_id, kind, on_hand_d, frozen_d, doc_id, bin_id, batch_id, expires_on, unit_cost, reason, actor_id, at)
     select $1, sku_id, warehouse_id, 'receive', case when gone then 0 else quantity end, case when gone then quantity else 0 end, doc, bin_id, batch_id,
            expires, cost, case when gone then 'expired' end, $2, $3
       from (select *, coalesce(expires < $4::date, false) as gone from load_rows) r order by n`,
    [tx.orgId, ctx.actor.id, ctx.now, input.today],
  );
}

/** What has expired is here, and not for sale. */
async function bookBalances(tx: Tx, today: string): Promise<void> {
  await tx.query(
    `insert into inventory.balances as b (org_id, sku_id, warehouse_id, on_hand, frozen)
     select $1, sku_id, warehouse_id, coalesce(sum(quantity) filter (where not gone), 0), coalesce(sum(quantity) filter (where gone), 0)
       from (select *, coalesce(expires < $2::date, false) as gone from load_rows) r group by sku_id, warehouse_id order by sku_id, warehouse_id
     on conflict (org_id, sku_id, warehouse_id) do update set on_hand = b.on_hand + excluded.on_hand, frozen = b.frozen + excluded.frozen`,
    [tx.orgId, today],
  );
  await tx.query(
    `insert into inventory.bin_stock as s (org_id, sku_id, warehouse_id, bin_id, batch_id, state, quantity)
     select $1, sku_id, warehouse_id, bin_id, batch_id, case when gone then 'frozen' else 'good' end, sum(quantity)
       from (select *, coalesce(expires < $2::date, false) as gone from load_rows) r
      group by sku_id, warehouse_id, bin_id, batch_id, gone order by sku_id, bin_id, batch_id, gone desc
     on conflict (org_id, sku_id, bin_id, batch_id, state) do update set quantity = s.quantity + excluded.quantity`,
    [tx.orgId, today],
  );
  await tx.query(
    `insert into inventory.alert_levels (org_id, sku_id, warehouse_id, low_at)
     select $1, sku_id, warehouse_id, max(low_at) from load_rows where low_at is not null group by 2, 3 order by 2, 3
     on conflict (org_id, sku_id, warehouse_id) do update set low_at = excluded.low_at`,
    [tx.orgId],
  );
}
