import type { Tx } from '#kernel/db/index.ts';

/** Customers with an order of a period that was not cancelled, by id; `after` is the last one seen. */
export async function customersOfPeriod(
  tx: Tx,
  by: { from: Date; to: Date; shopId: string | null; after: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await tx.query<{ customer_id: string }>(
    `select distinct customer_id from orders.orders
      where org_id = $1 and placed_at >= $2 and placed_at < $3 and ($4::uuid is null or shop_id = $4)
        and status not in ('cancelled', 'pending_payment') and ($5::uuid is null or customer_id > $5)
      order by customer_id limit $6`,
    [tx.orgId, by.from, by.to, by.shopId, by.after ?? null, by.limit],
  );
  return rows.map((r) => r.customer_id);
}
