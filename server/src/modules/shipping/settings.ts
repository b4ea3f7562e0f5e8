import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

export const shippingSettings = defineSettings(
  'shipping',
  z.object({
    /** Whether the sandbox carrier takes parcels. Anybody can move a sandbox shipment: switch it off before shipping real goods. */
    sandboxEnabled: z.boolean().default(true),
  }),
);
