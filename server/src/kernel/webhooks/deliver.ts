import { z } from 'zod';
import type { Ctx } from '../context.ts';
import { fieldCrypto } from '../crypto/index.ts';
import type { Tx } from '../db/index.ts';
import { defineJob, type Job, type JobEnv } from '../jobs/index.ts';
import { notify } from '../notifications/index.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time.ts';
import { WebhookDisabled } from './events.ts';
import { type Outcome, send } from './send.ts';
import { webhookSettings } from './settings.ts';
import { signedHeaders } from './sign.ts';
import * as store from './store.ts';

/** Waits before each try after the first. */
export const RETRY_AFTER_MS = [
  10_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  24 * HOUR_MS,
] as const;
export const DISABLE_AFTER_MS = 3 * DAY_MS;
const LEASE_MS = 30_000; // longer than any attempt, which gives up after 10 s
const PUT_OFF_MS = 1_000;
const SENDING_MAX = 2; // per process: receivers that hang must leave workers to the other jobs

type Work = {
  delivery: store.DeliveryRow;
  url: string;
  body: string;
  sealed: readonly string[];
  allowInsecure: boolean;
};

export const secretName = (endpointId: string): string => `webhooks/${endpointId}`;

let sending = 0;

/** One delivery of one event to one endpoint. Looks again before it acts: run twice, it sends once. */
export const deliver: Job<z.ZodObject<{ deliveryId: z.ZodUUID }>> = defineJob({
  name: 'webhooks.deliver',
  input: z.object({ deliveryId: z.uuid() }),
  attemptsMax: 25, // for faults of ours; a receiver's are counted on the delivery
  run: async (env, { deliveryId }, ctx) => {
    if (sending >= SENDING_MAX) {
      const wait = PUT_OFF_MS * (1 + Math.random());
      await env.db.inTx(ctx, (tx) => later(tx, ctx, deliveryId, new Date(ctx.now.getTime() + wait)));
      return;
    }
    sending += 1;
    try {
      await attempt(env, ctx, deliveryId);
    } finally {
      sending -= 1;
    }
  },
});

const later = (tx: Tx, ctx: Ctx, deliveryId: string, runAt: Date): Promise<void> =>
  deliver.enqueue(tx, ctx, { deliveryId }, { key: deliveryId, runAt });

async function attempt(env: JobEnv, ctx: Ctx, deliveryId: string): Promise<void> {
  const work = await env.db.inTx(ctx, (tx) => take(tx, ctx, deliveryId));
  if (!work) return;
  await fieldCrypto.load(ctx.orgId);
  const name = secretName(work.delivery.endpoint_id);
  const secrets = work.sealed.map((sealed) => fieldCrypto.openSecret(ctx.orgId, name, sealed));
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Zhanggui-Webhooks/1',
    'x-zhanggui-delivery': deliveryId,
    ...signedHeaders(work.delivery.event_id, ctx.now, work.body, secrets),
  };
  const outcome = await send(work.url, headers, work.body, work.allowInsecure);
  await env.db.inTx(ctx, (tx) => settle(tx, ctx, work.delivery, outcome));
}

/** Takes the delivery for this worker; undefined when there is nothing to send (now). */
async function take(tx: Tx, ctx: Ctx, deliveryId: string): Promise<Work | undefined> {
  const row = await store.lockDelivery(tx, deliveryId);
  if (row?.state !== 'pending') return undefined;
  if (row.leased_until && row.leased_until > ctx.now) {
    await later(tx, ctx, row.id, row.leased_until); // another worker sends it; should it have died, this one does
    return undefined;
  }
  const endpoint = await store.findEndpoint(tx, row.endpoint_id);
  if (!endpoint?.enabled) {
    await store.saveDelivery(tx, { ...row, state: 'failed', last_error: 'endpoint_disabled', next_at: null });
    return undefined;
  }
  await store.saveDelivery(tx, { ...row, leased_until: new Date(ctx.now.getTime() + LEASE_MS) });
  const event = await store.getEvent(tx, row);
  const overlap = endpoint.previous_until !== null && endpoint.previous_until > ctx.now;
  return {
    delivery: row,
    url: endpoint.url,
    body: JSON.stringify({
      id: row.event_id,
      type: row.type,
      at: event.at.toISOString(),
      key: row.key,
      data: event.data,
    }),
    sealed: [endpoint.secret_sealed, ...(overlap && endpoint.previous_sealed ? [endpoint.previous_sealed] : [])],
    allowInsecure: (await webhookSettings.get(tx)).allowInsecure,
  };
}

async function settle(tx: Tx, ctx: Ctx, was: store.DeliveryRow, outcome: Outcome): Promise<void> {
  // the endpoint's row before the delivery's, as deleting an endpoint takes them
  const endpoint = outcome.error === null ? undefined : await store.noteFailure(tx, was.endpoint_id, ctx.now);
  if (outcome.error === null) await store.noteSuccess(tx, was.endpoint_id);
  const row = await store.lockDelivery(tx, was.id);
  if (row?.state !== 'pending') return;
  const attempts = row.attempts + 1;
  const tried = { ...row, attempts, leased_until: null, last_status: outcome.status, last_error: outcome.error };
  const wait = RETRY_AFTER_MS[attempts - 1];
  if (outcome.error === null) {
    await store.saveDelivery(tx, { ...tried, state: 'delivered', next_at: null, delivered_at: ctx.now });
  } else if (wait === undefined) {
    await store.saveDelivery(tx, { ...tried, state: 'failed', next_at: null });
  } else {
    const nextAt = new Date(ctx.now.getTime() + wait);
    await store.saveDelivery(tx, { ...tried, next_at: nextAt });
    await later(tx, ctx, row.id, nextAt);
  }
  if (endpoint?.enabled && isHopeless(endpoint, ctx.now)) await disable(tx, ctx, endpoint);
}

const isHopeless = (endpoint: store.EndpointRow, now: Date): boolean =>
  endpoint.failing_since !== null && now.getTime() - endpoint.failing_since.getTime() >= DISABLE_AFTER_MS;

async function disable(tx: Tx, ctx: Ctx, endpoint: store.EndpointRow): Promise<void> {
  const { id, failures, created_by: creator, created_by_kind: kind } = endpoint;
  await store.saveEndpoint(tx, { ...endpoint, enabled: false, disabled_reason: 'failing' });
  await WebhookDisabled.emit(tx, ctx, id, { webhookId: id, failures });
  if (kind !== 'user') return; // made by a program: the record of events tells
  await notify(tx, ctx, {
    template: 'kernel.webhook_disabled',
    to: { kind: 'user', id: creator },
    dedupeKey: `webhook_disabled:${id}:${endpoint.version}`,
    data: { host: new URL(endpoint.url).host, failures },
  });
}
