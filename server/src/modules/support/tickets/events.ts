import { z } from 'zod';
import { defineEvent } from '#kernel/outbox/index.ts';

const ticket = { ticketId: z.uuid(), no: z.string(), orderNo: z.string().nullable() };

// The key of each is the order's id where the ticket is about an order, else the ticket's: an order's timeline shows them.
export const TicketOpened = defineEvent(
  'support.ticket_opened.v1',
  z.object({ ...ticket, category: z.string(), severity: z.string(), channel: z.string() }),
);
export const TicketMessageAdded = defineEvent(
  'support.ticket_message_added.v1',
  z.object({ ...ticket, messageId: z.uuid(), direction: z.string(), auto: z.boolean(), solution: z.boolean() }),
);
export const TicketMoved = defineEvent(
  'support.ticket_moved.v1',
  z.object({ ...ticket, from: z.string(), to: z.string() }),
);
export const TicketAssigned = defineEvent(
  'support.ticket_assigned.v1',
  z.object({ ...ticket, assigneeId: z.uuid().nullable(), teamId: z.uuid().nullable() }),
);
export const TicketEscalated = defineEvent(
  'support.ticket_escalated.v1',
  z.object({ ...ticket, level: z.int(), rung: z.string() }),
);
export const TicketClockMissed = defineEvent(
  'support.ticket_clock_missed.v1',
  z.object({ ...ticket, metric: z.string(), dueAt: z.string() }),
);
export const TicketsMerged = defineEvent(
  'support.tickets_merged.v1',
  z.object({ ...ticket, intoId: z.uuid(), intoNo: z.string() }),
);
export const TicketsUnmerged = defineEvent(
  'support.tickets_unmerged.v1',
  z.object({ ...ticket, fromId: z.uuid(), fromNo: z.string() }),
);
export const TicketSplit = defineEvent(
  'support.ticket_split.v1',
  z.object({ ...ticket, newId: z.uuid(), newNo: z.string(), messages: z.int() }),
);

type Named = { id: string; no: string; order_id: string | null; order_no: string | null };
/** What every event says of its ticket. */
export const ticketFacts = (r: Named) => ({ ticketId: r.id, no: r.no, orderNo: r.order_no });
export const keyOf = (r: Named): string => r.order_id ?? r.id;
