import { maybeOne, type Tx } from '#kernel/db/index.ts';
import { madeOf as madeOfOrders, numbersOf, originsAround } from '../../change/store/family.ts';
import { newIdAt } from '../../intake/batches.ts';
import { Snapshot } from '../../schema.ts';
import { getOrder, type LineRow, linesOf, type OrderRow, ordersByIds } from '../../store/orders.ts';
import { SnapshotNotKept } from '../errors.ts';

/** Ids may run ahead of their moment by a little when very many are made in one millisecond. */
const ID_DRIFT_MS = 1000;

/** An order with what was agreed when it was placed. `policies`: what else it was taken under, by name, as it was noted. */
export type Proof = { order: OrderRow; snapshot: Snapshot; policies: Record<string, unknown> };

/**
 * The snapshot behind an order: its own, or of a split order that of the whole it was part of.
 * @throws SnapshotNotKept with the reason; of a merged order with those it was made of.
 */
export async function proofOf(tx: Tx, row: OrderRow): Promise<Proof> {
  if (row.historical) throw new SnapshotNotKept({ reason: 'historical', orderNo: row.order_no });
  if (row.derived !== null) {
    const origins = (await originsAround(tx, row.id)).filter((o) => o.order_id === row.id);
    const ids = [...new Set(origins.map((o) => o.source_order_id))];
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) return proofOf(tx, await getOrder(tx, only));
    const madeOf = [...(await numbersOf(tx, ids)).values()].toSorted();
    throw new SnapshotNotKept({ reason: 'derived', orderNo: row.order_no, madeOf });
  }
  const kept = maybeOne(
    await tx.query<{ body: string }>('select body from orders.snapshots where org_id = $1 and order_id = $2', [
      tx.orgId,
      row.id,
    ]),
  );
  if (!kept) throw new SnapshotNotKept({ reason: 'before', orderNo: row.order_no });
  const read = JSON.parse(kept.body) as { policies?: Record<string, unknown> };
  return { order: row, snapshot: Snapshot.parse(read), policies: read.policies ?? {} };
}

/**
 * The category each line was bought under, by line id: of an order made of others as the lines these began as have it. A line
 * no snapshot tells of is left out.
 */
export async function agreedCategories(
  tx: Tx,
  row: Pick<OrderRow, 'id' | 'derived'>,
  lines: readonly Pick<LineRow, 'id' | 'origin_line_id'>[],
): Promise<Map<string, string>> {
  if (row.derived === null) {
    const kept = maybeOne(
      await tx.query<{ body: string }>('select body from orders.snapshots where org_id = $1 and order_id = $2', [
        tx.orgId,
        row.id,
      ]),
    );
    const all = kept ? Snapshot.parse(JSON.parse(kept.body)).lines : [];
    const wanted = new Set(lines.map((l) => l.id));
    return new Map(all.filter((l) => wanted.has(l.id)).map((l) => [l.id, l.category]));
  }
  const found = new Map<string, string>();
  const origins = (await originsAround(tx, row.id)).filter((o) => o.order_id === row.id);
  for (const source of await ordersByIds(tx, [...new Set(origins.map((o) => o.source_order_id))])) {
    const theirs = await agreedCategories(tx, source, await linesOf(tx, source.id));
    for (const line of lines) {
      const category = line.origin_line_id === null ? undefined : theirs.get(line.origin_line_id);
      if (category !== undefined) found.set(line.id, category);
    }
  }
  return found;
}

/** Orders placed in the same moment for the same telephone, with what was agreed: they may have been one checkout. */
export async function placedWith(tx: Tx, row: OrderRow): Promise<{ id: string; snapshot: Snapshot }[]> {
  const ms = row.created_at.getTime();
  const rows = await tx.query<{ id: string; body: string }>(
    `select o.id, s.body from orders.orders o join orders.snapshots s on s.org_id = o.org_id and s.order_id = o.id
      where o.org_id = $1 and o.id >= $2 and o.id < $3 and o.created_at = $4 and o.id <> $5
        and o.phone_idx = (select phone_idx from orders.orders where org_id = $1 and id = $5) order by o.id limit 20`,
    [tx.orgId, newIdAt(ms), newIdAt(ms + ID_DRIFT_MS), row.created_at, row.id],
  );
  return rows.map((r) => ({ id: r.id, snapshot: Snapshot.parse(JSON.parse(r.body)) }));
}

/** The orders a placed order goes on in, itself when it does; by id. */
export async function goesOn(tx: Tx, row: OrderRow): Promise<OrderRow[]> {
  if (row.superseded === null) return [row];
  const ids = [...new Set((await madeOfOrders(tx, [row.id])).map((o) => o.order_id))].toSorted();
  const found = new Map<string, OrderRow>();
  for (const next of await ordersByIds(tx, ids)) for (const o of await goesOn(tx, next)) found.set(o.id, o);
  return [...found.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The lines that carry on those of a placed order, each with the line it began as. */
export async function linesGoingOn(tx: Tx, row: OrderRow): Promise<{ origin: string; line: LineRow }[]> {
  const own = await linesOf(tx, row.id);
  return follow(tx, row, new Map(own.map((l) => [l.id, l.id])), own);
}

async function follow(
  tx: Tx,
  row: OrderRow,
  origins: ReadonlyMap<string, string>,
  lines: readonly LineRow[],
): Promise<{ origin: string; line: LineRow }[]> {
  if (row.superseded === null)
    return lines.flatMap((line) => {
      const origin = origins.get(line.id);
      return origin === undefined ? [] : [{ origin, line }];
    });
  const found: { origin: string; line: LineRow }[] = [];
  const ids = [...new Set((await madeOfOrders(tx, [row.id])).map((o) => o.order_id))];
  for (const next of await ordersByIds(tx, ids)) {
    const theirs = await linesOf(tx, next.id);
    const known = new Map(
      theirs.flatMap((l): [string, string][] => {
        const origin = l.origin_line_id === null ? undefined : origins.get(l.origin_line_id);
        return origin === undefined ? [] : [[l.id, origin]];
      }),
    );
    found.push(...(await follow(tx, next, known, theirs)));
  }
  return found;
}
