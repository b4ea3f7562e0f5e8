import type { Ctx } from '../context.ts';
import { maybeOne, one, type Tx } from '../db/index.ts';
import { WebhookDeliveryNotFound, WebhookNotFound } from './refusals.ts';

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export type EndpointRow = {
  id: string;
  url: string;
  events: string[];
  secret_sealed: string;
  previous_sealed: string | null;
  previous_until: Date | null;
  enabled: boolean;
  disabled_reason: 'by_hand' | 'failing' | null;
  failures: number;
  failing_since: Date | null;
  created_at: Date;
  created_by: string;
  created_by_kind: Ctx['actor']['kind'];
  version: number;
};

export type DeliveryRow = {
  id: string;
  endpoint_id: string;
  event_id: string;
  event_xid: string | null;
  event_seq: number | null;
  type: string;
  key: string;
  state: DeliveryState;
  attempts: number;
  leased_until: Date | null;
  last_status: number | null;
  last_error: string | null;
  next_at: Date | null;
  created_at: Date;
  delivered_at: Date | null;
};

const ENDPOINT = `id, url, events, secret_sealed, previous_sealed, previous_until, enabled, disabled_reason, failures, failing_since,
  created_at, created_by, created_by_kind, version`;
const DELIVERY = `id, endpoint_id, event_id, event_xid::text as event_xid, event_seq, type, key, state, attempts, leased_until,
  last_status, last_error, next_at, created_at, delivered_at`;

export const listEndpoints = (tx: Tx): Promise<EndpointRow[]> =>
  tx.query<EndpointRow>(`select ${ENDPOINT} from kernel.webhook_endpoints where org_id = $1 order by id desc`, [
    tx.orgId,
  ]);

export async function findEndpoint(tx: Tx, id: string): Promise<EndpointRow | undefined> {
  const sql = `select ${ENDPOINT} from kernel.webhook_endpoints where org_id = $1 and id = $2`;
  return maybeOne(await tx.query<EndpointRow>(sql, [tx.orgId, id]));
}

export async function countEndpoints(tx: Tx): Promise<number> {
  // two who add at once must both be counted
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`webhooks/${tx.orgId}`]);
  const sql = 'select count(*)::int as n from kernel.webhook_endpoints where org_id = $1';
  return one(await tx.query<{ n: number }>(sql, [tx.orgId])).n;
}

/** Takes the row lock. @throws WebhookNotFound */
export async function lockEndpoint(tx: Tx, id: string): Promise<EndpointRow> {
  const sql = `select ${ENDPOINT} from kernel.webhook_endpoints where org_id = $1 and id = $2 for update`;
  const row = maybeOne(await tx.query<EndpointRow>(sql, [tx.orgId, id]));
  if (!row) throw new WebhookNotFound({ webhookId: id });
  return row;
}

export async function insertEndpoint(
  tx: Tx,
  ctx: Ctx,
  row: Pick<EndpointRow, 'id' | 'url' | 'events' | 'secret_sealed'>,
): Promise<EndpointRow> {
  return one(
    await tx.query<EndpointRow>(
      `insert into kernel.webhook_endpoints (org_id, id, url, events, secret_sealed, created_at, created_by, created_by_kind)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${ENDPOINT}`,
      [tx.orgId, row.id, row.url, row.events, row.secret_sealed, ctx.now, ctx.actor.id, ctx.actor.kind],
    ),
  );
}

/** Writes what a person may change, and what follows from it; the version rises. */
export async function saveEndpoint(tx: Tx, row: EndpointRow): Promise<EndpointRow> {
  return one(
    await tx.query<EndpointRow>(
      `update kernel.webhook_endpoints set url = $3, events = $4, secret_sealed = $5, previous_sealed = $6, previous_until = $7,
              enabled = $8, disabled_reason = $9, failures = $10, failing_since = $11, version = version + 1
        where org_id = $1 and id = $2 returning ${ENDPOINT}`,
      [
        tx.orgId,
        row.id,
        row.url,
        row.events,
        row.secret_sealed,
        row.previous_sealed,
        row.previous_until,
        row.enabled,
        row.disabled_reason,
        row.failures,
        row.failing_since,
      ],
    ),
  );
}

export async function deleteEndpoint(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from kernel.webhook_endpoints where org_id = $1 and id = $2', [tx.orgId, id]);
}

/** One failure more. Returns the endpoint's row, locked; undefined when it is gone. */
export async function noteFailure(tx: Tx, id: string, now: Date): Promise<EndpointRow | undefined> {
  return maybeOne(
    await tx.query<EndpointRow>(
      `update kernel.webhook_endpoints set failures = failures + 1, failing_since = coalesce(failing_since, $3)
        where org_id = $1 and id = $2 returning ${ENDPOINT}`,
      [tx.orgId, id, now],
    ),
  );
}

