import type { Tx } from '#kernel/db/index.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { TicketMessageAdded } from '../tickets/events.ts';
import { getTicket, type TicketRow } from '../tickets/index.ts';
import { familyOf } from '../tickets/store/tickets.ts';
import { messagesByIds } from '../tickets/store/messages.ts';
import { queueAnswer } from './commands/queue.ts';
import { MAIL_CHANNEL } from './domain/words.ts';
import { findThread } from './store/threads.ts';

/** What is said to a customer in a ticket that is talked about by e-mail goes out as a mail, whoever says it and however. */
export const answersGoOut = defineSubscriber({
  name: 'support.mail_answers',
  types: [TicketMessageAdded.type],
  batchMax: 50,
  run: async (tx, ctx, events) => {
    for (const event of events) {
      const { ticketId, messageId, direction, auto } = TicketMessageAdded.data.parse(event.data);
      if (direction !== 'outbound') continue;
      const [message] = await messagesByIds(tx, [messageId]);
      const ticket = await getTicket(tx, ticketId);
      if (!message || !(await goesByMail(tx, ticket, message.channel))) continue;
      await fieldCrypto.load(ctx.orgId);
      await queueAnswer(tx, ctx, ticket, { id: messageId, auto });
    }
  },
});

/** Where an answer is written, when it goes out the way the ticket came in. What was said by telephone or in a chat has been said. */
const DESKS: readonly string[] = ['console', 'api'];

/** An answer goes out as a mail when that is asked for, and when the ticket came in as one: it, or one that is merged into it. */
async function goesByMail(tx: Tx, ticket: TicketRow, channel: string): Promise<boolean> {
  if (channel === MAIL_CHANNEL) return true;
  if (!DESKS.includes(channel)) return false;
  if (ticket.channel === MAIL_CHANNEL) return true;
  for (const { id } of await familyOf(tx, ticket.id)) if (await findThread(tx, id)) return true;
  return false;
}
