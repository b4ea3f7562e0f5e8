import type { Flow } from '#kernel/flow.ts';

export const TICKET_STATES = [
  'open',
  'in_progress',
  'waiting_customer',
  'waiting_third_party',
  'resolved',
  'closed',
  'merged',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

export const TICKET_EVENTS = [
  'start',
  'release',
  'wait_customer',
  'wait_third_party',
  'customer_wrote',
  'resolve',
  'close',
  'reopen',
  'merge',
] as const;
export type TicketEvent = (typeof TICKET_EVENTS)[number];

/**
 * The life of a ticket. A customer who writes brings it back to work from wherever it waits; one who writes after it was
 * resolved or closed reopens it. What is merged comes back by undoing the merge, which gives it the state it had.
 */
export const ticketFlow: Flow<TicketState, TicketEvent> = {
  open: {
    start: 'in_progress',
    wait_customer: 'waiting_customer',
    wait_third_party: 'waiting_third_party',
    customer_wrote: 'open',
    resolve: 'resolved',
    merge: 'merged',
  },
  in_progress: {
    release: 'open',
    wait_customer: 'waiting_customer',
    wait_third_party: 'waiting_third_party',
    customer_wrote: 'in_progress',
    resolve: 'resolved',
    merge: 'merged',
  },
  waiting_customer: {
    start: 'in_progress',
    wait_third_party: 'waiting_third_party',
    customer_wrote: 'in_progress',
    resolve: 'resolved',
    merge: 'merged',
  },
  waiting_third_party: {
    start: 'in_progress',
    wait_customer: 'waiting_customer',
    customer_wrote: 'in_progress',
    resolve: 'resolved',
    merge: 'merged',
  },
  resolved: { customer_wrote: 'open', reopen: 'open', close: 'closed', merge: 'merged' },
  closed: { customer_wrote: 'open', reopen: 'open' },
  merged: {},
};

export const OPEN_STATES = ['open', 'in_progress', 'waiting_customer', 'waiting_third_party'] as const;
const openStates: readonly TicketState[] = OPEN_STATES;
export const isOpenState = (state: TicketState): boolean => openStates.includes(state);
/** Resolved and closed alike: the work is done. */
export const isDone = (state: TicketState): boolean => state === 'resolved' || state === 'closed';

/** What one does to a ticket by hand beside resolving and reopening it. */
export const PLAIN_MOVES = ['start', 'release', 'wait_customer', 'wait_third_party', 'close'] as const;
