import { fieldCrypto } from '#kernel/crypto/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { TicketMessageAdded } from '../tickets/events.ts';
import { getTicket } from '../tickets/index.ts';
import { messagesByIds } from '../tickets/store/messages.ts';
import { queueAnswer } from './commands/queue.ts';
import { MAIL_CHANNEL } from './domain/words.ts';

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
      if (message?.channel !== MAIL_CHANNEL) continue;
      await fieldCrypto.load(ctx.orgId);
      await queueAnswer(tx, ctx, await getTicket(tx, ticketId), { id: messageId, auto });
    }
  },
});
