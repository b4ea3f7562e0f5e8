import type { Module } from '#kernel/module.ts';
import { askPickup } from './pickups/pickups.ts';
import { pickupRoutes } from './pickups/routes.ts';
import { invariants } from './invariants.ts';
import { askCarrier } from './jobs/ask-carrier.ts';
import { routes } from './routes.ts';

export { type PickupAddress, cancelPickup, requestPickup } from './pickups/pickups.ts';
export { PICKUP_STATES } from './pickups/flow.ts';
export { presentPickup } from './pickups/routes.ts';
export { getPickup, type PickupRow } from './pickups/store.ts';
export { createShipment } from './commands/create-shipment.ts';
export { interceptShipments } from './commands/intercept.ts';
export { normaliseWaybill, recogniseCarrier } from './domain/waybill.ts';
export * from './errors.ts';
export { type ShipmentOwner, type ShippingSetup, useShipping } from './port.ts';
export { interceptionsOf } from './queries/interceptions.ts';
export { parcelsInTrouble, shipmentsOfParcels } from './queries/shipments.ts';
export { InterceptionView, ShipmentSummary, ShipmentView } from './schema.ts';
export { shippingSettings } from './settings.ts';
export { allCarriers, usualCarrier } from './store/carriers.ts';

export const shippingModule: Module = {
  name: 'shipping',
  routes: [...routes, ...pickupRoutes],
  jobs: [askCarrier, askPickup],
  permissions: {
    'shipping.carrier.read': 'See carriers',
    'shipping.carrier.write': 'Add carriers, switch them on and off',
    'shipping.interception.answer': 'Write down what carriers said to requests to stop parcels',
    'shipping.shipment.read': 'See shipments and their tracks',
  },
  invariants,
};
