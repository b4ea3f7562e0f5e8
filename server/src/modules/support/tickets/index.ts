import { ticketClock } from './clocks.ts';
import { closeTimer } from './commands/transition.ts';
import { deskRoutes } from './desk-routes.ts';
import { promisesChanged, retimeAll } from './jobs/retime.ts';
import { tellTimer } from './ladder.ts';
import { ticketRoutes as routes } from './routes.ts';
import './transfers.ts';

export { type AddMessage, addMessage } from './commands/add-message.ts';
export { type OpenTicket, openTicket } from './commands/open-ticket.ts';
export { assignTicket } from './commands/assign-ticket.ts';
export { moveTicket, resolveTicket } from './commands/move-ticket.ts';
export { ticketPermissions } from './policy.ts';
export { staffTeam } from './store/teams.ts';
export { findTicket, getTicket, type TicketRow } from './store/tickets.ts';

export const ticketRoutes = [...routes, ...deskRoutes];
export const ticketJobs = [retimeAll];
export const ticketSubscribers = [promisesChanged];
export const ticketDeadlines = [ticketClock, tellTimer, closeTimer];
