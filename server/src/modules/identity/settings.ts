import { z } from 'zod';
import { defineSettings } from '#kernel/settings/index.ts';

export const securitySettings = defineSettings(
  'security',
  z.object({
    /** Members of these roles must enrol a second factor before they can do anything else. */
    requireTwoFactor: z.array(z.string().max(40)).max(50).default([]),
  }),
);
