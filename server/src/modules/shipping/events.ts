import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';
import type { NodeCode } from './domain/track.ts';

const shipment = { shipmentId: z.uuid(), parcelId: z.uuid(), carrier: z.string(), waybillNo: z.string() };
const customer = { customer: true };

// The key of each is the order's id. What a node says in words stays out: couriers' names and numbers stand in it.
export const ShipmentCreated = defineEvent('shipping.shipment_created.v1', z.object(shipment));

/** A new node: `at` is when it happened by the carrier's clock, `status` where the parcel now stands. */
const node = z.object({ ...shipment, at: z.iso.datetime(), status: z.string() });
export const ParcelCollected = defineEvent('shipping.parcel_collected.v1', node, customer);
export const ParcelInTransit = defineEvent('shipping.parcel_in_transit.v1', node, customer);
export const ParcelOutForDelivery = defineEvent('shipping.parcel_out_for_delivery.v1', node, customer);
/** Once per parcel: when the carrier first says so. */
export const ParcelDelivered = defineEvent('shipping.parcel_delivered.v1', node, customer);
export const ParcelException = defineEvent('shipping.parcel_exception.v1', node, customer);
export const ParcelReturning = defineEvent('shipping.parcel_returning.v1', node, customer);
export const ParcelReturned = defineEvent('shipping.parcel_returned.v1', node, customer);

const interception = { interceptionId: z.uuid(), ...shipment };
/** The carrier is to stop the parcel and bring it back. `reason` is what was given as the order's. */
export const InterceptionRequested = defineEvent(
  'shipping.interception_requested.v1',
  z.object({ ...interception, reason: z.string() }),
  customer,
);
export const InterceptionAccepted = defineEvent('shipping.interception_accepted.v1', z.object(interception), customer);
/** The carrier will not stop the parcel: `state` is refused, or too_late. */
export const InterceptionRefused = defineEvent(
  'shipping.interception_refused.v1',
  z.object({ ...interception, state: z.string(), why: z.string() }),
  customer,
);
/** Once per parcel: it was to be stopped, and is back. */
export const ParcelBroughtBack = defineEvent('shipping.parcel_brought_back.v1', z.object(interception));
/** The carrier had agreed to bring it back. */
export const ParcelDeliveredAnyway = defineEvent('shipping.parcel_delivered_anyway.v1', z.object(interception));

/** What is told of a node, by its code. */
export const NODE_EVENTS = {
  collected: ParcelCollected,
  in_transit: ParcelInTransit,
  out_for_delivery: ParcelOutForDelivery,
  delivered: ParcelDelivered,
  exception: ParcelException,
  returning: ParcelReturning,
  returned: ParcelReturned,
} as const satisfies Record<NodeCode, unknown>;

export { PickupBooked, PickupCollected, PickupFailed, PickupRefused, PickupRequested } from './pickups/events.ts';
