import { z } from 'zod';
import { PreconditionFailed } from '#kernel/errors.ts';
import { defineRoute, type HttpEnv } from '#kernel/http/route.ts';
import { answerInterception } from './commands/answer-interception.ts';
import { NODE_CODES, SHIPMENT_STATES } from './domain/track.ts';
import { recogniseCarrier } from './domain/waybill.ts';
import { CarrierNotFound, ShipmentNotFound } from './errors.ts';
import { receivePush } from './handlers/receive-push.ts';
import { presentCarrier } from './present.ts';
import { moveAtPeer } from './providers/sandbox/carrier.ts';
import { nodeAt, sendPush } from './providers/sandbox/peer.ts';
import { listInterceptions } from './queries/interceptions.ts';
import { listShipments, showShipment } from './queries/shipments.ts';
import {
  AnswerInterception,
  CarrierList,
  CarrierView,
  ChangeCarrier,
  CreateCarrier,
  InterceptionList,
  InterceptionView,
  ListInterceptions,
  ListShipments,
  ShipmentId,
  ShipmentList,
  ShipmentView,
} from './schema.ts';
import { shippingSettings } from './settings.ts';
import { allCarriers, findCarrier, insertCarrier, saveCarrier } from './store/carriers.ts';
import { getShipment, locateId, type ShipmentRow } from './store/shipments.ts';

const tags = ['shipping'];

const carrierRoutes = [
  defineRoute({
    method: 'GET',
    path: '/carriers',
    permission: 'shipping.carrier.read',
    tags,
    summary: 'Carriers',
    input: z.object({}),
    output: CarrierList,
    run: async (tx) => ({ items: (await allCarriers(tx)).map(presentCarrier), nextCursor: null }),
  }),
  defineRoute({
    method: 'GET',
    path: '/carriers/recognise',
    permission: 'shipping.carrier.read',
    tags,
    summary: 'The carrier a waybill number looks like',
    input: z.object({ waybillNo: z.string().max(60) }),
    output: z.object({ carrier: z.string().nullable() }),
    run: async (_tx, _ctx, input) => ({ carrier: recogniseCarrier(input.waybillNo) ?? null }),
  }),
  defineRoute({
    method: 'POST',
    path: '/carriers',
    permission: 'shipping.carrier.write',
    tags,
    summary: 'Add a carrier whose waybill numbers are typed in',
    status: 201,
    input: CreateCarrier,
    output: CarrierView,
    run: async (tx, ctx, input) => presentCarrier(await insertCarrier(tx, ctx, input)),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/carriers/{code}',
    permission: 'shipping.carrier.write',
    tags,
    summary: 'Rename a carrier, or switch it on or off',
    input: ChangeCarrier,
    output: CarrierView,
    run: async (tx, ctx, input) => {
      const row = await findCarrier(tx, input.code);
      if (!row) throw new CarrierNotFound({ carrier: input.code });
      if (ctx.ifMatch !== undefined && ctx.ifMatch !== row.version)
        throw new PreconditionFailed({ version: row.version });
      return presentCarrier(
        await saveCarrier(tx, ctx, { ...row, name: input.name ?? row.name, enabled: input.enabled ?? row.enabled }),
      );
    },
  }),
];

const shipmentRoutes = [
  defineRoute({
    method: 'GET',
    path: '/shipments',
    permission: 'shipping.shipment.read',
    tags,
    summary: 'Shipments, newest first',
    input: ListShipments,
    output: ShipmentList,
    run: listShipments,
  }),
  defineRoute({
    method: 'GET',
    path: '/shipments/{shipmentId}',
    permission: 'shipping.shipment.read',
    tags,
    summary: 'One shipment with its track',
    input: ShipmentId,
    output: ShipmentView,
    run: showShipment,
  }),
];

const interceptionRoutes = [
  defineRoute({
    method: 'GET',
    path: '/interceptions',
    permission: 'shipping.shipment.read',
    tags,
    summary: 'Requests to carriers to stop parcels, newest first',
    input: ListInterceptions,
    output: InterceptionList,
    run: listInterceptions,
  }),
  defineRoute({
    method: 'POST',
    path: '/interceptions/{interceptionId}/answer',
    permission: 'shipping.interception.answer',
    tags,
    summary: 'Write down what a carrier said by telephone, or that the goods are back',
    input: AnswerInterception,
    output: InterceptionView,
    run: answerInterception,
  }),
];

/** Nobody is signed in at the sandbox. @throws ShipmentNotFound, also when the sandbox is off. */
async function sandboxShipment(env: HttpEnv, id: string): Promise<ShipmentRow & { orgId: string }> {
  const place = await locateId(env.db, 'sandbox', id);
  const row =
    place &&
    (await env.db.read(place, async (tx) =>
      (await shippingSettings.get(tx)).sandboxEnabled ? getShipment(tx, place.shipmentId) : undefined,
    ));
  if (!place || !row) throw new ShipmentNotFound({ shipmentId: id });
  return { ...row, orgId: place.orgId };
}

const peerRoutes = [
  defineRoute({
    method: 'POST',
    path: '/callbacks/carriers/{carrier}',
    permission: 'public',
    tags,
    summary: 'What a carrier calls when a parcel has moved; signed in its own way',
    documented: false,
    mode: 'raw',
    rawBody: true,
    input: z.object({ carrier: z.string().max(40) }),
    output: z.object({ result: z.literal(true), added: z.int() }),
    run: async (env, ctx, input, request) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const { added } = await receivePush(
        { db: env.db, log: env.log, now: env.now(), requestId: ctx.requestId },
        input.carrier,
        body,
        request.headers,
      );
      return { result: true as const, added };
    },
  }),
  defineRoute({
    method: 'POST',
    path: '//sandbox/shipments/{shipmentId}/advance',
    permission: 'public',
    tags: ['sandbox'],
    summary: 'Have the sandbox carrier move a parcel and push the news; takes the id of the shipment or of the parcel',
    mode: 'raw',
    input: z.object({
      shipmentId: z.uuid(),
      to: z.enum(NODE_CODES),
      times: z.int().min(1).max(50).default(1),
      /** When it happened, to try late and out-of-order news. Now, unless told. */
      at: z.iso.datetime({ offset: true }).optional(),
    }),
    output: z.object({
      shipmentId: z.uuid(),
      waybillNo: z.string(),
      status: z.enum(SHIPMENT_STATES),
      pushes: z.array(z.object({ status: z.int() })),
    }),
    run: async (env, _ctx, input) => {
      const row = await sandboxShipment(env, input.shipmentId);
      const at = input.at === undefined ? env.now() : new Date(input.at);
      await moveAtPeer(env, { orgId: row.orgId, waybillNo: row.waybill_no, to: input.to, at });
      const node = nodeAt(at, input.to);
      const send = (): Promise<number> => sendPush(env, { waybillNo: row.waybill_no, nodes: [node] }, env.now());
      const pushes = await Promise.all(Array.from({ length: input.times }, send));
      const { status } = await sandboxShipment(env, row.id);
      return { shipmentId: row.id, waybillNo: row.waybill_no, status, pushes: pushes.map((p) => ({ status: p })) };
    },
  }),
];

export const routes = [...carrierRoutes, ...shipmentRoutes, ...interceptionRoutes, ...peerRoutes];
