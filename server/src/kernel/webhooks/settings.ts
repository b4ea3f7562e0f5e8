import { z } from 'zod';
import { defineSettings } from '../settings/index.ts';

export const webhookSettings = defineSettings(
  'webhooks',
  z.object({
    /** Admits plain HTTP and receivers in private networks and on this machine: for intranets and trials. */
    allowInsecure: z.boolean().default(false),
  }),
);
