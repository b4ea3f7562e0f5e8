import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

export const fulfilmentSettings = defineSettings(
  'fulfilment',
  z.object({
    /** Whether a parcel that came from a pick ships only when its pieces have been scanned at the shelf too. */
    requirePickScan: z.boolean().default(true),
    /** Orders in a wave, at most, unless the call says otherwise. */
    waveOrders: z.int().min(1).max(200).default(50),
    /** Orders picked on one walk, at most, when a wave is picked in batches. */
    batchOrders: z.int().min(2).max(50).default(8),
    /** Pieces a cart carries, at most, when a wave is picked in batches; a larger order goes alone. */
    batchUnits: z.int().min(1).max(100_000).default(200),
    /** Whether a parcel ships only once it has been weighed. */
    requireWeight: z.boolean().default(false),
    /** How far the scale may be off: the larger of the two counts. */
    weightToleranceG: z.int().min(0).max(10_000).default(30),
    weightTolerancePercent: z.int().min(0).max(100).default(5),
    /** How much of a carton goods may fill that nobody has measured, in percent. */
    cartonFillPercent: z.int().min(10).max(100).default(70),
    /** Room taken to be needed by a piece that nobody has measured. */
    unmeasuredCm3: z.int().min(1).max(1_000_000).default(500),
    /** Whether labels show the receiver's name and number in full, or in part as carriers' privacy labels do. */
    labelReceiver: z.enum(['masked', 'full']).default('masked'),
    /** Whether parcels that ship join their carrier's open manifest. */
    manifests: z.boolean().default(true),
    /** Within how many hours an incident is to be settled. */
    incidentHours: z.int().min(1).max(720).default(24),
  }),
);
