import type { z } from 'zod';
import { actorNames } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto, maskName, maskPhone } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { getFile } from '#kernel/files/index.ts';
import { caseBriefs } from '#modules/aftersales/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { categoryNames } from './categories.ts';
import { factsOf, shownState, verdictOf } from './clocks.ts';
import { reckon } from './domain/clocks.ts';
import { actionsFor, seesTicket } from './policy.ts';
import type * as schema from './schema.ts';
import { categoriesOf } from './store/categories.ts';
import { type ClockRow, clocksOf, termsByIds } from './store/clocks.ts';
import { type LinkRow, linksOf, watchersOf } from './store/links.ts';
import { filesOfMessages, type MessageRow, openBody } from './store/messages.ts';
import { movesOf } from './store/moves.ts';
import { listTeams } from './store/teams.ts';
import { familyOf, findTicket, openCc, openSubject, type TicketRow, ticketsByIds } from './store/tickets.ts';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
type ClockView = z.input<typeof schema.ClockView>;

export const presentClock = (c: ClockRow, now: Date): ClockView => ({
  metric: c.metric,
  cycle: c.cycle,
  dueAt: iso(c.due_at),
  state: shownState(c, now),
  startedAt: c.started_at.toISOString(),
  warnAt: iso(c.warn_at),
  warnedAt: iso(c.warned_at),
  metAt: iso(c.met_at),
  missedAt: iso(c.missed_at),
  targetSeconds: c.target_s,
});

/** Of each metric the clock that counts: the latest time round. */
function latest(clocks: readonly ClockRow[]): ClockRow[] {
  const last = new Map(clocks.map((c) => [c.metric, c]));
  return [...last.values()];
}

/** Tickets as lists show them, in the order given. */
export async function presentAll(tx: Tx, ctx: Ctx, rows: readonly TicketRow[]): Promise<schema.TicketSummary[]> {
  await fieldCrypto.load(ctx.orgId);
  const ids = rows.map((r) => r.id);
  const clocks = Map.groupBy(await clocksOf(tx, ids), (c) => c.ticket_id);
  const customers = await customersByIds(
    tx,
    rows.flatMap((r) => r.customer_id ?? []),
  );
  const names = await actorNames(
    tx,
    rows.flatMap((r) => r.assignee_id ?? []),
  );
  const teams = new Map((await listTeams(tx)).map((t) => [t.id, t]));
  const nameOf = categoryNames(await categoriesOf(tx), ctx.locale);
  const who = (id: string | null, name: string | undefined) => (id === null ? null : { id, name: name ?? id });
  return rows.map((r) => {
    const customer = customers.get(r.customer_id ?? '');
    return {
      id: r.id,
      no: r.no,
      category: r.category,
      categoryName: nameOf(r.category),
      severity: r.severity,
      priority: r.priority,
      state: r.state,
      subject: openSubject(ctx.orgId, r),
      channel: r.channel,
      customer: customer ? { id: customer.id, name: maskName(customer.name), phone: maskPhone(customer.phone) } : null,
      orderId: r.order_id,
      orderNo: r.order_no,
      assignee: who(r.assignee_id, names.get(r.assignee_id ?? '')),
      team: who(r.team_id, teams.get(r.team_id ?? '')?.name),
      tags: r.tags,
      escalation: r.escalation,
      openedAt: r.opened_at.toISOString(),
      lastCustomerAt: iso(r.last_customer_at),
      lastAnswerAt: iso(r.last_answer_at),
      resolvedAt: iso(r.resolved_at),
      closedAt: iso(r.closed_at),
      nextDueAt: iso(r.next_due_at),
      missed: r.missed,
      clocks: latest(clocks.get(r.id) ?? []).map((c) => presentClock(c, ctx.now)),
      version: r.version,
      may: actionsFor(ctx, r),
    };
  });
}

const linkOf = (r: TicketRow | undefined) => (r ? { id: r.id, no: r.no, state: r.state } : null);

/** The cases a ticket is linked to, as they stand now. */
async function casesAmong(
  tx: Tx,
  ctx: Ctx,
  links: readonly LinkRow[],
): Promise<z.input<typeof schema.TicketView>['cases']> {
  const ids = links.filter((l) => l.kind === 'after_sale').map((l) => l.ref_id);
  const found = await caseBriefs(tx, ctx, ids);
  return ids.flatMap((id) => {
    const c = found.get(id);
    return c ? [{ id, no: c.no, type: c.kind, status: c.state }] : [];
  });
}

