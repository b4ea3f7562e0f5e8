import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const pick = { pickId: z.uuid(), warehouse: z.string() };
const parcel = { parcelId: z.uuid(), parcelNo: z.string() };

// The key of each is the order's id.
export const PickCreated = defineEvent(
  'fulfilment.pick_created.v1',
  z.object({ ...pick, waveId: z.uuid(), units: z.int() }),
);
export const PickFinished = defineEvent('fulfilment.pick_finished.v1', z.object({ ...pick, units: z.int() }));
export const PickCancelled = defineEvent('fulfilment.pick_cancelled.v1', z.object(pick));
/** Pieces were not in their bin: how many are taken from other bins, sent from elsewhere, and had by nobody. */
export const ShortPicked = defineEvent(
  'fulfilment.short_picked.v1',
  z.object({
    pickId: z.uuid(),
    sku: z.string(),
    binId: z.uuid(),
    missing: z.int(),
    reallocated: z.int(),
    elsewhere: z.int(),
    short: z.int(),
  }),
);
export const ParcelCreated = defineEvent(
  'fulfilment.parcel_created.v1',
  z.object({ ...parcel, warehouse: z.string(), units: z.int() }),
);
export const ParcelVerified = defineEvent('fulfilment.parcel_verified.v1', z.object({ ...parcel, units: z.int() }));
export const ParcelCancelled = defineEvent('fulfilment.parcel_cancelled.v1', z.object(parcel));
export const ParcelShipped = defineEvent(
  'fulfilment.parcel_shipped.v1',
  z.object({ ...parcel, carrier: z.string(), waybillNo: z.string(), shipmentId: z.uuid(), units: z.int() }),
);
/** A parcel stopped on its way is back, its goods in stock. */
export const ParcelReturned = defineEvent('fulfilment.parcel_returned.v1', z.object({ ...parcel, units: z.int() }));

/** A parcel weighs what it should, or somebody took it as it is. `expectedG` is null where that is not known. */
export const ParcelWeighed = defineEvent(
  'fulfilment.parcel_weighed.v1',
  z.object({ ...parcel, weightG: z.int(), expectedG: z.int().nullable(), outcome: z.string() }),
);
export const WeightDiffered = defineEvent(
  'fulfilment.weight_differed.v1',
  z.object({ ...parcel, weightG: z.int(), expectedG: z.int() }),
);
export const LabelsPrinted = defineEvent('fulfilment.labels_printed.v1', z.object({ parcels: z.int() }));

const manifest = { manifestId: z.uuid(), no: z.string(), carrier: z.string() };
// The key of each is the manifest's id.
export const ManifestClosed = defineEvent('fulfilment.manifest_closed.v1', z.object({ ...manifest, parcels: z.int() }));
export const ManifestHandedOver = defineEvent(
  'fulfilment.manifest_handed_over.v1',
  z.object({ ...manifest, parcels: z.int(), leftBehind: z.int() }),
);

// The key of each is the order's id.
export const SpotCheckAsked = defineEvent(
  'fulfilment.spot_check_asked.v1',
  z.object({ ...parcel, checkId: z.uuid(), reasons: z.array(z.string()) }),
);
export const SpotCheckDone = defineEvent(
  'fulfilment.spot_check_done.v1',
  z.object({ ...parcel, checkId: z.uuid(), result: z.string() }),
);

const incident = { incidentId: z.uuid(), no: z.string(), kind: z.string() };
// The key of each is the incident's id.
export const IncidentOpened = defineEvent(
  'fulfilment.incident_opened.v1',
  z.object({ ...incident, source: z.string(), warehouse: z.string() }),
);
export const IncidentMoved = defineEvent(
  'fulfilment.incident_moved.v1',
  z.object({ ...incident, state: z.string(), consequence: z.string().nullable() }),
);
/** An incident ended with the wish that a shelf be counted. */
export const RecountAsked = defineEvent(
  'fulfilment.recount_asked.v1',
  z.object({ ...incident, warehouse: z.string(), sku: z.string().nullable(), binId: z.uuid().nullable() }),
);
