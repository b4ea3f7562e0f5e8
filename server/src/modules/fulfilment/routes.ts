import { z } from 'zod';
import { defineRoute } from '#kernel/http/route.ts';
import { checkRoutes } from './checks/routes.ts';
import { cancelParcel, cancelPick } from './commands/cancel.ts';
import { createParcel } from './commands/create-parcel.ts';
import { createWave } from './commands/create-wave.ts';
import { scanParcel, scanPick } from './commands/scan.ts';
import { shipParcel } from './commands/ship-parcel.ts';
import { shortPick } from './commands/short-pick.ts';
import { handoverRoutes } from './handover/routes.ts';
import { incidentRoutes } from './incidents/routes.ts';
import { packingRoutes } from './packing/routes.ts';
import {
  listParcels,
  listPicks,
  listWaves,
  portalParcels,
  showParcel,
  showPick,
  showWave,
  workByCode,
} from './queries/lists.ts';
import { pickRoute } from './queries/pick-route.ts';
import * as schema from './schema.ts';

const tags = ['fulfilment'];

const waveRoutes = [
  defineRoute({
    method: 'POST',
    path: '/waves',
    permission: 'fulfilment.wave.write',
    tags,
    summary: 'Start picking: the named orders, or the oldest that wait',
    status: 201,
    input: schema.CreateWave,
    output: schema.WaveView,
    run: createWave,
  }),
  defineRoute({
    method: 'GET',
    path: '/waves',
    permission: 'fulfilment.wave.read',
    tags,
    summary: 'Waves, newest first',
    input: schema.ListWaves,
    output: schema.WaveList,
    run: listWaves,
  }),
  defineRoute({
    method: 'GET',
    path: '/waves/{waveId}',
    permission: 'fulfilment.wave.read',
    tags,
    summary: 'One wave with its picks',
    input: schema.WaveId,
    output: schema.WaveView,
    run: showWave,
  }),
];

const routeRoutes = [
  defineRoute({
    method: 'POST',
    path: '/waves/{waveId}/pick-route',
    permission: 'fulfilment.pick.read',
    tags,
    summary: 'The shortest walk past the bins of a wave, or of one of its rounds',
    input: schema.PickRoute,
    output: schema.PickRouteView,
    run: pickRoute,
  }),
];

const pickRoutes = [
  defineRoute({
    method: 'GET',
    path: '/picks',
    permission: 'fulfilment.pick.read',
    tags,
    summary: 'Picks, newest first; `q` is an order number',
    input: schema.ListPicks,
    output: schema.PickList,
    run: listPicks,
  }),
  defineRoute({
    method: 'GET',
    path: '/picks/{pickId}',
    permission: 'fulfilment.pick.read',
    tags,
    summary: 'One pick',
    input: schema.PickId,
    output: schema.PickView,
    run: showPick,
  }),
  defineRoute({
    method: 'POST',
    path: '/picks/{pickId}/scan',
    permission: 'fulfilment.pick.scan',
    tags,
    summary: 'Count a piece taken from the shelf',
    input: schema.ScanPick,
    output: schema.PickView,
    run: scanPick,
  }),
  defineRoute({
    method: 'POST',
    path: '/picks/{pickId}/short',
    permission: 'fulfilment.pick.scan',
    tags,
    summary: 'Pieces are not in their bin: take others, have them sent from elsewhere, or open an exception',
    input: schema.ShortPick,
    output: schema.ShortPickView,
    run: shortPick,
  }),
  defineRoute({
    method: 'POST',
    path: '/picks/{pickId}/cancel',
    permission: 'fulfilment.wave.write',
    tags,
    summary: 'End a pick; the goods go back to the shelf',
    input: schema.PickId,
    output: schema.PickView,
    run: cancelPick,
  }),
];

const parcelRoutes = [
  defineRoute({
    method: 'POST',
    path: '/parcels',
    permission: 'fulfilment.parcel.write',
    tags,
    summary: 'Pack a parcel: the given lines, or all that is reserved in one warehouse and in no parcel',
    status: 201,
    input: schema.CreateParcel,
    output: schema.ParcelView,
    run: createParcel,
  }),
  defineRoute({
    method: 'GET',
    path: '/parcels',
    permission: 'fulfilment.parcel.read',
    tags,
    summary: 'Parcels, newest first; `q` is a parcel, waybill or order number',
    input: schema.ListParcels,
    output: schema.ParcelList,
    run: listParcels,
  }),
  defineRoute({
    method: 'GET',
    path: '/parcels/by-code/{code}',
    permission: 'fulfilment.parcel.read',
    tags,
    summary: 'What a scanned parcel, waybill or order number stands for; unfinished work first',
    input: z.object({ code: z.string().trim().min(1).max(60) }),
    output: schema.WorkView,
    run: workByCode,
  }),
  defineRoute({
    method: 'GET',
    path: '/parcels/{parcelId}',
    permission: 'fulfilment.parcel.read',
    tags,
    summary: 'One parcel with its lines and track',
    input: schema.ParcelId,
    output: schema.ParcelView,
    run: showParcel,
  }),
  defineRoute({
    method: 'POST',
    path: '/parcels/{parcelId}/scan',
    permission: 'fulfilment.parcel.write',
    tags,
    summary: 'Count a piece put into the parcel',
    input: schema.ScanParcel,
    output: schema.ParcelView,
    run: scanParcel,
  }),
  defineRoute({
    method: 'POST',
    path: '/parcels/{parcelId}/ship',
    permission: 'fulfilment.parcel.write',
    tags,
    summary: 'Hand a verified parcel to a carrier; the same call again answers the same',
    input: schema.ShipParcel,
    output: schema.ParcelView,
    run: shipParcel,
  }),
  defineRoute({
    method: 'POST',
    path: '/parcels/{parcelId}/cancel',
    permission: 'fulfilment.parcel.write',
    tags,
    summary: 'Take a parcel apart before it ships',
    input: schema.ParcelId,
    output: schema.ParcelView,
    run: cancelParcel,
  }),
];

const portalRoutes = [
  defineRoute({
    method: 'GET',
    path: '/portal/orders/{orderId}/parcels',
    permission: 'session',
    tags: ['portal'],
    summary: 'Where my parcels are',
    input: z.object({ orderId: z.string().min(1).max(40) }),
    output: z.object({ items: z.array(schema.PortalParcelView) }),
    run: portalParcels,
  }),
];

export const routes = [
  ...waveRoutes,
  ...routeRoutes,
  ...pickRoutes,
  ...parcelRoutes,
  ...portalRoutes,
  ...packingRoutes,
  ...handoverRoutes,
  ...checkRoutes,
  ...incidentRoutes,
];
