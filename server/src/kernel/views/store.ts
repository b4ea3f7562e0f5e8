import type { Ctx } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { newId } from '../ids.ts';

export type ViewRow = { id: string; name: string; filters: Record<string, string | number> };
const VIEWS_MAX = 50;

export const viewsOf = (tx: Tx, userId: string, list: string): Promise<ViewRow[]> =>
  tx.query<ViewRow>(
    `select id, name, filters from kernel.saved_views where org_id = $1 and user_id = $2 and list = $3 order by name limit ${VIEWS_MAX}`,
    [tx.orgId, userId, list],
  );

export async function putView(tx: Tx, ctx: Ctx, list: string, view: Omit<ViewRow, 'id'>): Promise<void> {
  await tx.query(
    `insert into kernel.saved_views (org_id, id, user_id, list, name, filters, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (org_id, user_id, list, name) do update set filters = excluded.filters`,
    [tx.orgId, newId(), ctx.actor.id, list, view.name, JSON.stringify(view.filters), ctx.now],
  );
}

/** False when the person has no such view of this list. */
export async function dropView(tx: Tx, userId: string, list: string, id: string): Promise<boolean> {
  const rows = await tx.query(
    'delete from kernel.saved_views where org_id = $1 and user_id = $2 and list = $3 and id = $4 returning 1',
    [tx.orgId, userId, list, id],
  );
  return rows.length === 1;
}
