import type { z } from 'zod';
import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { decodeCursor, type Page, pageOf } from '#kernel/http/list.ts';
import { TicketNotFound } from '../../tickets/errors.ts';
import { getTicket } from '../../tickets/index.ts';
import { seesTicket } from '../../tickets/policy.ts';
import { familyOf } from '../../tickets/store/tickets.ts';
import { presentIncoming, presentTicketMail } from '../present.ts';
import type { IncomingView, ListIncoming, TicketMail } from '../schema.ts';
import { incomingOfTickets, listIncoming } from '../store/incoming.ts';
import { outgoingOfTickets } from '../store/outgoing.ts';
import { findThread } from '../store/threads.ts';

const NEWEST = 'mail/-id';

/** Mail that came in, newest first. */
export async function incomingPage(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ListIncoming>,
): Promise<Page<z.input<typeof IncomingView>>> {
  await fieldCrypto.load(ctx.orgId);
  const { limit, cursor, accountId, what, open } = input;
  const before = cursor === undefined ? undefined : String(decodeCursor(NEWEST, cursor, 1)[0]);
  const rows = await listIncoming(tx, { accountId, what, open, before, limit: limit + 1 });
  return pageOf(
    rows,
    limit,
    NEWEST,
    (r) => [r.id],
    (r) => presentIncoming(ctx, r),
  );
}

/** What of a ticket, and of those merged into it, came and went by e-mail. @throws TicketNotFound */
export async function mailOfTicket(tx: Tx, ctx: Ctx, ticketId: string): Promise<z.input<typeof TicketMail>> {
  await fieldCrypto.load(ctx.orgId);
  const row = await getTicket(tx, ticketId);
  if (!seesTicket(ctx, row)) throw new TicketNotFound({ ticket: ticketId });
  const family = (await familyOf(tx, row.id)).map((f) => f.id);
  const thread = await findThread(tx, row.id);
  const incoming = await incomingOfTickets(tx, family);
  return presentTicketMail(ctx, thread, incoming, await outgoingOfTickets(tx, family));
}
