import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { Forbidden } from '#kernel/errors.ts';
import { TransitionRefused } from '#kernel/flow.ts';
import { TicketIsMerged, TicketNotFound } from '../errors.ts';
import { mayDo, seesTicket, type TicketAction } from '../policy.ts';
import { getTicket, lockTicket, type TicketRow } from '../store/tickets.ts';

/** @throws TicketNotFound for one that is not there and for one outside the caller's shops alike. */
export async function visibleTicket(tx: Tx, ctx: Ctx, ref: string): Promise<TicketRow> {
  const row = await getTicket(tx, ref);
  if (!seesTicket(ctx, row)) throw new TicketNotFound({ ticket: ref });
  return row;
}

/** Whether the actor may do it, now. @throws Forbidden, TicketIsMerged, TransitionRefused */
export async function mustMay(tx: Tx, ctx: Ctx, row: TicketRow, action: TicketAction): Promise<void> {
  const { who, when } = mayDo[action];
  if (!who(ctx)) throw new Forbidden();
  if (when(row)) return;
  if (row.merged_into !== null)
    throw new TicketIsMerged({ no: row.no, into: (await getTicket(tx, row.merged_into)).no });
  throw new TransitionRefused({ from: row.state, event: action, allowed: [] });
}

/** Locks a ticket of the caller's data scope for something they may do to it now. */
export async function hold(tx: Tx, ctx: Ctx, ref: string, action: TicketAction): Promise<TicketRow> {
  await fieldCrypto.load(ctx.orgId);
  const row = await lockTicket(tx, (await visibleTicket(tx, ctx, ref)).id);
  await mustMay(tx, ctx, row, action);
  return row;
}
