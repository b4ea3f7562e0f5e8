import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { isSelf, reachOf } from '#modules/customers/index.ts';
import { TicketNotFound } from '../tickets/errors.ts';
import { familyOf, findTicket, type TicketRow, ticketsByIds } from '../tickets/store/tickets.ts';

type Owned = Pick<TicketRow, 'customer_id' | 'opened_by_kind' | 'opened_by' | 'order_id'>;

/**
 * Whether a ticket is that of who is signed in: about them, or opened by them, who may have been sent a gift. A session for one
 * order opens the tickets about that order alone.
 */
export function isMine(ctx: Ctx, row: Owned): boolean {
  const reach = reachOf(ctx);
  if (reach.kind === 'order' && row.order_id !== reach.orderId) return false;
  const opened = row.opened_by_kind === 'customer' && isSelf(ctx, row.opened_by);
  return opened || (row.customer_id !== null && isSelf(ctx, row.customer_id));
}

/** @throws TicketNotFound for another customer's as for one that is not there; Forbidden for staff. */
export async function myTicket(tx: Tx, ctx: Ctx, ref: string): Promise<TicketRow> {
  await fieldCrypto.load(ctx.orgId);
  const row = await findTicket(tx, ref);
  if (!row || !isMine(ctx, row)) throw new TicketNotFound({ ticket: ref });
  return row;
}

/** The ticket a merged one goes on in, as far along as it is the customer's own; itself when it is not merged. */
export async function livingOfMine(tx: Tx, ctx: Ctx, row: TicketRow): Promise<TicketRow> {
  let at = row;
  while (at.merged_into !== null) {
    const next = await findTicket(tx, at.merged_into);
    if (!next || !isMine(ctx, next)) return at;
    at = next;
  }
  return at;
}

/** The ticket and those merged into it that are the customer's own: of others that were merged in too, nothing is shown. */
export async function myFamily(tx: Tx, ctx: Ctx, row: TicketRow): Promise<TicketRow[]> {
  const ids = (await familyOf(tx, row.id)).map((f) => f.id);
  return (await ticketsByIds(tx, ids)).filter((r) => r.id === row.id || isMine(ctx, r));
}
