import { maybeOne, type Tx } from '#kernel/db/index.ts';

export type WarehouseRow = {
  id: string;
  code: string;
  name: string;
  address: unknown;
  priority: number;
  created_at: Date;
  version: number;
  /** How the floor looks; null until somebody has said so. */
  layout: {
    aislesMm: number[];
    crossAislesMm: number[];
    depot: { aisle: number; end: 'front' | 'back' };
  } | null;
};
const INSERTED = 'id, code, name, address, priority, created_at, version';
const COLUMNS = `${INSERTED}, layout`;

/** Returns undefined when the code is taken. */
export async function insertWarehouse(tx: Tx, row: Omit<WarehouseRow, 'layout'>): Promise<WarehouseRow | undefined> {
  return maybeOne(
    await tx.query<WarehouseRow>(
      `insert into inventory.warehouses (org_id, ${INSERTED}) values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (org_id, code) do nothing returning ${COLUMNS}`,
      [
        tx.orgId,
        row.id,
        row.code,
        row.name,
        JSON.stringify(row.address ?? null),
        row.priority,
        row.created_at,
        row.version,
      ],
    ),
  );
}

export async function findWarehouse(tx: Tx, code: string): Promise<WarehouseRow | undefined> {
  return maybeOne(
    await tx.prepared<WarehouseRow>(`select ${COLUMNS} from inventory.warehouses where org_id = $1 and code = $2`, [
      tx.orgId,
      code,
    ]),
  );
}

export async function findWarehouseById(tx: Tx, id: string): Promise<WarehouseRow | undefined> {
  return maybeOne(
    await tx.query<WarehouseRow>(`select ${COLUMNS} from inventory.warehouses where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
}

/** Takes the row lock. */
export async function lockWarehouse(tx: Tx, id: string): Promise<WarehouseRow | undefined> {
  return maybeOne(
    await tx.query<WarehouseRow>(
      `select ${COLUMNS} from inventory.warehouses where org_id = $1 and id = $2 for update`,
      [tx.orgId, id],
    ),
  );
}

/** All warehouses, those to take stock from first at the front. An organisation has at most a few hundred. */
export async function allWarehouses(tx: Tx): Promise<WarehouseRow[]> {
  return tx.prepared<WarehouseRow>(
    `select ${COLUMNS} from inventory.warehouses where org_id = $1 order by priority, code limit 1000`,
    [tx.orgId],
  );
}

export async function saveLayout(
  tx: Tx,
  warehouseId: string,
  layout: NonNullable<WarehouseRow['layout']>,
): Promise<void> {
  await tx.query('update inventory.warehouses set layout = $3, version = version + 1 where org_id = $1 and id = $2', [
    tx.orgId,
    warehouseId,
    JSON.stringify(layout),
  ]);
}
