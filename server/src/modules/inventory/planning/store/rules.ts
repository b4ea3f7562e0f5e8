import { maybeOne, type Tx } from '#kernel/db/index.ts';

/** What a rule may say; null: as the rule above it. */
export type RuleTerms = {
  lead_days: number | null;
  review_days: number | null;
  service_percent: number | null;
  pack_size: number | null;
  order_min: number | null;
  min_units: number | null;
  max_units: number | null;
  cover_days_max: number | null;
  supplier: string | null;
};
export type RuleRow = RuleTerms & {
  id: string;
  sku_id: string;
  /** Null: every warehouse without a rule of its own. */
  warehouse_id: string | null;
  version: number;
  updated_at: Date;
  updated_by: string;
};
const TERMS =
  'lead_days, review_days, service_percent, pack_size, order_min, min_units, max_units, cover_days_max, supplier';
const COLUMNS = `id, sku_id, warehouse_id, ${TERMS.replace('service_percent', 'service_percent::float8 as service_percent')}, version, updated_at, updated_by`;

export async function rulesOf(tx: Tx, skuIds: readonly string[]): Promise<RuleRow[]> {
  return tx.query<RuleRow>(
    `select ${COLUMNS} from inventory.replenishment_rules where org_id = $1 and sku_id = any ($2) order by sku_id, warehouse_id nulls first`,
    [tx.orgId, skuIds],
  );
}

/** The rule of a SKU in a warehouse, or in all of them; with its row lock. */
export async function lockRule(tx: Tx, skuId: string, warehouseId: string | null): Promise<RuleRow | undefined> {
  // nobody else makes the same rule meanwhile, though there is no row to lock yet
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`rule/${tx.orgId}/${skuId}`]);
  return maybeOne(
    await tx.query<RuleRow>(
      `select ${COLUMNS} from inventory.replenishment_rules where org_id = $1 and sku_id = $2 and warehouse_id is not distinct from $3 for update`,
      [tx.orgId, skuId, warehouseId],
    ),
  );
}

export async function saveRule(tx: Tx, r: RuleRow): Promise<void> {
  await tx.query(
    `insert into inventory.replenishment_rules (org_id, id, sku_id, warehouse_id, ${TERMS}, version, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (org_id, id) do update set lead_days = excluded.lead_days, review_days = excluded.review_days, service_percent = excluded.service_percent,
       pack_size = excluded.pack_size, order_min = excluded.order_min, min_units = excluded.min_units, max_units = excluded.max_units,
       cover_days_max = excluded.cover_days_max, supplier = excluded.supplier, version = excluded.version, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [
      tx.orgId,
      r.id,
      r.sku_id,
      r.warehouse_id,
      r.lead_days,
      r.review_days,
      r.service_percent,
      r.pack_size,
      r.order_min,
      r.min_units,
      r.max_units,
      r.cover_days_max,
      r.supplier,
      r.version,
      r.updated_at,
      r.updated_by,
    ],
  );
}

export async function deleteRule(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from inventory.replenishment_rules where org_id = $1 and id = $2', [tx.orgId, id]);
}

/** Rules of SKUs, those of the SKU codes after a position; the caller names the SKUs it wants, or null for all. */
export async function listRules(
  tx: Tx,
  by: {
    skuIds: readonly string[] | null;
    warehouseIds: readonly string[] | null;
    beforeId: string | null;
    limit: number;
  },
): Promise<RuleRow[]> {
  return tx.query<RuleRow>(
    `select ${COLUMNS} from inventory.replenishment_rules where org_id = $1 and ($2::uuid[] is null or sku_id = any ($2))
        and ($3::uuid[] is null or warehouse_id is null or warehouse_id = any ($3)) and ($4::uuid is null or id < $4) order by id desc limit $5`,
    [tx.orgId, by.skuIds, by.warehouseIds, by.beforeId, by.limit],
  );
}
