import type { Module } from '#kernel/module.ts';
import { complaintDeadlines, complaintRoutes } from './complaints/index.ts';
import { supportInvariants } from './invariants.ts';
import { ticketDeadlines, ticketJobs, ticketPermissions, ticketRoutes, ticketSubscribers } from './tickets/index.ts';

export { draftAgreement, sendAgreement, useSupportLinks } from './complaints/index.ts';
export {
  addMessage,
  assignTicket,
  findTicket,
  getTicket,
  moveTicket,
  openTicket,
  resolveTicket,
  staffTeam,
  type TicketRow,
} from './tickets/index.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const supportModule: Module = {
  name: 'support',
  routes: [...ticketRoutes, ...complaintRoutes],
  subscribers: [...ticketSubscribers],
  jobs: [...ticketJobs],
  deadlines: [...ticketDeadlines, ...complaintDeadlines],
  permissions: { ...ticketPermissions },
  invariants: [...supportInvariants],
};
