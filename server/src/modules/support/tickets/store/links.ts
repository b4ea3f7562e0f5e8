import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { LinkKind } from '../domain/words.ts';

export type LinkRow = { kind: LinkKind; ref_id: string; label: string; relation: 'related' | 'follows' | 'split_from' };

/** Once; the same link again changes nothing. */
export async function addLink(
  tx: Tx,
  ctx: Ctx,
  ticketId: string,
  link: { kind: LinkKind; refId: string; label: string; relation?: LinkRow['relation'] },
): Promise<boolean> {
  const rows = await tx.prepared(
    `insert into support.links (org_id, ticket_id, kind, ref_id, label, relation, linked_at, linked_by) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict do nothing returning 1`,
    [tx.orgId, ticketId, link.kind, link.refId, link.label, link.relation ?? 'related', ctx.now, ctx.actor.id],
  );
  return rows.length === 1;
}

export async function removeLink(tx: Tx, ticketId: string, kind: LinkKind, refId: string): Promise<boolean> {
  const rows = await tx.query(
    'delete from support.links where org_id = $1 and ticket_id = $2 and kind = $3 and ref_id = $4 returning 1',
    [tx.orgId, ticketId, kind, refId],
  );
  return rows.length === 1;
}

export const linksOf = (tx: Tx, ticketId: string): Promise<LinkRow[]> =>
  tx.prepared<LinkRow>(
    'select kind, ref_id, label, relation from support.links where org_id = $1 and ticket_id = $2 order by linked_at, ref_id limit 200',
    [tx.orgId, ticketId],
  );

export type WatcherRow = { user_id: string; role: 'cc' | 'watcher' };

export const watchersOf = (tx: Tx, ticketId: string): Promise<WatcherRow[]> =>
  tx.prepared<WatcherRow>(
    'select user_id, role from support.watchers where org_id = $1 and ticket_id = $2 order by user_id limit 200',
    [tx.orgId, ticketId],
  );

export async function putWatcher(
  tx: Tx,
  ticketId: string,
  userId: string,
  role: WatcherRow['role'] | null,
): Promise<void> {
  if (role === null)
    await tx.query('delete from support.watchers where org_id = $1 and ticket_id = $2 and user_id = $3', [
      tx.orgId,
      ticketId,
      userId,
    ]);
  else
    await tx.query(
      `insert into support.watchers (org_id, ticket_id, user_id, role) values ($1, $2, $3, $4)
       on conflict (org_id, ticket_id, user_id) do update set role = excluded.role`,
      [tx.orgId, ticketId, userId, role],
    );
}
