import type { Ctx } from '#kernel/context.ts';
import { maybeOne, type Tx } from '#kernel/db/index.ts';

export type Diff = { path: string; from: string | number | null; to: string | number | null };
export type VersionRow = {
  revision: number;
  at: Date;
  actor_kind: string;
  actor_id: string;
  reason: string;
  /** Personal values masked. */
  diff: Diff[];
  /** The personal values as they were and became. */
  sealed: Buffer | null;
  total_from: number;
  total_to: number;
  refunded: number;
};

export async function insertVersion(
  tx: Tx,
  ctx: Ctx,
  orderId: string,
  row: Omit<VersionRow, 'at' | 'actor_kind' | 'actor_id'>,
): Promise<void> {
  await tx.query(
    `insert into orders.versions (org_id, order_id, revision, at, actor_kind, actor_id, reason, diff, sealed, total_from, total_to, refunded)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      tx.orgId,
      orderId,
      row.revision,
      ctx.now,
      ctx.actor.kind,
      ctx.actor.id,
      row.reason,
      JSON.stringify(row.diff),
      row.sealed,
      row.total_from,
      row.total_to,
      row.refunded,
    ],
  );
}

/** Newest first; an order has few. */
export async function versionsOf(tx: Tx, orderId: string, limit: number): Promise<VersionRow[]> {
  return tx.query<VersionRow>(
    `select revision, at, actor_kind, actor_id, reason, diff, sealed, total_from, total_to, refunded from orders.versions
      where org_id = $1 and order_id = $2 order by revision desc limit $3`,
    [tx.orgId, orderId, limit],
  );
}

/** Puts the lines at what they become, and the order's totals with them. */
export async function reline(
  tx: Tx,
  orderId: string,
  freight: number,
  lines: readonly Record<string, unknown>[],
): Promise<void> {
  await tx.query('select orders.reline($1, $2, $3, $4)', [tx.orgId, orderId, freight, JSON.stringify(lines)]);
}

export async function insertChangeRequest(
  tx: Tx,
  ctx: Ctx,
  row: { id: string; orderId: string; change: Buffer },
): Promise<void> {
  await tx.query(
    'insert into orders.change_requests (org_id, id, order_id, change, requested_by, at) values ($1, $2, $3, $4, $5, $6)',
    [tx.orgId, row.id, row.orderId, row.change, ctx.actor.id, ctx.now],
  );
}

export async function findChangeRequest(tx: Tx, id: string): Promise<{ order_id: string; change: Buffer } | undefined> {
  return maybeOne(
    await tx.query<{ order_id: string; change: Buffer }>(
      'select order_id, change from orders.change_requests where org_id = $1 and id = $2',
      [tx.orgId, id],
    ),
  );
}

/** The approval a late change of the order waits for. */
export async function pendingChange(
  tx: Tx,
  kind: string,
  orderId: string,
  now: Date,
): Promise<{ id: string; requested_at: Date; expires_at: Date } | undefined> {
  return maybeOne(
    await tx.query<{ id: string; requested_at: Date; expires_at: Date }>(
      `select id, requested_at, expires_at from kernel.approvals where org_id = $1 and kind = $2 and subject = $3 and state = 'pending' and expires_at > $4`,
      [tx.orgId, kind, orderId, now],
    ),
  );
}
