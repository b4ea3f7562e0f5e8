import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

export const ReviewRuleChanged = defineEvent(
  'orders.review_rule_changed.v1',
  z.object({ ruleId: z.string(), code: z.string(), title: z.string(), version: z.int(), state: z.string() }),
);
export const BlacklistAdded = defineEvent(
  'orders.blacklist_added.v1',
  z.object({ entryId: z.string(), kind: z.string(), reason: z.string() }),
);
export const BlacklistRemoved = defineEvent(
  'orders.blacklist_removed.v1',
  z.object({ entryId: z.string(), kind: z.string() }),
);
export const IdentityVerified = defineEvent(
  'orders.identity_verified.v1',
  z.object({ orderNo: z.string(), method: z.string() }),
);
