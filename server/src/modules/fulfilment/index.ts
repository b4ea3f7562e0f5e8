import type { Module } from '#kernel/module.ts';
import { incidentClock } from './incidents/clock.ts';
import { shortPicksAreIncidents } from './incidents/subscriber.ts';
import { invariants } from './invariants.ts';
import { routes } from './routes.ts';
import './events.ts';
import './exporting.ts';

export { createCarton } from './packing/routes.ts';
export { cancelForOrder } from './commands/cancel.ts';
export { createParcel } from './commands/create-parcel.ts';
export { scanParcel } from './commands/scan.ts';
export { parcelCameBack, parcelDelivered, shipParcel } from './commands/ship-parcel.ts';
export * from './errors.ts';
export { cutoffsFrom, nextCutoff } from './handover/next-cutoff.ts';
export { type Label, labelsPdf } from './pdf/label.ts';
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
    'fulfilment.label.print': 'Print labels and packing slips, which show where receivers live',
    'fulfilment.weight.override': 'Take a weight that differs, with a reason',
    'fulfilment.carton.read': 'See cartons and what was used of them',
    'fulfilment.carton.write': 'Add and change cartons',
    'fulfilment.manifest.read': 'See hand-over manifests and when carriers come',
    'fulfilment.manifest.write': 'Scan parcels out and hand them over',
    'fulfilment.cutoff.write': 'Say when carriers come',
    'fulfilment.spot_check.read': 'See spot checks and what they found',
    'fulfilment.spot_check.write': 'Check parcels that others have packed',
    'fulfilment.check_plan.write': 'Say which packed parcels are checked',
    'fulfilment.incident.read': 'See incidents of the warehouse',
    'fulfilment.incident.report': 'Tell of what is wrong in the warehouse',
    'fulfilment.incident.handle': 'Look into incidents and settle them',
  },
  subscribers: [shortPicksAreIncidents],
  deadlines: [incidentClock],
  invariants,
};
