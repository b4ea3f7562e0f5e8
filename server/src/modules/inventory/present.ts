import type { z } from 'zod';
import type { ServiceRow } from './domain/rank-warehouses.ts';
import type { DocumentView, ServiceView, WarehouseView } from './schema.ts';
import type { DocumentRow } from './store/documents.ts';
import type { WarehouseRow } from './store/warehouses.ts';

export const presentWarehouse = (r: WarehouseRow): z.input<typeof WarehouseView> => ({
  id: r.id,
  code: r.code,
  name: r.name,
  address: r.address,
  priority: r.priority,
  createdAt: r.created_at.toISOString(),
  version: r.version,
});

export const presentService = (
  warehouse: Pick<WarehouseRow, 'id' | 'code'>,
  rows: readonly Omit<ServiceRow, 'warehouseId'>[],
): z.input<typeof ServiceView> => ({
  warehouseId: warehouse.id,
  warehouse: warehouse.code,
  rows: rows.map(({ region, excluded, cost, days }) => ({ region, excluded, cost, days })),
});

export const presentDocument = (
  r: DocumentRow,
  warehouse: string,
  toWarehouse: string | null,
): z.input<typeof DocumentView> => ({
  id: r.id,
  no: r.no,
  kind: r.kind,
  state: r.state,
  warehouse,
  toWarehouse,
  reference: r.reference,
  reason: r.reason,
  lines: r.lines,
  createdAt: r.created_at.toISOString(),
  version: r.version,
});
