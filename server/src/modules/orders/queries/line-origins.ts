import type { Tx } from '#kernel/db/index.ts';
import { originsAround } from '../change/store/family.ts';
import { linesOf, type LineRow, type OrderRow, ordersByIds } from '../store/orders.ts';

export type LineOrigin = { orderId: string; lineId: string };

/** The lines that lines of an order were before it was split off or merged, by line id, nearest first. Empty for one that was never made of others. */
export async function lineOrigins(
  tx: Tx,
  row: Pick<OrderRow, 'id' | 'derived'>,
  lines: readonly Pick<LineRow, 'id' | 'origin_line_id'>[],
): Promise<Map<string, LineOrigin[]>> {
  const found = new Map<string, LineOrigin[]>(lines.map((l) => [l.id, []]));
  if (row.derived === null) return found;
  const origins = (await originsAround(tx, row.id)).filter((o) => o.order_id === row.id);
  for (const source of await ordersByIds(tx, [...new Set(origins.map((o) => o.source_order_id))])) {
    const theirs = await linesOf(tx, source.id);
    const above = await lineOrigins(tx, source, theirs);
    const own = new Set(theirs.map((l) => l.id));
    for (const { id, origin_line_id: origin } of lines)
      if (origin !== null && own.has(origin))
        found.set(id, [{ orderId: source.id, lineId: origin }, ...(above.get(origin) ?? [])]);
  }
  return found;
}
