import { createHash } from 'node:crypto';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { newId } from '#kernel/ids.ts';
import type { Clock, Metric, Terms } from '../domain/clocks.ts';

export type ClockRow = {
  ticket_id: string;
  metric: Metric;
  cycle: number;
  state: Clock['state'];
  target_s: number;
  started_at: Date;
  due_at: Date | null;
  warn_at: Date | null;
  met_at: Date | null;
  warned_at: Date | null;
  missed_at: Date | null;
};
const COLUMNS = 'ticket_id, metric, cycle, state, target_s, started_at, due_at, warn_at, met_at, warned_at, missed_at';
const READ_MAX = 500;
// Terms never change, and calendars are compiled once for each object: the same terms are the same object.
const read = new Map<string, Terms>();

/** The id of these terms; kept once, however many tickets have them. */
export async function keepTerms(tx: Tx, ctx: Ctx, terms: Terms): Promise<string> {
  const content = JSON.stringify(terms);
  const sha256 = createHash('sha256').update(content).digest();
  const find = (): Promise<{ id: string }[]> =>
    tx.prepared<{ id: string }>('select id from support.terms where org_id = $1 and sha256 = $2', [tx.orgId, sha256]);
  const [known] = await find();
  if (known) return known.id;
  await tx.query(
    'insert into support.terms (org_id, id, sha256, content, created_at) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [tx.orgId, newId(), sha256, content, ctx.now],
  );
  return one(await find()).id;
}

export async function termsByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, Terms>> {
  const missing = [...new Set(ids)].filter((id) => !read.has(id));
  if (missing.length > 0) {
    const rows = await tx.prepared<{ id: string; content: Terms }>(
      'select id, content from support.terms where org_id = $1 and id = any ($2)',
      [tx.orgId, missing],
    );
    if (read.size > READ_MAX) read.clear();
    for (const { id, content } of rows) read.set(id, content);
  }
  return new Map(ids.flatMap((id): [string, Terms][] => (read.has(id) ? [[id, read.get(id) as Terms]] : [])));
}

export const clocksOf = (tx: Tx, ticketIds: readonly string[]): Promise<ClockRow[]> =>
  tx.prepared<ClockRow>(
    `select ${COLUMNS} from support.clocks where org_id = $1 and ticket_id = any ($2::uuid[]) order by ticket_id, started_at, metric, cycle`,
    [tx.orgId, ticketIds],
  );

/** Writes the cache. What was missed once stays missed, whatever is computed now. */
export async function putClock(tx: Tx, ticketId: string, c: Clock, warnedAt: Date | null): Promise<void> {
  await tx.prepared(
    `insert into support.clocks as c (org_id, ticket_id, metric, cycle, state, target_s, started_at, due_at, warn_at, met_at, warned_at, missed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (org_id, ticket_id, metric, cycle) do update set state = excluded.state, target_s = excluded.target_s,
       started_at = excluded.started_at, due_at = excluded.due_at, warn_at = excluded.warn_at, met_at = excluded.met_at,
       warned_at = excluded.warned_at, missed_at = coalesce(c.missed_at, excluded.missed_at)`,
    [
      tx.orgId,
      ticketId,
      c.metric,
      c.cycle,
      c.state,
      Math.round(c.targetMs / 1000),
      c.startedAt,
      c.dueAt,
      c.warnAt,
      c.metAt,
      warnedAt,
      c.missedAt,
    ],
  );
}

/** Clocks a computation does not know any more: those of messages that went to another ticket. */
export async function dropClocks(tx: Tx, ticketId: string, gone: readonly ClockRow[]): Promise<void> {
  for (const c of gone)
    await tx.query('delete from support.clocks where org_id = $1 and ticket_id = $2 and metric = $3 and cycle = $4', [
      tx.orgId,
      ticketId,
      c.metric,
      c.cycle,
    ]);
}

export async function markClock(
  tx: Tx,
  c: Pick<ClockRow, 'ticket_id' | 'metric' | 'cycle'>,
  patch: { warned_at?: Date; missed_at?: Date },
): Promise<void> {
  await tx.prepared(
    `update support.clocks set warned_at = coalesce($5, warned_at), missed_at = coalesce(missed_at, $6)
      where org_id = $1 and ticket_id = $2 and metric = $3 and cycle = $4`,
    [tx.orgId, c.ticket_id, c.metric, c.cycle, patch.warned_at ?? null, patch.missed_at ?? null],
  );
}
