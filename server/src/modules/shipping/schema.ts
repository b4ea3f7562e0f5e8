import { z } from 'zod';
import { listInput, listOf } from '#kernel/http/list.ts';
import { INTERCEPTION_STATES } from './domain/interception.ts';
import { NODE_CODES, SHIPMENT_STATES } from './domain/track.ts';

export const CarrierView = z
  .object({
    code: z.string(),
    name: z.string(),
    adapter: z.enum(['manual', 'sandbox']),
    enabled: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'Carrier' });
export type CarrierView = z.input<typeof CarrierView>;

export const NodeView = z
  .object({ at: z.string(), code: z.enum(NODE_CODES), text: z.string(), place: z.string().nullable() })
  .meta({ id: 'TrackNode' });

const shipment = {
  id: z.uuid(),
  parcelId: z.uuid(),
  orderId: z.uuid(),
  carrier: z.string(),
  waybillNo: z.string(),
  status: z.enum(SHIPMENT_STATES),
  lastNodeAt: z.string().nullable(),
  deliveredAt: z.string().nullable(),
  createdAt: z.string(),
  version: z.int(),
};
export const ShipmentSummary = z.object(shipment).meta({ id: 'ShipmentSummary' });
export type ShipmentSummary = z.input<typeof ShipmentSummary>;
/** With its nodes, newest first. */
export const ShipmentView = z.object({ ...shipment, nodes: z.array(NodeView) }).meta({ id: 'Shipment' });
export type ShipmentView = z.input<typeof ShipmentView>;

export const ShipmentId = z.object({ shipmentId: z.uuid() });
export const ListShipments = z.object({
  ...listInput,
  order: z.uuid().optional(),
  status: z.enum(SHIPMENT_STATES).optional(),
});
export const ShipmentList = listOf(ShipmentSummary);
export const CarrierList = listOf(CarrierView);

/** `why`: what the carrier said to a refusal, or why its answer is not known yet. */
export const InterceptionView = z
  .object({
    id: z.uuid(),
    shipmentId: z.uuid(),
    parcelId: z.uuid(),
    orderId: z.uuid(),
    carrier: z.string(),
    waybillNo: z.string(),
    reason: z.string(),
    state: z.enum(INTERCEPTION_STATES),
    askedAt: z.string(),
    answeredAt: z.string().nullable(),
    carrierRef: z.string().nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: 'Interception' });
export type InterceptionView = z.input<typeof InterceptionView>;
export const ListInterceptions = z.object({
  ...listInput,
  order: z.uuid().optional(),
  state: z.enum(INTERCEPTION_STATES).optional(),
});
export const InterceptionList = listOf(InterceptionView);
export const AnswerInterception = z.object({
  interceptionId: z.uuid(),
  outcome: z.enum(['accepted', 'refused', 'too_late', 'returned']),
  carrierRef: z.string().trim().min(1).max(100).optional(),
  note: z.string().trim().max(200).optional(),
});
export type AnswerInterception = z.output<typeof AnswerInterception>;

const code = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/);
export const CreateCarrier = z.object({ code, name: z.string().trim().min(1).max(100) });
export const ChangeCarrier = z.object({
  code,
  name: z.string().trim().min(1).max(100).optional(),
  enabled: z.boolean().optional(),
});

/** What a carrier may say in one push; the rest of the shipment's history may come along, in any order. */
export const PUSH_NODES_MAX = 200;
export const Push = z.object({
  waybillNo: z.string().min(4).max(40),
  timestamp: z.int(),
  nonce: z.string().min(8).max(100),
  nodes: z
    .array(
      z.object({
        at: z.iso.datetime({ offset: true }),
        code: z.enum(NODE_CODES),
        text: z.string().max(500),
        place: z.string().max(100).optional(),
      }),
    )
    .max(PUSH_NODES_MAX),
});
export type Push = z.output<typeof Push>;
