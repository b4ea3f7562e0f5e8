import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import type { FieldProblem } from '#kernel/errors.ts';
import { lockOrder, type ShippableLine, shippableLines, visibleOrder } from '#modules/orders/index.ts';
import { type Packable, warehouseFor } from '../domain/packing.ts';
import { AlreadyShipped, NothingToPack, ParcelRefused } from '../errors.ts';
import { ParcelCreated } from '../events.ts';
import { checkShippable, seenWarehouse, seenWarehouses } from '../policy.ts';
import { viewParcel } from '../queries/views.ts';
import type { CreateParcel, ParcelView } from '../schema.ts';
import { insertParcel, packedOf } from '../store/parcels.ts';
import { lockLivePicks, type NewLine } from '../store/picks.ts';

type Packed = Awaited<ReturnType<typeof packedOf>>;

function packableOf(lines: readonly ShippableLine[], packed: Packed): (Packable & { line: ShippableLine })[] {
  return lines.map((line) => {
    const waiting = packed.find((p) => p.lineId === line.lineId && p.warehouseId === line.warehouseId)?.waiting ?? 0;
    return { lineId: line.lineId, warehouseId: line.warehouseId, free: line.quantity - waiting, line };
  });
}

/** Says of each wanted line what is wrong with it. @throws AlreadyShipped when all of one has left, else ParcelRefused. */
function refuse(wanted: NonNullable<CreateParcel['lines']>, packable: readonly Packable[], packed: Packed): never {
  const problems: FieldProblem[] = [];
  for (const [i, { lineId, quantity = 1 }] of wanted.entries()) {
    const free = Math.max(0, ...packable.filter((p) => p.lineId === lineId).map((p) => p.free));
    if (free >= quantity) continue;
    const shipped = packed.filter((p) => p.lineId === lineId).reduce((sum, p) => sum + p.shipped, 0);
    const waiting = packed.filter((p) => p.lineId === lineId).reduce((sum, p) => sum + p.waiting, 0);
    if (free === 0 && waiting === 0 && shipped > 0) throw new AlreadyShipped({ lineId });
    problems.push({
      path: `lines[${i}]`,
      code: free === 0 && waiting > 0 ? 'already_packed' : 'more_than_reserved',
      facts: { left: free },
    });
  }
  if (problems.length === 0) problems.push({ path: 'lines', code: 'several_warehouses' });
  throw new ParcelRefused({}, problems);
}

function refuseAll(orderNo: string, packed: Packed): never {
  const waiting = packed.some((p) => p.waiting > 0);
  if (!waiting && packed.some((p) => p.shipped > 0)) throw new AlreadyShipped({ orderNo });
  throw new NothingToPack({ orderNo });
}

/** The same line named twice counts once, with both quantities. */
function merged(lines: CreateParcel['lines']): CreateParcel['lines'] {
  if (!lines) return undefined;
  const byLine = new Map<string, number | undefined>();
  for (const { lineId, quantity } of lines) {
    const before = byLine.get(lineId);
    byLine.set(lineId, quantity === undefined ? before : (before ?? 0) + quantity);
  }
  return [...byLine].map(([lineId, quantity]) => ({ lineId, quantity }));
}

/**
 * Puts reserved units of an order into a parcel: the given lines, or all that lie in one warehouse and in no parcel yet. A
 * unit is in one parcel at most. @throws AlreadyShipped, NothingToPack, ParcelRefused, OrderNotShippable, OrderOnHold.
 */
export async function createParcel(tx: Tx, ctx: Ctx, input: CreateParcel): Promise<ParcelView> {
  await visibleOrder(tx, ctx, input.orderId);
  const order = await lockOrder(tx, input.orderId);
  const packed = await packedOf(tx, order.id);
  const packable = packableOf(await shippableLines(tx, order.id), packed);
  const wanted = merged(input.lines);
  if (packable.length === 0) {
    if (packed.some((p) => p.shipped > 0)) throw new AlreadyShipped({ orderNo: order.order_no });
    checkShippable(order);
    throw new NothingToPack({ orderNo: order.order_no });
  }
  checkShippable(order);
  const warehouses =
    input.warehouse === undefined ? await seenWarehouses(tx, ctx) : [await seenWarehouse(tx, ctx, input.warehouse)];
  const warehouseId = warehouseFor(
    packable,
    wanted,
    warehouses.map((w) => w.id),
  );
  if (warehouseId === undefined) return wanted ? refuse(wanted, packable, packed) : refuseAll(order.order_no, packed);
  const lines: NewLine[] = packable
    .filter(
      (p) => p.warehouseId === warehouseId && p.free > 0 && (!wanted || wanted.some((w) => w.lineId === p.lineId)),
    )
    .map((p) => ({ ...p.line, quantity: wanted?.find((w) => w.lineId === p.lineId)?.quantity ?? p.free }));
  const pick = (await lockLivePicks(tx, order.id)).find((p) => p.warehouse_id === warehouseId);
  const row = await insertParcel(tx, ctx, {
    orderId: order.id,
    orderNo: order.order_no,
    warehouseId,
    pickId: pick?.id ?? null,
    lines,
  });
  const warehouse = warehouses.find((w) => w.id === warehouseId)?.code ?? '';
  const units = lines.reduce((sum, l) => sum + l.quantity, 0);
  await ParcelCreated.emit(tx, ctx, order.id, { parcelId: row.id, parcelNo: row.no, warehouse, units });
  return viewParcel(tx, ctx, row);
}
