import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InsufficientStock, NotReserved } from '../errors.ts';
import { addAllocations, type AllocationRow, allocationsOf } from '../store/allocations.ts';
import { NO_BATCH, stagingOf } from '../store/bin-stock.ts';
import { rankingData, readServicePlan } from '../service-cache.ts';
import { postMoves } from '../store/post.ts';
import { consumeReservations, reservationsOfOrder } from '../store/reservations.ts';
import { allWarehouses } from '../store/warehouses.ts';
import { trimAllocations } from './allocate-stock.ts';

export type LineDemand = { lineId: string; skuId: string; quantity: number; path?: string; sku?: string };

/**
 * Reserves stock for more lines of an order already stored: when it is paid, or when units come in for it, from the
 * warehouses that send to its region (by official names), in their ranking.
 * All lines or none. @throws InsufficientStock naming the lines. The caller holds the order's lock.
 */
export async function reserveForOrder(
  tx: Tx,
  ctx: Ctx,
  orderId: string,
  lines: readonly LineDemand[],
  region = '',
  /** Only there, as far as they send to the region; else in all that do. */ only?: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  const warehouses = (await allWarehouses(tx)).map((w) => w.id).filter((id) => only?.includes(id) ?? true);
  const ranking = (await readServicePlan(tx)).rank(region);
  const rows = await tx.prepared<{ pos: number; warehouse_id: string | null; quantity: number }>(
    'select pos, warehouse_id, quantity from inventory.take($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, true, $11, $12)',
    [
      tx.orgId,
      lines.map(() => 0),
      lines.map(() => orderId),
      lines.map((l) => l.lineId),
      lines.map((l) => l.skuId),
      lines.map((l) => l.quantity),
      lines.map(() => true),
      warehouses,
      ctx.actor.id,
      ctx.now,
      ranking ? lines.map(() => 0) : null,
      ranking ? JSON.stringify([rankingData(ranking)]) : null,
    ],
  );
  const short = rows.filter((r) => r.warehouse_id === null);
  if (short.length === 0) return;
  throw new InsufficientStock(
    {},
    short.map((r) => {
      const line = lines[r.pos - 1];
      return {
        path: line?.path ?? `lines[${r.pos - 1}]`,
        code: 'insufficient_stock',
        facts: { sku: line?.sku ?? '', available: r.quantity },
      };
    }),
  );
}

/** Gives back everything still reserved for an order, or only the given lines' quantities. Repeat-safe. */
export async function releaseForOrder(
  tx: Tx,
  ctx: Ctx,
  orderId: string,
  only?: ReadonlyMap<string, number>,
): Promise<void> {
  const held = await reservationsOfOrder(tx, orderId);
  const left = only ? new Map(only) : undefined;
  const parts = held.flatMap((r) => {
    const quantity = left ? Math.min(r.quantity, left.get(r.line_id) ?? 0) : r.quantity;
    left?.set(r.line_id, (left.get(r.line_id) ?? 0) - quantity);
    return quantity > 0 ? [{ ...r, quantity }] : [];
  });
  if (parts.length === 0) return;
  await consumeReservations(tx, parts);
  await postMoves(
    tx,
    ctx,
    parts.map((r) => ({
      skuId: r.sku_id,
      warehouseId: r.warehouse_id,
      kind: 'release' as const,
      reserved: -r.quantity,
      docId: orderId,
      lineId: r.line_id,
    })),
  );
  await trimAllocations(tx, orderId);
}

export type ShipLine = { lineId: string; skuId: string; warehouseId: string; quantity: number; sku?: string };

/**
 * Issues reserved units out of the warehouse: on hand and reserved fall together, the reservation is used up.
 * @throws NotReserved when a unit is not reserved for the order. The caller holds the order's lock.
 */
