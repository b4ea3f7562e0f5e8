import type { Flow } from '#kernel/flow.ts';

export const EXCEPTION_KINDS = ['shortage', 'address', 'other'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];
export const EXCEPTION_STATES = ['open', 'offered', 'answered', 'compensated', 'resolved', 'closed'] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];
export type ExceptionEvent = 'offer' | 'answer' | 'overdue' | 'resolve' | 'close';

/**
 * The states of an exception. Answered = the customer waits. Compensated is not an end: the goods are still missing, and
 * the customer is still owed them or their money. Resolved = settled; closed = fell away with the order, or by hand.
 */
export const exceptionFlow: Flow<ExceptionState, ExceptionEvent> = {
  open: { offer: 'offered', answer: 'answered', overdue: 'compensated', resolve: 'resolved', close: 'closed' },
  offered: { offer: 'offered', answer: 'answered', overdue: 'compensated', resolve: 'resolved', close: 'closed' },
  answered: { offer: 'offered', answer: 'answered', overdue: 'compensated', resolve: 'resolved', close: 'closed' },
  compensated: { offer: 'offered', answer: 'answered', resolve: 'resolved', close: 'closed' },
  resolved: {},
  closed: {},
};
