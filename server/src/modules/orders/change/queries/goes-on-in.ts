import type { Tx } from '#kernel/db/index.ts';
import { madeOf, numbersOf } from '../store/family.ts';

/** For each of the superseded orders those it goes on in. */
export async function goesOnIn(
  tx: Tx,
  orderIds: readonly string[],
): Promise<Map<string, { id: string; orderNo: string }[]>> {
  if (orderIds.length === 0) return new Map();
  const origins = await madeOf(tx, orderIds);
  const numbers = await numbersOf(
    tx,
    origins.map((o) => o.order_id),
  );
  const found = new Map<string, { id: string; orderNo: string }[]>();
  for (const o of origins) {
    const links = found.get(o.source_order_id) ?? [];
    links.push({ id: o.order_id, orderNo: numbers.get(o.order_id) ?? '' });
    found.set(o.source_order_id, links);
  }
  return found;
}
