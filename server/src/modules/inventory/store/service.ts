import type { Tx } from '#kernel/db/index.ts';
import type { ServiceRow } from '../domain/rank-warehouses.ts';

const ROWS = `select warehouse_id as "warehouseId", region, excluded, cost, days from inventory.warehouse_service where org_id = $1`;

/** What every warehouse says. Bounded by what each may say. */
export const allService = (tx: Tx): Promise<ServiceRow[]> =>
  tx.prepared<ServiceRow>(`${ROWS} order by warehouse_id, region limit 500000`, [tx.orgId]);

export const serviceOf = (tx: Tx, warehouseId: string): Promise<ServiceRow[]> =>
  tx.query<ServiceRow>(`${ROWS} and warehouse_id = $2 order by region`, [tx.orgId, warehouseId]);

/** The revision of all of it; 0 while nothing was ever said. */
export async function serviceRevision(tx: Tx): Promise<number> {
  const [row] = await tx.prepared<{ revision: number }>('select inventory.service_revision($1) as revision', [
    tx.orgId,
  ]);
  return row?.revision ?? 0;
}

/** Replaces what a warehouse says. The caller raises the revision. */
export async function saveService(tx: Tx, warehouseId: string, rows: readonly Omit<ServiceRow, 'warehouseId'>[]) {
  await tx.query('delete from inventory.warehouse_service where org_id = $1 and warehouse_id = $2', [
    tx.orgId,
    warehouseId,
  ]);
  await tx.query(
    `insert into inventory.warehouse_service (org_id, warehouse_id, region, excluded, cost, days)
     select $1, $2, r, e, c, d from unnest($3::text[], $4::boolean[], $5::bigint[], $6::integer[]) u (r, e, c, d)`,
    [
      tx.orgId,
      warehouseId,
      rows.map((r) => r.region),
      rows.map((r) => r.excluded),
      rows.map((r) => r.cost),
      rows.map((r) => r.days),
    ],
  );
}

/** Rankings made before this are made anew. `made`: begins to count, which a new warehouse alone does not. */
export async function raiseServiceRevision(tx: Tx, how: 'made' | 'if any'): Promise<void> {
  await tx.query(
    how === 'made'
      ? `insert into inventory.service_revisions (org_id, revision) values ($1, 1)
         on conflict (org_id) do update set revision = inventory.service_revisions.revision + 1`
      : 'update inventory.service_revisions set revision = revision + 1 where org_id = $1',
    [tx.orgId],
  );
}