/** Writes nothing while the endpoint is well, so that deliveries do not queue up at its row. */
export async function noteSuccess(tx: Tx, id: string): Promise<void> {
  await tx.query(
    'update kernel.webhook_endpoints set failures = 0, failing_since = null where org_id = $1 and id = $2 and failures > 0',
    [tx.orgId, id],
  );
}

export type Listening = { id: string; events: string[]; created_at: Date };

export const listening = (tx: Tx): Promise<Listening[]> =>
  tx.prepared<Listening>(
    'select id, events, created_at from kernel.webhook_endpoints where org_id = $1 and enabled order by id',
    [tx.orgId],
  );

export type NewDelivery = Pick<
  DeliveryRow,
  'id' | 'endpoint_id' | 'event_id' | 'event_xid' | 'event_seq' | 'type' | 'key'
>;

/** Returns the ids of those that are new: one delivery per endpoint and event. */
export async function insertDeliveries(tx: Tx, ctx: Ctx, rows: readonly NewDelivery[]): Promise<string[]> {
  const made = await tx.prepared<{ id: string }>(
    `insert into kernel.webhook_deliveries (org_id, id, endpoint_id, event_id, event_xid, event_seq, type, key, state, next_at, created_at)
     select $1, i, e, v, x, s, t, k, 'pending', $9, $9
       from unnest($2::uuid[], $3::uuid[], $4::text[], $5::xid8[], $6::bigint[], $7::text[], $8::text[]) as rows (i, e, v, x, s, t, k)
     on conflict do nothing returning id`,
    [
      tx.orgId,
      rows.map((r) => r.id),
      rows.map((r) => r.endpoint_id),
      rows.map((r) => r.event_id),
      rows.map((r) => r.event_xid),
      rows.map((r) => r.event_seq),
      rows.map((r) => r.type),
      rows.map((r) => r.key),
      ctx.now,
    ],
  );
  return made.map((r) => r.id);
}

/** Removes at most `max` of the oldest deliveries that ended before `before`. */
export async function pruneDeliveries(tx: Tx, before: Date, max: number): Promise<void> {
  await tx.prepared(
    `delete from kernel.webhook_deliveries where org_id = $1 and id = any (array(
       select id from kernel.webhook_deliveries where org_id = $1 and created_at < $2 and state <> 'pending' order by id limit $3))`,
    [tx.orgId, before, max],
  );
}

/** Takes the row lock; undefined when it is gone. */
export async function lockDelivery(tx: Tx, id: string): Promise<DeliveryRow | undefined> {
  const sql = `select ${DELIVERY} from kernel.webhook_deliveries where org_id = $1 and id = $2 for update`;
  return maybeOne(await tx.query<DeliveryRow>(sql, [tx.orgId, id]));
}

/** @throws WebhookDeliveryNotFound when it is not one of this endpoint's. */
export async function lockDeliveryOf(tx: Tx, endpointId: string, id: string): Promise<DeliveryRow> {
  const row = await lockDelivery(tx, id);
  if (row?.endpoint_id !== endpointId) throw new WebhookDeliveryNotFound({ deliveryId: id });
  return row;
}

export async function saveDelivery(tx: Tx, row: DeliveryRow): Promise<void> {
  await tx.query(
    `update kernel.webhook_deliveries set state = $3, attempts = $4, leased_until = $5, last_status = $6, last_error = $7,
            next_at = $8, delivered_at = $9
      where org_id = $1 and id = $2`,
    [
      tx.orgId,
      row.id,
      row.state,
      row.attempts,
      row.leased_until,
      row.last_status,
      row.last_error,
      row.next_at,
      row.delivered_at,
    ],
  );
}

/** Newest first. @throws WebhookNotFound */
export async function listDeliveries(
  tx: Tx,
  filter: { endpointId: string; state: DeliveryState | null; before: string | null; limit: number },
): Promise<DeliveryRow[]> {
  if (!(await findEndpoint(tx, filter.endpointId))) throw new WebhookNotFound({ webhookId: filter.endpointId });
  return tx.query<DeliveryRow>(
    `select ${DELIVERY} from kernel.webhook_deliveries
      where org_id = $1 and endpoint_id = $2 and ($3::text is null or state = $3) and ($4::uuid is null or id < $4)
      order by id desc limit $5`,
    [tx.orgId, filter.endpointId, filter.state, filter.before, filter.limit],
  );
}

export type ToldEvent = { at: Date; data: unknown };

export async function getEvent(tx: Tx, row: DeliveryRow): Promise<ToldEvent> {
  if (row.event_xid === null) return { at: row.created_at, data: {} };
  const sql = 'select at, data from kernel.outbox where org_id = $1 and xid = $2::xid8 and seq = $3';
  return one(await tx.query<ToldEvent>(sql, [tx.orgId, row.event_xid, row.event_seq]));
}
