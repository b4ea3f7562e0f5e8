import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Currency } from '#kernel/money.ts';
import { ExternalRefundNotFound } from './errors.ts';

export type Part = { lineId: string | null; amount: number };

/** Writes down which lines' money a refund is, and adds it to what the lines have given back. The order is locked by the caller. */
export async function addParts(
  tx: Tx,
  ctx: Ctx,
  orderId: string,
  refund: { id: string; reason: string; parts: readonly Part[] },
): Promise<void> {
  await tx.query(
    `insert into orders.refund_parts (org_id, id, order_id, line_id, refund_id, amount, state, reason, at)
     select $1, u.id, $2, u.line, $3, u.amount, 'going', $4, $5 from unnest($6::uuid[], $7::uuid[], $8::bigint[]) as u (id, line, amount)`,
    [
      tx.orgId,
      orderId,
      refund.id,
      refund.reason,
      ctx.now,
      refund.parts.map(() => newId()),
      refund.parts.map((p) => p.lineId),
      refund.parts.map((p) => p.amount),
    ],
  );
  await tx.query(
    `update orders.lines l set refunded_amount = l.refunded_amount + u.amount
       from (select line, sum(amount)::bigint as amount from unnest($3::uuid[], $4::bigint[]) as x (line, amount) group by line) u
      where l.org_id = $1 and l.order_id = $2 and l.id = u.line`,
    [tx.orgId, orderId, refund.parts.map((p) => p.lineId), refund.parts.map((p) => p.amount)],
  );
}

/** The parts of a refund, of any order; none for a refund that names no lines. */
export async function endParts(
  tx: Tx,
  refundId: string,
  state: 'paid' | 'given_up',
): Promise<(Part & { orderId: string })[]> {
  const rows = await tx.query<{ order_id: string; line_id: string | null; amount: number }>(
    `update orders.refund_parts set state = $3 where org_id = $1 and refund_id = $2 and state = 'going' returning order_id, line_id, amount`,
    [tx.orgId, refundId, state],
  );
  return rows.map((r) => ({ orderId: r.order_id, lineId: r.line_id, amount: r.amount }));
}

/** Which lines' money a refund is, of any order; none for one that names no lines. */
export async function partsOfRefund(tx: Tx, refundId: string): Promise<(Part & { orderId: string })[]> {
  const rows = await tx.query<{ order_id: string; line_id: string | null; amount: number }>(
    'select order_id, line_id, amount from orders.refund_parts where org_id = $1 and refund_id = $2 order by id',
    [tx.orgId, refundId],
  );
  return rows.map((r) => ({ orderId: r.order_id, lineId: r.line_id, amount: r.amount }));
}

/**
 * Takes what was not given back after all off the line again: off those it goes on in, where its order was split or merged
 * meanwhile, as much as each has. Their orders are locked by the caller.
 */
export async function takeBack(tx: Tx, part: Part & { orderId: string }): Promise<void> {
  if (part.lineId === null) return;
  await tx.query(
    `with recursive heirs as (
       select l.order_id, l.id, l.refunded_amount from orders.lines l where l.org_id = $1 and l.order_id = $2 and l.id = $3
       union all
       select l.order_id, l.id, l.refunded_amount from heirs h join orders.origins g on g.org_id = $1 and g.source_order_id = h.order_id and g.undone_at is null
         join orders.lines l on l.org_id = $1 and l.order_id = g.order_id and l.origin_line_id = h.id),
     alive as (
       select h.*, sum(h.refunded_amount) over (order by h.order_id, h.id) - h.refunded_amount as before
         from heirs h join orders.orders o on o.org_id = $1 and o.id = h.order_id where o.superseded is null)
     update orders.lines l set refunded_amount = l.refunded_amount - least(a.refunded_amount, $4 - a.before) from alive a
      where l.org_id = $1 and l.order_id = a.order_id and l.id = a.id and a.before < $4 and a.refunded_amount > 0`,
    [tx.orgId, part.orderId, part.lineId, part.amount],
  );
}

