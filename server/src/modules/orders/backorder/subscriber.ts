import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import { DAY_MS } from '#kernel/time.ts';
import { AvailabilityChanged } from '#modules/catalog/events.ts';
import { BACKORDER_HOLD } from '../domain/holds.ts';
import { OrderPlaced } from '../events.ts';
import { orderSettings } from '../settings.ts';
import { ordersByIds } from '../store/orders.ts';
import { backorderClock } from './clock.ts';
import { movePromise } from './commands/move-promise.ts';
import { Backordered } from './events.ts';
import { ordersAwaiting } from './store.ts';

/** Tells who ordered goods that are not there when they are to ship, and again when that changes (ORD-17). */
export const backorders = defineSubscriber({
  name: 'orders.backorders',
  types: [OrderPlaced.type, AvailabilityChanged.type],
  batchMax: 1000,
  run: async (tx, ctx, events) => {
    const placed = events.filter(
      (e) => e.type === OrderPlaced.type && (e.data as { holds: string[] }).holds.includes(BACKORDER_HOLD),
    );
    const rows = placed.length === 0 ? [] : await ordersByIds(tx, [...new Set(placed.map((e) => e.key))]);
    for (const row of rows)
      await Backordered.emit(tx, ctx, row.id, {
        orderNo: row.order_no,
        promisedShipAt: row.promised_ship_at?.toISOString() ?? null,
      });
    if (rows.length > 0) {
      const { backorderMaxDays } = await orderSettings.get(tx);
      const paid = rows.filter((r) => r.status === 'paid' && r.paid_at !== null);
      const items = paid.map((r) => {
        const startsAt = r.paid_at as Date;
        return { subject: r.id, startsAt, dueAt: new Date(startsAt.getTime() + backorderMaxDays * DAY_MS) };
      });
      await backorderClock.open(tx, ctx, items);
    }
    const moved = events.filter((e) => e.type === AvailabilityChanged.type).map((e) => e.key);
    if (moved.length === 0) return;
    for (const id of await ordersAwaiting(tx, [...new Set(moved)])) await movePromise(tx, ctx, id);
  },
});
