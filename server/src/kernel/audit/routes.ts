import { z } from 'zod';
import { actorNames } from '../actors.ts';
import type { Ctx } from '../context.ts';
import type { Tx } from '../db/index.ts';
import { decodeCursor, listInput, listOf, type Page, pageOf } from '../http/list.ts';
import { defineRoute } from '../http/route.ts';
import { eventText } from '../outbox/event-text.ts';
import type { StoredEvent } from '../outbox/index.ts';
import { BREACHES, verifyAudit } from './verify.ts';

const EventView = z
  .object({
    seq: z.number().int(),
    at: z.string(),
    type: z.string(),
    key: z.string(),
    /** `name` is empty for those who have none: the system, a visitor, a channel. */
    actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
    requestId: z.string(),
    summary: z.string(),
    data: z.unknown(),
  })
  .meta({ id: 'AuditEvent' });

const Filter = z.object({
  ...listInput,
  actor: z.string().max(80).optional(),
  type: z
    .string()
    .regex(/^[a-z0-9_.]*$/)
    .max(100)
    .optional(),
  key: z.string().max(80).optional(),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
});

/** Events newest first (by `o.xid`: the column shown under that name is text). Of events written at once by several transactions, the order is that of the transactions. */
async function listEvents(tx: Tx, ctx: Ctx, input: z.output<typeof Filter>): Promise<Page<z.input<typeof EventView>>> {
  const [xid, seq] = input.cursor === undefined ? [null, null] : decodeCursor('-event', input.cursor, 2);
  const rows = await tx.query<StoredEvent>(
    `select xid::text as xid, seq, at, type, key, actor_kind as "actorKind", actor_id as "actorId", request_id as "requestId", data
       from kernel.outbox o
      where org_id = $1 and ($2::text is null or (o.xid, seq) < ($2::text::xid8, $3::bigint))
        and ($4::text is null or actor_id = $4) and ($5::text is null or starts_with(type, $5)) and ($6::text is null or key = $6)
        and ($7::timestamptz is null or at >= $7) and ($8::timestamptz is null or at < $8)
      order by o.xid desc, seq desc limit $9`,
    [
      tx.orgId,
      xid,
      seq,
      input.actor ?? null,
      input.type ?? null,
      input.key ?? null,
      input.from ?? null,
      input.to ?? null,
      input.limit + 1,
    ],
  );
  const names = await actorNames(
    tx,
    rows.map((e) => e.actorId),
  );
  return pageOf(
    rows,
    input.limit,
    '-event',
    (e) => [e.xid, e.seq],
    (e) => present(ctx, e, names.get(e.actorId) ?? ''),
  );
}

const present = (ctx: Ctx, event: StoredEvent, name: string): z.input<typeof EventView> => ({
  seq: event.seq,
  at: event.at.toISOString(),
  type: event.type,
  key: event.key,
  actor: { kind: event.actorKind, id: event.actorId, name },
  requestId: event.requestId,
  summary: eventText(ctx.locale, event.type, event.data),
  data: event.data,
});

export const getAuditEvents = defineRoute({
  method: 'GET',
  path: '/audit/events',
  permission: 'compliance.audit.read',
  tags: ['compliance'],
  summary: 'Everything that happened, newest first; `type` is a beginning such as `orders.`',
  input: Filter,
  output: listOf(EventView),
  run: listEvents,
});

export const getAuditVerify = defineRoute({
  method: 'GET',
  path: '/audit/verify',
  permission: 'compliance.audit.read',
  tags: ['compliance'],
  summary: 'Recompute the chain of seals and name the first breach',
  input: z.object({}),
  output: z.object({
    ok: z.boolean(),
    seals: z.number().int(),
    events: z.number().int(),
    head: z.string(),
    breach: z.object({ kind: z.enum(BREACHES), seal: z.number().int(), seq: z.number().int().nullable() }).nullable(),
  }),
  run: (tx) => verifyAudit(tx),
});
