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
