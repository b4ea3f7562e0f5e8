import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { ShipmentNotFound } from '../errors.ts';
import { owner } from '../port.ts';
import { presentShipment, presentSummary } from '../present.ts';
import type { ListShipments, ShipmentSummary, ShipmentView } from '../schema.ts';
import { byParcels, getShipment, listShipments as readShipments, nodesOf, nodesOfMany } from '../store/shipments.ts';

const NEWEST = 'newest';

/** With its track, where the actor's data scope includes the order. @throws ShipmentNotFound otherwise. */
export async function showShipment(tx: Tx, ctx: Ctx, input: { shipmentId: string }): Promise<ShipmentView> {
  const row = await getShipment(tx, input.shipmentId);
  const visible = owner().visible;
  if (visible && !(await visible(tx, ctx, row.order_id))) throw new ShipmentNotFound({ shipmentId: row.id });
  return presentShipment(row, await nodesOf(tx, row.id));
}

/** The shipments of parcels with their tracks, by parcel. For a page whose reader may see the parcels. */
export async function shipmentsOfParcels(tx: Tx, parcelIds: readonly string[]): Promise<Map<string, ShipmentView>> {
  const rows = parcelIds.length === 0 ? [] : await byParcels(tx, parcelIds);
  const nodes =
    rows.length === 0
      ? []
      : await nodesOfMany(
          tx,
          rows.map((r) => r.id),
        );
  const byShipment = Map.groupBy(nodes, (n) => n.shipment_id);
  return new Map(rows.map((r) => [r.parcel_id, presentShipment(r, byShipment.get(r.id) ?? [])]));
}

const TROUBLED_MAX = 1_000;

/** The parcels whose newest news is trouble, newest first, at most 1,000. */
export async function parcelsInTrouble(tx: Tx): Promise<string[]> {
  return (await readShipments(tx, { status: 'exception', limit: TROUBLED_MAX })).map((r) => r.parcel_id);
}

export async function listShipments(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListShipments>,
): Promise<Page<ShipmentSummary>> {
  const visible = owner().visible;
  // whoever sees only some shops has to name the order
  if (ctx.actor.shops !== null && visible && (input.order === undefined || !(await visible(tx, ctx, input.order)))) {
    throw new Forbidden({ scope: 'shops' });
  }
  const before = input.cursor === undefined ? undefined : String(decodeCursor(NEWEST, input.cursor, 1)[0]);
  const rows = await readShipments(tx, { orderId: input.order, status: input.status, before, limit: input.limit + 1 });
  return pageOf(rows, input.limit, NEWEST, (r) => [r.id], presentSummary);
}
