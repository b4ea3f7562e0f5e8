import { defineDeadline } from '#kernel/deadlines/index.ts';
import { expireOrder } from './commands/expire-order.ts';
import { completeAutomatically } from './commands/complete-order.ts';

/** Unpaid orders give their stock back (ORD-10). A timer, not a promise: nobody is told. */
export const paymentClock = defineDeadline({ kind: 'orders.payment', told: false, onBreach: expireOrder });

/** A paid order is confirmed within 30 minutes (ORD-4); warned at 80 %, listed when missed. */
export const confirmationClock = defineDeadline({ kind: 'orders.confirmation', onBreach: async () => undefined });

/** Receipt counts as confirmed ten days after shipment (ORD-14). */
export const receiptClock = defineDeadline({ kind: 'orders.receipt', told: false, onBreach: completeAutomatically });
