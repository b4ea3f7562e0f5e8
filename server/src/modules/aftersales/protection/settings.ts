import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** Price protection (AFT-9). For how many days, and for what, the after-sales policy says: its clause of this type. */
export const protectionSettings = defineSettings(
  'price_protection',
  z.object({
    /** Whether falls are looked for every night. Who asks is answered all the same. */
    nightly: z.boolean().default(true),
    /** Points for a customer who found the fall first. */
    foundPoints: z.int().min(0).max(1_000_000).default(50),
    /** A fall by more than this share of the price, in percent, waits until somebody says that it is none by mistake. */
    steepPercent: z.int().min(1).max(100).default(50),
    /** The hour of the organisation's clock at which the run begins. */
    nightlyHour: z.int().min(0).max(23).default(4),
  }),
);
