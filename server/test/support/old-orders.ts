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

/** Makes orders with all that was ever written about them as old as if they had been made at a moment. Returns their new ids, in the same order. */
export async function age(db: Db, orgId: string, orderIds: readonly string[], at: Date): Promise<string[]> {
  const sorted = orderIds.toSorted();
  const made = new Map(sorted.map((id, i) => [id, idAt(new Date(at.getTime() + i))]));
  await db.systemTx(async (tx) => {
    await tx.query('alter table orders.origins drop constraint made_of_older_orders'); // one column at a time is renamed
    const columns = await tx.query<{ at: string; name: string }>(
      `select format('%I.%I', c.table_schema, c.table_name) as at, quote_ident(c.column_name) as name
         from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.data_type = 'uuid' and c.is_generated = 'NEVER' and t.table_type = 'BASE TABLE' and c.table_schema in ('orders', 'payments', 'inventory', 'shipping', 'fulfilment', 'customers', 'ledger')`,
    );
    for (const { at: table, name } of columns)
      await tx.query(
        `update ${table} set ${name} = u.new from unnest($1::uuid[], $2::uuid[]) as u (old, new) where ${name} = u.old`,
        [sorted, sorted.map((id) => made.get(id))],
      );
    await tx.query('alter table orders.origins add constraint made_of_older_orders check (source_order_id < order_id)');
    await tx.query(
      `update kernel.deadlines d set subject = u.new from unnest($1::text[], $2::text[]) as u (old, new) where d.subject = u.old`,
      [sorted, sorted.map((id) => made.get(id))],
    );
    await tx.query(
      `update orders.orders set created_at = $3, placed_at = $3, completed_at = case when completed_at is not null then $3::timestamptz end, cancelled_at = case when cancelled_at is not null then $3::timestamptz end
        where org_id = $1 and id = any ($2)`,
      [orgId, [...made.values()], at],
    );
  });
  return orderIds.map((id) => made.get(id) ?? id);
}
