import { defineDeadline } from '#kernel/deadlines/index.ts';
import { giveUpWaiting } from './commands/give-up-waiting.ts';

/** An order waits for goods so many days; then the customer is asked, as with a shortage. */
export const backorderClock = defineDeadline({ kind: 'orders.backorder', told: false, onBreach: giveUpWaiting });
