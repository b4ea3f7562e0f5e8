import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { t } from '#kernel/i18n/index.ts';
import { after, MINUTE_MS } from '#kernel/time.ts';
import { keyOf, TicketEscalated, ticketFacts } from './events.ts';
import { localeOf, onRung, tellPeople, toldAt, workersOf } from './people.ts';
import { type Rung, type SupportSettings, supportSettings } from './settings.ts';
import { type ClockRow, clocksOf } from './store/clocks.ts';
import { addMove } from './store/moves.ts';
import { lockTicket, saveTicket, type TicketRow } from './store/tickets.ts';
import { clockKey, ofSubject, subjectOf } from './subjects.ts';

const WARNING = 'warn';
export const RUNGS: readonly Rung[] = ['assignee', 'lead', 'manager', 'duty'];

/** Tells people at a time when they are at work, or that a missed promise is still not kept. */
export const tellTimer = defineDeadline({
  kind: 'support.tell',
  told: false,
  onBreach: async (tx, ctx, subject) => {
    const at = ofSubject(subject);
    const row = await lockTicket(tx, at.ticketId);
    const clock = (await clocksOf(tx, [row.id])).find((c) => clockKey(c) === clockKey(at));
    if (!clock || clock.state === 'met' || clock.state === 'cancelled') return;
    if (at.rest.startsWith(WARNING)) return clock.missed_at === null ? sayWarning(tx, ctx, row, clock) : undefined;
    await climb(tx, ctx, row, clock, Number(at.rest));
  },
});

/** At 80 %: told at once when the desk is at work, or when it is grave; else when work begins. */
export async function warnPeople(tx: Tx, ctx: Ctx, row: TicketRow, clock: ClockRow): Promise<void> {
  const at = toldAt(await supportSettings.get(tx), row, ctx.now);
  if (at <= ctx.now) return sayWarning(tx, ctx, row, clock);
  const subject = `${subjectOf(row.id, clock)}#${WARNING}${clock.due_at?.getTime() ?? ''}`;
  await tellTimer.open(tx, ctx, [{ subject, startsAt: ctx.now, dueAt: at }]);
}

const metricName = async (tx: Tx, clock: ClockRow): Promise<string> =>
  t(await localeOf(tx), `words.metric.${clock.metric}`);

async function sayWarning(tx: Tx, ctx: Ctx, row: TicketRow, clock: ClockRow): Promise<void> {
  await tellPeople(tx, ctx, await workersOf(tx, row), {
    template: 'support.clock_warned',
    dedupeKey: `support_warned:${subjectOf(row.id, clock)}:${clock.due_at?.toISOString() ?? ''}`,
    data: { no: row.no, metric: await metricName(tx, clock), dueAt: clock.due_at?.toISOString() ?? '' },
  });
}

/** The first rung of the ladder; it goes on by itself until the promise is kept after all. */
export const startLadder = (tx: Tx, ctx: Ctx, row: TicketRow, clock: ClockRow): Promise<void> =>
  climbLater(tx, ctx, row, clock, 0);

/** When a step of the ladder is due, counted from when the promise was missed; undefined above the last repeat. */
function stepAt(settings: SupportSettings, missedAt: Date, step: number): { rung: Rung; at: Date } | undefined {
  const { ladder, repeatMinutes, repeatMax } = settings;
  const last = ladder.at(-1);
  if (!last) return undefined;
  const own = ladder[step];
  if (own) return { rung: own.to, at: after(missedAt, own.afterMinutes * MINUTE_MS) };
  const repeat = step - ladder.length + 1;
  if (repeat > repeatMax) return undefined;
  return { rung: last.to, at: after(missedAt, (last.afterMinutes + repeat * repeatMinutes) * MINUTE_MS) };
}

async function climbLater(tx: Tx, ctx: Ctx, row: TicketRow, clock: ClockRow, step: number): Promise<void> {
  const settings = await supportSettings.get(tx);
  const next = stepAt(settings, clock.missed_at ?? ctx.now, step);
  if (!next) return;
  const at = toldAt(settings, row, next.at > ctx.now ? next.at : ctx.now);
  if (at <= ctx.now) return climb(tx, ctx, row, clock, step);
  await tellTimer.open(tx, ctx, [{ subject: `${subjectOf(row.id, clock)}#${step}`, startsAt: ctx.now, dueAt: at }]);
}

/** Tells whom the step means, and sets the next. Where nobody is on a rung, the one above is told at once. */
async function climb(tx: Tx, ctx: Ctx, row: TicketRow, clock: ClockRow, step: number): Promise<void> {
  const settings = await supportSettings.get(tx);
  const own = stepAt(settings, clock.missed_at ?? ctx.now, step);
  if (!own) return;
  const from = RUNGS.indexOf(own.rung);
  let told: { rung: Rung; ids: string[] } | undefined;
  for (const rung of RUNGS.slice(from)) {
    const ids = await onRung(tx, row, rung);
    if (ids.length > 0) {
      told = { rung, ids };
      break;
    }
  }
  const saved = told ? await escalated(tx, ctx, row, clock, { ...told, step }) : row;
  await climbLater(tx, ctx, saved, clock, step + 1);
}

type Told = { rung: Rung; ids: readonly string[]; step: number };

async function escalated(tx: Tx, ctx: Ctx, row: TicketRow, clock: ClockRow, told: Told): Promise<TicketRow> {
  const level = Math.max(row.escalation, RUNGS.indexOf(told.rung) + 1);
  let saved = await saveTicket(tx, row, { escalation: level });
  saved = await addMove(tx, ctx, saved, {
    event: 'escalated',
    facts: { rung: told.rung, metric: clock.metric, step: told.step },
  });
  await TicketEscalated.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), level, rung: told.rung });
  await tellPeople(tx, ctx, told.ids, {
    template: 'support.clock_missed',
    dedupeKey: `support_missed:${subjectOf(row.id, clock)}#${told.step}`,
    data: { no: row.no, metric: await metricName(tx, clock), dueAt: clock.missed_at?.toISOString() ?? '' },
  });
  return saved;
}
