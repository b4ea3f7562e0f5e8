import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { type DeadlineItem, defineDeadline } from '#kernel/deadlines/index.ts';
import { type Clock, type Fact, type Metric, reckon } from './domain/clocks.ts';
import { isOpenState } from './domain/flow.ts';
import { keyOf, TicketClockMissed, ticketFacts } from './events.ts';
import { startLadder, warnPeople } from './ladder.ts';
import { type ClockRow, clocksOf, dropClocks, markClock, putClock, termsByIds } from './store/clocks.ts';
import { addMove, clockMoves, type MoveRow } from './store/moves.ts';
import { familyOf, lockTicket, saveTicket, type TicketRow } from './store/tickets.ts';
import { clockKey, ofSubject, subjectOf } from './subjects.ts';

/** A promise to a customer. The time of its warning and of its end are computed from the ticket's history. */
export const ticketClock = defineDeadline({
  kind: 'support.clock',
  onBreach: async (tx, ctx, subject) => {
    const at = ofSubject(subject);
    const row = await lockTicket(tx, at.ticketId);
    const clock = (await clocksOf(tx, [row.id])).find((c) => clockKey(c) === clockKey(at));
    if (clock?.state !== 'running' || clock.missed_at !== null || !clock.due_at || clock.due_at > ctx.now) return;
    await miss(tx, ctx, row, { ...clock, missed_at: clock.due_at }, true);
  },
  onWarn: async (tx, ctx, subject) => {
    const at = ofSubject(subject);
    const row = await lockTicket(tx, at.ticketId);
    const clock = (await clocksOf(tx, [row.id])).find((c) => clockKey(c) === clockKey(at));
    if (clock?.state !== 'running' || clock.missed_at !== null || clock.warned_at !== null) return;
    await markClock(tx, clock, { warned_at: ctx.now });
    const saved = await addMove(tx, ctx, row, { event: 'clock_warned', facts: { metric: clock.metric } });
    await warnPeople(tx, ctx, saved, clock);
  },
});

/** Records once that a promise was missed; who is to know is told by the ladder while it still runs. */
async function miss(tx: Tx, ctx: Ctx, row: TicketRow, clock: ClockRow, runs: boolean): Promise<TicketRow> {
  const missedAt = clock.missed_at as Date;
  await markClock(tx, clock, { missed_at: missedAt });
  const { metric } = clock;
  let saved = await addMove(tx, ctx, row, {
    event: 'clock_missed',
    facts: { metric, dueAt: missedAt.toISOString() },
  });
  saved = await saveTicket(tx, saved, { missed: true });
  await TicketClockMissed.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), metric, dueAt: missedAt.toISOString() });
  if (runs) await startLadder(tx, ctx, saved, clock);
  return saved;
}

/** A promise that ran out and is not kept yet is the most urgent there is: it stays due until it is kept. */
async function nextDue(tx: Tx, ticketId: string): Promise<Date | null> {
  const due = (await clocksOf(tx, [ticketId])).flatMap((c) => (c.state === 'running' && c.due_at ? [c.due_at] : []));
  return due.length === 0 ? null : new Date(Math.min(...due.map(Number)));
}

const OF_MESSAGE: Readonly<Record<string, Fact['kind'][]>> = {
  customer_message: ['customer'],
  answered: ['answer'],
  solution_proposed: ['answer', 'solution'],
};

/** What of a ticket's history the clocks go by. Time spent merged into another ticket counts as if it had not been. */
export async function factsOf(tx: Tx, row: TicketRow): Promise<Fact[]> {
  const family = await familyOf(tx, row.id);
  const moves = await clockMoves(
    tx,
    row.id,
    family.map((t) => t.id),
  );
  const terms = await termsByIds(
    tx,
    moves.flatMap((m) => (m.terms_id === null ? [] : [m.terms_id])),
  );
  const begin = new Date(Math.min(...family.map((t) => t.opened_at.getTime())));
  const first = moves.find((m) => m.terms_id !== null);
  const promised = first && terms.get(first.terms_id as string);
  const facts: Fact[] = promised ? [{ at: begin, kind: 'terms', terms: promised }] : [];
  facts.push({ at: begin, kind: 'opened' });
  let state: TicketRow['state'] = 'open';
  for (const move of moves) {
    facts.push(...factOf(move, move === first ? undefined : terms.get(move.terms_id ?? '')));
    if (move.message_id !== null || move.state === state || move.state === 'merged') continue;
    state = move.state;
    facts.push({ at: move.at, kind: 'state', state });
  }
  const merged = row.merged_into === null ? undefined : moves.findLast((m) => m.state === 'merged');
  if (merged) facts.push({ at: merged.at, kind: 'cancelled' });
  return facts;
}

