import { maybeOne, type Tx } from '#kernel/db/index.ts';

export type AllotmentRow = {
  id: string;
  sku_id: string;
  warehouse_id: string;
  channel: string;
  created_at: Date;
  version: number;
};
const COLUMNS = 'id, sku_id, warehouse_id, channel, created_at, version';

/** Makes the allotment when it is not there, and locks it. */
export async function lockAllotment(tx: Tx, row: AllotmentRow): Promise<AllotmentRow> {
  await tx.query(
    `insert into inventory.allotments (org_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7) on conflict (org_id, channel, sku_id, warehouse_id) do nothing`,
    [tx.orgId, row.id, row.sku_id, row.warehouse_id, row.channel, row.created_at, row.version],
  );
  const rows = await tx.query<AllotmentRow>(
    `select ${COLUMNS} from inventory.allotments where org_id = $1 and channel = $2 and sku_id = $3 and warehouse_id = $4 for update`,
    [tx.orgId, row.channel, row.sku_id, row.warehouse_id],
  );
  return maybeOne(rows) as AllotmentRow;
}

/** Channels that something is kept for. */
export async function allottedChannels(tx: Tx): Promise<Set<string>> {
  const rows = await tx.prepared<{ channel: string }>(
    'select distinct channel from inventory.allotments where org_id = $1',
    [tx.orgId],
  );
  return new Set(rows.map((r) => r.channel));
}

export async function dropAllotment(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from inventory.reservations where org_id = $1 and order_id = $2 and quantity = 0', [
    tx.orgId,
    id,
  ]);
  await tx.query('delete from inventory.allotments where org_id = $1 and id = $2', [tx.orgId, id]);
}

export type AllottedRow = AllotmentRow & { quantity: number };

/** What is kept for channels, newest first. */
export async function listAllotments(
  tx: Tx,
  filter: {
    channel?: string | undefined;
    skuIds: readonly string[] | null;
    warehouseIds: readonly string[];
    before: string | null;
    limit: number;
  },
): Promise<AllottedRow[]> {
  return tx.query<AllottedRow>(
    `select a.id, a.sku_id, a.warehouse_id, a.channel, a.created_at, a.version, coalesce(r.quantity, 0)::bigint as quantity
       from inventory.allotments a left join inventory.reservations r on r.org_id = a.org_id and r.order_id = a.id and r.line_id = a.id
      where a.org_id = $1 and ($2::text is null or a.channel = $2) and ($3::uuid[] is null or a.sku_id = any ($3)) and a.warehouse_id = any ($4)
        and ($5::uuid is null or a.id < $5) order by a.id desc limit $6`,
    [tx.orgId, filter.channel ?? null, filter.skuIds, filter.warehouseIds, filter.before, filter.limit],
  );
}
