import { permissionHolders } from '#kernel/actors.ts';
import { type Ctx, permit } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { syncClocks } from '../clocks.ts';
import { AssigneeUnknown, TeamNotFound } from '../errors.ts';
import { keyOf, TicketAssigned, TicketEscalated, ticketFacts } from '../events.ts';
import { RUNGS } from '../ladder.ts';
import { onRung, tellPeople, workersOf } from '../people.ts';
import { ASSIGN, REPLY } from '../policy.ts';
import type { Rung } from '../settings.ts';
import { addMove } from '../store/moves.ts';
import { ensureTeams, findTeam, QC_TEAM } from '../store/teams.ts';
import { saveTicket, type TicketRow } from '../store/tickets.ts';
import { retime } from './edit-ticket.ts';
import { hold } from './hold.ts';
import { say } from './say.ts';

export type Assign = { ticketId: string; assigneeId?: string | null | undefined; teamId?: string | null | undefined };

/** @throws AssigneeUnknown unless it is somebody of the organisation who answers tickets. */
async function mustAnswer(tx: Tx, userId: string): Promise<void> {
  if (!(await permissionHolders(tx, REPLY)).some((h) => h.id === userId)) throw new AssigneeUnknown({ userId });
}

/** Gives a ticket to somebody, or to a team's queue. Everybody who answers may take one, and give their own back. */
export async function assignTicket(tx: Tx, ctx: Ctx, input: Assign): Promise<TicketRow> {
  const row = await hold(tx, ctx, input.ticketId, 'take');
  const assigneeId = input.assigneeId === 'me' ? ctx.actor.id : input.assigneeId;
  const own = assigneeId === ctx.actor.id || (assigneeId === null && row.assignee_id === ctx.actor.id);
  if (!own || input.teamId !== undefined) permit(ctx, ASSIGN);
  if (assigneeId) await mustAnswer(tx, assigneeId);
  if (input.teamId && !(await findTeam(tx, { id: input.teamId }))?.enabled)
    throw new TeamNotFound({ teamId: input.teamId });
  return give(tx, ctx, row, {
    assignee_id: assigneeId === undefined ? row.assignee_id : assigneeId,
    team_id: input.teamId === undefined ? row.team_id : input.teamId,
  });
}

/** Hands a locked ticket over; the team decides over calendar and promise, so the clocks are computed anew. */
export async function give(
  tx: Tx,
  ctx: Ctx,
  row: TicketRow,
  to: Pick<TicketRow, 'assignee_id' | 'team_id'>,
): Promise<TicketRow> {
  if (to.assignee_id === row.assignee_id && to.team_id === row.team_id) return row;
  let saved = await saveTicket(tx, row, to);
  const facts = { assigneeId: to.assignee_id, teamId: to.team_id };
  saved = await addMove(tx, ctx, saved, { event: 'assigned', facts });
  await TicketAssigned.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), ...facts });
  const told = (await workersOf(tx, saved)).filter((id) => id !== ctx.actor.id);
  if (to.assignee_id !== null && to.assignee_id !== row.assignee_id)
    await tellPeople(tx, ctx, told, {
      template: 'support.assigned',
      dedupeKey: `support_assigned:${row.id}:${saved.moves}`,
      data: { no: row.no },
    });
  saved = await retime(tx, ctx, saved);
  return syncClocks(tx, ctx, saved);
}

export type Escalate = { ticketId: string; reason: string; to?: Rung | 'qc' | undefined };

/** Asks for help: of the next rung that has somebody on it, of the one named, or of quality control. */
export async function escalateTicket(tx: Tx, ctx: Ctx, input: Escalate): Promise<TicketRow> {
  let row = await hold(tx, ctx, input.ticketId, 'escalate');
  ({ row } = await say(tx, ctx, row, { kind: 'internal', body: input.reason }));
  if (input.to === 'qc') {
    await ensureTeams(tx);
    const qc = await findTeam(tx, { code: QC_TEAM });
    row = await give(tx, ctx, row, { assignee_id: null, team_id: qc?.id ?? row.team_id });
    return escalated(tx, ctx, row, { rung: 'qc', level: row.escalation, ids: await workersOf(tx, row) });
  }
  const first = input.to === undefined ? Math.max(row.escalation, 1) : RUNGS.indexOf(input.to);
  for (const rung of RUNGS.slice(Math.min(first, RUNGS.length - 1))) {
    const ids = await onRung(tx, row, rung);
    if (ids.length > 0 || rung === 'duty')
      return escalated(tx, ctx, row, { rung, level: Math.max(row.escalation, RUNGS.indexOf(rung) + 1), ids });
  }
  return row;
}

async function escalated(
  tx: Tx,
  ctx: Ctx,
  row: TicketRow,
  to: { rung: string; level: number; ids: readonly string[] },
): Promise<TicketRow> {
  let saved = await saveTicket(tx, row, { escalation: to.level });
  saved = await addMove(tx, ctx, saved, { event: 'escalated', facts: { rung: to.rung } });
  await TicketEscalated.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), level: to.level, rung: to.rung });
  await tellPeople(tx, ctx, to.ids, {
    template: 'support.escalated',
    dedupeKey: `support_escalated:${row.id}:${saved.moves}`,
    data: { no: row.no },
  });
  return saved;
}
