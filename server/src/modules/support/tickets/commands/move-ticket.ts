import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { after, DAY_MS } from '#kernel/time.ts';
import { mustBeSettled } from '../../complaints/settled.ts';
import { syncClocks } from '../clocks.ts';
import { type PLAIN_MOVES, type TicketEvent } from '../domain/flow.ts';
import { ReopenTooLate } from '../errors.ts';
import { keyOf, ticketFacts, TicketMessageAdded } from '../events.ts';
import { supportSettings } from '../settings.ts';
import type { TicketRow } from '../store/tickets.ts';
import { hold } from './hold.ts';
import { say } from './say.ts';
import { transition } from './transition.ts';

export async function moveTicket(
  tx: Tx,
  ctx: Ctx,
  input: { ticketId: string; event: (typeof PLAIN_MOVES)[number] },
): Promise<TicketRow> {
  const row = await hold(tx, ctx, input.ticketId, input.event);
  if (input.event === 'close') await mustBeSettled(tx, row);
  return syncClocks(tx, ctx, await transition(tx, ctx, row, input.event satisfies TicketEvent));
}

/**
 * The work is done: the clocks that still run have met their promise. A message tells the customer how it was settled; a note stays
 * inside. @throws AgreementMissing for a major complaint the customer has not signed a settlement of
 */
export async function resolveTicket(
  tx: Tx,
  ctx: Ctx,
  input: { ticketId: string; message?: string | undefined; note?: string | undefined },
): Promise<TicketRow> {
  let row = await hold(tx, ctx, input.ticketId, 'resolve');
  await mustBeSettled(tx, row);
  if (input.note) ({ row } = await say(tx, ctx, row, { kind: 'internal', body: input.note }));
  if (input.message) {
    const said = await say(tx, ctx, row, { kind: 'outbound', body: input.message, solution: true });
    row = said.row;
    await TicketMessageAdded.emit(tx, ctx, keyOf(row), {
      ...ticketFacts(row),
      messageId: said.messageId,
      direction: 'outbound',
      auto: false,
      solution: true,
    });
  }
  return syncClocks(tx, ctx, await transition(tx, ctx, row, 'resolve'));
}

/** Back to work: to its assignee when they are there and have room, else to whoever of the team has. @throws ReopenTooLate */
export async function reopenTicket(
  tx: Tx,
  ctx: Ctx,
  input: { ticketId: string; reason?: string | undefined },
): Promise<TicketRow> {
  let row = await hold(tx, ctx, input.ticketId, 'reopen');
  const { reopenWithinDays } = await supportSettings.get(tx);
  if (row.closed_at !== null && after(row.closed_at, reopenWithinDays * DAY_MS) < ctx.now)
    throw new ReopenTooLate({ days: reopenWithinDays });
  if (input.reason) ({ row } = await say(tx, ctx, row, { kind: 'internal', body: input.reason }));
  return syncClocks(tx, ctx, await transition(tx, ctx, row, 'reopen'));
}
