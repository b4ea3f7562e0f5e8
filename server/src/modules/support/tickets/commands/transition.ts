import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineDeadline } from '#kernel/deadlines/index.ts';
import { step } from '#kernel/flow.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { isDone, type TicketEvent, ticketFlow, type TicketState } from '../domain/flow.ts';
import { keyOf, ticketFacts, TicketMoved } from '../events.ts';
import { claimAgent } from '../route.ts';
import { supportSettings } from '../settings.ts';
import { addMove, type Move } from '../store/moves.ts';
import { lockTicket, saveTicket, type TicketRow } from '../store/tickets.ts';
import { syncClocks } from '../clocks.ts';

/** A resolved ticket nobody says a word about is closed. */
export const closeTimer = defineDeadline({
  kind: 'support.close',
  told: false,
  onBreach: async (tx, ctx, subject) => {
    const [ticketId = '', resolvedAt] = subject.split('@');
    const row = await lockTicket(tx, ticketId);
    if (row.state !== 'resolved' || String(row.resolved_at?.getTime()) !== resolvedAt) return;
    await syncClocks(tx, ctx, await transition(tx, ctx, row, 'close'));
  },
});

/**
 * Takes a locked ticket through its table. The clocks are not computed here: whoever calls does so once, at the end.
 * @throws TransitionRefused
 */
export async function transition(
  tx: Tx,
  ctx: Ctx,
  row: TicketRow,
  event: TicketEvent,
  facts: Move['facts'] = {},
): Promise<TicketRow> {
  const state = step(ticketFlow, row.state, event);
  return state === row.state ? row : enter(tx, ctx, row, { state, event, facts });
}

/** Into a state, whatever the table says: for undoing a merge. */
export async function enter(
  tx: Tx,
  ctx: Ctx,
  row: TicketRow,
  to: { state: TicketState; event: string; facts?: Move['facts']; mergedInto?: string | null },
): Promise<TicketRow> {
  const comesBack = isDone(row.state) && !isDone(to.state) && to.state !== 'merged';
  let saved = await saveTicket(tx, row, {
    state: to.state,
    ...(to.mergedInto === undefined ? {} : { merged_into: to.mergedInto }),
    ...(to.state === 'resolved' ? { resolved_at: ctx.now } : {}),
    ...(to.state === 'closed' ? { closed_at: ctx.now } : {}),
    ...(comesBack ? { closed_at: null, resolved_at: null } : {}),
  });
  saved = await addMove(tx, ctx, saved, { event: to.event, ...(to.facts ? { facts: to.facts } : {}) });
  await TicketMoved.emit(tx, ctx, keyOf(row), { ...ticketFacts(row), from: row.state, to: to.state });
  if (to.state === 'resolved') await closeLater(tx, ctx, saved);
  return comesBack ? reroute(tx, ctx, saved) : saved;
}

async function closeLater(tx: Tx, ctx: Ctx, row: TicketRow): Promise<void> {
  const { closeAfterDays } = await supportSettings.get(tx);
  const dueAt = after(ctx.now, closeAfterDays * DAY_MS);
  // each time it is resolved has a timer of its own: one that has rung is not wound up again
  await closeTimer.open(tx, ctx, [{ subject: `${row.id}@${ctx.now.getTime()}`, startsAt: ctx.now, dueAt }]);
}

/** What comes back goes to somebody who is there. */
async function reroute(tx: Tx, ctx: Ctx, row: TicketRow): Promise<TicketRow> {
  const assigneeId = await claimAgent(tx, await supportSettings.get(tx), ctx.now, row);
  if (assigneeId === row.assignee_id) return row;
  const saved = await saveTicket(tx, row, { assignee_id: assigneeId });
  return addMove(tx, ctx, saved, { event: 'rerouted', facts: { from: row.assignee_id, assigneeId } });
}
