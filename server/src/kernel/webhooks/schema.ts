import { z } from 'zod';
import { listInput, listOf } from '../http/list.ts';
import { type DeliveryRow, DELIVERY_STATES, type EndpointRow } from './store.ts';

const url = z.url({ protocol: /^https?$/ }).max(2000);
const events = z
  .array(
    z
      .string()
      .max(100)
      .regex(/^(\*|[a-z0-9_]+(\.[a-z0-9_]+)*(\.\*)?)$/),
  )
  .min(1)
  .max(50);

export const WebhookId = z.object({ webhookId: z.uuid() });
export const NewWebhook = z.object({ url, events }).meta({ id: 'NewWebhook' });
export const ChangeWebhook = z
  .object({ ...WebhookId.shape, url: url.optional(), events: events.optional(), enabled: z.boolean().optional() })
  .meta({ id: 'ChangeWebhook' });
export const DeliveryId = z.object({ ...WebhookId.shape, deliveryId: z.uuid() });
export const DeliveryFilter = z.object({
  ...WebhookId.shape,
  ...listInput,
  state: z.enum(DELIVERY_STATES).optional(),
});

const webhook = {
  id: z.uuid(),
  url: z.string(),
  events: z.array(z.string()),
  enabled: z.boolean(),
  disabledReason: z.enum(['by_hand', 'failing']).nullable(),
  failures: z.number().int().meta({ description: 'Failed attempts since the last success' }),
  failingSince: z.iso.datetime().nullable(),
  previousSecretUntil: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  version: z.number().int(),
};
export const WebhookView = z.object(webhook).meta({ id: 'Webhook' });
export const WebhookWithSecret = z
  .object({ ...webhook, secret: z.string().meta({ description: 'Shown in this answer and nowhere else' }) })
  .meta({ id: 'WebhookWithSecret' });
export const WebhookList = z.object({ items: z.array(WebhookView), nextCursor: z.null() }).meta({ id: 'WebhookList' });

export const DeliveryView = z
  .object({
    id: z.uuid(),
    eventId: z.string(),
    type: z.string(),
    key: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.number().int(),
    lastStatus: z.number().int().nullable(),
    lastError: z.string().nullable(),
    nextAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    deliveredAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });
export const DeliveryList = listOf(DeliveryView).meta({ id: 'WebhookDeliveryList' });

export const EventTypeList = z
  .object({
    items: z.array(z.object({ type: z.string(), schema: z.record(z.string(), z.unknown()) })),
    nextCursor: z.null(),
  })
  .meta({ id: 'WebhookEventTypeList' });

export const presentWebhook = (row: EndpointRow, now: Date): z.input<typeof WebhookView> => ({
  id: row.id,
  url: row.url,
  events: row.events,
  enabled: row.enabled,
  disabledReason: row.disabled_reason,
  failures: row.failures,
  failingSince: row.failing_since?.toISOString() ?? null,
  previousSecretUntil: row.previous_until && row.previous_until > now ? row.previous_until.toISOString() : null,
  createdAt: row.created_at.toISOString(),
  version: row.version,
});

export const presentDelivery = (row: DeliveryRow): z.input<typeof DeliveryView> => ({
  id: row.id,
  eventId: row.event_id,
  type: row.type,
  key: row.key,
  state: row.state,
  attempts: row.attempts,
  lastStatus: row.last_status,
  lastError: row.last_error,
  nextAt: row.next_at?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  deliveredAt: row.delivered_at?.toISOString() ?? null,
});
