import { defineRefusal } from '#kernel/errors.ts';

export const ShipmentNotFound = defineRefusal('shipment_not_found', 404);
export const CarrierNotFound = defineRefusal('carrier_not_found', 404);
export const CarrierExists = defineRefusal('carrier_exists', 409);
export const UnknownCarrier = defineRefusal('unknown_carrier', 422);
export const WaybillRequired = defineRefusal('waybill_required', 422);
export const WaybillRefused = defineRefusal('waybill_refused', 422);
export const WaybillTaken = defineRefusal('waybill_taken', 409);
export const PushRefused = defineRefusal('push_signature_invalid', 401);
export const PushStale = defineRefusal('push_stale', 401);
export const PushReplayed = defineRefusal('push_replayed', 409);
export const InterceptionNotFound = defineRefusal('interception_not_found', 404);
export const NothingToIntercept = defineRefusal('nothing_to_intercept', 409);
/** Only carriers the system cannot speak to are answered for by hand. */
export const AnsweredByCarrier = defineRefusal('answered_by_carrier', 409);
export const NodeInFuture = defineRefusal('node_in_future', 422);
export const PickupNotFound = defineRefusal('pickup_not_found', 404);
/** 409: somebody is to fetch these goods already. */
export const PickupPending = defineRefusal('pickup_pending', 409);
export const PickupWindowPast = defineRefusal('pickup_window_past', 422);
