import type { Tx } from '#kernel/db/index.ts';
import { ORDER_COLUMNS, type OrderRow } from '../../store/orders.ts';

/** Open orders of the same buyer in the same shop, newest first, without the order itself. */
export async function candidatesFor(tx: Tx, row: OrderRow, limit: number): Promise<OrderRow[]> {
  return tx.query<OrderRow>(
    `select ${ORDER_COLUMNS} from (
       select * from orders.orders where org_id = $1 and customer_id = $2 order by id desc limit 200) o
      where o.shop_id = $3 and o.id <> $4 and o.superseded is null and o.status in ('pending_payment', 'paid') order by o.id desc limit $5`,
    [tx.orgId, row.customer_id, row.shop_id, row.id, limit],
  );
}
