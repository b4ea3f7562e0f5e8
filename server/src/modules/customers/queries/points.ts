import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { decodeCursor, pageOf } from '#kernel/http/list.ts';
import type { PointsView, ReadPoints } from '../schema.ts';
import { CustomerNotFound } from '../errors.ts';
import { customerExists } from '../store/customers.ts';

type View = z.input<typeof PointsView>;
type Row = {
  seq: number;
  id: string;
  kind: View['entries'][number]['kind'];
  points: number;
  balance_after: number;
  reason: string;
  order_id: string | null;
  expires_at: Date | null;
  actor_id: string;
  at: Date;
};

export type Standing = { balance: number; debt: number; nextExpiry: { points: number; at: string } | null };

/** A customer's points now: what has run out already does not count, swept or not. */
export async function standingOf(tx: Tx, now: Date, customerId: string): Promise<Standing> {
  const row = maybeOne(
    await tx.query<{ balance: number; debt: number; gone: number; next_at: Date | null; next_points: number | null }>(
      `select b.balance, b.debt, coalesce(g.n, 0)::bigint as gone, x.at as next_at, x.n as next_points
         from customers.points_balances b
         left join lateral (select sum(remaining)::bigint as n from customers.points_lots l
           where l.org_id = $1 and l.customer_id = $2 and l.remaining > 0 and l.expires_at <= $3) g on true
         left join lateral (select l.expires_at as at, sum(remaining)::bigint as n from customers.points_lots l
           where l.org_id = $1 and l.customer_id = $2 and l.remaining > 0 and l.expires_at > $3 group by 1 order by 1 limit 1) x on true
        where b.org_id = $1 and b.customer_id = $2`,
      [tx.orgId, customerId, now],
    ),
  );
  if (!row) return { balance: 0, debt: 0, nextExpiry: null };
  const nextExpiry = row.next_at === null ? null : { points: row.next_points as number, at: row.next_at.toISOString() };
  return { balance: row.balance - row.gone, debt: row.debt, nextExpiry };
}

/** The balance, and the movements behind it, newest first. @throws CustomerNotFound. */
export async function readPoints(tx: Tx, ctx: Ctx, input: z.output<typeof ReadPoints>): Promise<View> {
  if (!(await customerExists(tx, input.customerId))) throw new CustomerNotFound({ customerId: input.customerId });
  const before = input.cursor === undefined ? null : decodeCursor('-points', input.cursor, 1)[0];
  const rows = await tx.query<Row>(
    `select seq, id, kind, points, balance_after, reason, order_id, expires_at, actor_id, at from customers.points_transactions
      where org_id = $1 and customer_id = $2 and ($3::bigint is null or seq < $3) order by seq desc limit $4`,
    [tx.orgId, input.customerId, before, input.limit + 1],
  );
  const names = await actorNames(
    tx,
    rows.map((r) => r.actor_id),
  );
  const page = pageOf(
    rows,
    input.limit,
    '-points',
    (r) => [r.seq],
    (r) => ({
      id: r.id,
      at: r.at.toISOString(),
      kind: r.kind,
      points: r.points,
      balanceAfter: r.balance_after,
      reason: r.reason,
      orderId: r.order_id,
      expiresAt: r.expires_at?.toISOString() ?? null,
      actor: names.get(r.actor_id) ?? r.actor_id,
    }),
  );
  const standing = await standingOf(tx, ctx.now, input.customerId);
  return { ...standing, entries: page.items, nextCursor: page.nextCursor };
}
