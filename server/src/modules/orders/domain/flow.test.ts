import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allowedEvents, checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { ORDER_EVENTS, ORDER_STATUSES, orderEventBy, orderFlow, type OrderStatus } from './flow.ts';

// Typed from the requirement, not from the code: 待付款 → 已付款 → 已发货 → 已签收 → 已完成; 已取消 before anything has
// shipped; 交易关闭 once everything paid has gone back; receipt may be confirmed before the carrier says delivered.
const EXPECTED = new Map<string, OrderStatus>([
  ['pending_payment>pay', 'paid'],
  ['pending_payment>cancel', 'cancelled'],
  ['pending_payment>expire', 'cancelled'],
  ['paid>ship', 'shipped'],
  ['paid>cancel', 'cancelled'],
  ['paid>refund_all', 'closed'],
  ['shipped>deliver', 'delivered'],
  ['shipped>complete', 'completed'],
  ['shipped>refund_all', 'closed'],
  ['delivered>complete', 'completed'],
  ['delivered>refund_all', 'closed'],
  ['completed>refund_all', 'closed'],
]);

for (const from of ORDER_STATUSES)
  for (const event of ORDER_EVENTS) {
    const to = EXPECTED.get(`${from}>${event}`);
    test(`ORD-3 ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(orderFlow, from, event), to);
      else assert.throws(() => step(orderFlow, from, event), TransitionRefused);
    });
  }

test('ORD-3 the table has every status and event of the requirement, and nothing else', () => {
  assert.deepEqual([...ORDER_STATUSES].toSorted(), [
    'cancelled',
    'closed',
    'completed',
    'delivered',
    'paid',
    'pending_payment',
    'shipped',
  ]);
  assert.equal(
    ORDER_STATUSES.flatMap((from) => allowedEvents(orderFlow, from).map((event) => `${from}>${event}`)).length,
    EXPECTED.size,
  );
  assert.deepEqual(checkFlow(orderFlow, ['pending_payment', 'paid']), []);
});

test('ORD-3 every event says who may cause it; what follows from payments, parcels and timers is the system’s', () => {
  assert.deepEqual(orderEventBy, {
    pay: ['system'],
    cancel: ['orders.order.cancel', 'customer'],
    expire: ['system'],
    ship: ['system'],
    deliver: ['system'],
    complete: ['orders.order.confirm_receipt', 'customer', 'system'],
    refund_all: ['system'],
  });
});

test('ORD-3 a refusal names the state, the event and what is allowed instead', () => {
  assert.throws(
    () => step(orderFlow, 'shipped', 'cancel'),
    (error: InstanceType<typeof TransitionRefused>) => {
      assert.equal(error.status, 409);
      assert.deepEqual(error.facts, {
        from: 'shipped',
        event: 'cancel',
        allowed: ['deliver', 'complete', 'refund_all'],
      });
      return true;
    },
  );
});
