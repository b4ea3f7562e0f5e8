import type { z } from 'zod';
import type { DocumentView, WarehouseView } from './schema.ts';
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
