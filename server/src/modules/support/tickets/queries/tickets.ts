import type { z } from 'zod';
import { actorNames, permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { after, HOUR_MS, MINUTE_MS } from '#kernel/time.ts';
import { customersMeant } from '#modules/customers/index.ts';
import { normaliseWaybill } from '#modules/shipping/index.ts';
import { addressIndex } from '../../mail/store/threads.ts';
import { shownState } from '../clocks.ts';
import { REPLY } from '../policy.ts';
import { presentAll, presentMessages } from '../present.ts';
import type { AtRisk, AtRiskList, ListTickets, Load, MessageView, TicketSummary } from '../schema.ts';
import { supportSettings } from '../settings.ts';
import type { ClockRow } from '../store/clocks.ts';
import { messagesOf } from '../store/messages.ts';
import { agentsByIds } from '../store/teams.ts';
import { familyOf, TICKET_COLUMNS, type TicketRow, ticketsByIds } from '../store/tickets.ts';

const ACTIVE = `t.state in ('open', 'in_progress', 'waiting_customer', 'waiting_third_party')`;
const BY_DUE = 'tickets/due';
const NEWEST = 'tickets/-id';
const AT_RISK_HOURS = 4;
const PREFIXED = TICKET_COLUMNS.replaceAll(/(\w+)/g, 't.$1');

/** Conditions with their values: `?1` is the first of those given with it. */
class Where {
  readonly params: unknown[];
  readonly parts: string[] = [];
  constructor(...params: unknown[]) {
    this.params = params;
  }
  and(sql: string, ...values: unknown[]): void {
    this.parts.push(sql.replaceAll(/\?(\d)/g, (_m, n: string) => `$${this.params.length + Number(n)}`));
    this.params.push(...values);
  }
  get sql(): string {
    return this.parts.map((p) => ` and ${p}`).join('');
  }
}

type Filters = Omit<z.output<typeof ListTickets>, 'limit' | 'cursor' | 'sort'>;

function byPerson(where: Where, ctx: Ctx, input: Filters): void {
  if (input.assignee === 'none') where.and('t.assignee_id is null');
  else if (input.assignee === 'me' && ctx.actor.kind !== 'user') where.and('false');
  else if (input.assignee !== undefined)
    where.and('t.assignee_id = ?1::uuid', input.assignee === 'me' ? ctx.actor.id : input.assignee);
  if (input.watching === 'me')
    where.and(
      'exists (select 1 from support.watchers w where w.org_id = t.org_id and w.ticket_id = t.id and w.user_id::text = ?1)',
      ctx.actor.id,
    );
}

function byClock(where: Where, now: Date, clock: Filters['clock']): void {
  if (clock === 'breached') where.and('t.missed');
  if (clock === 'at_risk') where.and('t.next_due_at <= ?1', after(now, AT_RISK_HOURS * HOUR_MS));
  if (clock === 'waiting') where.and(`${ACTIVE} and t.last_customer_at > coalesce(t.last_answer_at, '-infinity')`);
}

/** By what the text can be: the number of a ticket, its order or anything linked to it, or who it is from. */
async function byText(where: Where, tx: Tx, ctx: Ctx, q: string): Promise<void> {
  const customers = await customersMeant(tx, q);
  // as look-ups of one index each: together with the order of the list a condition may be taken for a filter of all tickets
  where.and(
    `t.id in (select n.id from support.tickets n where n.org_id = $1 and n.no = ?1
       union all select n.id from support.tickets n where n.org_id = $1 and n.order_no = ?2
       union all select n.id from support.tickets n where n.org_id = $1 and n.customer_id = any (?3::uuid[])
       union all select l.ticket_id from support.links l where l.org_id = $1 and l.label in (?2, ?4)
         and (?6::uuid[] is null or exists (select from support.tickets n where n.org_id = $1 and n.id = l.ticket_id and n.shop_id = any (?6)))
       union all select p.ticket_id from support.mail_participants p where p.org_id = $1 and p.address_index = ?5)`,
    q.replaceAll(/[\s-]/g, '').toUpperCase(),
    q,
    customers,
    normaliseWaybill(q),
    addressIndex(tx.orgId, q),
    ctx.actor.shops, // what is linked to a ticket of no shop may be of a shop they do not see
  );
}

function filter(where: Where, ctx: Ctx, input: Filters): void {
  if (ctx.actor.shops !== null) where.and('(t.shop_id is null or t.shop_id = any (?1))', [...ctx.actor.shops]);
  if (input.state === 'active') where.and(ACTIVE);
  else if (input.state !== undefined) where.and('t.state = ?1', input.state);
  if (input.category !== undefined)
    where.and(
      `(t.category = ?1 or t.category like ?2)`,
      input.category,
      `${input.category.replaceAll(/[%_\\]/g, '\\$&')}/%`,
    );
  for (const field of ['severity', 'priority', 'channel'] as const)
    if (input[field] !== undefined) where.and(`t.${field} = ?1`, input[field]);
  if (input.team !== undefined) where.and('t.team_id = ?1', input.team);
  if (input.tag !== undefined) where.and('t.tags @> array[?1::text]', input.tag);
  if (input.customerId !== undefined) where.and('t.customer_id = ?1', input.customerId);
  if (input.orderId !== undefined) where.and('t.order_id = ?1', input.orderId);
  if (input.caseId !== undefined)
    where.and(
      `exists (select from support.links l where l.org_id = t.org_id and l.ticket_id = t.id and l.kind = 'after_sale' and l.ref_id = ?1)`,
      input.caseId,
    );
  if (input.from !== undefined) where.and('t.created_at >= ?1', input.from);
  if (input.to !== undefined) where.and('t.created_at < ?1', input.to);
  byPerson(where, ctx, input);
  byClock(where, ctx.now, input.clock);
}

/** Tickets: open ones by what is due first, or all by when they came, newest first. */
export async function findTickets(
  tx: Tx,
  ctx: Ctx,
  { limit, cursor, sort, ...filters }: z.output<typeof ListTickets>,
): Promise<Page<TicketRow>> {
  const where = new Where(tx.orgId);
  const byDue = sort === 'due' || (sort === undefined && filters.state === 'active');
  filter(where, ctx, filters);
  if (filters.q) await byText(where, tx, ctx, filters.q);
  if (byDue && filters.state !== 'active') where.and(ACTIVE);
  const order = byDue ? BY_DUE : NEWEST;
  if (cursor !== undefined && byDue)
    where.and(
      `(coalesce(t.next_due_at, 'infinity'), t.id) > (?1::timestamptz, ?2::uuid)`,
      ...decodeCursor(order, cursor, 2),
    );
  else if (cursor !== undefined) where.and('t.id < ?1', decodeCursor(order, cursor, 1)[0]);
  where.params.push(limit + 1);
  const rows = await tx.query<TicketRow>(
    `select ${PREFIXED} from support.tickets t where t.org_id = $1${where.sql}
      order by ${byDue ? `coalesce(t.next_due_at, 'infinity'), t.id` : 't.id desc'} limit $${where.params.length}`,
    where.params,
  );
  return pageOf(
    rows,
    limit,
    order,
    (r) => (byDue ? [r.next_due_at?.toISOString() ?? 'infinity', r.id] : [r.id]),
    (r) => r,
  );
}

export async function listTickets(tx: Tx, ctx: Ctx, input: z.output<typeof ListTickets>): Promise<Page<TicketSummary>> {
  const page = await findTickets(tx, ctx, input);
  return { items: await presentAll(tx, ctx, page.items), nextCursor: page.nextCursor };
}

const MESSAGES = 'ticket-messages';

/** What was said in a ticket and in those merged into it, newest first, page by page. */
export async function listMessages(
  tx: Tx,
  ctx: Ctx,
  row: TicketRow,
  input: { limit: number; cursor?: string | undefined },
): Promise<Page<MessageView>> {
  const family = await familyOf(tx, row.id);
  const [at, id] = input.cursor === undefined ? [] : decodeCursor(MESSAGES, input.cursor, 2).map(String);
  const before = at === undefined || id === undefined ? null : { at, id };
  const ids = family.map((f) => f.id);
  const rows = await messagesOf(tx, ids, { limit: input.limit + 1, before });
  const numbers = new Map(family.map((f) => [f.id, f.no]));
  const shown = new Map((await presentMessages(tx, ctx, rows, numbers)).map((m) => [m.id, m]));
  return pageOf(
    rows,
    input.limit,
    MESSAGES,
    (r) => [r.at.toISOString(), r.id],
    (r) => shown.get(r.id) as MessageView,
  );
}

/** Promises that run out soon or have run out and are not kept yet, the most urgent first. */
export async function listAtRisk(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof AtRisk>,
): Promise<z.input<typeof AtRiskList>> {
  const where = new Where(tx.orgId, after(ctx.now, input.withinMinutes * MINUTE_MS));
  if (ctx.actor.shops !== null) where.and('(t.shop_id is null or t.shop_id = any (?1))', [...ctx.actor.shops]);
  if (input.team !== undefined) where.and('t.team_id = ?1', input.team);
  if (input.metric !== undefined) where.and('c.metric = ?1', input.metric);
  if (input.cursor !== undefined)
    where.and(
      `(c.due_at, c.ticket_id, c.metric) > (?1::timestamptz, ?2::uuid, ?3)`,
      ...decodeCursor('at-risk', input.cursor, 3),
    );
  where.params.push(input.limit + 1);
  const rows = await tx.query<
    Pick<ClockRow, 'ticket_id' | 'metric' | 'state' | 'missed_at' | 'warn_at'> & { due_at: Date }
  >(
    `select c.ticket_id, c.metric, c.state, c.due_at, c.missed_at, c.warn_at from support.clocks c
       join support.tickets t on t.org_id = c.org_id and t.id = c.ticket_id
      where c.org_id = $1 and c.state = 'running' and c.due_at <= $2${where.sql}
      order by c.due_at, c.ticket_id, c.metric limit $${where.params.length}`,
    where.params,
  );
  const tickets = await ticketsByIds(tx, [...new Set(rows.map((r) => r.ticket_id))]);
  const shown = new Map((await presentAll(tx, ctx, tickets)).map((t) => [t.id, t]));
  return pageOf(
    rows,
    input.limit,
    'at-risk',
    (r) => [r.due_at.toISOString(), r.ticket_id, r.metric],
    (r) => ({
      id: `${r.ticket_id}/${r.metric}`,
      metric: r.metric,
      dueAt: r.due_at.toISOString(),
      state: shownState(r, ctx.now),
      ticket: shown.get(r.ticket_id) as TicketSummary,
    }),
  );
}

const PEOPLE_MAX = 500;

/** How many open tickets each of those who answer has, and how many wait for nobody in particular. */
export async function loadOfPeople(tx: Tx): Promise<z.input<typeof Load>> {
  const ids = (await permissionHolders(tx, REPLY)).map((h) => h.id).slice(0, PEOPLE_MAX);
  const rows = await tx.query<{ assignee_id: string | null; open: number; missed: number }>(
    `select t.assignee_id, count(*)::int as open, count(*) filter (where t.missed)::int as missed from support.tickets t
      where t.org_id = $1 and ${ACTIVE} group by 1`,
    [tx.orgId],
  );
  const { ticketLimit } = await supportSettings.get(tx);
  const of = new Map(rows.map((r) => [r.assignee_id, r]));
  const agents = new Map((await agentsByIds(tx, ids)).map((a) => [a.user_id, a]));
  const names = await actorNames(tx, ids);
  return {
    items: ids.map((id) => ({
      person: { id, name: names.get(id) ?? id },
      available: agents.get(id)?.available ?? true,
      limit: agents.get(id)?.ticket_limit ?? ticketLimit,
      open: of.get(id)?.open ?? 0,
      missed: of.get(id)?.missed ?? 0,
    })),
    queue: of.get(null)?.open ?? 0,
  };
}
