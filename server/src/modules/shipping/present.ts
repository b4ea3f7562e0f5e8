import type { CarrierView, InterceptionView, ShipmentSummary, ShipmentView } from './schema.ts';
import type { CarrierRow } from './store/carriers.ts';
import type { ShownInterception } from './store/interceptions.ts';
import type { NodeRow, ShipmentRow } from './store/shipments.ts';

export const presentCarrier = (row: CarrierRow): CarrierView => ({
  code: row.code,
  name: row.name,
  adapter: row.adapter,
  enabled: row.enabled,
  version: row.version,
});

export const presentSummary = (row: ShipmentRow): ShipmentSummary => ({
  id: row.id,
  parcelId: row.parcel_id,
  orderId: row.order_id,
  carrier: row.carrier,
  waybillNo: row.waybill_no,
  status: row.status,
  lastNodeAt: row.last_node_at?.toISOString() ?? null,
  deliveredAt: row.delivered_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

export const presentShipment = (row: ShipmentRow, nodes: readonly NodeRow[]): ShipmentView => ({
  ...presentSummary(row),
  nodes: nodes.map((n) => ({ at: n.node_at.toISOString(), code: n.code, text: n.text, place: n.place })),
});

export const presentInterception = (row: ShownInterception): InterceptionView => ({
  id: row.id,
  shipmentId: row.shipment_id,
  parcelId: row.parcel_id,
  orderId: row.order_id,
  carrier: row.carrier,
  waybillNo: row.waybill_no,
  reason: row.reason,
  state: row.state,
  askedAt: row.asked_at.toISOString(),
  answeredAt: row.answered_at?.toISOString() ?? null,
  carrierRef: row.carrier_ref,
  why: row.why,
});
