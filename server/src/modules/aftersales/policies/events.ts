import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

/** Told under the version's id. */
export const PolicyPublished = defineEvent(
  'aftersales.policy_published.v1',
  z.object({
    no: z.int(),
    effectiveFrom: z.iso.datetime(),
    rules: z.int(),
    added: z.int(),
    removed: z.int(),
    changed: z.int(),
  }),
);
