import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';

export type ViewRow = { id: string; name: string; filters: Record<string, string | number> };
const VIEWS_MAX = 50;

export const viewsOf = (tx: Tx, userId: string): Promise<ViewRow[]> =>
  tx.query<ViewRow>(
    `select id, name, filters from support.views where org_id = $1 and user_id = $2 order by name limit ${VIEWS_MAX}`,
    [tx.orgId, userId],
  );

export async function putView(tx: Tx, ctx: Ctx, view: Omit<ViewRow, 'id'>): Promise<void> {
  await tx.query(
    `insert into support.views (org_id, id, user_id, name, filters, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (org_id, user_id, name) do update set filters = excluded.filters`,
    [tx.orgId, newId(), ctx.actor.id, view.name, JSON.stringify(view.filters), ctx.now],
  );
}

export async function dropView(tx: Tx, userId: string, id: string): Promise<boolean> {
  const rows = await tx.query('delete from support.views where org_id = $1 and user_id = $2 and id = $3 returning 1', [
    tx.orgId,
    userId,
    id,
  ]);
  return rows.length === 1;
}
