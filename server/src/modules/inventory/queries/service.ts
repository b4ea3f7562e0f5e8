import type { z } from 'zod';
import { type Ctx, seesWarehouse } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { WarehouseNotFound } from '../errors.ts';
import { presentService } from '../present.ts';
import type { ServiceView } from '../schema.ts';
import { serviceOf } from '../store/service.ts';
import { findWarehouseById } from '../store/warehouses.ts';

export async function viewService(
  tx: Tx,
  ctx: Ctx,
  { warehouseId }: { warehouseId: string },
): Promise<z.input<typeof ServiceView>> {
  const warehouse = await findWarehouseById(tx, warehouseId);
  if (!warehouse || !seesWarehouse(ctx, warehouse.id)) throw new WarehouseNotFound({ warehouse: warehouseId });
  return presentService(warehouse, await serviceOf(tx, warehouse.id));
}
