import type { Module } from '#kernel/module.ts';
import { invariants } from './invariants.ts';
import { routes } from './routes.ts';
import './events.ts';

export { cancelForOrder } from './commands/cancel.ts';
export { createParcel } from './commands/create-parcel.ts';
export { scanParcel } from './commands/scan.ts';
export { parcelCameBack, parcelDelivered, shipParcel } from './commands/ship-parcel.ts';
export * from './errors.ts';
export { parcelsOfOrder } from './queries/lists.ts';
export { ParcelView } from './schema.ts';
export { isPicking } from './store/picks.ts';
export { fulfilmentSettings } from './settings.ts';

export const fulfilmentModule: Module = {
  name: 'fulfilment',
  routes,
  permissions: {
    'fulfilment.wave.read': 'See waves',
    'fulfilment.wave.write': 'Start picking, cancel picks',
    'fulfilment.pick.read': 'See picks',
    'fulfilment.pick.scan': 'Scan when picking',
    'fulfilment.parcel.read': 'See parcels',
    'fulfilment.parcel.write': 'Pack, scan, ship and cancel parcels',
  },
  invariants,
};
