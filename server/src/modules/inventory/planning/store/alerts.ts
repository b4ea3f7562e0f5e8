import type { Tx } from '#kernel/db/index.ts';

export const ALERT_KINDS = ['low', 'over', 'slow', 'expiring'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
export type AlertFacts = Record<string, number | string | null>;
export type Found = {
  kind: AlertKind;
  sku_id: string;
  warehouse_id: string;
  subject: string;
  facts: AlertFacts;
};
export type Opened = { id: string; kind: AlertKind; warehouse_id: string };
export type AlertRow = Found & { id: string; opened_at: Date; closed_at: Date | null };

const SAME = `a.kind = f.kind and a.sku_id = f.sku_id and a.warehouse_id = f.warehouse_id and a.subject = f.subject`;
const FOUND =
  'jsonb_to_recordset($2::jsonb) as f (id uuid, kind text, sku_id uuid, warehouse_id uuid, subject text, facts jsonb)';

/**
 * Makes the open alerts those that were found: opens what is new, closes what is found no more, and notes today's numbers in the
 * rest. Returns what was opened, and how many were closed. One run at a time.
 */
export async function replaceAlerts(
  tx: Tx,
  found: readonly (Found & { id: string })[],
  at: Date,
): Promise<{ opened: Opened[]; closed: number }> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`alerts/${tx.orgId}`]);
  const given = JSON.stringify(found);
  const closed = await tx.query(
    `update inventory.alerts a set closed_at = greatest($3::timestamptz, a.opened_at) where a.org_id = $1 and a.closed_at is null and not exists (select from ${FOUND} where ${SAME}) returning 1`,
    [tx.orgId, given, at],
  );
  await tx.query(
    `update inventory.alerts a set facts = f.facts from ${FOUND} where a.org_id = $1 and a.closed_at is null and ${SAME} and a.facts <> f.facts`,
    [tx.orgId, given],
  );
  const opened = await tx.query<Opened>(
    `insert into inventory.alerts (org_id, id, kind, sku_id, warehouse_id, subject, facts, opened_at)
     select $1, f.id, f.kind, f.sku_id, f.warehouse_id, f.subject, f.facts, $3 from ${FOUND} order by f.id
     on conflict (org_id, kind, sku_id, warehouse_id, subject) where closed_at is null do nothing returning id, kind, warehouse_id`,
    [tx.orgId, given, at],
  );
  return { opened, closed: closed.length };
}

export async function listAlerts(
  tx: Tx,
  by: {
    kind: AlertKind | null;
    open: boolean;
    skuIds: readonly string[] | null;
    warehouseIds: readonly string[];
    beforeId: string | null;
    limit: number;
  },
): Promise<AlertRow[]> {
  return tx.query<AlertRow>(
    `select id, kind, sku_id, warehouse_id, subject, facts, opened_at, closed_at from inventory.alerts
      where org_id = $1 and ($2::text is null or kind = $2) and (closed_at is null) = $3 and ($4::uuid[] is null or sku_id = any ($4))
        and warehouse_id = any ($5) and ($6::uuid is null or id < $6) order by id desc limit $7`,
    [tx.orgId, by.kind, by.open, by.skuIds, by.warehouseIds, by.beforeId, by.limit],
  );
}

/** Open alerts by kind. */
export async function countAlerts(
  tx: Tx,
  by: { skuIds: readonly string[] | null; warehouseIds: readonly string[] },
): Promise<Map<AlertKind, number>> {
  const rows = await tx.query<{ kind: AlertKind; n: number }>(
    `select kind, count(*)::int as n from inventory.alerts
      where org_id = $1 and closed_at is null and ($2::uuid[] is null or sku_id = any ($2)) and warehouse_id = any ($3) group by 1`,
    [tx.orgId, by.skuIds, by.warehouseIds],
  );
  return new Map(rows.map((r) => [r.kind, r.n]));
}
