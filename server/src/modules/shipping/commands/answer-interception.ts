import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { allowedEvents, step } from '#kernel/flow.ts';
import { interceptionFlow } from '../domain/interception.ts';
import { AnsweredByCarrier, InterceptionNotFound } from '../errors.ts';
import { InterceptionAccepted, InterceptionRefused, ParcelBroughtBack, ParcelDeliveredAnyway } from '../events.ts';
import { owner } from '../port.ts';
import { presentInterception } from '../present.ts';
import { adapterOf } from '../providers/index.ts';
import type { AnswerInterception, InterceptionView } from '../schema.ts';
import { findCarrier } from '../store/carriers.ts';
import {
  getInterception,
  type InterceptionRow,
  lockInterception,
  lockWaiting,
  saveInterception,
} from '../store/interceptions.ts';
import { lockShipment, type ShipmentRow } from '../store/shipments.ts';

/** What every event about a request to stop a parcel says. */
export const interceptionFacts = (shipment: ShipmentRow, row: InterceptionRow) => ({
  interceptionId: row.id,
  shipmentId: shipment.id,
  parcelId: shipment.parcel_id,
  carrier: shipment.carrier,
  waybillNo: shipment.waybill_no,
});

/** Books the carrier's yes or no. The order, the shipment and the request are locked. */
export async function bookAnswer(
  tx: Tx,
  ctx: Ctx,
  shipment: ShipmentRow,
  row: InterceptionRow,
  by: { event: 'accept' | 'refuse' | 'be_late'; ref?: string | undefined; why?: string | null },
): Promise<InterceptionRow> {
  const state = step(interceptionFlow, row.state, by.event);
  const saved = await saveInterception(tx, row, {
    state,
    ref: by.ref,
    why: by.why?.slice(0, 200) ?? null,
    answeredAt: ctx.now,
  });
  const facts = interceptionFacts(shipment, saved);
  if (by.event === 'accept') await InterceptionAccepted.emit(tx, ctx, row.order_id, facts);
  else await InterceptionRefused.emit(tx, ctx, row.order_id, { ...facts, state, why: by.why ?? '' });
  return saved;
}

/**
 * What a parcel's end means for the request to stop it: back with us, or with the customer all the same. Does nothing
 * when nobody asked, or when it has been booked. The order and the shipment are locked.
 */
export async function endInterception(
  tx: Tx,
  ctx: Ctx,
  shipment: ShipmentRow,
  event: 'bring_back' | 'deliver',
): Promise<void> {
  const row = await lockWaiting(tx, shipment.id);
  if (!row || !allowedEvents(interceptionFlow, row.state).includes(event)) return;
  const state = step(interceptionFlow, row.state, event);
  const saved = await saveInterception(tx, row, { state, answeredAt: row.answered_at ?? ctx.now });
  const facts = interceptionFacts(shipment, saved);
  if (state === 'too_late') await InterceptionRefused.emit(tx, ctx, row.order_id, { ...facts, state, why: '' });
  if (state === 'delivered_anyway') await ParcelDeliveredAnyway.emit(tx, ctx, row.order_id, facts);
  if (state !== 'returned') return;
  await ParcelBroughtBack.emit(tx, ctx, row.order_id, facts);
  await owner().cameBack(tx, ctx, { orderId: row.order_id, parcelId: shipment.parcel_id, reason: row.reason });
}

/**
 * Writes down what a carrier said by telephone, for carriers the system cannot speak to. `returned`: the goods are back.
 * @throws InterceptionNotFound, also outside the actor's data scope, AnsweredByCarrier, TransitionRefused.
 */
export async function answerInterception(tx: Tx, ctx: Ctx, input: AnswerInterception): Promise<InterceptionView> {
  const known = await getInterception(tx, input.interceptionId);
  const visible = owner().visible;
  if (visible && !(await visible(tx, ctx, known.order_id)))
    throw new InterceptionNotFound({ interceptionId: known.id });
  await owner().lock(tx, ctx, known.order_id);
  const shipment = await lockShipment(tx, known.shipment_id);
  const carrier = await findCarrier(tx, shipment.carrier);
  if (carrier && adapterOf(carrier)) throw new AnsweredByCarrier({ carrier: carrier.code });
  const row = await lockInterception(tx, known.id);
  if (input.outcome === 'returned') {
    step(interceptionFlow, row.state, 'bring_back'); // refused here, not passed over as for a carrier's repeated news
    await endInterception(tx, ctx, shipment, 'bring_back');
  } else {
    const event = ({ accepted: 'accept', refused: 'refuse', too_late: 'be_late' } as const)[input.outcome];
    await bookAnswer(tx, ctx, shipment, row, { event, ref: input.carrierRef, why: input.note ?? null });
  }
  return presentInterception(await getInterception(tx, row.id));
}