/** A ticket as its page shows it; what was said comes in pages of its own. */
export async function viewTicket(tx: Tx, ctx: Ctx, row: TicketRow): Promise<z.input<typeof schema.TicketView>> {
  const [summary] = (await presentAll(tx, ctx, [row])) as [schema.TicketSummary];
  const moves = await movesOf(tx, row.id);
  const watchers = await watchersOf(tx, row.id);
  const people = [...moves.map((m) => m.by), row.opened_by, ...watchers.map((w) => w.user_id)];
  const names = await actorNames(tx, people);
  const who = (kind: string, id: string): string => (kind === 'customer' ? 'customer' : (names.get(id) ?? id));
  const clocks = await clocksOf(tx, [row.id]);
  const family = (await familyOf(tx, row.id)).map((f) => f.id).filter((id) => id !== row.id);
  const merged = (await ticketsByIds(tx, family)).filter((t) => seesTicket(ctx, t));
  const refTo = async (id: string | null) => linkOf(id === null ? undefined : await findTicket(tx, id));
  const terms = (await termsByIds(tx, [row.terms_id])).get(row.terms_id);
  const links = await linksOf(tx, row.id);
  return {
    ...summary,
    clocks: clocks.map((c) => presentClock(c, ctx.now)),
    verdict: verdictOf(row, clocks),
    policy: terms?.policy ?? '',
    cc: openCc(ctx.orgId, row),
    openedBy: { kind: row.opened_by_kind, name: who(row.opened_by_kind, row.opened_by) },
    mergedInto: await refTo(row.merged_into),
    merged: merged.flatMap((t) => linkOf(t) ?? []),
    follows: await refTo(row.follows_id),
    links: links.map((l) => ({
      kind: l.kind,
      id: l.ref_id,
      label: l.label,
      relation: l.relation,
    })),
    cases: await casesAmong(tx, ctx, links),
    watchers: watchers.map((w) => ({ id: w.user_id, name: names.get(w.user_id) ?? w.user_id, role: w.role })),
    moves: moves.map((m) => ({
      event: m.event,
      state: m.state,
      by: who(m.by_kind, m.by),
      facts: m.facts,
      at: m.at.toISOString(),
    })),
  };
}

/** What was said, as the conversation shows it. */
export async function presentMessages(
  tx: Tx,
  ctx: Ctx,
  rows: readonly MessageRow[],
  numbers: ReadonlyMap<string, string>,
): Promise<schema.MessageView[]> {
  await fieldCrypto.load(ctx.orgId);
  const files = await filesOfMessages(
    tx,
    rows.map((r) => r.id),
  );
  const names = await actorNames(
    tx,
    rows.map((r) => r.author_id),
  );
  const shown: schema.MessageView[] = [];
  for (const r of rows) {
    const attached = [];
    for (const id of files.get(r.id) ?? []) {
      const { name, mediaType, size } = await getFile(tx, ctx, id);
      attached.push({ id, name, mediaType, size });
    }
    const name = r.author_kind === 'customer' ? 'customer' : (names.get(r.author_id) ?? r.author_id);
    shown.push({
      id: r.id,
      kind: r.kind,
      auto: r.auto,
      solution: r.solution,
      channel: r.channel,
      body: openBody(ctx.orgId, r),
      author: { kind: r.author_kind, id: r.author_id, name },
      origin: { id: r.ticket_id, no: numbers.get(r.ticket_id) ?? '' },
      splitFrom: r.split_from,
      files: attached,
      at: r.at.toISOString(),
    });
  }
  return shown;
}

/** How each clock came to where it stands: every stretch of time, what it counted for and the sum by its end. */
export async function explain(tx: Tx, ctx: Ctx, row: TicketRow): Promise<z.input<typeof schema.Calculation>> {
  const terms = (await termsByIds(tx, [row.terms_id])).get(row.terms_id);
  const kept = new Map((await clocksOf(tx, [row.id])).map((c) => [`${c.metric}/${c.cycle}`, c]));
  const seconds = (ms: number): number => ms / 1000;
  return {
    policy: terms?.policy ?? '',
    timeZone: terms?.calendar.timeZone ?? 'UTC',
    pauseIn: [...(terms?.pauseIn ?? [])],
    reopen: terms?.reopen ?? 'total',
    clocks: reckon(await factsOf(tx, row), ctx.now, true).flatMap((c) => {
      const cached = kept.get(`${c.metric}/${c.cycle}`);
      if (!cached) return [];
      return {
        ...presentClock(cached, ctx.now),
        elapsedSeconds: seconds(c.elapsedMs),
        remainingSeconds: seconds(c.targetMs - c.elapsedMs),
        steps: c.steps.map((s) => ({
          from: s.from.toISOString(),
          to: s.to.toISOString(),
          kind: s.kind,
          seconds: seconds(s.ms),
          sum: seconds(s.sum),
          targetSeconds: seconds(s.targetMs),
          calendar: s.calendar,
          openings: s.openings.map((o) => ({ from: o.from.toISOString(), to: o.to.toISOString() })),
        })),
      };
    }),
  };
}
