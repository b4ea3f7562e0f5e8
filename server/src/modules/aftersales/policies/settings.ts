import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

/** How the after-sales policy is read (AFT-2). */
export const policySettings = defineSettings(
  'aftersales_policy',
  z.object({
    /** A version published after the order was placed decides where it is better for the customer. */
    newerWhenBetter: z.boolean().default(true),
  }),
);
