import type { Tx } from '#kernel/db/index.ts';

export type ComponentRow = { kit_sku_id: string; component_sku_id: string; quantity: number };

/** What kits are made of. */
export async function componentsOf(tx: Tx, kitIds: readonly string[]): Promise<ComponentRow[]> {
  return tx.query<ComponentRow>(
    `select kit_sku_id, component_sku_id, quantity from inventory.kits where org_id = $1 and kit_sku_id = any ($2)
      order by kit_sku_id, component_sku_id`,
    [tx.orgId, kitIds],
  );
}

export async function setComponents(
  tx: Tx,
  kitId: string,
  components: readonly { skuId: string; quantity: number }[],
): Promise<void> {
  await tx.query('delete from inventory.kits where org_id = $1 and kit_sku_id = $2', [tx.orgId, kitId]);
  await tx.query(
    `insert into inventory.kits (org_id, kit_sku_id, component_sku_id, quantity)
     select $1, $2, s, q from unnest($3::uuid[], $4::bigint[]) u (s, q)`,
    [tx.orgId, kitId, components.map((c) => c.skuId), components.map((c) => c.quantity)],
  );
}

/** SKUs that are kits, after `after`, by id. */
export async function kitIds(tx: Tx, after: string | undefined, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct kit_sku_id as id from inventory.kits where org_id = $1 and ($2::uuid is null or kit_sku_id > $2) order by 1 limit $3`,
    [tx.orgId, after ?? null, limit],
  );
  return rows.map((r) => r.id);
}
