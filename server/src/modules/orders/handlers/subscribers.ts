import type { z } from 'zod';
import type { Ctx, Locale } from '#kernel/context.ts';
import { fieldCrypto } from '#kernel/crypto/index.ts';
import { one, type Tx } from '#kernel/db/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import type { StoredEvent } from '#kernel/outbox/index.ts';
import { hasText, t } from '#kernel/i18n/index.ts';
import { notify } from '#kernel/notifications/index.ts';
import { customersByIds } from '#modules/customers/index.ts';
import { InterceptionAccepted, InterceptionRefused } from '#modules/shipping/events.ts';
import { BackorderMoved, Backordered } from '../backorder/events.ts';
import { confirmationClock, paymentClock, receiptClock } from '../clocks.ts';
import { confirmOrders } from '../commands/confirm-orders.ts';
import {
  BalancePaid,
  OrderAmended,
  OrderCancelled,
  OrderCompleted,
  OrderClosed,
  OrderConfirmed,
  OrderDelivered,
  OrderDerived,
  OrderMerged,
  OrderPaid,
  OrderPlaced,
  OrderRefunded,
  OrderRestored,
  OrderShipped,
  OrderSplit,
  OrderUndone,
  PaymentAwaited,
} from '../events.ts';
import { BalanceEnding, BalanceOpened, DepositForfeited, DepositPaid } from '../presale/events.ts';
import { openPersonal } from '../present.ts';
import { scheduleArchive } from '../archive/jobs.ts';
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
  types: [
    OrderPlaced,
    OrderPaid,
    DepositPaid,
    OrderConfirmed,
    OrderCancelled,
    OrderCompleted,
    OrderClosed,
    OrderSplit,
    OrderMerged,
    OrderDerived,
    OrderRestored,
    OrderUndone,
    OrderAmended,
    PaymentAwaited,
  ].map((e) => e.type),
  batchMax: 1000,
  run: async (tx, ctx, events) => {
    const placed = of(events, OrderPlaced);
    if (placed.length > 0) {
      await scheduleNorms(tx, ctx);
      await scheduleArchive(tx, ctx);
    }
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
    await changedClocks(tx, ctx, events);
    const awaited = of(events, PaymentAwaited).map((e) => ({ key: e.key, at: e.at, until: e.data.payBefore }));
    await paymentClock.reopen(tx, ctx, [...new Map(opening(awaited).map((i) => [i.subject, i])).values()]);
    await paymentClock.close(tx, ctx, [...keys(paid), ...keys(of(events, DepositPaid))]);
    await confirmationClock.close(tx, ctx, keys(confirmedForGood(events))); // confirmed before its clock was started
    const ended = keys([
      ...of(events, OrderCancelled),
      ...of(events, OrderClosed),
      ...goneOn(events), // what was split, merged or undone waits for nothing any more
    ]);
    await paymentClock.close(tx, ctx, ended, 'cancelled');
    await confirmationClock.close(tx, ctx, ended, 'cancelled');
    await receiptClock.close(tx, ctx, ended, 'cancelled');
    await receiptClock.close(tx, ctx, keys(of(events, OrderCompleted)));
  },
});

/** Of each order the last news of whether it goes on in others or lives: a split may be undone within one batch. */
function latestOf(events: readonly StoredEvent[]): StoredEvent[] {
  const types = new Set<string>([OrderSplit, OrderMerged, OrderUndone, OrderDerived, OrderRestored].map((e) => e.type));
  const last = new Map<string, StoredEvent>();
  for (const e of events) if (types.has(e.type)) last.set(e.key, e);
  return [...last.values()];
}
const goneOn = (events: readonly StoredEvent[]): StoredEvent[] =>
  latestOf(events).filter((e) => e.type !== OrderDerived.type && e.type !== OrderRestored.type);

/** Confirmations no change of the order came after. */
function confirmedForGood(events: readonly StoredEvent[]): StoredEvent[] {
  const changed = new Map(of(events, OrderAmended).map((e) => [e.key, e.seq]));
  return of(events, OrderConfirmed).filter((e) => e.seq > (changed.get(e.key) ?? 0));
}

/** Starts the clocks of orders made of others, made whole again, or to be confirmed again. */
async function changedClocks(tx: Tx, ctx: Ctx, events: readonly StoredEvent[]): Promise<void> {
  const living = latestOf(events);
  const started = [...of(living, OrderDerived), ...of(living, OrderRestored), ...of(events, OrderAmended)];
  const running = (until: (e: (typeof started)[number]) => string | null) =>
    started.flatMap((e) => {
      const due = until(e);
      if (due === null) return [];
      return [{ subject: e.key, startsAt: e.at, dueAt: new Date(Math.max(Date.parse(due), e.at.getTime())) }];
    });
  const amended = new Set(of(events, OrderAmended).map((e) => e.seq));
  const once = (items: ReturnType<typeof running>) => [...new Map(items.map((i) => [i.subject, i])).values()];
  await paymentClock.reopen(tx, ctx, once(running((e) => (amended.has(e.seq) ? null : e.data.payBefore))));
  await confirmationClock.reopen(tx, ctx, once(running((e) => e.data.confirmBefore)));
}

