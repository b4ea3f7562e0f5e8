import type { Tx } from '#kernel/db/index.ts';
import { reservationsOfOrder } from '#modules/inventory/index.ts';
import { BACKORDER_HOLD } from '../../domain/holds.ts';
import { linesOf, type LineRow, type OrderRow } from '../../store/orders.ts';

/** A line with the units of it that are to be sent and have no stock. */
export type MissingLine = { line: LineRow; units: number };

/** What of an order that is paid is to be sent and has no stock reserved. The caller holds the order's lock. */
export async function missingOf(tx: Tx, row: OrderRow): Promise<MissingLine[]> {
  if (row.status !== 'paid' || row.superseded !== null) return []; // its lines live on in other orders
  const held = new Map<string, number>();
  for (const r of await reservationsOfOrder(tx, row.id)) held.set(r.line_id, (held.get(r.line_id) ?? 0) + r.quantity);
  return (await linesOf(tx, row.id))
    .map((line) => ({ line, units: line.quantity - line.cancelled - line.shipped - (held.get(line.id) ?? 0) }))
    .filter((m) => m.units > 0);
}

/** As missingOf, without lines sold before their stock was there: those wait for it by another hold. */
export async function shortOf(tx: Tx, row: OrderRow): Promise<MissingLine[]> {
  const missing = await missingOf(tx, row);
  return row.holds.includes(BACKORDER_HOLD) ? missing.filter((m) => m.line.reserve_on !== 'arrival') : missing;
}
