import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { CaseDone, CaseOpened } from '../cases/events.ts';
import { assessCustomer } from './commands/assess-customer.ts';

/** Looks at a customer's claims when they ask for something, and when they got it. */
export const claimsWatched = defineSubscriber({
  name: 'aftersales.risk',
  types: [CaseOpened.type, CaseDone.type],
  batchMax: 50,
  run: async (tx, ctx, events) => {
    const last = new Map<string, { customerId: string; orderId: string; caseId: string }>();
    for (const event of events) {
      const { customerId, caseId } = event.data as { customerId: string; caseId: string };
      last.set(customerId, { customerId, orderId: event.key, caseId });
    }
    for (const at of [...last.values()].toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1)))
      await assessCustomer(tx, ctx, at);
  },
});
