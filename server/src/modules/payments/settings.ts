import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

export const paymentSettings = defineSettings(
  'payments',
  z.object({
    /** Minutes a payer has, unless the order says otherwise. */
    expireMinutes: z.int().min(1).max(10_080).default(30),
    /** Whether the sandbox takes payments. Anybody can settle a sandbox payment: switch it off before taking real money. */
    sandboxEnabled: z.boolean().default(true),
  }),
);
