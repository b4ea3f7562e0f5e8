import { z } from 'zod';
import { defineEvent } from '../outbox/index.ts';

const endpoint = { webhookId: z.uuid() };

export const WebhookCreated = defineEvent(
  'kernel.webhook_created.v1',
  z.object({ ...endpoint, events: z.array(z.string()) }),
);
/** `changed` names what is another than before: url, events, enabled, secret. */
export const WebhookChanged = defineEvent(
  'kernel.webhook_changed.v1',
  z.object({ ...endpoint, changed: z.array(z.string()) }),
);
export const WebhookDeleted = defineEvent('kernel.webhook_deleted.v1', z.object(endpoint));
/** Nobody switched it off: for days nothing but failures came back. */
export const WebhookDisabled = defineEvent(
  'kernel.webhook_disabled.v1',
  z.object({ ...endpoint, failures: z.number().int() }),
);
