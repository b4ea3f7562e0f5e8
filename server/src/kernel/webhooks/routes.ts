import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { InvalidCursor } from '../errors.ts';
import { decodeCursor, pageOf } from '../http/list.ts';
import { defineRoute, Nothing } from '../http/route.ts';
import { isUuid } from '../ids.ts';
import { EVENTS } from '../outbox/index.ts';
import * as commands from './commands.ts';
import * as schema from './schema.ts';
import { listDeliveries, listEndpoints } from './store.ts';

const tags = ['webhooks'];
const READ = 'kernel.webhook.read';
const WRITE = 'kernel.webhook.write';
const ORDER = '-id';

const withSecret = (made: commands.EndpointWithSecret, ctx: Ctx): z.input<typeof schema.WebhookWithSecret> => ({
  ...schema.presentWebhook(made.row, ctx.now),
  secret: made.secret,
});

export const getWebhooks = defineRoute({
  method: 'GET',
  path: '/webhooks',
  permission: READ,
  tags,
  summary: 'Where events are sent, newest first; never the secrets',
  input: z.object({}),
  output: schema.WebhookList,
  run: async (tx, ctx) => ({
    items: (await listEndpoints(tx)).map((row) => schema.presentWebhook(row, ctx.now)),
    nextCursor: null,
  }),
});

export const getEventTypes = defineRoute({
  method: 'GET',
  path: '/webhooks/event-types',
  permission: READ,
  tags,
  summary: 'The events there are, with the JSON schema of their data',
  input: z.object({}),
  output: schema.EventTypeList,
  run: async () => ({
    items: [...EVENTS.values()]
      .toSorted((a, b) => (a.type < b.type ? -1 : 1))
      .map(({ type, data }) => ({
        type,
        schema: z.toJSONSchema(data, { io: 'output', unrepresentable: 'any' }) as Record<string, unknown>,
      })),
    nextCursor: null,
  }),
});

export const postWebhook = defineRoute({
  method: 'POST',
  path: '/webhooks',
  permission: WRITE,
  tags,
  summary: 'Have events sent somewhere; the secret that signs them is in this answer and nowhere else',
  input: schema.NewWebhook,
  output: schema.WebhookWithSecret,
  status: 201,
  mode: 'raw', // its answer must not be kept for replays: it holds the secret
  run: async (env, ctx, input, _request, reply) => {
    void reply.header('cache-control', 'no-store');
    return withSecret(await env.db.inTx(ctx, (tx) => commands.createWebhook(tx, ctx, input)), ctx);
  },
});

export const patchWebhook = defineRoute({
  method: 'PATCH',
  path: '/webhooks/{webhookId}',
  permission: WRITE,
  tags,
  summary: 'Change where, what or whether; switching on again forgets the failures',
  input: schema.ChangeWebhook,
  output: schema.WebhookView,
  run: async (tx, ctx, { webhookId, ...change }) =>
    schema.presentWebhook(await commands.changeWebhook(tx, ctx, webhookId, change), ctx.now),
});

export const deleteWebhook = defineRoute({
  method: 'DELETE',
  path: '/webhooks/{webhookId}',
  permission: WRITE,
  tags,
  summary: 'End an endpoint and forget its deliveries',
  input: schema.WebhookId,
  output: Nothing,
  run: async (tx, ctx, { webhookId }) => {
    await commands.removeWebhook(tx, ctx, webhookId);
    return {};
  },
});

export const postRotateSecret = defineRoute({
  method: 'POST',
  path: '/webhooks/{webhookId}/rotate-secret',
  permission: WRITE,
  tags,
  summary: 'A new secret, shown once; the old one signs beside it for 24 hours',
  input: schema.WebhookId,
  output: schema.WebhookWithSecret,
  mode: 'raw', // its answer must not be kept for replays: it holds the secret
  run: async (env, ctx, { webhookId }, _request, reply) => {
    void reply.header('cache-control', 'no-store');
    return withSecret(await env.db.inTx(ctx, (tx) => commands.rotateSecret(tx, ctx, webhookId)), ctx);
  },
});

export const postPing = defineRoute({
  method: 'POST',
  path: '/webhooks/{webhookId}/ping',
  permission: WRITE,
  tags,
  summary: 'Send a harmless event to this endpoint',
  input: schema.WebhookId,
  output: schema.DeliveryView,
  status: 202,
  run: async (tx, ctx, { webhookId }) => schema.presentDelivery(await commands.pingWebhook(tx, ctx, webhookId)),
});

export const getDeliveries = defineRoute({
  method: 'GET',
  path: '/webhooks/{webhookId}/deliveries',
  permission: READ,
  tags,
  summary: 'What was sent and what came of it, newest first; kept for 30 days',
  input: schema.DeliveryFilter,
  output: schema.DeliveryList,
  run: async (tx, _ctx, { webhookId, limit, cursor, state }) => {
    const before = cursor === undefined ? null : String(decodeCursor(ORDER, cursor, 1)[0]);
    if (before !== null && !isUuid(before)) throw new InvalidCursor();
    const rows = await listDeliveries(tx, { endpointId: webhookId, state: state ?? null, before, limit: limit + 1 });
    return pageOf(rows, limit, ORDER, (row) => [row.id], schema.presentDelivery);
  },
});

export const postRedeliver = defineRoute({
  method: 'POST',
  path: '/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver',
  permission: WRITE,
  tags,
  summary: 'Send it again under the same ids, whatever came of it before',
  input: schema.DeliveryId,
  output: schema.DeliveryView,
  status: 202,
  run: async (tx, ctx, { webhookId, deliveryId }) =>
    schema.presentDelivery(await commands.redeliver(tx, ctx, webhookId, deliveryId)),
});
