import type { StoredEvent } from '#kernel/outbox/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { type Purchase, recordKept, recordPurchases } from '#modules/customers/index.ts';
import { OrderCompleted, OrderRefunded } from '../events.ts';
import { ordersByIds } from '../store/orders.ts';
import { keptOf } from './kept.ts';

/**
 * Tells membership what customers bought and what of it they keep (PRO-6). Orders of the past, imported, count towards
 * levels and earn no points.
 */
export const membership = defineSubscriber({
  name: 'orders.membership',
  types: [OrderCompleted.type, OrderRefunded.type],
  run: async (tx, ctx, events) => {
    const rows = new Map((await ordersByIds(tx, [...new Set(events.map((e) => e.key))])).map((o) => [o.id, o]));
    const completed = new Map(events.filter((e) => e.type === OrderCompleted.type).map((e) => [e.key, e]));
    const purchases = [...completed].flatMap(([orderId, event]): Purchase[] => {
      const row = rows.get(orderId);
      if (!row) return [];
      return [
        {
          orderId,
          customerId: row.customer_id,
          at: event.at,
          currency: row.currency,
          kept: keptOf(row),
          earns: !row.historical,
        },
      ];
    });
    await recordPurchases(tx, ctx, purchases);
    for (const { orderId, refundId } of lastRefunds(events)) {
      const row = rows.get(orderId);
      if (row) await recordKept(tx, ctx, { orderId, refundId, kept: keptOf(row) });
    }
  },
});

/** The latest refund of each order: what is kept is read as it is now, after all of them. */
function lastRefunds(events: readonly StoredEvent[]): { orderId: string; refundId: string }[] {
  const last = new Map<string, string>();
  for (const e of events) {
    if (e.type === OrderRefunded.type) last.set(e.key, OrderRefunded.data.parse(e.data).refundId);
  }
  return [...last].map(([orderId, refundId]) => ({ orderId, refundId }));
}
