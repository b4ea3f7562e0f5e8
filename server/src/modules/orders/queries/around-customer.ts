import { maybeOne, one, type Tx } from '#kernel/db/index.ts';
import { newIdAt } from '../intake/batches.ts';

const LOOKED_AT_MAX = 1_000;

/** How many orders a customer placed since a moment, those cancelled left out; at most a thousand are counted. */
export async function countOrdersSince(tx: Tx, customerId: string, since: Date): Promise<number> {
  return one(
    await tx.query<{ n: number }>(
      `select count(*)::integer as n from (select from orders.orders where customer_id = $2 and id >= $3 and org_id = $1
          and status <> 'cancelled' and superseded is null order by id desc limit ${LOOKED_AT_MAX}) o`,
      [tx.orgId, customerId, newIdAt(since.getTime())],
    ),
  ).n;
}

export type Shared = { by: 'phone' | 'address' | 'device'; customerIds: string[] };

/** Other customers who ordered with the phone, to the address or from the device of an order since a moment; of each at most a thousand orders are looked at. */
export async function sharedWith(tx: Tx, orderId: string, since: Date): Promise<Shared[]> {
  const own = maybeOne(
    await tx.query<{ customer_id: string; phone: Buffer | null; address: Buffer | null; device: Buffer | null }>(
      'select customer_id, phone_idx as phone, address_idx as address, device_idx as device from orders.orders where org_id = $1 and id = $2',
      [tx.orgId, orderId],
    ),
  );
  if (!own) return [];
  const shared: Shared[] = [];
  for (const by of ['phone', 'address', 'device'] as const) {
    if (own[by] === null) continue;
    const rows = await tx.query<{ customer_id: string }>(
      `select distinct customer_id from (select customer_id from orders.orders where ${by}_idx = $2 and id >= $3 and org_id = $1
         order by id desc limit ${LOOKED_AT_MAX}) o where customer_id <> $4 order by 1 limit 100`,
      [tx.orgId, own[by], newIdAt(since.getTime()), own.customer_id],
    );
    if (rows.length > 0) shared.push({ by, customerIds: rows.map((r) => r.customer_id) });
  }
  return shared;
}
