import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { seesWarehouse } from '#kernel/context.ts';
import { skusByCode } from '#modules/catalog/index.ts';
import { allWarehouses } from '../../store/warehouses.ts';
import { ReplenishmentInvalid } from '../errors.ts';
import { SafetyStockSet } from '../events.ts';
import type { SetLevels } from '../schema.ts';

type Level = { skuId: string; sku: string; warehouseId: string; warehouse: string; safety: number };

async function resolve(tx: Tx, ctx: Ctx, items: z.output<typeof SetLevels>['items']): Promise<Level[]> {
  const skus = new Map(
    (
      await skusByCode(
        tx,
        items.map((i) => i.sku),
      )
    ).map((s) => [s.sku, s]),
  );
  const warehouses = new Map((await allWarehouses(tx)).map((w) => [w.code, w]));
  const problems: FieldProblem[] = [];
  const levels = new Map<string, Level>();
  items.forEach((item, i) => {
    const sku = skus.get(item.sku);
    const warehouse = warehouses.get(item.warehouse);
    if (!sku) problems.push({ path: `items[${i}].sku`, code: 'unknown_sku', facts: { sku: item.sku } });
    if (!warehouse)
      problems.push({ path: `items[${i}].warehouse`, code: 'unknown_warehouse', facts: { warehouse: item.warehouse } });
    else if (!seesWarehouse(ctx, warehouse.id))
      problems.push({
        path: `items[${i}].warehouse`,
        code: 'warehouse_out_of_scope',
        facts: { warehouse: item.warehouse },
      });
    if (!sku || !warehouse) return;
    const key = `${sku.id}/${warehouse.id}`;
    if (levels.has(key)) problems.push({ path: `items[${i}]`, code: 'level_named_twice', facts: { sku: item.sku } });
    levels.set(key, {
      skuId: sku.id,
      sku: sku.sku,
      warehouseId: warehouse.id,
      warehouse: warehouse.code,
      safety: item.safety,
    });
  });
  if (problems.length > 0) throw new ReplenishmentInvalid({}, problems);
  return [...levels.values()].toSorted((a, b) =>
    a.skuId === b.skuId ? (a.warehouseId < b.warehouseId ? -1 : 1) : a.skuId < b.skuId ? -1 : 1,
  );
}

/**
 * Sets the safety stock of SKUs in warehouses: units that no order may take (INV-4). The next order sees it. What is reserved
 * already stays reserved, and less than the safety stock may be there. Returns how many levels changed.
 */
export async function setLevels(tx: Tx, ctx: Ctx, input: z.output<typeof SetLevels>): Promise<{ changed: number }> {
  let changed = 0;
  for (const level of await resolve(tx, ctx, input.items)) {
    await tx.query(
      'insert into inventory.balances (org_id, sku_id, warehouse_id) values ($1, $2, $3) on conflict do nothing',
      [tx.orgId, level.skuId, level.warehouseId],
    );
    const { safety: was } = one(
      await tx.query<{ safety: number }>(
        'select safety from inventory.balances where org_id = $1 and sku_id = $2 and warehouse_id = $3 for no key update',
        [tx.orgId, level.skuId, level.warehouseId],
      ),
    );
    if (was === level.safety) continue;
    await tx.query(
      'update inventory.balances set safety = $4 where org_id = $1 and sku_id = $2 and warehouse_id = $3',
      [tx.orgId, level.skuId, level.warehouseId, level.safety],
    );
    await SafetyStockSet.emit(tx, ctx, level.skuId, {
      sku: level.sku,
      warehouse: level.warehouse,
      was,
      now: level.safety,
    });
    changed += 1;
  }
  return { changed };
}
