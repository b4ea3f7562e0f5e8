import { fieldCrypto } from '#kernel/crypto/index.ts';
import { ApprovalExpired, ApprovalWithdrawn } from '#kernel/approvals/index.ts';
import { defineSubscriber } from '#kernel/outbox/subscribers.ts';
import {
  ExternalRefundGivenUp,
  OrderCancelled,
  OrderClosed,
  OrderMerged,
  OrderRefunded,
  OrderShipped,
  OrderSplit,
  OrderUndone,
} from '#modules/orders/events.ts';
import { RefundFailed, RefundSucceeded } from '#modules/payments/events.ts';
import { PickupCollected, PickupFailed, PickupRefused } from '#modules/shipping/events.ts';
import { goodwillApproval } from './commands/arbitrate.ts';
import { cancelLockedCase } from './commands/end-case.ts';
import { lockCase } from './commands/lock-case.ts';
import { goodsCollected, pickupFell } from './commands/pickup.ts';
import { legFailed, legPaid, replacementFell, replacementSent } from './commands/settle-case.ts';
import { casesReplacedBy, findCase, openCasesOf, saveCase } from './store/cases.ts';
import { legsByRefund } from './store/money.ts';

/** Follows the money of cases: what arrived, and what was given up. */
export const followRefunds = defineSubscriber({
  name: 'aftersales.follow_refunds',
  types: [RefundSucceeded.type, RefundFailed.type, OrderRefunded.type, ExternalRefundGivenUp.type],
  batchMax: 50, // each order stays locked until the batch commits
  run: async (tx, ctx, events) => {
    const failed = new Set<string>([RefundFailed.type, ExternalRefundGivenUp.type]);
    const ids = events.map((e) => ({ id: (e.data as { refundId: string }).refundId, failed: failed.has(e.type) }));
    const legs = await legsByRefund(
      tx,
      ids.map((i) => i.id),
    );
    if (legs.length === 0) return;
    await fieldCrypto.load(ctx.orgId);
    for (const leg of legs) {
      const told = ids.filter((i) => i.id === leg.refund_id);
      if (told.some((i) => i.failed)) await legFailed(tx, ctx, leg);
      else await legPaid(tx, ctx, leg);
    }
  },
});

/** An order that is over, or goes on in others, takes the cases along that were about its units not sent. */
export const followOrders = defineSubscriber({
  name: 'aftersales.follow_orders',
  types: [OrderCancelled.type, OrderClosed.type, OrderSplit.type, OrderMerged.type, OrderUndone.type],
  batchMax: 50,
  run: async (tx, ctx, events) => {
    const orderIds = [...new Set(events.map((e) => e.key))];
    const ends = new Set<string>([OrderCancelled.type]);
    const cancelled = events.filter((e) => ends.has(e.type)).map((e) => e.key);
    for (const found of await casesReplacedBy(tx, cancelled)) {
      await fieldCrypto.load(ctx.orgId);
      const event = events.find((e) => e.key === found.replacement_id);
      await replacementFell(tx, ctx, found.id, (event?.data as { orderNo?: string } | undefined)?.orderNo ?? '');
    }
    // a closed order has given everything back: what still waits for goods goes on, and comes to nothing
    const over = orderIds.filter((id) => events.some((e) => e.key === id && e.type !== OrderClosed.type));
    for (const found of await openCasesOf(tx, over)) {
      if (!['submitted', 'approved', 'escalated'].includes(found.state)) continue;
      const locked = await lockCase(tx, ctx, found.id);
      if (!['submitted', 'approved', 'escalated'].includes(locked.row.state)) continue;
      await cancelLockedCase(tx, ctx, locked, { why: 'order', note: '' });
    }
  },
});

/** What replaces goods has gone out. */
export const followReplacements = defineSubscriber({
  name: 'aftersales.follow_replacements',
  types: [OrderShipped.type],
  batchMax: 200,
  run: async (tx, ctx, events) => {
    const whole = events.filter((e) => OrderShipped.data.parse(e.data).complete).map((e) => e.key);
    const cases = await casesReplacedBy(tx, whole);
    if (cases.length === 0) return;
    await fieldCrypto.load(ctx.orgId);
    for (const found of cases) await replacementSent(tx, ctx, found.id);
  },
});

/** What couriers made of fetching goods. */
export const followPickups = defineSubscriber({
  name: 'aftersales.follow_pickups',
  types: [PickupCollected.type, PickupRefused.type, PickupFailed.type],
  batchMax: 50,
  run: async (tx, ctx, events) => {
    await fieldCrypto.load(ctx.orgId);
    for (const e of events) {
      const { subject, pickupId } = e.data as { subject: string; pickupId: string };
      if (!(await findCase(tx, subject))) continue; // fetched for somebody else
      if (e.type !== PickupCollected.type) {
        await pickupFell(tx, ctx, { caseId: subject, pickupId });
        continue;
      }
      const { carrier, waybillNo } = PickupCollected.data.parse(e.data);
      await goodsCollected(tx, ctx, { caseId: subject, pickupId, carrier, waybillNo });
    }
  },
});

/** Goodwill nobody decided on in time can be asked for anew. */
export const goodwillLapsed = defineSubscriber({
  name: 'aftersales.goodwill_lapsed',
  types: [ApprovalExpired.type, ApprovalWithdrawn.type],
  run: async (tx, ctx, events) => {
    for (const e of events) {
      if ((e.data as { kind: string }).kind !== goodwillApproval.kind) continue;
      const { row } = await lockCase(tx, ctx, e.key);
      if (row.goodwill === 'asked') await saveCase(tx, ctx, row, { goodwill: null });
    }
  },
});

export const caseSubscribers = [followRefunds, followOrders, followReplacements, followPickups, goodwillLapsed];
