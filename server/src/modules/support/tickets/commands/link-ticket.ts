import { permissionHolders } from '#kernel/actors.ts';
import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { isUuid } from '#kernel/ids.ts';
import { caseByRef, CaseNotFound, type CaseRow } from '#modules/aftersales/index.ts';
import { visibleOrder } from '#modules/orders/index.ts';
import type { LinkKind } from '../domain/words.ts';
import { AssigneeUnknown, TicketLinkUnknown } from '../errors.ts';
import { READ } from '../policy.ts';
import { addLink, putWatcher, removeLink } from '../store/links.ts';
import { addMove } from '../store/moves.ts';
import type { TicketRow } from '../store/tickets.ts';
import { hold, visibleTicket } from './hold.ts';

type Link = { ticketId: string; kind: LinkKind; ref: string; label?: string | undefined };

/** The case, by id or number, for a ticket to be about. @throws TicketLinkUnknown where there is none the caller sees */
export async function linkableCase(tx: Tx, ctx: Ctx, ref: string): Promise<CaseRow> {
  try {
    return await caseByRef(tx, ctx, ref);
  } catch (error) {
    throw error instanceof CaseNotFound ? new TicketLinkUnknown({ ref }) : error;
  }
}

/** A case of another customer, or another shop, is none of a ticket's business. */
const isForeign = (row: TicketRow, found: CaseRow): boolean =>
  (row.customer_id !== null && row.customer_id !== found.customer_id) ||
  (row.shop_id !== null && row.shop_id !== found.shop_id);

/**
 * What is linked, with the number people know it by: looked up where it is ours to see, else as the caller names it.
 * @throws TicketLinkUnknown for a case that there is not, or that is another customer's
 */
async function named(
  tx: Tx,
  ctx: Ctx,
  row: TicketRow,
  { kind, ref, label }: Link,
): Promise<{ refId: string; label: string }> {
  if (kind === 'after_sale') {
    const found = await linkableCase(tx, ctx, ref);
    if (isForeign(row, found)) throw new TicketLinkUnknown({ ref });
    return { refId: found.id, label: found.no };
  }
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
  const to = await named(tx, ctx, row, input);
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
