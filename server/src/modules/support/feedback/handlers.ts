import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { findThread, openAddress } from '../mail/store/threads.ts';
import { TicketMoved } from '../tickets/events.ts';
import { getTicket } from '../tickets/index.ts';
import { localeOf } from '../tickets/people.ts';
import { askFeedback } from './commands/ask.ts';
import { feedbackSettings } from './settings.ts';

/** After each ticket that is resolved its customer is asked how it went. */
export const askAfterTickets = defineSubscriber({
  name: 'support.feedback_tickets',
  types: [TicketMoved.type],
  batchMax: 100,
  run: async (tx, ctx, events) => {
    for (const event of events) {
      const { ticketId, to } = TicketMoved.data.parse(event.data);
      if (to === 'resolved') await askAfterTicket(tx, ctx, ticketId);
    }
  },
});

async function askAfterTicket(tx: Tx, ctx: Ctx, ticketId: string): Promise<void> {
  if (!(await feedbackSettings.get(tx)).csat) return;
  await fieldCrypto.load(ctx.orgId);
  const ticket = await getTicket(tx, ticketId);
  const thread = await findThread(tx, ticketId);
  const customer =
    ticket.customer_id === null ? undefined : (await customersByIds(tx, [ticket.customer_id])).get(ticket.customer_id);
  const email = thread ? openAddress(ctx.orgId, thread.address) : customer?.email;
  await askFeedback(tx, ctx, {
    kind: 'csat',
    subject: { kind: 'ticket', id: ticket.id, no: ticket.no },
    customerId: ticket.customer_id,
    email: email === '' ? undefined : email,
    locale: thread?.locale ?? (await localeOf(tx)),
    agentId: ticket.assignee_id,
    teamId: ticket.team_id,
    category: ticket.category,
    shopId: ticket.shop_id,
  });
}
