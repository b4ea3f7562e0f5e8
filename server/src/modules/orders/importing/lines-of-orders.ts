import type { Tx } from '#kernel/db/index.ts';
import type { LineRow } from '../store/orders.ts';

/** The lines of several orders, each order's in their order. */
export async function linesOfOrders(tx: Tx, orderIds: readonly string[]): Promise<LineRow[]> {
  return tx.prepared<LineRow>(
    `select order_id, id, line_no, sku_id, sku, title, unit_price, list_price, quantity, amount, discount, payable, weight_g, reserve_on, cancelled, shipped, delivered, returned, refunded_amount
       from orders.lines where org_id = $1 and order_id = any ($2) order by order_id, line_no`,
    [tx.orgId, orderIds],
  );
}
