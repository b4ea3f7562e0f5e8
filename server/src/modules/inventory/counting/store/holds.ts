import type { Tx } from '#kernel/db/index.ts';
import type { Hold } from '../domain/give-way.ts';
import type { Spot } from './book.ts';

const HOLDS_MAX = 5000;

/** Who is allocated units of a place; those who came last first. */
export async function allocatedIn(tx: Tx, spot: Spot): Promise<Hold[]> {
  if (spot.state !== 'good') return [];
  return tx.query<Hold>(
    `select order_id as "orderId", line_id as "lineId", quantity from inventory.allocations
      where org_id = $1 and bin_id = $2 and sku_id = $3 and batch_id = $4 and quantity > 0 order by order_id desc, line_id limit ${HOLDS_MAX}`,
    [tx.orgId, spot.bin_id, spot.sku_id, spot.batch_id],
  );
}

/** For whom units of a SKU are reserved in a warehouse; those who came last first. */
export async function reservedOf(tx: Tx, warehouseId: string, skuId: string): Promise<Hold[]> {
  return tx.query<Hold>(
    `select order_id as "orderId", line_id as "lineId", quantity from inventory.reservations
      where org_id = $1 and warehouse_id = $2 and sku_id = $3 and quantity > 0 order by order_id desc, line_id limit ${HOLDS_MAX}`,
    [tx.orgId, warehouseId, skuId],
  );
}
