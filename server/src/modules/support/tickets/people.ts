import { permissionHolders } from '#kernel/actors.ts';
import { isOpen, nextOpen } from '#kernel/calendar/index.ts';
import type { Ctx } from '#kernel/context.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { isMajorComplaint } from './domain/categories.ts';
import { calendarNamed } from './domain/calendars.ts';
import { DUTY } from './policy.ts';
import type { Rung, SupportSettings } from './settings.ts';
import { findTeam, membersOf } from './store/teams.ts';
import type { TicketRow } from './store/tickets.ts';

type Word = { template: string; dedupeKey: string; data: Readonly<Record<string, unknown>> };

export const localeOf = async (tx: Tx): Promise<'zh-CN' | 'en'> =>
  one(await tx.prepared<{ locale: 'zh-CN' | 'en' }>('select locale from kernel.orgs where id = $1', [tx.orgId])).locale;

/** Tells people of the desk something in the app, each once. */
export async function tellPeople(tx: Tx, ctx: Ctx, ids: readonly string[], word: Word): Promise<void> {
  const locale = await localeOf(tx);
  for (const id of new Set(ids)) await notify(tx, ctx, { ...word, to: { kind: 'user', id, locale } });
}

/** Who works on a ticket: its assignee, else everybody of its team. */
export async function workersOf(tx: Tx, row: TicketRow): Promise<string[]> {
  if (row.assignee_id !== null) return [row.assignee_id];
  if (row.team_id === null) return [];
  const team = await findTeam(tx, { id: row.team_id });
  const members = (await membersOf(tx, [row.team_id])).get(row.team_id) ?? [];
  return members.length > 0 || !team?.lead_id ? members : [team.lead_id];
}

/** Whom a rung of the escalation ladder means for this ticket. Empty when there is nobody. */
export async function onRung(tx: Tx, row: TicketRow, rung: Rung): Promise<string[]> {
  if (rung === 'assignee') return workersOf(tx, row);
  if (rung === 'duty') return (await permissionHolders(tx, DUTY)).map((h) => h.id);
  const team = row.team_id === null ? undefined : await findTeam(tx, { id: row.team_id });
  const id = rung === 'lead' ? team?.lead_id : team?.manager_id;
  return id ? [id] : [];
}

/** When people may be told something of a ticket: at once when it is a major complaint, else when the desk is at work. */
export function toldAt(settings: SupportSettings, row: TicketRow, wanted: Date): Date {
  const calendar = calendarNamed(settings.calendars, settings.calendar, wanted);
  if (isMajorComplaint(row) || row.severity === 'major' || !calendar || isOpen(calendar, wanted)) return wanted;
  return nextOpen(calendar, wanted);
}
