import { permissionHolders } from '#kernel/actors.ts';
import { type Ctx, permit } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { newId } from '#kernel/ids.ts';
import { zoneOfOrg } from '#kernel/org-day.ts';
import { after, MINUTE_MS } from '#kernel/time.ts';
import { isMajorComplaint } from '../tickets/domain/categories.ts';
import { keyOf, ticketFacts } from '../tickets/events.ts';
import { onRung, tellPeople, workersOf } from '../tickets/people.ts';
import { COPIED, HANDLE_MAJOR } from '../tickets/policy.ts';
import { supportSettings } from '../tickets/settings.ts';
import { addMove } from '../tickets/store/moves.ts';
import { lockTicket, type TicketRow } from '../tickets/store/tickets.ts';
import { NotReportedOn } from './errors.ts';
import { MajorComplaint, ReportFiled, ReportMissed } from './events.ts';
import { dueReport, findReport, insertReport, sealReport, settleReport } from './reports-store.ts';
import { nextSlot } from './slots.ts';

/** A progress report. Its writers are reminded; who misses it is told on. */
export const reportClock = defineDeadline({
  kind: 'support.report',
  onBreach: async (tx, ctx, reportId) => {
    const found = await findReport(tx, reportId);
    if (!found) return;
    const row = await lockTicket(tx, found.ticket_id);
    if ((await findReport(tx, reportId))?.state !== 'due') return;
    await settleReport(tx, reportId, { state: 'missed' });
    const dueAt = found.due_at.toISOString();
    const saved = await addMove(tx, ctx, row, { event: 'report_missed', facts: { dueAt } });
    await ReportMissed.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), dueAt });
    const above = [...(await onRung(tx, row, 'lead')), ...(await onRung(tx, row, 'manager'))];
    const told = above.length > 0 ? above : await onRung(tx, row, 'duty');
    await tellPeople(tx, ctx, [...told, ...(await workersOf(tx, row))], {
      template: 'support.report_missed',
      dedupeKey: `support_report_missed:${reportId}`,
      data: { no: row.no, dueAt },
    });
    await askForReport(tx, ctx, saved, found.due_at);
  },
  onWarn: async (tx, ctx, reportId) => {
    const found = await findReport(tx, reportId);
    if (found?.state !== 'due') return;
    const row = await lockTicket(tx, found.ticket_id);
    await tellPeople(tx, ctx, await workersOf(tx, row), {
      template: 'support.report_due',
      dedupeKey: `support_report_due:${reportId}`,
      data: { no: row.no, dueAt: found.due_at.toISOString() },
    });
  },
});

/** The next report after a moment, by the times of the settings on the organisation's clock. */
async function askForReport(tx: Tx, ctx: Ctx, row: TicketRow, from: Date): Promise<void> {
  const { reportTimes, reportRemindMinutes } = await supportSettings.get(tx);
  const since = from > ctx.now ? from : ctx.now;
  const dueAt = nextSlot(reportTimes, await zoneOfOrg(tx), since);
  const id = newId();
  if (!(await insertReport(tx, { id, ticketId: row.id, dueAt }))) return;
  const reminder = after(dueAt, -reportRemindMinutes * MINUTE_MS);
  await reportClock.open(tx, ctx, [
    { subject: id, startsAt: ctx.now, dueAt, warnAt: reminder > ctx.now ? reminder : ctx.now },
  ]);
}

/** A complaint has become major: quality control is told at once with operations in copy, and reports begin. */
export async function beginReports(tx: Tx, ctx: Ctx, row: TicketRow): Promise<TicketRow> {
  await MajorComplaint.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), category: row.category });
  const word = { data: { no: row.no }, dedupeKey: `support_major:${row.id}:${row.moves}` };
  const workers = await workersOf(tx, row);
  const handlers = workers.length > 0 ? workers : (await permissionHolders(tx, HANDLE_MAJOR)).map((h) => h.id);
  await tellPeople(tx, ctx, handlers, { ...word, template: 'support.major' });
  const copied = (await permissionHolders(tx, COPIED)).map((h) => h.id).filter((id) => !handlers.includes(id));
  await tellPeople(tx, ctx, copied, { ...word, template: 'support.major_copy' });
  await askForReport(tx, ctx, row, ctx.now);
  return row;
}

/** No more reports: it is settled, or not major any more. */
export async function endReports(tx: Tx, ctx: Ctx, ticketId: string): Promise<void> {
  const due = await dueReport(tx, ticketId);
  if (!due) return;
  await settleReport(tx, due.id, { state: 'cancelled' });
  await reportClock.close(tx, ctx, [due.id], 'cancelled');
}

/** Files the report that is due next. Operations read along. @throws NotReportedOn when none is due */
export async function fileReport(tx: Tx, ctx: Ctx, input: { ticketId: string; body: string }): Promise<TicketRow> {
  permit(ctx, HANDLE_MAJOR);
  await fieldCrypto.load(ctx.orgId);
  const row = await lockTicket(tx, input.ticketId);
  const due = isMajorComplaint(row) ? await dueReport(tx, row.id) : undefined;
  if (!due) throw new NotReportedOn({ no: row.no });
  await settleReport(tx, due.id, {
    state: 'done',
    body: sealReport(ctx.orgId, input.body),
    at: ctx.now,
    by: ctx.actor.id,
  });
  await reportClock.close(tx, ctx, [due.id]);
  const dueAt = due.due_at.toISOString();
  const saved = await addMove(tx, ctx, row, { event: 'reported', facts: { dueAt } });
  await ReportFiled.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), dueAt });
  const copied = (await permissionHolders(tx, COPIED)).map((h) => h.id).filter((id) => id !== ctx.actor.id);
  await tellPeople(tx, ctx, copied, {
    template: 'support.reported',
    dedupeKey: `support_reported:${due.id}`,
    data: { no: row.no },
  });
  await askForReport(tx, ctx, saved, due.due_at);
  return saved;
}
