import type { Ctx } from '../context.ts';
import { fieldCrypto } from '../crypto/index.ts';
import type { Tx } from '../db/index.ts';
import { InvalidRequest, PreconditionFailed } from '../errors.ts';
import { newId } from '../ids.ts';
import { EVENTS } from '../outbox/index.ts';
import { DAY_MS } from '../time.ts';
import { isRefusedAddress, literalAddress } from './addresses.ts';
import { deliver, secretName } from './deliver.ts';
import { WebhookChanged, WebhookCreated, WebhookDeleted } from './events.ts';
import { matches, queueDeliveries } from './fan-out.ts';
import { WebhookIsDisabled, WebhookLimitReached, WebhookNeedsFullScope, WebhookUrlRefused } from './refusals.ts';
import { webhookSettings } from './settings.ts';
import { newSecret } from './sign.ts';
import * as store from './store.ts';

export const ENDPOINTS_MAX = 20;
export const PING = 'kernel.webhook_ping.v1';
const OVERLAP_MS = DAY_MS;

export type EndpointWithSecret = { row: store.EndpointRow; secret: string };

/** Events tell of every shop and warehouse: somebody who sees only some of them may not have them sent out. */
function mustSeeAll(ctx: Ctx): void {
  if (ctx.actor.shops !== null || ctx.actor.warehouses !== null) throw new WebhookNeedsFullScope();
}

async function mustBeAllowed(tx: Tx, target: string): Promise<void> {
  const { allowInsecure } = await webhookSettings.get(tx);
  const url = new URL(target);
  const literal = literalAddress(url);
  if (url.username !== '' || url.password !== '') throw new WebhookUrlRefused({ reason: 'credentials' });
  if (url.protocol !== 'https:' && !(allowInsecure && url.protocol === 'http:'))
    throw new WebhookUrlRefused({ reason: 'insecure' });
  // names are judged at each delivery, by what they resolve to then
  if (literal !== undefined && isRefusedAddress(literal, allowInsecure))
    throw new WebhookUrlRefused({ reason: 'private_address' });
}

function mustBeKnown(patterns: readonly string[]): void {
  const types = [...EVENTS.keys()];
  const unknown = patterns.flatMap((pattern, i) =>
    types.some((type) => matches(pattern, type))
      ? []
      : [{ path: `events[${i}]`, code: 'webhook_event_unknown', facts: { pattern } }],
  );
  if (unknown.length > 0) throw new InvalidRequest({}, unknown);
}

/** Adds an endpoint. The secret is told once; we keep it sealed. */
export async function createWebhook(
  tx: Tx,
  ctx: Ctx,
  input: { url: string; events: string[] },
): Promise<EndpointWithSecret> {
  mustSeeAll(ctx);
  mustBeKnown(input.events);
  await mustBeAllowed(tx, input.url);
  if ((await store.countEndpoints(tx)) >= ENDPOINTS_MAX) throw new WebhookLimitReached({ limit: ENDPOINTS_MAX });
  const id = newId();
  const secret = newSecret();
  const sealed = fieldCrypto.sealSecret(ctx.orgId, secretName(id), secret);
  const row = await store.insertEndpoint(tx, ctx, { id, ...input, secret_sealed: sealed });
  await WebhookCreated.emit(tx, ctx, id, { webhookId: id, events: input.events });
  return { row, secret };
}

export type Change = { url?: string | undefined; events?: string[] | undefined; enabled?: boolean | undefined };

/** Changes what is named. Switching on again forgets the failures. */
export async function changeWebhook(tx: Tx, ctx: Ctx, id: string, input: Change): Promise<store.EndpointRow> {
  const was = await store.lockEndpoint(tx, id);
  mustSeeAll(ctx);
  if (ctx.ifMatch !== undefined && ctx.ifMatch !== was.version) throw new PreconditionFailed({ version: was.version });
  if (input.events) mustBeKnown(input.events);
  if (input.url !== undefined) await mustBeAllowed(tx, input.url);
  const next = { url: input.url ?? was.url, events: input.events ?? was.events, enabled: input.enabled ?? was.enabled };
  const changed = (['url', 'events', 'enabled'] as const).filter(
    (field) => JSON.stringify(next[field]) !== JSON.stringify(was[field]),
  );
  if (changed.length === 0) return was;
  const fresh = next.enabled && !was.enabled;
  const row = await store.saveEndpoint(tx, {
    ...was,
    ...next,
    disabled_reason: next.enabled ? null : (was.disabled_reason ?? 'by_hand'),
    ...(fresh ? { failures: 0, failing_since: null } : {}),
  });
  await WebhookChanged.emit(tx, ctx, id, { webhookId: id, changed });
  return row;
}

/** Ends an endpoint, with the record of its deliveries. */
export async function removeWebhook(tx: Tx, ctx: Ctx, id: string): Promise<void> {
  await store.lockEndpoint(tx, id);
  mustSeeAll(ctx);
  await store.deleteEndpoint(tx, id);
  await WebhookDeleted.emit(tx, ctx, id, { webhookId: id });
}

/** A new secret. The old one goes on signing beside it for 24 hours. */
export async function rotateSecret(tx: Tx, ctx: Ctx, id: string): Promise<EndpointWithSecret> {
  const was = await store.lockEndpoint(tx, id);
  mustSeeAll(ctx);
  const secret = newSecret();
  const row = await store.saveEndpoint(tx, {
    ...was,
    secret_sealed: fieldCrypto.sealSecret(ctx.orgId, secretName(id), secret),
    previous_sealed: was.secret_sealed,
    previous_until: new Date(ctx.now.getTime() + OVERLAP_MS),
  });
  await WebhookChanged.emit(tx, ctx, id, { webhookId: id, changed: ['secret'] });
  return { row, secret };
}

async function lockEnabled(tx: Tx, ctx: Ctx, id: string): Promise<store.EndpointRow> {
  const endpoint = await store.lockEndpoint(tx, id);
  mustSeeAll(ctx);
  if (!endpoint.enabled) throw new WebhookIsDisabled({ webhookId: id });
  return endpoint;
}

/** Sends something harmless, to see whether it arrives. */
export async function pingWebhook(tx: Tx, ctx: Ctx, id: string): Promise<store.DeliveryRow> {
  await lockEnabled(tx, ctx, id);
  const deliveryId = newId();
  const event = { event_id: `ping-${deliveryId}`, event_xid: null, event_seq: null, type: PING, key: id };
  await queueDeliveries(tx, ctx, [{ id: deliveryId, endpoint_id: id, ...event }]);
  return store.lockDeliveryOf(tx, id, deliveryId);
}

/** Sends it again from the first attempt, whatever came of it: same event id, same delivery id. */
export async function redeliver(tx: Tx, ctx: Ctx, id: string, deliveryId: string): Promise<store.DeliveryRow> {
  await lockEnabled(tx, ctx, id);
  const was = await store.lockDeliveryOf(tx, id, deliveryId);
  const row = { ...was, state: 'pending' as const, attempts: 0, next_at: ctx.now, delivered_at: null };
  await store.saveDelivery(tx, row);
  await deliver.enqueue(tx, ctx, { deliveryId }, { key: deliveryId });
  return row;
}
