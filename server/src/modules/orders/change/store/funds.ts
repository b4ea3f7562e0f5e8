import type { Tx } from '#kernel/db/index.ts';
import type { OrderRow } from '../../store/orders.ts';
import type { FundRow } from './family.ts';

/** The rows of orders that live on others' payments; of none for an order that has only what was paid for itself. */
export async function fundRows(tx: Tx, orderIds: readonly string[]): Promise<FundRow[]> {
  return tx.query<FundRow>(
    `select order_id, payer_order_id, amount, refunded from orders.funds where org_id = $1 and order_id = any ($2) order by order_id, payer_order_id`,
    [tx.orgId, orderIds],
  );
}

/** Which paid money an order lives on, oldest payer first. */
export async function fundsOf(
  tx: Tx,
  row: Pick<OrderRow, 'id' | 'paid_amount' | 'refunded_amount'>,
): Promise<FundRow[]> {
  const rows = await fundRows(tx, [row.id]);
  if (rows.length > 0 || row.paid_amount === 0) return rows;
  return [{ order_id: row.id, payer_order_id: row.id, amount: row.paid_amount, refunded: row.refunded_amount }];
}

/** Orders alive that have some of what was paid for `payerId`, oldest first. */
export async function holdersOf(tx: Tx, payerId: string): Promise<FundRow[]> {
  return tx.query<FundRow>(
    `select f.order_id, f.payer_order_id, f.amount, f.refunded from orders.funds f join orders.orders o on o.org_id = f.org_id and o.id = f.order_id
      where f.org_id = $1 and f.payer_order_id = $2 and o.superseded is null order by f.order_id`,
    [tx.orgId, payerId],
  );
}

/** Books money that came in for an order that already lives on others'. Nothing to do for one that does not. */
export async function addOwnFunds(tx: Tx, row: OrderRow, amount: number): Promise<void> {
  if (row.derived === null) return;
  await tx.query(
    `insert into orders.funds (org_id, order_id, payer_order_id, amount) values ($1, $2, $2, $3)
     on conflict (org_id, order_id, payer_order_id) do update set amount = orders.funds.amount + excluded.amount`,
    [tx.orgId, row.id, amount],
  );
}

/** Books money gone back from what an order has of a payer's. An order without rows has it in its own sums alone. */
export async function addRefunded(tx: Tx, orderId: string, payerId: string, amount: number): Promise<void> {
  await tx.query(
    'update orders.funds set refunded = refunded + $4 where org_id = $1 and order_id = $2 and payer_order_id = $3',
    [tx.orgId, orderId, payerId, amount],
  );
}