function factOf(move: MoveRow, terms: Extract<Fact, { kind: 'terms' }>['terms'] | undefined): Fact[] {
  if (terms) return [{ at: move.at, kind: 'terms', terms }];
  if (move.message_id === null) return [];
  return (OF_MESSAGE[move.event] ?? []).map((kind) => ({ at: move.at, kind }) as Fact);
}

const clamp = (at: Date, from: Date, to: Date): Date => (at < from ? from : at > to ? to : at);

function itemOf(ticketId: string, clock: Clock, dueAt: Date, warned: boolean): DeadlineItem {
  const startsAt = clock.startedAt < dueAt ? clock.startedAt : dueAt;
  const warnAt = warned || clock.warnAt === null ? null : clamp(clock.warnAt, startsAt, dueAt);
  return { subject: subjectOf(ticketId, clock), startsAt, dueAt, warnAt };
}

const isSame = (was: ClockRow, c: Clock): boolean =>
  was.state === c.state &&
  was.target_s * 1000 === c.targetMs &&
  was.due_at?.getTime() === c.dueAt?.getTime() &&
  was.warn_at?.getTime() === c.warnAt?.getTime();

/**
 * Computes the clocks of a locked ticket from its history and brings the cache and the deadlines in line with it. What was
 * missed by now is recorded at once.
 */
export async function syncClocks(tx: Tx, ctx: Ctx, ticket: TicketRow): Promise<TicketRow> {
  const clocks = reckon(await factsOf(tx, ticket), ctx.now);
  const before = new Map((await clocksOf(tx, [ticket.id])).map((c) => [clockKey(c), c]));
  const [run, met, off]: [DeadlineItem[], string[], string[]] = [[], [], []];
  const missed: { clock: Clock; runs: boolean }[] = [];
  for (const clock of clocks) {
    const was = before.get(clockKey(clock));
    before.delete(clockKey(clock));
    if (was && isSame(was, clock) && (clock.missedAt === null || was.missed_at !== null)) continue;
    const warned = clock.warnAt !== null && clock.warnAt > ctx.now ? null : (was?.warned_at ?? null);
    await putClock(tx, ticket.id, { ...clock, missedAt: was?.missed_at ?? null }, warned);
    const runs = clock.state === 'running';
    if (clock.missedAt !== null && !was?.missed_at) missed.push({ clock, runs });
    const subject = subjectOf(ticket.id, clock);
    if (runs && clock.dueAt && clock.missedAt === null && !was?.missed_at)
      run.push(itemOf(ticket.id, clock, clock.dueAt, warned !== null));
    else if (was?.state === 'running') (clock.state === 'met' ? met : off).push(subject);
  }
  await dropClocks(tx, ticket.id, [...before.values()]);
  off.push(...[...before.values()].map((c) => subjectOf(ticket.id, c)));
  await ticketClock.reopen(tx, ctx, run);
  await ticketClock.close(tx, ctx, met);
  await ticketClock.close(tx, ctx, off, 'cancelled');
  let saved = await saveTicket(tx, ticket, { next_due_at: await nextDue(tx, ticket.id) });
  for (const { clock, runs } of missed) saved = await miss(tx, ctx, saved, rowOf(ticket.id, clock), runs);
  return saved;
}

const rowOf = (ticketId: string, c: Clock): ClockRow => ({
  ticket_id: ticketId,
  metric: c.metric,
  cycle: c.cycle,
  state: c.state,
  target_s: Math.round(c.targetMs / 1000),
  started_at: c.startedAt,
  due_at: c.dueAt,
  warn_at: c.warnAt,
  met_at: c.metAt,
  warned_at: null,
  missed_at: c.missedAt,
});

export type ClockState = 'running' | 'warned' | 'paused' | 'met' | 'breached' | 'cancelled';

/** How a clock is shown: what was missed stays missed, also once it is met. */
export function shownState(c: Pick<ClockRow, 'state' | 'missed_at' | 'due_at' | 'warn_at'>, now: Date): ClockState {
  if (c.state === 'cancelled' && c.missed_at === null) return 'cancelled';
  if (c.missed_at !== null || (c.state === 'running' && c.due_at !== null && c.due_at <= now)) return 'breached';
  if (c.state === 'running' && c.warn_at !== null && c.warn_at <= now) return 'warned';
  return c.state;
}

/** Of all the promises of a ticket that is done: all kept, some, or none. */
export function verdictOf(row: TicketRow, clocks: readonly ClockRow[]): 'open' | 'met' | 'partially_met' | 'breached' {
  const judged = clocks.filter((c) => c.state !== 'cancelled');
  if (isOpenState(row.state)) return 'open';
  const missed = judged.filter((c) => c.missed_at !== null).length;
  if (missed === 0) return 'met';
  return missed === judged.length ? 'breached' : 'partially_met';
}

export type { Metric };
