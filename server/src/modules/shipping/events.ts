import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';
import { NODE_CODES } from './domain/track.ts';

const shipment = { shipmentId: z.uuid(), parcelId: z.uuid(), carrier: z.string(), waybillNo: z.string() };

// The key of each is the order's id. What a node says in words stays out: couriers' names and numbers stand in it.
export const ShipmentCreated = defineEvent('shipping.shipment_created.v1', z.object(shipment));
export const NodeRecorded = defineEvent(
  'shipping.node_recorded.v1',
  z.object({ ...shipment, code: z.enum(NODE_CODES), at: z.iso.datetime(), status: z.string() }),
  { customer: true },
);
/** Told once per parcel, when the carrier first says so. */
export const ParcelDelivered = defineEvent(
  'shipping.parcel_delivered.v1',
  z.object({ ...shipment, at: z.iso.datetime() }),
  { customer: true },
);
/** The carrier reports trouble and nothing newer. */
export const ParcelException = defineEvent(
  'shipping.parcel_exception.v1',
  z.object({ ...shipment, at: z.iso.datetime() }),
  { customer: true },
);
export const ParcelReturning = defineEvent(
  'shipping.parcel_returning.v1',
  z.object({ ...shipment, at: z.iso.datetime() }),
  { customer: true },
);
