import { defineDeadline } from '#kernel/deadlines/index.ts';
import { compensateOverdue } from './commands/compensate-overdue.ts';

/** An exception is settled within a day; the customer of an overdue shortage is compensated (ORD-11). */
export const exceptionClock = defineDeadline({ kind: 'orders.exception', onBreach: compensateOverdue });
