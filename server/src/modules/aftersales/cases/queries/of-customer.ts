import type { Tx } from '#kernel/db/index.ts';

/** How many cases are open, for each of these orders that has any. */
export async function openCases(tx: Tx, orderIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ order_id: string; n: number }>(
    'select order_id, count(*)::int as n from aftersales.cases where org_id = $1 and order_id = any ($2) and not ended group by 1',
    [tx.orgId, orderIds],
  );
  return new Map(rows.map((r) => [r.order_id, r.n]));
}

/** Orders of these customers with an open case, the latest first, at most so many. */
export async function ordersInCases(tx: Tx, customerIds: readonly string[], limit: number): Promise<string[]> {
  const rows = await tx.query<{ order_id: string }>(
    `select distinct order_id from aftersales.cases where org_id = $1 and customer_id = any ($2) and not ended order by order_id desc limit $3`,
    [tx.orgId, customerIds, limit],
  );
  return rows.map((r) => r.order_id);
}
