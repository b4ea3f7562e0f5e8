import type { Module } from '#kernel/module.ts';
import { complaintDeadlines, complaintRoutes } from './complaints/index.ts';
import {
  feedbackDeadlines,
  feedbackInvariants,
  feedbackJobs,
  feedbackPermissions,
  feedbackRoutes,
  feedbackSubscribers,
} from './feedback/index.ts';
import { supportInvariants } from './invariants.ts';
import { mailDeadlines, mailInvariants, mailJobs, mailPermissions, mailRoutes, mailSubscribers } from './mail/index.ts';
import { answersAreTold } from './my-tickets/handlers.ts';
import { myTicketRoutes } from './my-tickets/routes.ts';
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
  customerMessages: [
    'support.agreement',
    'support.feedback_campaign',
    'support.feedback_case',
    'support.feedback_ticket',
    'support.merged',
    'support.portal_answered',
  ],
  routes: [...ticketRoutes, ...myTicketRoutes, ...complaintRoutes, ...mailRoutes, ...feedbackRoutes],
  subscribers: [...ticketSubscribers, answersAreTold, ...mailSubscribers, ...feedbackSubscribers],
  jobs: [...ticketJobs, ...mailJobs, ...feedbackJobs],
  deadlines: [...ticketDeadlines, ...complaintDeadlines, ...mailDeadlines, ...feedbackDeadlines],
  permissions: { ...ticketPermissions, ...mailPermissions, ...feedbackPermissions },
  invariants: [...supportInvariants, ...mailInvariants, ...feedbackInvariants],
};
