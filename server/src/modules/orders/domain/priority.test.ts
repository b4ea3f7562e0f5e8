import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type PriorityFacts, priorityOf, type PriorityWeights } from './priority.ts';

const HOUR = 3_600_000;
const WEIGHTS: PriorityWeights = {
  levelPercent: 100,
  amountPoints: 20,
  amountFull: 100_000,
  promisePoints: 40,
  promiseHours: 48,
  perishablePoints: 30,
  slaPoints: 30,
  overduePoints: 50,
};
const order = (over: Partial<PriorityFacts> = {}): PriorityFacts => ({
  now: 100 * HOUR,
  levelWeight: 0,
  total: 0,
  paidAt: 100 * HOUR,
  promisedAt: 200 * HOUR,
  perishable: false,
  ...over,
});
const points = (over: Partial<PriorityFacts>): Record<string, number> =>
  Object.fromEntries(
    priorityOf(order(over), WEIGHTS).terms.flatMap((t) => (t.points === 0 ? [] : [[t.term, t.points]])),
  );

test('ORD-7 each term counts by itself, as documented', () => {
  assert.deepEqual(points({}), {});
  assert.deepEqual(points({ levelWeight: 40 }), { level: 40 });
  assert.deepEqual(points({ total: 50_000 }), { amount: 10 });
  assert.deepEqual(points({ total: 900_000 }), { amount: 20 });
  assert.deepEqual(points({ perishable: true }), { perishable: 30 });
  assert.deepEqual(points({ promisedAt: 124 * HOUR }), { promise: 20 }, 'half of 48 hours before the promise');
  assert.deepEqual(
    points({ paidAt: 75 * HOUR, promisedAt: 175 * HOUR }),
    { sla: 7.5 },
    'a quarter of the time is gone',
  );
  assert.deepEqual(points({ paidAt: 50 * HOUR, promisedAt: 99 * HOUR }), { promise: 40, sla: 30, overdue: 50 });
  assert.deepEqual(points({ promisedAt: null }), {}, 'nothing was promised');
});

test('ORD-7 the score is the sum of its terms, never negative, and never falls as time passes', () => {
  const facts = fc.record({
    levelWeight: fc.nat(1000),
    total: fc.nat(10_000_000),
    paidAt: fc.nat(1000).map((h) => h * HOUR),
    promisedAt: fc.option(fc.nat(2000).map((h) => h * HOUR)),
    perishable: fc.boolean(),
  });
  fc.assert(
    fc.property(facts, fc.nat(3000), fc.nat(500), (f, at, later) => {
      const early = priorityOf({ ...f, now: at * HOUR }, WEIGHTS);
      const late = priorityOf({ ...f, now: (at + later) * HOUR }, WEIGHTS);
      const sum = early.terms.reduce((n, t) => n + t.points, 0);
      assert.ok(Math.abs(early.points - sum) < 0.05 && early.points >= 0);
      assert.ok(late.points >= early.points);
    }),
  );
});
