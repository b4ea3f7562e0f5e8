import type { Module } from '#kernel/module.ts';
import { complaintDeadlines, complaintRoutes } from './complaints/index.ts';
import { supportInvariants } from './invariants.ts';
import { mailDeadlines, mailInvariants, mailJobs, mailPermissions, mailRoutes, mailSubscribers } from './mail/index.ts';
import { ticketDeadlines, ticketJobs, ticketPermissions, ticketRoutes, ticketSubscribers } from './tickets/index.ts';

export { useSupportLinks } from './complaints/index.ts';
export { addMessage, findTicket, getTicket, openTicket } from './tickets/index.ts';

/** The front door: what is not exported here or in events.ts is nobody else's business. */
export const supportModule: Module = {
  name: 'support',
  routes: [...ticketRoutes, ...complaintRoutes, ...mailRoutes],
  subscribers: [...ticketSubscribers, ...mailSubscribers],
  jobs: [...ticketJobs, ...mailJobs],
  deadlines: [...ticketDeadlines, ...complaintDeadlines, ...mailDeadlines],
  permissions: { ...ticketPermissions, ...mailPermissions },
  invariants: [...supportInvariants, ...mailInvariants],
};
