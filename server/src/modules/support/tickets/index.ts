import { ticketClock } from './clocks.ts';
import { closeTimer } from './commands/transition.ts';
import { tellTimer } from './ladder.ts';

export { type AddMessage, addMessage } from './commands/add-message.ts';
export { type OpenTicket, openTicket } from './commands/open-ticket.ts';
export { ticketPermissions } from './policy.ts';
export { findTicket, getTicket, type TicketRow } from './store/tickets.ts';

export const ticketDeadlines = [ticketClock, tellTimer, closeTimer];
