import type { Ctx } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import type { Tx } from '#kernel/db/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { CaseDone } from '#modules/aftersales/events.ts';
import { getCase } from '#modules/aftersales/index.ts';
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

/** After each after-sales case that has come to its end, too: a bad word is followed up by a call. */
export const askAfterCases = defineSubscriber({
  name: 'support.feedback_cases',
  types: [CaseDone.type],
  batchMax: 100,
  run: async (tx, ctx, events) => {
    if (!(await feedbackSettings.get(tx)).csat) return;
    await fieldCrypto.load(ctx.orgId);
    for (const event of events) await askAfterCase(tx, ctx, CaseDone.data.parse(event.data).caseId);
  },
});

async function askAfterCase(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const row = await getCase(tx, caseId);
  const { email, phone } = (await customersByIds(tx, [row.customer_id])).get(row.customer_id) ?? {};
  await askFeedback(tx, ctx, {
    kind: 'csat',
    subject: { kind: 'case', id: row.id, no: row.no },
    customerId: row.customer_id,
    email,
    phone,
    locale: await localeOf(tx),
    agentId: row.owner_id,
    teamId: null,
    category: 'aftersales',
    shopId: row.shop_id,
  });
}

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
    email,
    phone: thread ? undefined : customer?.phone,
    locale: thread?.locale ?? (await localeOf(tx)),
    agentId: ticket.assignee_id,
    teamId: ticket.team_id,
    category: ticket.category,
    shopId: ticket.shop_id,
  });
}
