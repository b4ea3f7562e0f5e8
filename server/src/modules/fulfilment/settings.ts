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
  }),
);
