import { maybeOne, type Tx } from '#kernel/db/index.ts';
import type { DELIVERY_STATES } from '../schema-documents.ts';

export type DeliveryRow = {
  id: string;
  no: string;
  warehouse_id: string;
  supplier: string;
  reference: string | null;
  expected_on: string | null;
  state: (typeof DELIVERY_STATES)[number];
  created_at: Date;
  created_by: string;
  closed_at: Date | null;
  version: number;
};
export type DeliveryLineRow = {
  delivery_id: string;
  line_no: number;
  sku_id: string;
  ordered: number;
  received: number;
  unit_cost: number | null;
};
const COLUMNS =
  'id, no, warehouse_id, supplier, reference, expected_on::text as expected_on, state, created_at, created_by, closed_at, version';

export async function insertDelivery(
  tx: Tx,
  row: DeliveryRow,
  lines: readonly Omit<DeliveryLineRow, 'delivery_id' | 'received'>[],
): Promise<void> {
  await tx.query(
    `insert into inventory.deliveries (org_id, id, no, warehouse_id, supplier, reference, expected_on, state, created_at, created_by, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)`,
    [
      tx.orgId,
      row.id,
      row.no,
      row.warehouse_id,
      row.supplier,
      row.reference,
      row.expected_on,
      row.state,
      row.created_at,
      row.created_by,
    ],
  );
  await tx.query(
    `insert into inventory.delivery_lines (org_id, delivery_id, line_no, sku_id, ordered, unit_cost)
     select $1, $2, l.* from unnest($3::integer[], $4::uuid[], $5::bigint[], $6::bigint[]) l`,
    [
      tx.orgId,
      row.id,
      lines.map((l) => l.line_no),
      lines.map((l) => l.sku_id),
      lines.map((l) => l.ordered),
      lines.map((l) => l.unit_cost),
    ],
  );
}

export async function findDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  return maybeOne(
    await tx.query<DeliveryRow>(`select ${COLUMNS} from inventory.deliveries where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
}

export async function lockDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  return maybeOne(
    await tx.query<DeliveryRow>(
      `select ${COLUMNS} from inventory.deliveries where org_id = $1 and id = $2 for update`,
      [tx.orgId, id],
    ),
  );
}

export async function deliveryLines(tx: Tx, ids: readonly string[]): Promise<DeliveryLineRow[]> {
  return tx.query<DeliveryLineRow>(
    `select delivery_id, line_no, sku_id, ordered, received, unit_cost from inventory.delivery_lines
      where org_id = $1 and delivery_id = any ($2) order by delivery_id, line_no`,
    [tx.orgId, ids],
  );
}

/** Counts units that came. The caller holds the delivery's lock. */
export async function addReceived(tx: Tx, deliveryId: string, units: ReadonlyMap<string, number>): Promise<void> {
  await tx.query(
    `update inventory.delivery_lines l set received = l.received + u.q from unnest($3::uuid[], $4::bigint[]) u (s, q)
      where l.org_id = $1 and l.delivery_id = $2 and l.sku_id = u.s`,
    [tx.orgId, deliveryId, [...units.keys()], [...units.values()]],
  );
}

export async function saveDeliveryState(
  tx: Tx,
  row: DeliveryRow,
  state: DeliveryRow['state'],
  closedAt: Date | null,
): Promise<DeliveryRow> {
  const rows = await tx.query<DeliveryRow>(
    `update inventory.deliveries set state = $3, closed_at = $4, version = version + 1 where org_id = $1 and id = $2 returning ${COLUMNS}`,
    [tx.orgId, row.id, state, closedAt],
  );
  return rows[0] as DeliveryRow;
}

export async function listDeliveries(
  tx: Tx,
  filter: {
    warehouseIds: readonly string[];
    state?: string | undefined;
    q?: string | undefined;
    before: string | null;
    limit: number;
  },
): Promise<DeliveryRow[]> {
  return tx.query<DeliveryRow>(
    `select ${COLUMNS} from inventory.deliveries where org_id = $1 and warehouse_id = any ($2) and ($3::text is null or state = $3)
        and ($4::text is null or no = $4 or reference = $4 or strpos(lower(supplier), lower($4)) > 0) and ($5::uuid is null or id < $5)
      order by id desc limit $6`,
    [tx.orgId, filter.warehouseIds, filter.state ?? null, filter.q ?? null, filter.before, filter.limit],
  );
}
