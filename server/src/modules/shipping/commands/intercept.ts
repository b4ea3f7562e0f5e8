import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { NothingToIntercept } from '../errors.ts';
import { InterceptionRequested } from '../events.ts';
import { askCarrier } from '../jobs/ask-carrier.ts';
import { adapterOf } from '../providers/index.ts';
import { findCarrier } from '../store/carriers.ts';
import { insertInterception, shipmentsUnderWay } from '../store/interceptions.ts';
import { lockShipment } from '../store/shipments.ts';
import { interceptionFacts } from './answer-interception.ts';

/**
 * Has the carriers of an order's parcels still under way asked to bring them back: one request per parcel, however often
 * this is called. The caller holds the order's lock and has decided that the actor may. @throws NothingToIntercept.
 */
export async function interceptShipments(tx: Tx, ctx: Ctx, input: { orderId: string; reason: string }): Promise<void> {
  const underWay = await shipmentsUnderWay(tx, input.orderId);
  if (underWay.length === 0) throw new NothingToIntercept({ orderId: input.orderId });
  for (const { id } of underWay.filter((s) => !s.open)) {
    const shipment = await lockShipment(tx, id);
    const row = await insertInterception(tx, ctx, { shipmentId: id, orderId: input.orderId, reason: input.reason });
    if (!row) continue; // asked by another call a moment ago
    await InterceptionRequested.emit(tx, ctx, row.order_id, {
      ...interceptionFacts(shipment, row),
      reason: row.reason,
    });
    const carrier = await findCarrier(tx, shipment.carrier);
    if (carrier && adapterOf(carrier)) await askCarrier.enqueue(tx, ctx, { interceptionId: row.id }, { key: row.id });
  }
}
