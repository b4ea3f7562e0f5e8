import { permissionHolders } from '#kernel/actors.ts';
import type { Tx } from '#kernel/db/index.ts';
import { isBelow, isMajorComplaint } from './domain/categories.ts';
import type { Severity } from './domain/words.ts';
import { REPLY } from './policy.ts';
import type { SupportSettings } from './settings.ts';
import {
  type AgentRow,
  ensureTeams,
  listTeams,
  loadOf,
  lockAgents,
  membersOf,
  QC_TEAM,
  type TeamRow,
} from './store/teams.ts';

/** The team a ticket comes to by itself: quality control for a major complaint, else the one whose category fits closest. */
export async function teamFor(tx: Tx, ticket: { category: string; severity: Severity }): Promise<TeamRow | undefined> {
  await ensureTeams(tx);
  const teams = (await listTeams(tx)).filter((t) => t.enabled);
  const qc = teams.find((t) => t.code === QC_TEAM);
  if (isMajorComplaint(ticket) && qc) return qc;
  const fit = (team: TeamRow): number =>
    Math.max(-1, ...team.categories.filter((c) => isBelow(ticket.category, c)).map((c) => c.length));
  const closest = teams.toSorted((a, b) => fit(b) - fit(a))[0];
  return closest && fit(closest) >= 0 ? closest : teams.find((t) => t.code === 'service');
}

/** Whether somebody takes one more ticket. Their row is locked, so that two tickets do not both take the last place. */
const hasRoom = (agent: AgentRow, load: number, settings: SupportSettings): boolean =>
  agent.available && load < (agent.ticket_limit ?? settings.ticketLimit);

/**
 * Who works on a ticket that comes back: its assignee while they are at work and have room, else whoever of the team has room and
 * least to do, else nobody, and it waits in the team's queue. Claimed under the lock of the agents' rows.
 */
export async function claimAgent(
  tx: Tx,
  settings: SupportSettings,
  now: Date,
  ticket: { assignee_id: string | null; team_id: string | null },
): Promise<string | null> {
  const members = ticket.team_id === null ? [] : ((await membersOf(tx, [ticket.team_id])).get(ticket.team_id) ?? []);
  const active = new Set((await permissionHolders(tx, REPLY)).map((h) => h.id));
  const wanted = [...new Set([...(ticket.assignee_id ? [ticket.assignee_id] : []), ...members])];
  const candidates = wanted.filter((id) => active.has(id)).toSorted();
  if (candidates.length === 0) return null;
  const agents = await lockAgents(tx, candidates, now);
  const load = await loadOf(tx, candidates);
  const free = agents.filter((a) => hasRoom(a, load.get(a.user_id) ?? 0, settings));
  const own = free.find((a) => a.user_id === ticket.assignee_id);
  if (own) return own.user_id;
  const least = free.toSorted((a, b) => (load.get(a.user_id) ?? 0) - (load.get(b.user_id) ?? 0))[0];
  return least?.user_id ?? null;
}
