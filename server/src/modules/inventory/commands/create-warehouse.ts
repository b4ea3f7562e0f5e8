import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import { WarehouseCodeTaken } from '../errors.ts';
import { WarehouseCreated } from '../events.ts';
import { presentWarehouse } from '../present.ts';
import type { CreateWarehouse, WarehouseView } from '../schema.ts';
import { insertFirstBins } from '../store/bins.ts';
import { raiseServiceRevision } from '../store/service.ts';
import { insertWarehouse } from '../store/warehouses.ts';

/** Opens a warehouse. Orders take stock from warehouses in order of priority, the lowest number first. */
export async function createWarehouse(
  tx: Tx,
  ctx: Ctx,
  input: CreateWarehouse,
): Promise<z.input<typeof WarehouseView>> {
  const row = await insertWarehouse(tx, {
    id: newId(),
    code: input.code,
    name: input.name,
    address: input.address ?? null,
    priority: input.priority ?? 100,
    created_at: ctx.now,
    version: 1,
  });
  if (!row) throw new WarehouseCodeTaken({ warehouse: input.code });
  await insertFirstBins(tx, row.id, ctx.now);
  await raiseServiceRevision(tx, 'if any'); // rankings name every warehouse
  await WarehouseCreated.emit(tx, ctx, row.id, { code: row.code });
  return presentWarehouse(row);
}
