import type { Tx } from '#kernel/db/index.ts';

/** What of a refund, ours or another's, is for which line; null = freight. Minor units. */
export async function partsOfRefund(tx: Tx, refundId: string): Promise<{ lineId: string | null; amount: number }[]> {
  const rows = await tx.query<{ line_id: string | null; amount: number }>(
    'select line_id, amount from orders.refund_parts where refund_id = $2 and org_id = $1 order by id',
    [tx.orgId, refundId],
  );
  return rows.map((r) => ({ lineId: r.line_id, amount: r.amount }));
}
