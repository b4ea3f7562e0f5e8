import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { InsufficientStock, NotReserved } from '../errors.ts';
import { rankingData, readServicePlan } from '../service-cache.ts';
import { postMoves } from '../store/post.ts';
import { consumeReservations, reservationsOfOrder } from '../store/reservations.ts';
import { allWarehouses } from '../store/warehouses.ts';

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
): Promise<void> {
  if (lines.length === 0) return;
  const warehouses = await allWarehouses(tx);
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
      warehouses.map((w) => w.id),
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
}

export type ShipLine = { lineId: string; skuId: string; warehouseId: string; quantity: number };

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
  await postMoves(
    tx,
    ctx,
    input.lines.map((l) => ({
      skuId: l.skuId,
      warehouseId: l.warehouseId,
      kind: 'ship' as const,
      onHand: -l.quantity,
      reserved: -l.quantity,
      docId: input.docId,
      lineId: l.lineId,
    })),
  );
}

/**
 * Takes units that had been shipped back into the warehouse, sound and for sale at once. The caller sees to it that a
 * document brings its goods back once, and holds the order's lock.
 */
export async function returnIn(
  tx: Tx,
  ctx: Ctx,
  input: { docId: string; lines: readonly ShipLine[]; reason?: string },
): Promise<void> {
  await postMoves(
    tx,
    ctx,
    input.lines.map((l) => ({
      skuId: l.skuId,
      warehouseId: l.warehouseId,
      kind: 'return_in' as const,
      onHand: l.quantity,
      docId: input.docId,
      lineId: l.lineId,
      reason: input.reason,
    })),
  );
}
