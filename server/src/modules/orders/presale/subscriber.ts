import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { PaymentClosed, PaymentFailed } from '#modules/payments/events.ts';
import { giveUpBalance } from './commands/give-up-balance.ts';

/** An order whose time was over while a payment had no outcome is given up when that payment came to nothing. */
export const presaleEnds = defineSubscriber({
  name: 'orders.presale_ends',
  types: [PaymentClosed.type, PaymentFailed.type],
  batchMax: 200,
  run: async (tx, ctx, events) => {
    const over = await tx.query<{ id: string }>(
      `select id from orders.orders where org_id = $1 and id = any ($2) and deposit_amount > 0 and status = 'pending_payment'
          and deposit_paid_at is not null and balance_to <= $3 order by id`,
      [tx.orgId, [...new Set(events.map((e) => e.key))], ctx.now],
    );
    for (const { id } of over) await giveUpBalance(tx, ctx, id);
  },
});
