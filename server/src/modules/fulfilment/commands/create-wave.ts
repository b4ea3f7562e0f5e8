import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type FieldProblem } from '#kernel/errors.ts';
import { t } from '#kernel/i18n/index.ts';
import {
  allocateStock,
  ordersReservedIn,
  releaseAllocations,
  setAsideMissing,
  skusInZones,
  type WarehouseRow,
} from '#modules/inventory/index.ts';
import {
  lockAnyOrder,
  lockOrder,
  type OrderRow,
  ordersByIds,
  prioritiesOf,
  reportException,
  shippableLines,
  visibleOrder,
} from '#modules/orders/index.ts';
import { NothingToPick, OrdersNotPickable } from '../errors.ts';
import { PickCreated } from '../events.ts';
import { seenWarehouse, whyNotShippable } from '../policy.ts';
import { viewPicks } from '../queries/views.ts';
import { inRounds } from '../queries/rounds.ts';
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

/**
 * The orders that can be picked here and matter most, by priority (ORD-7), equal ones by age. They are ranked without
 * a lock; a batch at a time is locked, by ascending id, and looked at again.
 */
async function urgentOrders(
  tx: Tx,
  ctx: Ctx,
  warehouseId: string,
  busy: ReadonlySet<string>,
  limit: number,
  only: Pick<CreateWave, 'promisedBefore' | 'carrier' | 'zones'>,
): Promise<Pickable[]> {
  const waiting = (await ordersReservedIn(tx, warehouseId, CANDIDATES_MAX)).filter((id) => !busy.has(id));
  const before = only.promisedBefore === undefined ? undefined : new Date(only.promisedBefore);
  const isWanted = (o: OrderRow): boolean =>
    (before === undefined || (o.promised_ship_at !== null && o.promised_ship_at < before)) &&
    (only.carrier === undefined || o.expected_carrier === only.carrier);
  const shippable = (await ordersByIds(tx, waiting)).filter((o) => !whyNotShippable(o) && isWanted(o));
  const inZones = only.zones && (await skusInZones(tx, warehouseId, only.zones));
  const priorities = await prioritiesOf(
    tx,
    ctx,
    shippable.map((o) => o.id),
  );
  const points = (id: string): number => priorities.get(id)?.points ?? 0;
  const ranked = shippable.toSorted((a, b) => points(b.id) - points(a.id) || (a.id < b.id ? -1 : 1));
  const found: Pickable[] = [];
  const batch = limit + Math.ceil(limit / 4); // a few will turn out to have nothing left to pick here
  for (let at = 0; at < ranked.length && found.length < limit; at += batch) {
    const ids = ranked.slice(at, at + batch).map((o) => o.id);
    for (const id of ids.toSorted()) {
      const order = await lockAnyOrder(tx, id);
      const lines = whyNotShippable(order) ? [] : await unpicked(tx, id, warehouseId);
      if (lines.length > 0 && (!inZones || lines.every((l) => inZones.has(l.skuId)))) found.push({ order, lines });
    }
  }
  const rank = new Map(ranked.map((o, i) => [o.id, i]));
  const placeOf = ({ order }: Pickable): number => rank.get(order.id) ?? ranked.length;
  return found.toSorted((a, b) => placeOf(a) - placeOf(b)).slice(0, limit);
}

type Start = { waveId: string; warehouse: WarehouseRow; round: number; place: number };

async function startPick(tx: Tx, ctx: Ctx, start: Start, { order, lines }: Pickable): Promise<PickRow> {
  const { waveId, warehouse, round, place } = start;
  const pick = await insertPick(tx, ctx, {
    waveId,
    orderId: order.id,
    orderNo: order.order_no,
    warehouseId: warehouse.id,
    round,
    place,
    lines,
  });
  const units = lines.reduce((sum, l) => sum + l.quantity, 0);
  await PickCreated.emit(tx, ctx, order.id, { pickId: pick.id, warehouse: warehouse.code, waveId, units });
  return pick;
}

/**
 * Gives the orders' units their bins. An order that is promised units which stand only where nothing may be taken from
 * (expired, held back, in quarantine) is not picked: its shortage becomes an exception, and what it lacks is set aside.
 */
async function withBins(tx: Tx, ctx: Ctx, warehouse: WarehouseRow, chosen: readonly Pickable[]): Promise<Pickable[]> {
  const demands = chosen.flatMap(({ order, lines }) =>
    lines.map((l) => ({
      orderId: order.id,
      lineId: l.lineId,
      skuId: l.skuId,
      warehouseId: warehouse.id,
      quantity: l.quantity,
    })),
  );
  const { rows, short } = await allocateStock(tx, ctx, demands);
  if (short.length === 0) return [...chosen];
  const lacking = new Set(short.map((s) => s.orderId));
  for (const s of short) {
    const why = s.passed[0]?.why ?? 'spread';
    await setAsideMissing(tx, ctx, { ...s, reason: why, free: true });
    const note = t(ctx.locale, `fulfilment.passed.${why}`);
    await reportException(tx, ctx, { orderId: s.orderId, kind: 'shortage', lineId: s.lineId, units: 0, note });
  }
  await releaseAllocations(
    tx,
    rows.filter((r) => lacking.has(r.order_id)),
  );
  return chosen.filter((c) => !lacking.has(c.order.id));
}

/**
 * Starts picking: the named orders, or those that matter most of the ones that wait in the warehouse. One pick per order; an
 * order is in one live pick at a time. Every unit gets the bin and batch it is taken from. In batches, several orders are
 * picked on one walk. @throws NothingToPick, OrdersNotPickable naming each order and why.
 */
export async function createWave(tx: Tx, ctx: Ctx, input: CreateWave): Promise<WaveView> {
  const warehouse = await seenWarehouse(tx, ctx, input.warehouse);
  // one wave at a time per warehouse, so that two do not pick the same orders and meet at the unique key
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`wave/${warehouse.id}`]);
  const busy = await busyOrders(tx, warehouse.id);
  const settings = await fulfilmentSettings.get(tx);
  const limit = input.limit ?? settings.waveOrders;
  const chosen = input.orderIds
    ? await namedOrders(tx, ctx, input.orderIds, warehouse.id, busy)
    : await urgentOrders(tx, ctx, warehouse.id, busy, limit, input);
  const pickable = await withBins(tx, ctx, warehouse, chosen);
  if (pickable.length === 0 && chosen.length === 0) throw new NothingToPick({ warehouse: warehouse.code });
  const waveId = await insertWave(tx, ctx, { warehouseId: warehouse.id, mode: input.mode, note: input.note ?? null });
  const perRound = input.mode === 'batch' ? (input.batchOrders ?? settings.batchOrders) : 1;
  const picks: PickRow[] = [];
  const limits = { orders: perRound, units: settings.batchUnits };
  for (const { item, round, place } of await inRounds(tx, warehouse, pickable, limits))
    picks.push(await startPick(tx, ctx, { waveId, warehouse, round, place }, item));
  return {
    id: waveId,
    warehouse: warehouse.code,
    createdAt: ctx.now.toISOString(),
    createdBy: ctx.actor.id,
    mode: input.mode,
    note: input.note ?? null,
    picks: await viewPicks(tx, ctx, picks),
  };
}
