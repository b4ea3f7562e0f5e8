import type { Tx } from '#kernel/db/index.ts';
import { linesOf, type LineRow, type OrderRow } from '#modules/orders/index.ts';
import type { CaseKind } from '../domain/flow.ts';
import { unitsOf, type UnitsRow } from '../store/units.ts';

/** A line of an order with what may still be asked for of it. */
export type CaseableLine = {
  line: LineRow;
  units: UnitsRow | undefined;
  /** Units that are neither cancelled nor came back undelivered: the most cases can have in all. */
  limit: number;
  /** Units no case has. */
  free: number;
  /** Units not sent yet. */
  unsent: number;
  /** Units that are with the customer, or on their way, and that no case has. */
  out: number;
};

/** The lines of an order, in order. Decided by under the order's lock. */
export async function caseableLines(tx: Tx, order: Pick<OrderRow, 'id'>): Promise<CaseableLine[]> {
  const units = await unitsOf(tx, order.id);
  return (await linesOf(tx, order.id)).map((line) => {
    const own = units.get(line.id);
    const limit = line.quantity - line.cancelled - line.came_back;
    // units sent back to us before there were cases (imported) cannot be asked for again
    const returned = Math.max(line.returned - line.came_back - (own?.returned ?? 0), 0);
    const free = Math.max(limit - returned - (own?.open ?? 0) - (own?.settled ?? 0), 0);
    const unsent = line.quantity - line.cancelled - line.shipped;
    return { line, units: own, limit, free, unsent, out: Math.min(free, line.shipped - line.came_back) };
  });
}

/** How many units of a line a case of a kind may be about: goods come back only when they were sent. */
export function leftFor(kind: CaseKind, l: CaseableLine): number {
  if (kind === 'price_protection' || kind === 'compensation') return l.limit;
  return kind === 'refund' ? l.free : l.out;
}
