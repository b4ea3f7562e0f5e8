import type { Tx } from '#kernel/db/index.ts';
import type { OrderStatus } from '../../domain/flow.ts';

export type OriginRow = {
  order_id: string;
  source_order_id: string;
  how: 'split' | 'merged';
  at: Date;
  /** What the order was when it was made. */
  made: { status: OrderStatus; paid: number; refunded: number };
  undone_at: Date | null;
};
const COLUMNS = 'order_id, source_order_id, how, at, made, undone_at';

/** What an order was made of, and what was made of it, undone ones too; oldest first. */
export async function originsAround(tx: Tx, orderId: string): Promise<OriginRow[]> {
  return tx.query<OriginRow>(
    `select ${COLUMNS} from orders.origins where org_id = $1 and order_id = $2
     union all select ${COLUMNS} from orders.origins where org_id = $1 and source_order_id = $2 order by order_id, source_order_id`,
    [tx.orgId, orderId],
  );
}

/** The orders and all they share money with by splits and merges, undone ones too. */
export async function relativesOf(tx: Tx, orderIds: readonly string[]): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>(
    `with recursive family as (
       select u.id from unnest($2::uuid[]) as u (id)
       union select case when g.order_id = f.id then g.source_order_id else g.order_id end
         from family f join orders.origins g on g.org_id = $1 and (g.order_id = f.id or g.source_order_id = f.id))
     select id from family order by id`,
    [tx.orgId, orderIds],
  );
  return rows.map((r) => r.id);
}

/** What was made of any of the orders and is not undone. */
export async function madeOf(tx: Tx, sourceIds: readonly string[]): Promise<OriginRow[]> {
  return tx.query<OriginRow>(
    `select ${COLUMNS} from orders.origins where org_id = $1 and source_order_id = any ($2) and undone_at is null order by order_id, source_order_id`,
    [tx.orgId, sourceIds],
  );
}

/** How many orders were ever made of the order by splitting: their numbers go on from there. */
export async function countParts(tx: Tx, sourceId: string): Promise<number> {
  const rows = await tx.query(
    `select 1 from orders.origins where org_id = $1 and source_order_id = $2 and how = 'split'`,
    [tx.orgId, sourceId],
  );
  return rows.length;
}

/** The sources live again, what was made of them no longer does. The caller holds the locks of all. */
export async function saveUndone(
  tx: Tx,
  sources: readonly string[],
  derived: readonly string[],
  at: Date,
): Promise<void> {
  await tx.query(
    'update orders.origins set undone_at = $4 where org_id = $1 and source_order_id = any ($2) and order_id = any ($3) and undone_at is null',
    [tx.orgId, sources, derived, at],
  );
  await tx.query(
    `update orders.orders set superseded = case when id = any ($3::uuid[]) then 'undone' end, version = version + 1 where org_id = $1 and id = any ($2::uuid[] || $3::uuid[])`,
    [tx.orgId, sources, derived],
  );
}

export type NewOrder = Record<string, unknown> & { id: string };
export type NewOrderLine = Record<string, unknown> & { order_id: string; id: string; origin_line_id: string };
export type FundRow = { order_id: string; payer_order_id: string; amount: number; refunded: number };

/** Stores orders made of others; the database refuses what does not carry on every unit and every cent. */
export async function insertDerived(
  tx: Tx,
  what: {
    how: 'split' | 'merged';
    sources: readonly string[];
    at: Date;
    actor: string;
    orders: readonly NewOrder[];
    lines: readonly NewOrderLine[];
    funds: readonly FundRow[];
  },
): Promise<void> {
  await tx.query('select orders.derive($1, $2, $3, $4, $5, $6, $7, $8)', [
    tx.orgId,
    what.how,
    what.sources,
    what.at,
    what.actor,
    JSON.stringify(what.orders),
    JSON.stringify(what.lines),
    JSON.stringify(what.funds),
  ]);
}

/** Numbers of orders, for links. */
export async function numbersOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; order_no: string }>(
    'select id, order_no from orders.orders where org_id = $1 and id = any ($2)',
    [tx.orgId, ids],
  );
  return new Map(rows.map((r) => [r.id, r.order_no]));
}
