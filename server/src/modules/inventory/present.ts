import type { z } from 'zod';
import type { BinView, ZoneView } from './schema-bins.ts';
import type { BinRow, ZoneRow } from './store/bins.ts';
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
  reverses: r.reverses,
  deliveryId: r.delivery_id,
  createdAt: r.created_at.toISOString(),
  version: r.version,
});

export const presentZone = (r: ZoneRow): z.input<typeof ZoneView> => ({
  id: r.id,
  code: r.code,
  name: r.name,
  temperature: r.temperature,
  version: r.version,
});

export const presentBin = (r: BinRow, zone: string | null): z.input<typeof BinView> => ({
  id: r.id,
  code: r.code,
  kind: r.kind,
  zone,
  aisle: r.aisle,
  side: r.side,
  bay: r.bay,
  level: r.level,
  xMm: r.x_mm,
  yMm: r.y_mm,
  closed: r.closed,
  version: r.version,
});
