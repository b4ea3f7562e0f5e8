import type { Ctx } from '#kernel/context.ts';
import type { Tx } from '#kernel/db/index.ts';
import { step } from '#kernel/flow.ts';
import { keyOf, ticketFacts } from '../../tickets/events.ts';
import { getTicket } from '../../tickets/index.ts';
import { tellPeople, workersOf } from '../../tickets/people.ts';
import type { Bounce } from '../domain/bounce.ts';
import { outgoingFlow } from '../domain/outgoing-flow.ts';
import { MailBounced } from '../events.ts';
import { lockOutgoing, outgoingByMessageIds, saveOutgoing } from '../store/outgoing.ts';
import { saveThread } from '../store/threads.ts';

/**
 * Notes on the mail it is about that it was not delivered, and tells who works on the ticket. A report of a delay notes nothing.
 * Undefined when the report is about no mail of ours.
 */
export async function recordBounce(
  tx: Tx,
  ctx: Ctx,
  bounce: Bounce,
): Promise<{ ticketId: string; why: string } | undefined> {
  const found = await outgoingByMessageIds(tx, bounce.about);
  if (!found) return undefined;
  if (bounce.action === 'delayed') return { ticketId: found.ticket_id, why: 'delayed' };
  const row = await lockOutgoing(tx, found.id);
  // a report may overtake our own note that the server took the mail
  const sent = row.state === 'queued' || row.state === 'failed' ? { ...row, state: 'sent' as const } : row;
  const state = step(outgoingFlow, sent.state, 'bounce');
  const saved = await saveOutgoing(tx, row, {
    state,
    sent_at: row.sent_at ?? ctx.now,
    bounced_at: row.bounced_at ?? ctx.now,
    problem: `bounced ${bounce.status}`.slice(0, 200),
    leased_until: null,
  });
  await saveThread(tx, row.ticket_id, { undelivered_at: ctx.now });
  const ticket = await getTicket(tx, row.ticket_id);
  const facts = { ...ticketFacts(ticket), outgoingId: saved.id, status: bounce.status };
  await MailBounced.emit(tx, ctx, keyOf(ticket), facts);
  await tellPeople(tx, ctx, await workersOf(tx, ticket), {
    template: 'support.mail_bounced',
    dedupeKey: `support_mail_bounced:${saved.id}`,
    data: { no: ticket.no, status: bounce.status },
  });
  return { ticketId: row.ticket_id, why: 'failed' };
}