export async function shipReserved(
  tx: Tx,
  ctx: Ctx,
  input: { orderId: string; docId: string; lines: readonly ShipLine[] },
): Promise<void> {
  const rows = input.lines.map((l) => ({
    order_id: input.orderId,
    line_id: l.lineId,
    warehouse_id: l.warehouseId,
    quantity: l.quantity,
  }));
  if ((await consumeReservations(tx, rows)) !== rows.length) throw new NotReserved({ orderId: input.orderId });
  const taken = await allocationsTaken(tx, input);
  await postMoves(
    tx,
    ctx,
    taken.map((t) => ({
      skuId: t.line.skuId,
      warehouseId: t.line.warehouseId,
      kind: 'ship' as const,
      onHand: -t.quantity,
      reserved: -t.quantity,
      ...(t.row ? { binId: t.row.bin_id, batchId: t.row.batch_id, allocated: -t.quantity } : {}),
      docId: input.docId,
      lineId: t.line.lineId,
      sku: t.line.sku ?? t.line.skuId,
    })),
  );
  await addAllocations(
    tx,
    taken.flatMap((t) => (t.row ? [{ ...t.row, quantity: -t.quantity }] : [])),
  );
}

/** Which allocations the units of a parcel use up: what is picked first, then what stands on the shelf; the rest has none. */
async function allocationsTaken(
  tx: Tx,
  input: { orderId: string; lines: readonly ShipLine[] },
): Promise<{ line: ShipLine; row: AllocationRow | undefined; quantity: number }[]> {
  const allocated = await allocationsOf(tx, [input.orderId]);
  const staging = new Map<string, string>();
  for (const w of new Set(allocated.map((r) => r.warehouse_id))) staging.set(w, await stagingOf(tx, w));
  const isStaged = (r: AllocationRow): boolean => staging.get(r.warehouse_id) === r.bin_id;
  return input.lines.flatMap((line) => {
    const parts: { line: ShipLine; row: AllocationRow | undefined; quantity: number }[] = [];
    let left = line.quantity;
    const rows = allocated.filter((r) => r.line_id === line.lineId && r.warehouse_id === line.warehouseId);
    for (const row of rows.toSorted((a, b) => Number(isStaged(b)) - Number(isStaged(a)))) {
      const quantity = Math.min(left, row.quantity);
      if (quantity > 0) parts.push({ line, row, quantity });
      left -= quantity;
    }
    if (left > 0) parts.push({ line, row: undefined, quantity: left });
    return parts;
  });
}

type ShippedBatch = { line_id: string; batch_id: string; quantity: number };

/** Of which batches the units were that left with a document. */
async function batchesShipped(tx: Tx, docId: string): Promise<ShippedBatch[]> {
  return tx.query<ShippedBatch>(
    `select line_id, batch_id, -sum(on_hand_d)::bigint as quantity from inventory.moves
      where org_id = $1 and doc_id = $2 and kind = 'ship' and batch_id is not null group by 1, 2 order by 1, 2`,
    [tx.orgId, docId],
  );
}

/** A line's units by the batches it left with, as far as that is known; what is used up here is not there for the next. */
function byBatch(line: ShipLine, left: ShippedBatch[]): { batchId: string; quantity: number }[] {
  const parts: { batchId: string; quantity: number }[] = [];
  let rest = line.quantity;
  for (const b of left.filter((x) => x.line_id === line.lineId)) {
    const quantity = Math.min(rest, b.quantity);
    if (quantity > 0) parts.push({ batchId: b.batch_id, quantity });
    b.quantity -= quantity;
    rest -= quantity;
  }
  return rest > 0 ? [...parts, { batchId: NO_BATCH, quantity: rest }] : parts;
}

/**
 * Takes units that had been shipped back into the warehouse, onto its floor, sound and for sale at once, in the batches they left with. The caller sees to it that a
 * document brings its goods back once, and holds the order's lock.
 */
export async function returnIn(
  tx: Tx,
  ctx: Ctx,
  input: { docId: string; lines: readonly ShipLine[]; reason?: string },
): Promise<void> {
  const left = await batchesShipped(tx, input.docId);
  await postMoves(
    tx,
    ctx,
    input.lines.flatMap((l) =>
      byBatch(l, left).map(({ batchId, quantity }) => ({
        skuId: l.skuId,
        warehouseId: l.warehouseId,
        kind: 'return_in' as const,
        onHand: quantity,
        batchId,
        docId: input.docId,
        lineId: l.lineId,
        reason: input.reason,
      })),
    ),
  );
}
