import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { presentDocument } from '../present.ts';
import type { CreateAdjustment, DocumentView } from '../schema.ts';
import type { WarehouseRow } from '../store/warehouses.ts';
import { bookOrAsk } from './approve-document.ts';
import { mayTouch } from './document.ts';
import { placesFrom } from './places.ts';
import { resolveDocument } from './resolve-lines.ts';

/** Corrects stock. Above the limit in the settings it waits for another person's approval and moves nothing yet. */
export async function createAdjustment(
  tx: Tx,
  ctx: Ctx,
  input: CreateAdjustment,
): Promise<z.input<typeof DocumentView>> {
  const { warehouses, skus } = await resolveDocument(tx, { warehouse: input.warehouse }, input.lines);
  const warehouse = warehouses['warehouse'] as WarehouseRow;
  mayTouch(ctx, warehouse);
  await placesFrom(tx, warehouse.id, input.lines, skus); // refused now, not when somebody has approved it
  const row = await bookOrAsk(
    tx,
    ctx,
    warehouse,
    input.lines.reduce((n, l) => n + Math.abs(l.delta), 0),
    { kind: 'adjustment', lines: input.lines, reference: input.reference ?? null, reason: input.reason },
  );
  return presentDocument(row, warehouse.code, null);
}
