import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { skusByIds } from '#modules/catalog/index.ts';
import { levelsOf } from '#modules/customers/index.ts';
import { priorityOf, type PriorityTerm } from '../domain/priority.ts';
import { prioritySettings } from './settings.ts';

export type Priority = { points: number; terms: PriorityTerm[] };
type Row = {
  id: string;
  customer_id: string;
  total_amount: number;
  since: Date;
  promised_ship_at: Date | null;
  skus: string[];
};

/** The priority of each of the orders at this moment (ORD-7). Those not there have none. */
export async function prioritiesOf(tx: Tx, ctx: Ctx, orderIds: readonly string[]): Promise<Map<string, Priority>> {
  if (orderIds.length === 0) return new Map();
  const weights = await prioritySettings.get(tx);
  const rows = await tx.query<Row>(
    `select o.id, o.customer_id, o.total_amount, coalesce(o.paid_at, o.created_at) as since, o.promised_ship_at,
            array(select distinct l.sku_id from orders.lines l where l.org_id = o.org_id and l.order_id = o.id and l.quantity > l.cancelled) as skus
       from orders.orders o where o.org_id = $1 and o.id = any ($2)`,
    [tx.orgId, orderIds],
  );
  const levels = await levelsOf(
    tx,
    rows.map((r) => r.customer_id),
  );
  const skus = await skusByIds(tx, [...new Set(rows.flatMap((r) => r.skus))]);
  const spoils = new Set(
    skus
      .filter((s) => weights.perishableCategories.some((c) => s.category === c || s.category.startsWith(`${c}/`)))
      .map((s) => s.id),
  );
  return new Map(
    rows.map((r) => [
      r.id,
      priorityOf(
        {
          now: ctx.now.getTime(),
          levelWeight: levels.get(r.customer_id)?.weight ?? 0,
          total: r.total_amount,
          paidAt: r.since.getTime(),
          promisedAt: r.promised_ship_at?.getTime() ?? null,
          perishable: r.skus.some((s) => spoils.has(s)),
        },
        weights,
      ),
    ]),
  );
}
