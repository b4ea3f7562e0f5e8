import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { findTicket } from '../tickets/index.ts';
import { isMac, taggedIn, tokenIn } from './domain/references.ts';
import type { ParsedMail } from './parse.ts';
import { ticketOfMessageId } from './store/incoming.ts';
import { outgoingByMessageIds } from './store/outgoing.ts';
import { addressIndex, replyMac, takesPart } from './store/threads.ts';

/** The ticket a mail belongs to, and whether its writer had no part in it so far. */
export type Belongs = { ticketId: string; stranger: boolean };

/**
 * Where a mail belongs, by what cannot be guessed first: it answers a mail of ours; it is written to the signed address of a ticket;
 * it answers a mail of the same people; it names the ticket in its subject and its writer takes part in it. A number alone proves
 * nothing: whoever has seen one could write into a stranger's ticket.
 */
export async function threadOf(
  tx: Tx,
  ctx: Ctx,
  mail: ParsedMail,
  own: readonly string[],
): Promise<Belongs | undefined> {
  const index = mail.from === undefined ? undefined : addressIndex(ctx.orgId, mail.from.address);
  const isPart = async (ticketId: string): Promise<boolean> => index !== undefined && takesPart(tx, ticketId, index);
  const ours = await outgoingByMessageIds(tx, mail.answers);
  if (ours) return { ticketId: ours.ticket_id, stranger: !(await isPart(ours.ticket_id)) };
  const byAddress = await ticketOfAddress(tx, ctx, mail, own);
  if (byAddress !== undefined) return { ticketId: byAddress, stranger: !(await isPart(byAddress)) };
  const theirs = await ticketOfMessageId(tx, mail.answers);
  for (const id of mail.answers) {
    const ticketId = theirs.get(id);
    if (ticketId !== undefined && (await isPart(ticketId))) return { ticketId, stranger: false };
  }
  const no = taggedIn(mail.subject);
  const ticket = no === undefined ? undefined : await findTicket(tx, no);
  return ticket && (await isPart(ticket.id)) ? { ticketId: ticket.id, stranger: false } : undefined;
}

async function ticketOfAddress(
  tx: Tx,
  ctx: Ctx,
  mail: ParsedMail,
  own: readonly string[],
): Promise<string | undefined> {
  const token = tokenIn([...mail.deliveredTo, ...mail.to, ...mail.cc], own);
  if (!token) return undefined;
  const ticket = await findTicket(tx, token.ticketNo);
  return ticket && isMac(token.mac, replyMac(ctx.orgId, ticket.id)) ? ticket.id : undefined;
}
