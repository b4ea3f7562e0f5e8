import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type FieldProblem } from '#kernel/errors.ts';
import { ordersReservedIn, type WarehouseRow } from '#modules/inventory/index.ts';
import {
  getOrder,
  lockAnyOrder,
  lockOrder,
  type OrderRow,
  shippableLines,
  visibleOrder,
} from '#modules/orders/index.ts';
import { NothingToPick, OrdersNotPickable } from '../errors.ts';
import { PickCreated } from '../events.ts';
import { seenWarehouse, whyNotShippable } from '../policy.ts';
import { viewPicks } from '../queries/views.ts';
import type { CreateWave, WaveView } from '../schema.ts';
import { fulfilmentSettings } from '../settings.ts';
import { packedOf } from '../store/parcels.ts';
import { busyOrders, insertPick, insertWave, type NewLine, type PickRow } from '../store/picks.ts';

/** Orders looked at for one wave: those on hold or without stock here are passed over. */
const CANDIDATES_MAX = 2_000;

/** Reserved here, and in no parcel yet. */
async function unpicked(tx: Tx, orderId: string, warehouseId: string): Promise<NewLine[]> {
  const packed = new Map(
    (await packedOf(tx, orderId)).filter((p) => p.warehouseId === warehouseId).map((p) => [p.lineId, p.waiting]),
  );
  return (await shippableLines(tx, orderId))
    .filter((l) => l.warehouseId === warehouseId)
    .map((l) => ({ ...l, quantity: l.quantity - (packed.get(l.lineId) ?? 0) }))
    .filter((l) => l.quantity > 0);
}

type Pickable = { order: OrderRow; lines: NewLine[] };

/** Every named order, or a refusal that says what is wrong with each. */
async function namedOrders(
  tx: Tx,
  ctx: Ctx,
  refs: readonly string[],
  warehouseId: string,
  busy: ReadonlySet<string>,
): Promise<Pickable[]> {
  const ids = new Map<string, number>();
  for (const [i, ref] of refs.entries()) {
    const { id } = await visibleOrder(tx, ctx, ref);
    if (!ids.has(id)) ids.set(id, i);
  }
  const problems: FieldProblem[] = [];
  const found: Pickable[] = [];
  for (const [id, i] of [...ids].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const order = await lockOrder(tx, id); // ascending: two waves never wait for each other
    const lines = await unpicked(tx, id, warehouseId);
    const why =
      whyNotShippable(order) ?? (busy.has(id) ? 'already_picking' : lines.length === 0 ? 'nothing_to_pick' : undefined);
    if (why) problems.push({ path: `orderIds[${i}]`, code: why, facts: { orderNo: order.order_no } });
    else found.push({ order, lines });
  }
  if (problems.length > 0) throw new OrdersNotPickable({}, problems);
  return found;
}

/** The oldest orders that can be picked here. */
async function oldestOrders(
  tx: Tx,
  warehouseId: string,
  busy: ReadonlySet<string>,
  limit: number,
): Promise<Pickable[]> {
  const found: Pickable[] = [];
  for (const id of await ordersReservedIn(tx, warehouseId, CANDIDATES_MAX)) {
    if (found.length === limit) break;
    if (busy.has(id) || whyNotShippable(await getOrder(tx, id))) continue; // a look without a lock, to pass over quickly
    const order = await lockAnyOrder(tx, id);
    const lines = whyNotShippable(order) ? [] : await unpicked(tx, id, warehouseId);
    if (lines.length > 0) found.push({ order, lines });
  }
  return found;
}

async function startPick(
  tx: Tx,
  ctx: Ctx,
  waveId: string,
  warehouse: WarehouseRow,
  { order, lines }: Pickable,
): Promise<PickRow> {
  const pick = await insertPick(tx, ctx, {
    waveId,
    orderId: order.id,
    orderNo: order.order_no,
    warehouseId: warehouse.id,
    lines,
  });
  const units = lines.reduce((sum, l) => sum + l.quantity, 0);
  await PickCreated.emit(tx, ctx, order.id, { pickId: pick.id, warehouse: warehouse.code, waveId, units });
  return pick;
}

/**
 * Starts picking: the named orders, or the oldest that wait in the warehouse. One pick per order; an order is in one live
 * pick at a time. @throws NothingToPick, OrdersNotPickable naming each order and why.
 */
export async function createWave(tx: Tx, ctx: Ctx, input: CreateWave): Promise<WaveView> {
  const warehouse = await seenWarehouse(tx, ctx, input.warehouse);
  // one wave at a time per warehouse, so that two do not pick the same orders and meet at the unique key
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wave/${warehouse.id}`]);
  const busy = await busyOrders(tx, warehouse.id);
  const limit = input.limit ?? (await fulfilmentSettings.get(tx)).waveOrders;
  const chosen = input.orderIds
    ? await namedOrders(tx, ctx, input.orderIds, warehouse.id, busy)
    : await oldestOrders(tx, warehouse.id, busy, limit);
  if (chosen.length === 0) throw new NothingToPick({ warehouse: warehouse.code });
  const waveId = await insertWave(tx, ctx, warehouse.id);
  const picks: PickRow[] = [];
  for (const one of chosen) picks.push(await startPick(tx, ctx, waveId, warehouse, one));
  return {
    id: waveId,
    warehouse: warehouse.code,
    createdAt: ctx.now.toISOString(),
    createdBy: ctx.actor.id,
    picks: await viewPicks(tx, ctx, picks),
  };
}
