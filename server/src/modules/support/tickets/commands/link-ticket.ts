import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import type { LinkKind } from '../domain/words.ts';
import { AssigneeUnknown, TicketLinkUnknown } from '../errors.ts';
import { READ } from '../policy.ts';
import { addLink, putWatcher, removeLink } from '../store/links.ts';
import { addMove } from '../store/moves.ts';
import type { TicketRow } from '../store/tickets.ts';
import { hold, visibleTicket } from './hold.ts';

type Link = { ticketId: string; kind: LinkKind; ref: string; label?: string | undefined };

/** What is linked, with the number people know it by: looked up where it is ours to see, else as the caller names it. */
async function named(tx: Tx, ctx: Ctx, { kind, ref, label }: Link): Promise<{ refId: string; label: string }> {
  if (kind === 'order') {
    const order = await visibleOrder(tx, ctx, ref);
    return { refId: order.id, label: order.order_no };
  }
  if (kind === 'ticket') {
    const ticket = await visibleTicket(tx, ctx, ref);
    return { refId: ticket.id, label: ticket.no };
  }
  if (!isUuid(ref)) throw new TicketLinkUnknown({ ref });
  return { refId: ref, label: label ?? ref };
}

export async function link(tx: Tx, ctx: Ctx, input: Link): Promise<TicketRow> {
  const row = await hold(tx, ctx, input.ticketId, 'edit');
  const to = await named(tx, ctx, input);
  if (to.refId === row.id) throw new TicketLinkUnknown({ ref: input.ref });
  if (!(await addLink(tx, ctx, row.id, { kind: input.kind, ...to }))) return row;
  return addMove(tx, ctx, row, { event: 'linked', facts: { kind: input.kind, id: to.refId } });
}

export async function unlink(
  tx: Tx,
  ctx: Ctx,
  input: { ticketId: string; kind: LinkKind; refId: string },
): Promise<TicketRow> {
  const row = await hold(tx, ctx, input.ticketId, 'edit');
  if (!(await removeLink(tx, row.id, input.kind, input.refId))) return row;
  return addMove(tx, ctx, row, { event: 'unlinked', facts: { kind: input.kind, id: input.refId } });
}

/** @throws AssigneeUnknown unless it is somebody who sees tickets. */
export async function watch(
  tx: Tx,
  ctx: Ctx,
  input: { ticketId: string; userId: string; role: 'cc' | 'watcher' | null },
): Promise<TicketRow> {
  const row = await hold(tx, ctx, input.ticketId, 'edit');
  const userId = input.userId === 'me' ? ctx.actor.id : input.userId;
  if (input.role !== null && !(await permissionHolders(tx, READ)).some((h) => h.id === userId))
    throw new AssigneeUnknown({ userId });
  await putWatcher(tx, row.id, userId, input.role);
  return row;
}
