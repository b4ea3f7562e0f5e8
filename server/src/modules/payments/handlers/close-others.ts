import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { closePending } from '../commands/close-pending.ts';
import { PaymentSucceeded } from '../events.ts';
import { subject } from '../port.ts';

/** Once the payer has paid in full, attempts left open elsewhere would only take money twice. */
export const closeOthers = defineSubscriber({
  name: 'payments.close_others',
  types: [PaymentSucceeded.type],
  batchMax: 50, // each event holds a subject's lock until the batch commits
  run: async (tx, ctx, events) => {
    for (const subjectId of new Set(events.map((e) => e.key).toSorted())) {
      const { due } = await subject().lock(tx, ctx, subjectId);
      if (due.amount <= 0) await closePending(tx, ctx, subjectId);
    }
  },
});
