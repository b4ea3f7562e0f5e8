import assert from 'node:assert/strict';
import { test } from 'node:test';
import { step, TransitionRefused } from '#kernel/flow.ts';
import { DECISIONS, RISK_STATES, type RiskState, riskFlow } from './flow.ts';
import { type Claim, type Facts, signalsOf, type Thresholds } from './signals.ts';

const limits: Thresholds = {
  rateFromOrders: 4,
  returnRatePercent: 50,
  claims: 5,
  smallRefundAmount: 2_000,
  smallRefunds: 3,
  sharedCustomers: 3,
  keywords: ['职业打假', '假一赔十'],
};
let ids = 0;
const claim = (over: Partial<Claim> = {}): Claim => {
  ids += 1;
  return { id: `c${ids}`, orderId: `o${ids}`, kind: 'return', state: 'done', text: '', amount: 9_000, ...over };
};
const facts = (over: Partial<Facts>): Facts => ({
  orders: 10,
  claims: [],
  shared: { phone: 0, address: 0, device: 0 },
  ...over,
});
const found = (over: Partial<Facts>, by: Partial<Thresholds> = {}): string[] =>
  signalsOf(facts(over), { ...limits, ...by }).map(
    (f) => `${f.signal} ${f.value}/${f.threshold}${f.detail && ` ${f.detail}`}`,
  );

test('AFT-12 patterns are told with what was seen and the threshold it reached', () => {
  const two = [claim(), claim()];
  assert.deepEqual(found({ orders: 4, claims: two }), ['return_rate 50/50']);
  assert.deepEqual(found({ orders: 3, claims: [...two, claim()] }), []); // too few orders to say anything
  assert.deepEqual(found({ orders: 4, claims: [claim(), claim({ state: 'rejected' })] }), []);
  assert.deepEqual(found({ orders: 4, claims: [claim({ orderId: 'x' }), claim({ orderId: 'x' })] }), []); // one order
  assert.deepEqual(found({ orders: 99, claims: Array.from({ length: 5 }, () => claim({ kind: 'repair' })) }), [
    'claims 5/5',
  ]);
  const small = Array.from({ length: 3 }, () => claim({ kind: 'refund', amount: 2_000 }));
  assert.deepEqual(found({ claims: small }), ['small_refunds 3/3']);
  assert.deepEqual(found({ claims: [...small.slice(1), claim({ kind: 'refund', amount: 2_001 })] }), []);
  assert.deepEqual(found({ shared: { phone: 2, address: 3, device: 4 } }), ['shared_address 3/3', 'shared_device 4/3']);
  assert.deepEqual(found({ claims: [claim({ text: '我是职业打假人，假一赔十' })] }), [
    'wording 2/1 职业打假、假一赔十',
  ]);
  assert.deepEqual(found({ claims: [claim(), claim({ text: '职业打假' })] }), []); // said before, and looked at then
  assert.deepEqual(found({ claims: small }, { smallRefunds: 0 }), []); // switched off
});

test('AFT-12 a risk case goes where it is decided, and nowhere else', () => {
  const expected = new Map<string, RiskState>([
    ['open>dismiss', 'dismissed'],
    ['open>watch', 'watching'],
    ['open>require_review', 'review'],
    ['open>evidence', 'open'],
    ['watching>dismiss', 'dismissed'],
    ['watching>require_review', 'review'],
    ['watching>evidence', 'open'],
    ['review>dismiss', 'dismissed'],
    ['review>watch', 'watching'],
    ['review>evidence', 'review'],
  ]);
  for (const from of RISK_STATES)
    for (const event of [...DECISIONS, 'evidence'] as const) {
      const to = expected.get(`${from}>${event}`);
      if (to) assert.equal(step(riskFlow, from, event), to);
      else assert.throws(() => step(riskFlow, from, event), TransitionRefused);
    }
});
