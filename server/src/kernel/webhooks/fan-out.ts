import type { Ctx } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { newId } from '../ids.ts';
import type { StoredEvent } from '../outbox/index.ts';
import { defineSubscriber } from '../outbox/subscribers.ts';
import { DAY_MS } from '../time.ts';
import { deliver } from './deliver.ts';
import { insertDeliveries, listening, type Listening, type NewDelivery, pruneDeliveries } from './store.ts';

const KEPT_MS = 30 * DAY_MS;

/** `*` is everything, `orders.*` all of a module, `orders.order_placed.*` every version of one event. */
export const matches = (pattern: string, type: string): boolean =>
  pattern === '*' || (pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type);

/** The name of an event for programs outside: the same on every node, for every endpoint, for ever. */
export const eventId = (event: Pick<StoredEvent, 'xid' | 'seq'>): string => `${event.xid}-${event.seq}`;

// What happened before somebody began to listen is not told.
const wants = (endpoint: Listening, event: StoredEvent): boolean =>
  event.at >= endpoint.created_at && endpoint.events.some((pattern) => matches(pattern, event.type));

const deliveryOf = (endpoint: Listening, event: StoredEvent): NewDelivery => ({
  id: newId(),
  endpoint_id: endpoint.id,
  event_id: eventId(event),
  event_xid: event.xid,
  event_seq: event.seq,
  type: event.type,
  key: event.key,
});

/** Stores deliveries with the jobs that send them. */
export async function queueDeliveries(tx: Tx, ctx: Ctx, rows: readonly NewDelivery[]): Promise<void> {
  const made = await insertDeliveries(tx, ctx, rows);
  await deliver.enqueueMany(
    tx,
    ctx,
    made.map((id) => ({ input: { deliveryId: id }, key: id })),
  );
}

/** Turns events into deliveries. Costs one read where nobody listens. */
export const fanOut = defineSubscriber({
  name: 'webhooks.fan_out',
  types: '*',
  run: async (tx, ctx, events) => {
    const endpoints = await listening(tx);
    if (endpoints.length === 0) return;
    const rows = events.flatMap((event) =>
      endpoints.filter((endpoint) => wants(endpoint, event)).map((endpoint) => deliveryOf(endpoint, event)),
    );
    if (rows.length === 0) return;
    await queueDeliveries(tx, ctx, rows);
    // whoever adds makes room, so the table stops growing without a chore of its own
    await pruneDeliveries(tx, new Date(ctx.now.getTime() - KEPT_MS), 2 * rows.length);
  },
});