/** What of an order's freight has gone back or is on its way. */
export async function freightRefunded(tx: Tx, orderId: string): Promise<number> {
  const rows = await tx.query<{ amount: number }>(
    `select coalesce(sum(amount), 0)::bigint as amount from orders.refund_parts where org_id = $1 and order_id = $2 and line_id is null and state <> 'given_up'`,
    [tx.orgId, orderId],
  );
  return rows[0]?.amount ?? 0;
}

export type ExternalRefundRow = {
  id: string;
  order_id: string;
  amount: number;
  currency: Currency;
  reason: string;
  state: 'due' | 'paid' | 'given_up';
  asked_by: string;
  asked_at: Date;
  reference: string | null;
  ended_by: string | null;
  ended_at: Date | null;
};
const COLUMNS = 'id, order_id, amount, currency, reason, state, asked_by, asked_at, reference, ended_by, ended_at';

export async function insertExternal(
  tx: Tx,
  ctx: Ctx,
  refund: { orderId: string; amount: number; currency: Currency; reason: string; ofUnits?: boolean },
): Promise<string> {
  const id = newId();
  await tx.query(
    `insert into orders.external_refunds (org_id, id, order_id, amount, currency, reason, of_units, state, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $9, 'due', $7, $8)`,
    [
      tx.orgId,
      id,
      refund.orderId,
      refund.amount,
      refund.currency,
      refund.reason,
      ctx.actor.id,
      ctx.now,
      refund.ofUnits ?? false,
    ],
  );
  return id;
}

/** @throws ExternalRefundNotFound */
export async function getExternal(tx: Tx, id: string): Promise<ExternalRefundRow> {
  const row = maybeOne(
    await tx.query<ExternalRefundRow>(`select ${COLUMNS} from orders.external_refunds where org_id = $1 and id = $2`, [
      tx.orgId,
      id,
    ]),
  );
  if (!row) throw new ExternalRefundNotFound({ refundId: id });
  return row;
}

/** What others are still to give back of an order's money. */
export async function externalDue(tx: Tx, orderId: string): Promise<number> {
  const rows = await tx.query<{ amount: number }>(
    `select coalesce(sum(amount), 0)::bigint as amount from orders.external_refunds where org_id = $1 and order_id = $2 and state = 'due'`,
    [tx.orgId, orderId],
  );
  return rows[0]?.amount ?? 0;
}

/** Ends one that is due; undefined when somebody has ended it. */
export async function endExternal(
  tx: Tx,
  ctx: Ctx,
  id: string,
  end: { state: 'paid' | 'given_up'; reference: string | null },
): Promise<ExternalRefundRow | undefined> {
  return maybeOne(
    await tx.query<ExternalRefundRow>(
      `update orders.external_refunds set state = $3, reference = $4, ended_by = $5, ended_at = $6, version = version + 1
        where org_id = $1 and id = $2 and state = 'due' returning ${COLUMNS}`,
      [tx.orgId, id, end.state, end.reference, ctx.actor.id, ctx.now],
    ),
  );
}

export async function externalOf(
  tx: Tx,
  filter: {
    state: string | undefined;
    orderId: string | undefined;
    shops: readonly string[] | null;
    before: string | undefined;
    limit: number;
  },
): Promise<(ExternalRefundRow & { order_no: string })[]> {
  return tx.query(
    `select ${COLUMNS.split(', ')
      .map((c) => `x.${c}`)
      .join(
        ', ',
      )}, o.order_no from orders.external_refunds x join orders.orders o on o.org_id = x.org_id and o.id = x.order_id
      where x.org_id = $1 and ($2::text is null or x.state = $2) and ($3::uuid is null or x.order_id = $3) and ($4::uuid[] is null or o.shop_id = any ($4))
        and ($5::uuid is null or x.id < $5) order by x.id desc limit $6`,
    [tx.orgId, filter.state ?? null, filter.orderId ?? null, filter.shops, filter.before ?? null, filter.limit],
  );
}
