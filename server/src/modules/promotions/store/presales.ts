import type { Tx } from '#kernel/db/index.ts';

/** Whether the presale an order was placed under was ended by the shop; its running out is no end. */
export async function isPresaleEnded(tx: Tx, orderId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from promotions.uses u join promotions.offers o on o.org_id = u.org_id and o.id = u.offer_id
      where u.order_id = $2 and u.org_id is not distinct from $1 and o.kind = 'presale' and o.state = 'ended' limit 1`,
    [tx.orgId, orderId],
  );
  return rows.length > 0;
}
