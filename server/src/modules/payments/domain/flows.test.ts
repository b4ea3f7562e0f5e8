import assert from 'node:assert/strict';
import test from 'node:test';
import { checkFlow, step, TransitionRefused } from '#kernel/flow.ts';
import { documentNo } from './numbers.ts';
import { PAYMENT_STATES, type PaymentEvent, paymentFlow } from './payment-flow.ts';
import { REFUND_STATES, type RefundEvent, refundFlow, waitMs } from './refund-flow.ts';
import { judgeFailure, judgeSuccess, unwantedKind } from './verdict.ts';

const PAYMENT_EVENTS: PaymentEvent[] = ['succeed', 'fail', 'close'];
const PAYMENT_EXPECTED = new Map([
  ['pending>succeed', 'succeeded'],
  ['pending>fail', 'failed'],
  ['pending>close', 'closed'],
  ['failed>succeed', 'succeeded'],
  ['closed>succeed', 'succeeded'],
]);
for (const from of PAYMENT_STATES) {
  for (const event of PAYMENT_EVENTS) {
    const to = PAYMENT_EXPECTED.get(`${from}>${event}`);
    test(`PAY-2 payment: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(paymentFlow, from, event), to);
      else assert.throws(() => step(paymentFlow, from, event), TransitionRefused);
    });
  }
}

const REFUND_EVENTS: RefundEvent[] = [
  'approve',
  'reject',
  'submit',
  'succeed',
  'refuse',
  'retry',
  'pay_by_hand',
  'abandon',
];
const REFUND_EXPECTED = new Map([
  ['awaiting_approval>approve', 'requested'],
  ['awaiting_approval>reject', 'failed'],
  ['requested>submit', 'processing'],
  ['processing>submit', 'processing'],
  ['processing>succeed', 'succeeded'],
  ['processing>refuse', 'abnormal'],
  ['abnormal>succeed', 'succeeded'],
  ['abnormal>retry', 'requested'],
  ['abnormal>pay_by_hand', 'succeeded'],
  ['abnormal>abandon', 'failed'],
  ['abnormal>succeed', 'succeeded'],
]);
for (const from of REFUND_STATES) {
  for (const event of REFUND_EVENTS) {
    const to = REFUND_EXPECTED.get(`${from}>${event}`);
    test(`PAY-3 refund: ${event} while ${from} ${to ? `leads to ${to}` : 'is refused'}`, () => {
      if (to) assert.equal(step(refundFlow, from, event), to);
      else assert.throws(() => step(refundFlow, from, event), TransitionRefused);
    });
  }
}

test('PAY-2 both tables are sound', () => {
  assert.deepEqual(checkFlow(paymentFlow, ['pending']), []);
  assert.deepEqual(checkFlow(refundFlow, ['awaiting_approval', 'requested']), []);
});

test('PAY-2 what arrives is judged against what was asked', () => {
  const asked = { amount: 100, currency: 'CNY' };
  assert.equal(judgeSuccess('pending', asked, asked), 'accepted');
  assert.equal(judgeSuccess('closed', asked, asked), 'accepted');
  assert.equal(judgeSuccess('pending', asked, { amount: 99, currency: 'CNY' }), 'wrong_amount');
  assert.equal(judgeSuccess('pending', asked, { amount: 101, currency: 'CNY' }), 'wrong_amount');
  assert.equal(judgeSuccess('failed', asked, { amount: 100, currency: 'USD' }), 'wrong_currency');
  assert.equal(judgeSuccess('succeeded', asked, { amount: 1, currency: 'USD' }), 'duplicate');
  assert.deepEqual(PAYMENT_STATES.map(judgeFailure), ['accepted', 'superseded', 'duplicate', 'superseded']);
  assert.deepEqual(
    [unwantedKind('wrong_amount', true), unwantedKind('accepted', true), unwantedKind('accepted', false)],
    ['auto_wrong_amount', 'auto_duplicate', 'auto_late'],
  );
});

test('PAY-3 the wait between attempts doubles up to an hour', () => {
  assert.deepEqual([1, 2, 3, 11, 12, 500].map(waitMs), [2_000, 4_000, 8_000, 2_048_000, 3_600_000, 3_600_000]);
});

test('PAY-2 document numbers tell their kind and day', () => {
  assert.equal(documentNo('P', new Date('2026-11-21T10:00:00Z'), 42), 'P261121000000000042');
});
