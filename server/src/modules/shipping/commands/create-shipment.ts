import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { isSandboxWaybill, normaliseWaybill, sandboxWaybill } from '../domain/waybill.ts';
import { UnknownCarrier, WaybillRefused, WaybillRequired, WaybillTaken } from '../errors.ts';
import { ShipmentCreated } from '../events.ts';
import { presentSummary } from '../present.ts';
import type { ShipmentSummary } from '../schema.ts';
import { type CarrierRow, findCarrier } from '../store/carriers.ts';
import { findByParcel, insertShipment, nextSandboxNumber } from '../store/shipments.ts';

const WAYBILL_FORM = /^[A-Z0-9]{4,40}$/;

/**
 * Gives a parcel its one waybill: the sandbox makes the number, other carriers' is on their label. A parcel that has one
 * keeps it. The caller holds the order's lock. @throws UnknownCarrier, WaybillRequired, WaybillRefused, WaybillTaken.
 */
export async function createShipment(
  tx: Tx,
  ctx: Ctx,
  input: { parcelId: string; orderId: string; carrier: string; waybillNo?: string | undefined },
): Promise<ShipmentSummary> {
  const known = await findByParcel(tx, input.parcelId);
  if (known) return presentSummary(known);
  const carrier = await findCarrier(tx, input.carrier);
  if (!carrier?.enabled)
    throw new UnknownCarrier({ carrier: input.carrier }, [{ path: 'carrier', code: 'invalid_value' }]);
  const waybillNo = await waybillFor(tx, carrier, input.waybillNo);
  const row = await insertShipment(tx, ctx, {
    parcelId: input.parcelId,
    orderId: input.orderId,
    carrier: carrier.code,
    waybillNo,
  });
  if (!row) throw new WaybillTaken({ carrier: carrier.code, waybillNo });
  await ShipmentCreated.emit(tx, ctx, row.order_id, {
    shipmentId: row.id,
    parcelId: row.parcel_id,
    carrier: row.carrier,
    waybillNo,
  });
  return presentSummary(row);
}

async function waybillFor(tx: Tx, carrier: CarrierRow, given: string | undefined): Promise<string> {
  if (given === undefined) {
    if (carrier.adapter === 'sandbox') return sandboxWaybill(await nextSandboxNumber(tx));
    throw new WaybillRequired({ carrier: carrier.code }, [{ path: 'waybillNo', code: 'required' }]);
  }
  const waybillNo = normaliseWaybill(given);
  const fits = carrier.adapter === 'sandbox' ? isSandboxWaybill(waybillNo) : WAYBILL_FORM.test(waybillNo);
  if (!fits)
    throw new WaybillRefused({ carrier: carrier.code, waybillNo }, [{ path: 'waybillNo', code: 'invalid_format' }]);
  return waybillNo;
}