/** Confirms what is paid and free of holds, at once (ORD-4). Runs after `clocks`, so the deadline it meets exists. */
export const confirmation = defineSubscriber({
  name: 'orders.confirmation',
  types: [OrderPlaced, OrderPaid, OrderDerived, OrderRestored, OrderAmended, BalancePaid].map((e) => e.type),
  batchMax: 1000,
  run: async (tx, ctx, events) => {
    if (!(await orderSettings.get(tx)).confirmAutomatically) return;
    const ready = [
      ...of(events, OrderPlaced).filter((e) => e.data.status === 'paid' && e.data.holds.length === 0),
      ...of(events, OrderPaid),
      ...of(events, OrderDerived),
      ...of(events, OrderRestored),
      ...of(events, OrderAmended),
      ...of(events, BalancePaid),
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
  DepositPaid,
  BalanceOpened,
  BalanceEnding,
  DepositForfeited,
  Backordered,
  BackorderMoved,
  OrderAmended,
  OrderSplit,
  OrderDerived,
  OrderRestored,
  OrderUndone,
  InterceptionAccepted,
  InterceptionRefused,
].map((e) => e.type);

/** Told once for all orders of a split or merge: on the one there is one of. */
const TOLD_ELSEWHERE = new Map<string, string>([
  [OrderDerived.type, 'split'],
  [OrderRestored.type, 'merged'],
  [OrderUndone.type, 'split'],
]);
const TEMPLATES = new Map<string, string>([
  [OrderDerived.type, 'orders.merged'],
  [OrderRestored.type, 'orders.undone'],
  [OrderUndone.type, 'orders.undone'],
]);

/** What can happen to an order more than once, and is news each time. */
const AGAIN = new Set<string>([OrderSplit.type, BackorderMoved.type]);

/** Which text an event is told with, and what makes it the same news; undefined when it is told on another order. */
function noticeOf(event: StoredEvent): { template: string; once: string } | undefined {
  const data = event.data as Record<string, string | number | undefined>;
  if (data['how'] !== undefined && TOLD_ELSEWHERE.get(event.type) === data['how']) return undefined;
  if (event.type === OrderCancelled.type && Number(data['forfeited'] ?? 0) > 0) return undefined; // told with the deposit kept
  const changed = data['revision'] !== undefined;
  const template =
    event.type === OrderConfirmed.type && changed
      ? 'orders.confirmed_as_changed'
      : (TEMPLATES.get(event.type) ?? event.type.replace(/^\w+\.(?:order_)?(\w+)\.v\d+$/, 'orders.$1'));
  const news = data['refundId'] ?? data['interceptionId'] ?? data['parcelId'];
  if (news !== undefined) return { template, once: data['refundId'] ? `${news}:${event.key}` : String(news) };
  if (changed) return { template, once: `${event.key}:${data['revision']}` };
  const again = TEMPLATES.has(event.type) || AGAIN.has(event.type); // done, undone, and done again
  return { template, once: again ? `${event.key}:${event.seq}` : event.key };
}

/** Reasons the system gives have words; those of people are their own. */
function reasonOf(data: Record<string, unknown>, locale: Locale): { reason?: string } {
  const key = `words.reason.${String(data['reason'])}`;
  return hasText(locale, key) ? { reason: t(locale, key) } : {};
}

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
      const notice = noticeOf(event);
      if (!notice) continue;
      const { template } = notice;
      const data = event.data as Record<string, unknown>;
      const amount =
        typeof data['amount'] === 'number' ? { money: { amount: data['amount'], currency: data['currency'] } } : {};
      const { email: given, phone } = openPersonal(tx.orgId, order);
      const email = given ?? customers.get(order.customer_id)?.email;
      await notify(tx, ctx, {
        template,
        to: { kind: 'customer', id: order.customer_id, email, phone, locale },
        dedupeKey: `${template}:${notice.once}`,
        data: {
          orderNo: order.order_no,
          ...data,
          ...amount,
          ...reasonOf(data, locale),
          ...riskOf(data, locale),
          orderId: event.key,
        },
      });
    }
  },
});

/** With whom it comes and how sure the expected date is, in words. */
function riskOf(data: Record<string, unknown>, locale: Locale): { riskWords?: string; carrier?: string } {
  if (typeof data['risk'] !== 'string') return {};
  const carrier = data['carrier'] === '' ? t(locale, 'orders.some_carrier') : String(data['carrier']);
  const reasons = (data['reasons'] as string[]).map((r) => t(locale, `orders.risk_reason.${r}`));
  return { carrier, riskWords: t(locale, `orders.risk.${data['risk']}`, { reasons }) };
}

/** The organisation's language: the customer's own is not known. */
async function localeOf(tx: Tx): Promise<Locale> {
  return one(await tx.query<{ locale: Locale }>('select locale from kernel.orgs where id = $1', [tx.orgId])).locale;
}
