import type { z } from 'zod';
import type { Ctx } from '../context.ts';
import type { Tx } from '../db/index.ts';

export type StoredEvent = {
  /** The transaction that wrote it; subscribers see events by (xid, seq). */
  xid: string;
  /** Position among the events of one transaction, and a name for the event. */
  seq: number;
  at: Date;
  type: string;
  /** What the event is about; the order's id for everything that happens to an order. */
  key: string;
  actorKind: Ctx['actor']['kind'];
  actorId: string;
  requestId: string;
  data: unknown;
};

export type EventDefinition<S extends z.ZodType = z.ZodType> = {
  readonly type: string;
  readonly data: S;
  /** Whether the customer may see it on the timeline of the order. */
  readonly customer: boolean;
  emit(tx: Tx, ctx: Ctx, key: string, value: z.input<S>): Promise<void>;
};

/** Every declared event by type: the timeline and the webhook documentation read it. */
export const EVENTS = new Map<string, EventDefinition>();

const wakers = new Set<(orgId: string) => void>();

/** Has `wake` called after each commit that wrote events, in this process. Returns how to stop that. */
export function onEvents(wake: (orgId: string) => void): () => void {
  wakers.add(wake);
  return () => void wakers.delete(wake);
}

/** Tells this process's subscribers that an organisation has new events. */
export function wakeSubscribers(orgId: string): void {
  for (const wake of wakers) wake(orgId);
}

const INSERT = `insert into kernel.outbox (org_id, at, type, key, actor_kind, actor_id, request_id, data)
  select $1, $2, $3, k, $5, $6, $7, d from unnest($4::text[], $8::jsonb[]) as rows (k, d)`;

/** Writes several events of one type in one statement; same promises as `emit`. */
export async function emitMany<S extends z.ZodType>(
  tx: Tx,
  ctx: Ctx,
  event: EventDefinition<S>,
  items: readonly { key: string; value: z.input<S> }[],
): Promise<void> {
  if (items.length === 0) return;
  const keys = items.map((i) => i.key);
  const data = items.map((i) => JSON.stringify(event.data.parse(i.value)));
  await tx.prepared(INSERT, [ctx.orgId, ctx.now, event.type, keys, ctx.actor.kind, ctx.actor.id, ctx.requestId, data]);
  tx.afterCommit(() => wakeSubscribers(ctx.orgId));
}

/**
 * Declares an event. Emitting writes a row in the caller's transaction, so it is told if and only if it happened.
 * Events carry ids, codes, numbers and money, never personal data: they are kept for ever.
 */
export function defineEvent<S extends z.ZodType>(
  type: `${string}.${string}.v${number}`,
  data: S,
  options: { customer?: boolean } = {},
): EventDefinition<S> {
  if (EVENTS.has(type)) throw new Error(`event ${type} is declared twice`);
  const event: EventDefinition<S> = {
    type,
    data,
    customer: options.customer ?? false,
    emit: (tx, ctx, key, value) => emitMany(tx, ctx, event, [{ key, value }]),
  };
  EVENTS.set(type, event as unknown as EventDefinition);
  return event;
}

/** The events about one subject, oldest first, at most `limit`. */
export async function eventsOf(tx: Tx, key: string, limit = 1000): Promise<StoredEvent[]> {
  return tx.query<StoredEvent>(
    `select xid::text as xid, seq, at, type, key, actor_kind as "actorKind", actor_id as "actorId", request_id as "requestId", data
       from kernel.outbox where org_id = $1 and key = $2 order by seq limit $3`,
    [tx.orgId, key, limit],
  );
}
