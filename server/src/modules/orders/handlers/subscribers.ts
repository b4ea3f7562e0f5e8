import type { z } from 'zod';
import type { Locale } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import type { StoredEvent } from '#kernel/outbox/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { InterceptionAccepted, InterceptionRefused } from '#modules/shipping/events.ts';
import { confirmationClock, paymentClock, receiptClock } from '../clocks.ts';
import { confirmOrders } from '../commands/confirm-orders.ts';
import {
  OrderCancelled,
  OrderCompleted,
  OrderClosed,
  OrderConfirmed,
  OrderDelivered,
  OrderPaid,
  OrderPlaced,
  OrderRefunded,
  OrderShipped,
} from '../events.ts';
import { openPersonal } from '../present.ts';
import { scheduleNorms } from '../review/norms.ts';
import { orderSettings } from '../settings.ts';
import { ordersByIds } from '../store/orders.ts';

const of = <S extends z.ZodType>(
  events: readonly StoredEvent[],
  event: { type: string; data: S },
): (StoredEvent & { data: z.output<S> })[] =>
  events.filter((e): e is StoredEvent & { data: z.output<S> } => e.type === event.type);
const keys = (events: readonly StoredEvent[]): string[] => events.map((e) => e.key);

/** Starts and stops the clocks of orders. */
export const clocks = defineSubscriber({
  name: 'orders.clocks',
  types: [OrderPlaced, OrderPaid, OrderConfirmed, OrderCancelled, OrderCompleted, OrderClosed].map((e) => e.type),
  batchMax: 1000,
  run: async (tx, ctx, events) => {
    const placed = of(events, OrderPlaced);
    if (placed.length > 0) await scheduleNorms(tx, ctx);
    const opening = (items: readonly { key: string; at: Date; until: string | null }[]) =>
      items.flatMap((i) =>
        i.until === null
          ? []
          : [{ subject: i.key, startsAt: i.at, dueAt: new Date(Math.max(Date.parse(i.until), i.at.getTime())) }],
      );
    await paymentClock.open(tx, ctx, opening(placed.map((e) => ({ key: e.key, at: e.at, until: e.data.payBefore }))));
    const paid = of(events, OrderPaid);
    await confirmationClock.open(
      tx,
      ctx,
      opening([
        ...placed.map((e) => ({ key: e.key, at: e.at, until: e.data.confirmBefore })),
        ...paid.map((e) => ({ key: e.key, at: e.at, until: e.data.confirmBefore })),
      ]),
    );
    await paymentClock.close(tx, ctx, keys(paid));
    await confirmationClock.close(tx, ctx, keys(of(events, OrderConfirmed))); // confirmed before its clock was started
    const ended = keys([...of(events, OrderCancelled), ...of(events, OrderClosed)]);
    await paymentClock.close(tx, ctx, ended, 'cancelled');
    await confirmationClock.close(tx, ctx, ended, 'cancelled');
    await receiptClock.close(tx, ctx, ended, 'cancelled');
    await receiptClock.close(tx, ctx, keys(of(events, OrderCompleted)));
  },
});

/** Confirms what is paid and free of holds, at once (ORD-4). Runs after `clocks`, so the deadline it meets exists. */
export const confirmation = defineSubscriber({
  name: 'orders.confirmation',
  types: [OrderPlaced.type, OrderPaid.type],
  batchMax: 1000,
  run: async (tx, ctx, events) => {
    if (!(await orderSettings.get(tx)).confirmAutomatically) return;
    const ready = [
      ...of(events, OrderPlaced).filter((e) => e.data.status === 'paid' && e.data.holds.length === 0),
      ...of(events, OrderPaid),
    ];
    await confirmOrders(tx, ctx, [...new Set(keys(ready))].toSorted());
  },
});

const noticeTypes = [
  OrderConfirmed,
  OrderShipped,
  OrderDelivered,
  OrderRefunded,
  OrderCancelled,
  InterceptionAccepted,
  InterceptionRefused,
].map((e) => e.type);

/** Tells the customer what has happened to the order, in the app and by e-mail where an address is known: each thing once. */
export const customerNotices = defineSubscriber({
  name: 'orders.customer_notices',
  types: noticeTypes,
  run: async (tx, ctx, events) => {
    const rows = (await ordersByIds(tx, [...new Set(keys(events))])).filter((o) => !o.historical);
    if (rows.length === 0) return;
    await fieldCrypto.load(tx.orgId);
    const orders = new Map(rows.map((o) => [o.id, o]));
    const customers = await customersByIds(tx, [...new Set(rows.map((o) => o.customer_id))]);
    const locale = await localeOf(tx);
    for (const event of events) {
      const order = orders.get(event.key);
      if (!order) continue;
      const template = event.type.replace(/^\w+\.(?:order_)?(\w+)\.v\d+$/, 'orders.$1');
      const data = event.data as Record<string, unknown>;
      const amount =
        typeof data['amount'] === 'number' ? { money: { amount: data['amount'], currency: data['currency'] } } : {};
      const email = openPersonal(tx.orgId, order).email ?? customers.get(order.customer_id)?.email;
      await notify(tx, ctx, {
        template,
        to: { kind: 'customer', id: order.customer_id, email, locale },
        dedupeKey: `${template}:${data['refundId'] ?? data['interceptionId'] ?? data['parcelId'] ?? event.key}`,
        data: { orderNo: order.order_no, ...data, ...amount, orderId: event.key },
      });
    }
  },
});

/** The organisation's language: the customer's own is not known. */
async function localeOf(tx: Tx): Promise<Locale> {
  return one(await tx.query<{ locale: Locale }>('select locale from kernel.orgs where id = $1', [tx.orgId])).locale;
}
