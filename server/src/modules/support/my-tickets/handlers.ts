import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { notify, reachBy } from '#kernel/notifications/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { myTicketLink } from '../complaints/links.ts';
import { TicketMessageAdded } from '../tickets/events.ts';
import { getTicket } from '../tickets/index.ts';
import { localeOf } from '../tickets/people.ts';
import { CHANNEL } from './commands.ts';

/** Whoever opened a ticket in the portal is told by mail or SMS that it was answered; what was said is read after signing in. */
export const answersAreTold = defineSubscriber({
  name: 'support.portal_answers',
  types: [TicketMessageAdded.type],
  batchMax: 50,
  run: async (tx, ctx, events) => {
    for (const event of events) {
      const { ticketId, messageId, direction, auto } = TicketMessageAdded.data.parse(event.data);
      if (direction === 'outbound' && !auto) await tell(tx, ctx, ticketId, messageId);
    }
  },
});

async function tell(tx: Tx, ctx: Ctx, ticketId: string, messageId: string): Promise<void> {
  const ticket = await getTicket(tx, ticketId);
  if (ticket.channel !== CHANNEL || ticket.customer_id === null) return;
  await fieldCrypto.load(ctx.orgId);
  const id = ticket.opened_by_kind === 'customer' ? ticket.opened_by : ticket.customer_id;
  const { email, phone } = (await customersByIds(tx, [id])).get(id) ?? {};
  const by = await reachBy(tx, 'support.portal_answered', { email, phone });
  if (by === undefined) return;
  await notify(tx, ctx, {
    template: 'support.portal_answered',
    to: { kind: 'customer', id, email, phone, locale: await localeOf(tx) },
    dedupeKey: `support_portal_answered:${messageId}`,
    data: { no: ticket.no, link: myTicketLink(ticket.id) },
    channels: [by],
  });
}
