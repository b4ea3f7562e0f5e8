import { newId } from '#kernel/ids.ts';
import type { Db } from '#kernel/db/index.ts';

/** Tables of the orders module whose rows hang on an order and move with it. */
export const PARTS = {
  orders: 'id',
  lines: 'order_id',
  snapshots: 'order_id',
  hold_reasons: 'order_id',
  review_claims: 'order_id',
  identity_checks: 'order_id',
  versions: 'order_id',
  change_requests: 'order_id',
  origins: 'order_id',
  funds: 'order_id',
} as const;

/** Every row of those tables of an organisation, exactly, by table. */
export async function everything(db: Db, orgId: string): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of Object.keys(PARTS)) {
    const rows = await db.systemTx((tx) =>
      tx.query<{ row: string }>(
        `select row_to_json(t)::text as row from orders.${table} t where org_id = $1 order by 1`,
        [orgId],
      ),
    );
    all[table] = rows.map((r) => r.row);
  }
  return all;
}

/** An id as it would have been made at a moment. */
export const idAt = (at: Date): string => {
  const stamp = at.getTime().toString(16).padStart(12, '0');
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}${newId().slice(13)}`;
};

/**
 * Copies of an order that has ended, made at other moments: each row of the order's in every table, with other ids and times
 * and what `over` says of the columns of the order. Returns their ids.
 */
export async function copyOrders(
  db: Db,
  orgId: string,
  templateId: string,
  made: readonly { at: Date; over?: Record<string, unknown> }[],
): Promise<string[]> {
  const ids = made.map((m) => idAt(m.at));
  await db.systemTx(async (tx) => {
    const at = (i: number): string => made[i]?.at.toISOString() ?? '';
    const orders = made.map((m, i) => ({
      id: ids[i],
      order_no: `OLD-${ids[i]?.slice(-12)}-${i}`,
      external_no: null,
      status: 'completed',
      holds: [],
      placed_at: at(i),
      created_at: at(i),
      paid_at: at(i),
      completed_at: at(i),
      shipped_at: at(i),
      historical: true, // no stock or payment is behind them
      ...m.over,
    }));
    await tx.query(
      `insert into orders.orders select r.* from orders.orders t cross join jsonb_array_elements($3::jsonb) d cross join lateral jsonb_populate_record(t, d) r where t.org_id = $1 and t.id = $2`,
      [orgId, templateId, JSON.stringify(orders)],
    );
    for (const table of ['lines', 'snapshots', 'hold_reasons'] as const)
      await tx.query(
        `insert into orders.${table} select r.* from orders.${table} t cross join unnest($3::uuid[]) u (id)
          cross join lateral jsonb_populate_record(t, jsonb_build_object('order_id', u.id)) r where t.org_id = $1 and t.order_id = $2`,
        [orgId, templateId, ids],
      );
  });
  return ids;
}
